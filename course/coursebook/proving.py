"""Proves a course: runs all checks and collects every problem."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import duckdb

from coursebook.cache import cache_folder
from coursebook.checks import COURSE_CHECKS, EXERCISE_CHECKS, LESSON_CHECKS
from coursebook.checks.examined import Examined, examine
from coursebook.course import Course
from coursebook.exercise import LessonExercise
from coursebook.judging import QueryGrader
from coursebook.lesson import Lesson
from coursebook.messages import LANGUAGES
from coursebook.packs import SEED, build_packs
from coursebook.problem import Problem
from coursebook.remembering import KeptVerdicts
from sqlgrade.pack.keys import Depth
from sqlgrade.record import ExerciseFault

WORKERS = 2
"""Answers that are judged at the same time."""
Told = Callable[[str, int, int], None]
"""Is told how far a proof is: what is being done (`data`, `exercises`, `drills`), how many are done, of how many."""


@dataclass(frozen=True)
class Proof:
    """What came out of a check."""

    problems: tuple[Problem, ...]
    """Everything that is wrong, in the order of the course."""
    examined: tuple[Examined, ...] = ()
    """Every exercise, with what the judge said of its files."""


@dataclass(frozen=True)
class Demand:
    """How thoroughly exercises are judged."""

    depth: Depth = "quick"
    """`quick` or `full`, the depth of the judge's packs."""
    seed: int = SEED
    """The seed of their generated databases."""
    practice_file: Path | None = None
    """A practice database on which answers are judged too."""


def prove(
    course: Course,
    *,
    lesson: str = "",
    exercise: str = "",
    judged: bool = True,
    demand: Demand | None = None,
    told: Told | None = None,
) -> Proof:
    """The proof of the course, or of one lesson or one exercise of it.

    Args:
        course: the course.
        lesson: an id such as L1; empty for all.
        exercise: an id such as L1-07, to judge this one alone.
        judged: False to read the texts only.
        demand: how thoroughly exercises are judged.
        told: is told how far it is.

    Raises:
        KeyError: the course has no such lesson or exercise.
    """
    if exercise:
        wanted = demand or Demand()
        with opened_grader(wanted) as judge:
            return prove_exercise(course.exercise(exercise), judge, wanted)
    lessons = (course.lesson(lesson),) if lesson else course.lessons
    problems = [] if lesson else _problems_of_course(course)
    if lesson:
        folder = lessons[0].folder
        problems += [each for each in course.problems if each.file.is_relative_to(folder)]
    examined: list[Examined] = []
    demand = demand or Demand()
    if judged:
        build_packs(_variants(lessons), demand.depth, demand.seed, partial(told, "data") if told else None)
    with opened_grader(demand) if judged else nullcontext() as grader:
        problems += check_lessons(lessons, grader, demand, examined, told)
    return Proof(tuple(problems), tuple(examined))


def prove_exercise(exercise: LessonExercise, grader: QueryGrader, demand: Demand) -> Proof:
    """The proof of one exercise in each language in which it differs, by a judge that is there already."""
    checked = [_check_exercise(each, grader, demand) for each in exercise.variants]
    problems = tuple(problem for _, found in checked for problem in found)
    return Proof(problems, tuple(seen for seen, _ in checked if seen))


def _problems_of_course(course: Course) -> list[Problem]:
    return [*course.problems, *(problem for check in COURSE_CHECKS for problem in check(course))]


def _variants(lessons: Iterable[Lesson]) -> Iterator[LessonExercise]:
    return (variant for each in lessons for exercise in each.exercises for variant in exercise.variants)


def check_course(course: Course, grader: QueryGrader | None = None, demand: Demand | None = None) -> list[Problem]:
    """Every problem of the course; without a grader only what can be read is checked."""
    return [*_problems_of_course(course), *check_lessons(course.lessons, grader, demand or Demand(), [])]


def check_lessons(
    lessons: Sequence[Lesson],
    grader: QueryGrader | None,
    demand: Demand,
    examined: list[Examined],
    told: Told | None = None,
) -> list[Problem]:
    """Every problem of some lessons, one after the other; what was judged is added to `examined`.

    The exercises of all of them wait in one line, so that no worker is idle at the end of a lesson.
    """
    problems: list[Problem] = []
    done, of = 0, sum(1 for _ in _variants(lessons))
    with ThreadPoolExecutor(WORKERS) as pool:
        judged = [
            pool.map(lambda exercise: _check_exercise(exercise, grader, demand), _variants([lesson])) if grader else ()
            for lesson in lessons
        ]
        for lesson, checked in zip(lessons, judged, strict=True):
            problems += [problem for check in LESSON_CHECKS for problem in check(lesson)]
            for seen, found in checked:
                examined += [seen] if seen else []
                problems += found
                done += 1
                if told:
                    told("exercises", done, of)
    return problems


def _check_exercise(
    exercise: LessonExercise, grader: QueryGrader, demand: Demand
) -> tuple[Examined | None, list[Problem]]:
    if not exercise.solutions:
        return Examined(exercise, {}), []
    lang = exercise.schema.lang if len(exercise.variants) > 1 or exercise.schema.lang != LANGUAGES[0] else ""
    try:
        seen = examine(exercise, grader, depth=demand.depth, seed=demand.seed)
    except (ExerciseFault, duckdb.Error) as fault:
        detail = " ".join(str(fault).split())
        fault_at = Problem(exercise.folder / "exercise.toml", 1, "exercise_fault", {"detail": detail}, lang)
        return None, [fault_at]
    return seen, [replace(problem, lang=lang) for check in EXERCISE_CHECKS for problem in check(seen)]


@contextmanager
def opened_grader(demand: Demand) -> Iterator[QueryGrader]:
    """The judge of the author's own files; what it has said before it says again at once."""
    import sqlgrade

    practice, shrinks = demand.practice_file, demand.depth == "full"  # a quick check asks only what is found
    memory = KeptVerdicts(cache_folder(), practice)
    with sqlgrade.Grader(workers=WORKERS, practice=practice, memory=memory, shrinks=shrinks) as grader:
        yield grader
