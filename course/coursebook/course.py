"""The course: lessons in order, each read when it is first asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from coursebook.answer_cell import canonical_id
from coursebook.data_set import CopyOfTables, DataSet, MarketplaceData
from coursebook.exercise import LessonExercise
from coursebook.format import CourseRecord, LessonRecord, LevelRecord
from coursebook.given_views import GivenView, queries_in, read_views
from coursebook.lesson import Lesson
from coursebook.location import course_root, data_name, stays_inside
from coursebook.numbering import Numbering
from coursebook.problem import CourseError, Problem
from coursebook.reader import read_lesson
from coursebook.records import line_of_key, read_record
from coursebook.schema import Schema
from sqlgrade.record import Clock


@dataclass(frozen=True)
class Parts:
    """What a course has besides its lessons; what it has not, no page offers."""

    practice: bool
    """Drills, or questions of the day."""
    bi: bool
    expo: bool
    exams: bool
    """Level tests."""


@dataclass(frozen=True)
class Course:
    """course.toml and the way to everything it names."""

    root: Path
    """The folder that holds course.toml."""
    record: CourseRecord
    """course.toml."""
    edition: int | None = None
    """The numbering that the exercises' ids are in; None is the latest."""
    _read: dict[str, tuple[Lesson | None, tuple[Problem, ...]]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def numbering(self) -> Numbering:
        """How exercise numbers changed since the first edition."""
        return Numbering(self.record.renumbered)

    @property
    def used_numbering(self) -> int:
        """The numbering that the ids of the exercises are in."""
        return self.numbering.latest if self.edition is None else self.edition

    def ids_from(self, claimed: object) -> Mapping[str, str]:
        """Id in the numbering that a file claims to be in -> id of that exercise here, where they differ."""
        return self.numbering.ids(self.numbering.known(claimed), self.used_numbering)

    def in_numbering(self, edition: int) -> "Course":
        """The same course with the ids that its exercises bore in that numbering."""
        return self if edition == self.numbering.latest else replace(self, edition=edition, _read={})

    @property
    def known_as(self) -> str:
        """The same on every machine: the name of its data; empty where nothing but its folder, wherever that lies, has a name."""
        return self.data.name if self.record.name or not self.record.schema else ""

    @cached_property
    def schema(self) -> Schema:
        """The tables, fillings and assumptions that all exercises share."""
        record = self.record
        script = self.root / record.schema if record.schema else None
        folder = self.root / "databases"
        return Schema(
            script,
            folder,
            record.now,
            record.timezone,
            Clock(record.clock.ahead, record.clock.day_begins) if record.clock is not None else None,
            record.assume,
            record.fixed,
            record.pools,
            record.wordings,
            given=queries_in(self.root / "lessons" / name for name in self.folders),
        )

    @cached_property
    def data(self) -> DataSet:
        """The practice data: the marketplace's, or a copy of the course's own tables."""
        record = self.record
        if not record.schema:
            return MarketplaceData()
        mapping, statistics = (self.root / each if each else None for each in (record.mapping, record.statistics))
        return CopyOfTables(data_name(self.root), self.root / record.schema, mapping, statistics)

    @cached_property
    def parts(self) -> Parts:
        """What the room offers besides the lessons: the BI room and the Expo are about the marketplace's days."""
        on_marketplace = not self.record.schema
        drawn = any((self.root / each).exists() for each in ("practice", "today.toml"))
        has_exams = (self.root / "exams.toml").is_file()
        return Parts(drawn, on_marketplace, on_marketplace and (self.root / "expo").is_dir(), has_exams)

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """The lessons' folders, in the order they are taken."""
        there = (each.name for each in (self.root / "lessons").glob("*") if each.is_dir())
        return self.record.lessons or tuple(sorted(there))

    @cached_property
    def outlines(self) -> dict[str, LessonRecord]:
        """Folder -> what lesson.toml says, of every lesson that has a readable one, in order; no exercise is read."""
        read = {
            name: read_record(LessonRecord, self.root / "lessons" / name / "lesson.toml", []) for name in self.folders
        }
        return {name: record for name, record in read.items() if record}

    @cached_property
    def levels(self) -> tuple[LevelRecord, ...]:
        """The levels, lowest first; a course that names none is one level."""
        return self.record.levels or (LevelRecord(1, self.record.title, self.lesson_ids),)

    @cached_property
    def folder_of(self) -> dict[str, str]:
        """Lesson id -> folder; reads no more than each lesson.toml."""
        return {record.id: name for name, record in self.outlines.items()}

    @property
    def lesson_ids(self) -> tuple[str, ...]:
        """The ids of the lessons, in order; no exercise is read."""
        return tuple(self.folder_of)

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """All lessons that can be read, in order."""
        read = (self.lesson_in(name)[0] for name in self.folders)
        return tuple(lesson for lesson in read if lesson)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read, in all lessons."""
        return tuple(problem for name in self.folders for problem in self.lesson_in(name)[1])

    @cached_property
    def views(self) -> tuple[GivenView, ...]:
        """What all lessons give to their queries; no exercise is read."""
        lessons = self.root / "lessons"
        return tuple(
            each for name, record in self.outlines.items() for each in read_views(lessons / name, record.views)
        )

    def given_queries(self, lang: str) -> Mapping[str, str]:
        """Name -> query of those views, in the words of a language; no record is read."""
        return self.schema.in_language(lang).given

    def lesson(self, lesson_id: str) -> Lesson:
        """One lesson.

        Raises:
            KeyError: the course has no such lesson.
        """
        lesson = self.lesson_in(self.folder_of[lesson_id])[0]
        if lesson is None:
            raise KeyError(lesson_id)
        return lesson

    def exercise(self, exercise_id: str) -> LessonExercise:
        """One exercise, by L1-07 or l1-7; only its lesson is read.

        Raises:
            KeyError: the course has no such exercise.
        """
        wanted = canonical_id(exercise_id)
        for exercise in self.lesson(wanted.split("-", 1)[0]).exercises:
            if exercise.id == wanted:
                return exercise
        raise KeyError(exercise_id)

    def lesson_in(self, name: str) -> tuple[Lesson | None, tuple[Problem, ...]]:
        """The lesson of a folder of `folders` as far as it can be read, and what stood in the way."""
        if name not in self._read:
            lesson, problems = read_lesson(self.root / "lessons" / name, self.schema)
            self._read[name] = (lesson and self._numbered(lesson), problems)
        return self._read[name]

    def _numbered(self, lesson: Lesson) -> Lesson:
        ids = self.numbering.ids(self.numbering.latest, self.used_numbering)
        exercises = tuple(
            replace(each, record=replace(each.record, id=ids[each.id])) if each.id in ids else each
            for each in lesson.exercises
        )
        return replace(lesson, exercises=exercises, numbering=self.used_numbering)


def load_course(root: Path | str | None = None) -> Course:
    """The course under `root`, or the one that comes with the package.

    Raises:
        CourseError: course.toml is missing or wrong. Faults of a lesson are kept in `Course.problems`.
    """
    folder = Path(root) if root is not None else course_root()
    problems: list[Problem] = []
    record = read_record(CourseRecord, folder / "course.toml", problems)
    if record is None:
        raise CourseError(tuple(problems))
    if outside := tuple(_outside(folder / "course.toml", record)):
        raise CourseError(outside)
    return Course(folder, record)


def _outside(path: Path, record: CourseRecord) -> Iterator[Problem]:
    """Files and folders that the record names outside of the course's own folder."""
    named = {"schema": record.schema, "mapping": record.mapping, "statistics": record.statistics}
    for key, name in (*named.items(), *(("lessons", each) for each in record.lessons)):
        if not stays_inside(name):
            yield Problem(path, line_of_key(path.read_text(encoding="utf-8"), (key,)), "outside_folder", {"name": name})
