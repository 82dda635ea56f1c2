"""Proves a course: runs all checks and collects every problem."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from coursebook.checks import EXERCISE_CHECKS, LESSON_CHECKS
from coursebook.checks.examined import Examined, examine
from coursebook.checks.lessons_listed import lessons_listed
from coursebook.course import Course
from coursebook.exercise import LessonExercise
from coursebook.judging import Judge
from coursebook.lesson import Lesson
from coursebook.packs import build_packs, cache_folder
from coursebook.problem import Problem
from coursebook.remembering import RememberingJudge
from sqlgrade.record import ExerciseFault


@dataclass(frozen=True)
class Proof:
    """What came out of a check."""

    problems: tuple[Problem, ...]
    """Everything that is wrong, in the order of the course."""
    examined: tuple[Examined, ...] = ()
    """Every exercise that was judged."""


def prove(course: Course, *, lesson: str = "", depth: str = "quick", judged: bool = True) -> Proof:
    """The proof of the course, or of one lesson of it.

    Args:
        course: the course.
        lesson: an id such as L1; empty for all.
        depth: `quick` or `full`, the depth of the judge's packs.
        judged: False to read the texts only.

    Raises:
        KeyError: the course has no such lesson.
    """
    lessons = (course.lesson(lesson),) if lesson else course.lessons
    problems = [] if lesson else [*course.problems, *lessons_listed(course)]
    if lesson:
        folder = lessons[0].folder
        problems += [each for each in course.problems if each.file.is_relative_to(folder)]
    examined: list[Examined] = []
    if judged:
        build_packs((exercise for each in lessons for exercise in each.exercises), depth)
    with _grader(judged) as grader:
        for each in lessons:
            problems += check_lesson(each, grader, depth, examined)
    return Proof(tuple(problems), tuple(examined))


def check_course(course: Course, grader: Judge | None = None, *, depth: str = "quick") -> list[Problem]:
    """Every problem of the course; without a grader only what can be read is checked."""
    problems = [*course.problems, *lessons_listed(course)]
    for lesson in course.lessons:
        problems += check_lesson(lesson, grader, depth, [])
    return problems


def check_lesson(lesson: Lesson, grader: Judge | None, depth: str, examined: list[Examined]) -> list[Problem]:
    """Every problem of one lesson; what was judged is added to `examined`."""
    problems = [problem for check in LESSON_CHECKS for problem in check(lesson)]
    if grader is not None:
        for exercise in lesson.exercises:
            problems += _check_exercise(exercise, grader, depth, examined)
    return problems


def _check_exercise(exercise: LessonExercise, grader: Judge, depth: str, examined: list[Examined]) -> list[Problem]:
    if not exercise.solutions:
        return []
    try:
        seen = examine(exercise, grader, depth=depth)
    except ExerciseFault as fault:
        return [Problem(exercise.folder / "exercise.toml", 1, "exercise_fault", {"detail": fault})]
    examined.append(seen)
    return [problem for check in EXERCISE_CHECKS for problem in check(seen)]


@contextmanager
def _grader(judged: bool) -> Iterator[Judge | None]:
    if not judged:
        yield None
        return
    import sqlgrade

    with sqlgrade.Grader(workers=2) as grader:
        yield RememberingJudge(grader, cache_folder())
