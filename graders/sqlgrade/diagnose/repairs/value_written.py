"""A value written into an answer by hand where a parameter's value belongs: right until somebody chooses another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.repairs.maker import Change, Maker
from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import clause_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlgrade.outcomes.trial import Trial
    from sqlgrade.query.query import Query

_MOST_TRIED = 24


@dataclass(frozen=True)
class ValueWritten:
    """The value, the parameter that it stands in for, and the change that brings the parameter's own value in."""

    value: exp.Literal
    parameter: str
    change: Change


def value_written(learner: Query, trial: Trial, setting: Mapping[str, str]) -> ValueWritten | None:
    """Find the one value in whose place that of a parameter makes the answer right.

    Args:
        learner: The answer, its parameters filled in with the values of the setting.
        trial: Tells whether a changed query is right with these values.
        setting: The values by the parameters' names.
    """
    for tried, (literal, name) in enumerate(_candidates(learner, setting)):
        if tried >= _MOST_TRIED:
            return None
        tree = learner.replace(literal, _literal(setting[name], literal))
        sql = tree.sql("duckdb")
        if trial.agrees(sql):
            clause = clause_of(literal)
            return ValueWritten(literal, name, Change(Edit(literal, tree, "E22", clause), _MAKER, sql, clause))
    return None


def _candidates(learner: Query, setting: Mapping[str, str]) -> Iterator[tuple[exp.Literal, str]]:
    """The values of the answer that are of a parameter's kind and not its value, with that parameter's name."""
    for literal in learner.find(exp.Literal):
        for name, value in setting.items():
            if literal.name != value and _shape(literal.name) == _shape(value):
                yield literal, name


def _shape(value: str) -> str:
    """A number, a date, or any other text."""
    if value.replace(".", "", 1).isdigit():
        return "number"
    parts = value.split("-")
    return "date" if len(parts) == 3 and all(part.isdigit() for part in parts) else "text"


def _literal(value: str, like: exp.Literal) -> exp.Expr:
    return exp.Literal.string(value) if like.is_string else exp.Literal.number(value)


_MAKER = Maker(_candidates)
