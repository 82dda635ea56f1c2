"""Joins by columns that may be blank, in which no row with a blank meets another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.lineage import lineage_of
from sqlgrade.diagnose.reading.trees import joins_of
from sqlgrade.mutate.mutant import Edit
from sqlgrade.mutate.placement import tie_of
from sqlgrade.query.clause import Clause
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query


def blanks_tied(learner: Query) -> Iterator[Edit]:
    """A join by columns that may be blank made one in which a blank meets a blank."""
    for block in learner.selects():
        for join in joins_of(block):
            ties = _ties(learner, block, join)
            met = [_with_blanks(tie, learner, block) for tie in ties]
            if met != ties:
                tree, copied = learner.copy(join)
                copied.set("on", exp.and_(*(each.copy() for each in met)))
                copied.set("using", None)
                yield Edit(join, tree, "E28", Clause.FROM)


def _ties(learner: Query, block: exp.Select, join: exp.Join) -> list[exp.Expr]:
    """The conditions that tie a join; none where nothing does, or where nobody knows whose column a USING means."""
    try:
        return conjuncts(tie_of(learner, block, join))
    except KeyError:
        return []


def _with_blanks(tie: exp.Expr, learner: Query, block: exp.Select) -> exp.Expr:
    """An equality of two columns that may be blank, with IS NOT DISTINCT FROM; any other condition as it is."""
    if not isinstance(tie, exp.EQ) or not all(_may_be_blank(side, learner, block) for side in (tie.left, tie.right)):
        return tie
    return exp.NullSafeEQ(this=tie.left.copy(), expression=tie.right.copy())


def _may_be_blank(side: exp.Expr, learner: Query, block: exp.Select) -> bool:
    """Whether a side is a column of a FROM item, by its table's name there, and comes from none that is never blank."""
    source = learner.sources(block).get(side.table.lower()) if isinstance(side, exp.Column) else None
    if source is None:
        return False
    table, _, name = lineage_of(learner).of_source(source, side.name.lower()).partition(".")
    return (table, name) not in learner.schema.not_null
