"""Conditions that ask for the rows with the largest or smallest value of their group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.blocks import output_named
from sqlgrade.diagnose.reading.trees import joins_of
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.query.query import Query, Source

_EXTREMES = (exp.Max, exp.Min)


@dataclass(frozen=True)
class Extreme:
    """A condition that asks for the rows with the largest or smallest value of a column, group by group."""

    condition: exp.Expr
    column: exp.Column
    groups: tuple[exp.Expr, ...]
    """The columns that say which group a row is in; none where all rows are one."""
    largest: bool


def extremes_of(block: exp.Select, learner: Query) -> Iterator[Extreme]:
    """Every such condition of a block, with a joined step, a query in brackets or a list of pairs."""
    asked = _asked(block)
    tied = [each.unnest() for join in joins_of(block) for each in conjuncts(join.args.get("on"))]
    ties = [each for each in (*tied, *asked) if isinstance(each, exp.EQ)]
    for tie in ties:
        for own, other in ((tie.this, tie.expression), (tie.expression, tie.this)):
            if isinstance(own, exp.Column):
                yield from _of_step(tie, own, other, ties, learner)
                yield from _of_brackets(tie, own, other.unnest(), learner)
    for condition in asked:
        if isinstance(condition, exp.In) and isinstance(condition.this.unnest(), exp.Tuple):
            yield from _of_list(condition, condition.this.unnest().expressions)


def _of_step(tie: exp.EQ, own: exp.Column, other: exp.Expr, ties: list[exp.EQ], learner: Query) -> Iterator[Extreme]:
    """A value tied to a step's MAX or MIN, beside what ties the step's groups."""
    step = learner.source_of(other) if isinstance(other, exp.Column) else None
    block = learner.block_of(step) if step is not None else None
    output = output_named(block, other.name) if block is not None else None
    made = output.unalias() if output is not None else None
    if isinstance(made, _EXTREMES):
        groups = [side for each in ties if each is not tie for side in _of_others(each, step, learner)]
        yield Extreme(tie, own, tuple(groups), isinstance(made, exp.Max))


def _of_others(tie: exp.EQ, step: Source | None, learner: Query) -> list[exp.Column]:
    """The side of a tie that is not the step's, where the other is."""
    sides = [side for side in (tie.this, tie.expression) if isinstance(side, exp.Column)]
    others = [side for side in sides if learner.source_of(side) is not step]
    return others if len(sides) == 2 and len(others) == 1 else []


def _of_brackets(tie: exp.EQ, own: exp.Column, inner: exp.Expr, learner: Query) -> Iterator[Extreme]:
    """`x = (SELECT MAX(x) …)`."""
    made = inner.selects[0].unalias() if isinstance(inner, exp.Select) and len(inner.selects) == 1 else None
    if isinstance(inner, exp.Select) and isinstance(made, _EXTREMES):
        yield Extreme(tie, own, tuple(_around(inner, learner)), isinstance(made, exp.Max))


def _around(inner: exp.Select, learner: Query) -> list[exp.Column]:
    """The columns of the block around that a query in brackets asks for."""
    sources = learner.sources(inner).keys()
    sides = [side for tie in _asked(inner) if isinstance(tie, exp.EQ) for side in (tie.this, tie.expression)]
    return [side for side in sides if isinstance(side, exp.Column) and side.table and side.table.lower() not in sources]


def _asked(block: exp.Select) -> list[exp.Expr]:
    where = block.args.get("where")
    return [each.unnest() for each in conjuncts(where.this)] if where is not None else []


def _of_list(condition: exp.In, own: Sequence[exp.Expr]) -> Iterator[Extreme]:
    """`(k, x) IN (SELECT k, MAX(x) …)`."""
    listed = condition.args.get("query")
    made = [each.unalias() for each in listed.unnest().selects] if listed is not None else []
    found = [at for at, each in enumerate(made) if isinstance(each, _EXTREMES)]
    if len(found) != 1 or len(own) != len(made):
        return
    column = own[found[0]]
    if isinstance(column, exp.Column):
        groups = tuple(each for at, each in enumerate(own) if at != found[0])
        yield Extreme(condition, column, groups, isinstance(made[found[0]], exp.Max))
