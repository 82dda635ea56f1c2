"""Every mutant of the solution is killed by the data, known to be equivalent, or alive with a reason."""

from collections.abc import Iterator

from coursebook.checks.examined import Examined
from coursebook.messages import LANGUAGES
from coursebook.problem import Problem
from coursebook.records import line_of_key


def mutants_explained(examined: Examined) -> Iterator[Problem]:
    """Survivors without a reason, and reasons for mutants that are not alive; only a full pack can tell."""
    report = examined.pack.report if examined.pack else None
    if report is None:
        return
    path = examined.exercise.folder / "exercise.toml"
    for mutant in report.survivors:
        params = {"id": mutant.id, "clause": mutant.clause, "sql": " ".join(mutant.sql.split())}
        yield Problem(path, 1, "mutant_alive", params)
    if len(examined.exercise.variants) > 1 or examined.exercise.schema.lang != LANGUAGES[0]:
        return  # each language has mutants of its own, and the reasons of all stand in one file
    known = {mutant.id for mutant in report.mutants}
    for mutant_id in examined.exercise.record.alive:
        if mutant_id not in known:
            line = line_of_key(path.read_text(encoding="utf-8"), ("alive", mutant_id))
            yield Problem(path, line, "alive_unknown", {"id": mutant_id})
