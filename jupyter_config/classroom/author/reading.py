"""A course as its files stand now: read anew when one was saved, and what can't be read costs itself alone."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.author.files import CourseFiles, files_of
from coursebook import CourseError, Problem, load_course

if TYPE_CHECKING:
    from pathlib import Path

    from coursebook import Course, Lesson, LessonExercise

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Spot:
    """What the page shows: an exercise's folder in a lesson's; each empty where there is none."""

    lesson: str = ""
    exercise: str = ""

    @property
    def path(self) -> str:
        """01-who-has-it/02-still-out, as the page's address has it."""
        return f"{self.lesson}/{self.exercise}"


@dataclass(frozen=True)
class CourseNow:
    """The course at one moment."""

    files: CourseFiles
    course: Course | None
    problems: tuple[Problem, ...] = ()
    """Why it can't be read."""

    def spots(self, lesson: str) -> tuple[Spot, ...]:
        """The exercises of a lesson by their folders, those among them that can't be read."""
        before = f"lessons/{lesson}/exercises/"
        found = (path.removeprefix(before) for path in self.files.stamps if path.startswith(before))
        return tuple(Spot(lesson, name) for name in sorted({each.split("/")[0] for each in found if "/" in each}))

    def spot(self, asked: str) -> Spot:
        """The spot of an address, one that there is: else the first of its lesson, else the course's first."""
        lesson, _, exercise = asked.partition("/")
        lessons = self.course.folders if self.course else ()
        if lesson not in lessons:
            lesson, exercise = next(iter(lessons), ""), ""
        there = self.spots(lesson)
        wanted = Spot(lesson, exercise)
        return wanted if wanted in there else next(iter(there), Spot(lesson))

    def lesson(self, spot: Spot) -> tuple[Lesson | None, tuple[Problem, ...]]:
        """The lesson of a spot as far as it can be read, and what stood in the way."""
        if self.course is None or not spot.lesson:
            return None, ()
        try:
            return self.course.lesson_in(spot.lesson)
        except OSError as fault:  # a file that went while it was read: the next look meets the folder as it is then
            place = self.course.root / "lessons" / spot.lesson / "lesson.toml"
            return None, (Problem(place, 1, "toml_unreadable", {"detail": fault}),)

    def exercise(self, spot: Spot) -> LessonExercise | None:
        """The exercise of a spot; None where its exercise.toml can't be read."""
        lesson, _ = self.lesson(spot)
        return lesson.by_folder.get(spot.exercise) if lesson else None

    def lesson_stamp(self, spot: Spot) -> str:
        """Changes when anything does on which the texts of a lesson stand."""
        return f"{self.files.shared} {self.files.stamp(f'lessons/{spot.lesson}/')}"

    def exercise_stamp(self, spot: Spot) -> str:
        """Changes when anything does on which the proof of an exercise stands: its own files, and what its lesson gives."""
        lesson = f"lessons/{spot.lesson}/"
        beside = self.files.stamp(lesson, but_not=f"{lesson}exercises/")
        return f"{self.files.shared} {beside} {self.files.stamp(f'{lesson}exercises/{spot.exercise}/')}"


class CourseReader:
    """Reads a course again and again; one that has not changed is not read anew."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._now: CourseNow | None = None
        self._reading = threading.Lock()

    def now(self) -> CourseNow:
        """The course as it is."""
        with self._reading:
            files = files_of(self.root)
            if self._now is None or self._now.files != files:
                self._now = self._read(files)
            return self._now

    def _read(self, files: CourseFiles) -> CourseNow:
        if files.leading_out:
            told = [Problem(each, 1, "outside_folder", {"name": each.name}) for each in files.leading_out]
            return CourseNow(files, None, tuple(told))
        try:
            return CourseNow(files, load_course(self.root))
        except CourseError as fault:
            return CourseNow(files, None, fault.problems)
        except (OSError, ValueError) as fault:
            _log.warning("the course in %s can't be read", self.root, exc_info=True)
            return CourseNow(
                files, None, (Problem(self.root / "course.toml", 1, "toml_unreadable", {"detail": fault}),)
            )
