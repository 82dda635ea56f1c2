"""Right output columns at wrong places, or under other names than the task gives them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.by_result import NAME_OTHER
from sqlgrade.diagnose.reading.contrast import printed
from sqlgrade.tables.result import Result
from sqlgrade.verdict import DiffKind, Finding, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.outcomes.submission import RunOutcome
    from sqlgrade.outcomes.trial import Trial
    from sqlgrade.query.query import Query

_MOST_PAIRS = 10


def in_asked_order(learner: Query, solution: Query, trial: Trial) -> str:
    """The answer with its columns, by their names or else by what they hold, as a solution has them; empty unless that alone makes it right."""
    block, wanted = learner.tree, solution.tree
    if (
        not isinstance(block, exp.Select)
        or not isinstance(wanted, exp.Query)
        or any(each.is_star for each in block.selects)
    ):
        return ""
    ours, theirs = _names(block), _names(wanted)
    if sorted(ours) != sorted(theirs):
        ours, theirs = ([printed(each.unalias()) for each in query.selects] for query in (block, wanted))
    if ours == theirs or sorted(ours) != sorted(theirs) or len(set(ours)) < len(ours):
        return ""
    turned = block.copy()
    items = [(turned.selects[ours.index(name)], other) for name, other in zip(theirs, wanted.selects, strict=True)]
    turned.set("expressions", [_called(item, other.alias_or_name, turned) for item, other in items])
    sql = turned.sql("duckdb")
    return sql if trial.agrees(sql) else ""


def _names(query: exp.Query) -> list[str]:
    return [each.alias_or_name.lower() for each in query.selects]


def _called(item: exp.Expr, name: str, block: exp.Select) -> exp.Expr:
    """An output column under another name, which the order of the rows goes by as well."""
    old = item.alias_or_name
    order = block.args.get("order")
    for column in order.find_all(exp.Column) if isinstance(order, exp.Order) and isinstance(item, exp.Alias) else ():
        if column.name.lower() == old.lower() and not column.table:
            column.set("this", exp.to_identifier(name))
    return exp.alias_(item.unalias().copy(), name) if old.lower() != name.lower() else item


def outputs_exchanged(learner: Query, trial: Trial) -> str:
    """The answer with what two of its columns are computed from exchanged; empty unless that alone makes it right."""
    block = learner.tree
    if not isinstance(block, exp.Select):
        return ""
    computed = [place for place, item in enumerate(block.selects) if isinstance(item, exp.Alias)]
    pairs = sorted(itertools.combinations(computed, 2), key=lambda pair: pair[1] - pair[0])  # neighbours first
    for pair in pairs[:_MOST_PAIRS]:
        turned = block.copy()
        first, second = (turned.selects[place] for place in pair)
        inner = first.this, second.this
        first.set("this", inner[1].copy())
        second.set("this", inner[0].copy())
        sql = turned.sql("duckdb")
        if trial.agrees(sql):
            return sql
    return ""


def named_otherwise(wrong: Sequence[RunOutcome], asked: Sequence[str]) -> tuple[Finding, ...]:
    """The first column with another name than the task gives it, where nothing but names is wrong on any database."""
    for outcome in wrong:
        if outcome.diff is None or outcome.diff.kind is not DiffKind.NAMES_ONLY:
            return ()
    given = next((each.learner.columns for each in wrong if isinstance(each.learner, Result)), ())
    for own, name in zip(given, asked, strict=False):
        if own.casefold() != name.casefold():
            told = {"own": own, "name": name, "place": "SELECT"}
            return (Finding(Level.CERTAIN, NAME_OTHER.code, "SELECT", params=told, mistake=NAME_OTHER.key),)
    return ()
