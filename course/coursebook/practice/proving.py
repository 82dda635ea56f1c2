"""Proves the templates: drawn in both languages, one instance of each judged as an exercise is."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

import duckdb

from coursebook.cache import cache_folder
from coursebook.checks import EXERCISE_CHECKS
from coursebook.checks.examined import examine
from coursebook.course import Course
from coursebook.judging import QueryGrader
from coursebook.packs import build_packs
from coursebook.practice.checks import TEMPLATE_CHECKS, Tried, first_drill, gates_hold, placed, try_out
from coursebook.practice.library import Library, load_library
from coursebook.practice.sample_data import sample_runs
from coursebook.problem import Problem
from coursebook.proving import WORKERS, Told
from coursebook.remembering import KeptVerdicts
from sqlgrade.record import ExerciseFault


def prove_templates(
    course: Course, template: str = "", *, judged: bool = True, told: Told | None = None
) -> list[Problem]:
    """Every problem of the templates and of the tests that draw on them, or of one template alone; `told` as for `prove`.

    Raises:
        KeyError: there is no such template.
    """
    library = load_library(course.root)
    if template and template not in library.templates:
        return _broken(library, template)
    records = {template: library.templates[template]} if template else library.templates
    problems = [] if template else [*library.problems, *gates_hold(library, course.root)]
    with sample_runs(course.data) as runs:
        tried = [
            try_out(record, library.paths[name], runs, course.schema, course.record.least_drills)
            for name, record in sorted(records.items())
        ]
    if judged:
        drills = (drill.exercise for each in tried if (drill := first_drill(each)) is not None)
        build_packs(drills, told=partial(told, "data") if told else None)
    with template_grader() if judged else nullcontext() as grader, ThreadPoolExecutor(WORKERS) as pool:
        for number, found in enumerate(pool.map(lambda each: check_template(each, grader), tried), 1):
            problems += found
            if told:
                told("drills", number, len(tried))
    return problems


def _broken(library: Library, template: str) -> list[Problem]:
    """Why there is no such template, if its file is there."""
    broken = [each for each in library.problems if each.file.stem == template]
    if not broken:
        raise KeyError(template)
    return broken


def check_template(tried: Tried, grader: QueryGrader | None) -> list[Problem]:
    """Every problem of one template; without a grader only what can be read and drawn is checked."""
    problems = [problem for check in TEMPLATE_CHECKS for problem in check(tried)]
    drill = first_drill(tried)
    if grader is not None and drill is not None:
        problems += [placed(tried, problem) for problem in _judged(drill.exercise.folder, tried, grader)]
    return problems


def _judged(path: Path, tried: Tried, grader: QueryGrader) -> Iterator[Problem]:
    drill = first_drill(tried)
    if drill is None:
        return
    try:
        seen = examine(drill.exercise, grader)
    except (ExerciseFault, duckdb.Error) as fault:
        yield Problem(path, 1, "exercise_fault", {"detail": " ".join(str(fault).split())})
        return
    for check in EXERCISE_CHECKS:
        yield from check(seen)


@contextmanager
def template_grader() -> Iterator[QueryGrader]:
    """A judge that asks only what is found, and remembers it."""
    import sqlgrade

    with sqlgrade.Grader(workers=WORKERS, memory=KeptVerdicts(cache_folder()), shrinks=False) as grader:
        yield grader
