"""Slips that can be undone without a look at a right answer: what the text itself says is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import Clause
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query


def slips(learner: Query) -> Iterator[Edit]:
    """Count matches instead of rows, keep equal rows of a UNION, add 0 for the rows that a CASE leaves blank."""
    yield from _matches_counted(learner)
    yield from _equal_rows_kept(learner)
    yield from _zeros_added(learner)


def _matches_counted(learner: Query) -> Iterator[Edit]:
    """COUNT(*) made a count of the joined table's own key, in a block that keeps the rows without a match."""
    for block in learner.selects():
        counts = [each for each in block.find_all(exp.Count) if each.find_ancestor(exp.Select) is block]
        counts = [each for each in counts if isinstance(each.this, exp.Star | exp.Literal)]
        for join in block.args.get("joins") or () if counts else ():
            key = _own_key(join) if join.side == "LEFT" else None
            if key is not None:
                tree, copied = learner.copy_all(*counts)
                for count in copied:
                    count.set("this", key.copy())
                yield Edit(counts[0], tree, "E30", Clause.SELECT)


def _own_key(join: exp.Join) -> exp.Column | None:
    """The joined table's side of the equality that ties it."""
    name = join.this.alias_or_name.lower()
    ties = [each.unnest() for each in conjuncts(join.args.get("on"))]
    sides = [side for tie in ties if isinstance(tie, exp.EQ) for side in (tie.left, tie.right)]
    return next((side for side in sides if isinstance(side, exp.Column) and side.table.lower() == name), None)


def _equal_rows_kept(learner: Query) -> Iterator[Edit]:
    """UNION made UNION ALL: each alone, then all."""
    found = [each for each in learner.find(exp.Union) if each.args.get("distinct")]
    for chosen in (*([each] for each in found), *([found] if len(found) > 1 else ())):
        tree, copied = learner.copy_all(*chosen)
        for union in copied:
            union.set("distinct", False)
        yield Edit(chosen[0], tree, "E44", Clause.FROM)


def _zeros_added(learner: Query) -> Iterator[Edit]:
    """ELSE 0 in every CASE that is added up and leaves its other rows blank."""
    cases = [
        total.this
        for total in learner.find(exp.Sum)
        if isinstance(total.this, exp.Case) and total.this.args.get("default") is None
    ]
    if cases:
        tree, copied = learner.copy_all(*cases)
        for case in copied:
            case.set("default", exp.Literal.number(0))
        yield Edit(cases[0], tree, "E33", Clause.SELECT)
