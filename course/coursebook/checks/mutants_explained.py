"""Every mutant of the solution is killed by the data, known to be equivalent, or alive with a reason."""

from collections.abc import Iterator

from coursebook.checks.examined import Examined
from coursebook.exercise import LessonExercise
from coursebook.messages import LANGUAGES
from coursebook.packs import pack_of
from coursebook.problem import Problem
from coursebook.records import line_of_key
from sqlgrade.mutate import SchemaColumns, mutate


def mutants_explained(examined: Examined) -> Iterator[Problem]:
    """Survivors without a reason; only a full pack can tell."""
    report = examined.pack.report if examined.pack else None
    if report is None:
        return
    for mutant in report.survivors:
        params = {"id": mutant.edit, "clause": mutant.clause, "sql": " ".join(mutant.sql.split())}
        yield Problem(examined.exercise.folder / "exercise.toml", 1, "mutant_alive", params)


def reasons_current(examined: Examined) -> Iterator[Problem]:
    """Reasons for changes that the solution no longer has, in any language."""
    exercise = examined.exercise
    reasons = exercise.record.alive
    if not reasons or exercise.schema.lang != LANGUAGES[0]:
        return  # the reasons of all languages stand in one file: they are told once
    known = {edit for variant in exercise.variants for edit in _edits(variant)}
    path = exercise.folder / "exercise.toml"
    for edit in reasons:
        if edit not in known:
            line = line_of_key(path.read_text(encoding="utf-8"), ("alive", edit))
            yield Problem(path, line, "alive_unknown", {"id": edit})


def _edits(exercise: LessonExercise) -> Iterator[str]:
    pack = pack_of(exercise)
    columns = SchemaColumns.of(pack.schema, pack.exercise.given)
    for solution in pack.solutions:
        yield from (mutant.edit for mutant in mutate(solution.plan.sql, columns, lambda _: True).mutants)
