"""An answer that does not run, read as the nearest query that does: one name, call or grouping column other."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose import diagnose
from sqlgrade.engine.sandbox import read_statement
from sqlgrade.hearing.credit import accepted_credit, halved
from sqlgrade.parse import parsed
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import RunError
from sqlgrade.verdict import Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlgrade.engine.sandbox import Statement
    from sqlgrade.hearing.hearing import Hearing
    from sqlgrade.hearing.prepared import Prepared
    from sqlgrade.hearing.stages import Stages
    from sqlgrade.verdict import SqlError, Verdict

_MOST_READINGS = 6
_MEANT = ("near", "alias", "use")
"""Parameters of an error card that hold the name which was probably meant."""


@dataclass(frozen=True)
class Reading:
    """A text with one thing changed, and what to say of the change."""

    sql: str
    said: Remark


def with_half_credit(
    verdict: Verdict, text: str, ready: Prepared, heard: Callable[[Prepared, Statement], Hearing], stages: Stages
) -> Verdict:
    """Give an answer that does not run half of what its nearest runnable reading is worth; nothing if there is none."""
    if verdict.error is None or verdict.error.kind != kinds.BIND:
        return verdict
    for reading in itertools.islice(readings(verdict.error, text), _MOST_READINGS):
        statement = read_statement(reading.sql, ready.runner)
        if isinstance(statement, RunError):
            continue
        hearing = heard(ready, statement)
        if any(isinstance(outcome.learner, RunError) for _, outcome in hearing.outcomes):
            continue
        if hearing.wrong:
            worth = diagnose(ready, hearing, reading.sql, stages).credit
        else:
            worth = accepted_credit(ready.pack.exercise, in_form=True)
        return replace(verdict, credit=halved(worth), notes=(*verdict.notes, reading.said))
    return verdict


def readings(error: SqlError, text: str) -> Iterator[Reading]:
    """Change the one name or foreign call that the engine does not find, or group by the one column that stands ungrouped."""
    end = error.params.get("end")
    if error.position is None or not isinstance(end, int):
        return
    was = text[error.position : end]
    prefix = f"{error.params.get('name', '')}."
    if was.casefold().startswith(prefix.casefold()):
        was, end = was[: len(prefix) - 1], error.position + len(prefix) - 1
    if error.code == "E06":
        yield from _grouped(text, was)
    for now in _names_meant(error):
        changed = text[: error.position] + now + text[end:]
        yield Reading(changed, Remark("read_as", {"was": was, "now": now}))


def _names_meant(error: SqlError) -> Iterator[str]:
    if error.code == "E04":
        value = str(error.params.get("value", ""))
        yield "'" + value.replace("'", "''") + "'"
    if str(error.params.get("card", "")).startswith("foreign_") and "use" in error.params:
        yield str(error.params["use"])
        return
    if choices := error.params.get("choices"):
        yield from str(choices).split(" / ")
        return
    for name in _MEANT:
        if meant := error.params.get(name):
            yield _as_name(str(meant))


def _as_name(name: str) -> str:
    parts = name.split(".")
    return name if all(part.isidentifier() for part in parts) else exp.to_identifier(name, quoted=True).sql("duckdb")


def _grouped(text: str, was: str) -> Iterator[Reading]:
    """Add the ungrouped column to the GROUP BY of each block that shows it, the outermost first."""
    tree, wanted = parsed(text), parsed(was)
    if tree is None or wanted is None:
        return
    for place, block in enumerate(tree.find_all(exp.Select)):
        if not any(column == wanted for output in block.selects for column in output.find_all(exp.Column)):
            continue
        changed = tree.copy()
        select = list(changed.find_all(exp.Select))[place]
        group = select.args.get("group") or exp.Group(expressions=[])
        group.append("expressions", wanted.copy())
        select.set("group", group)
        yield Reading(changed.sql("duckdb"), Remark("read_grouped", {"column": was}))
