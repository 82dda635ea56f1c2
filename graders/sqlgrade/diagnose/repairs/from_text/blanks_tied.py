"""Joins by columns that may be blank, in which no row with a blank meets another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.lineage import lineage_of
from sqlgrade.diagnose.reading.trees import joins_of
from sqlgrade.diagnose.repairs.condition_steps import conditions_of
from sqlgrade.mutate.mutant import Edit
from sqlgrade.mutate.placement import tie_of
from sqlgrade.query.clause import Clause
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query, Source


def blanks_tied(learner: Query) -> Iterator[Edit]:
    """Columns that may be blank and tie two tables or steps, by a join or from an inner query, tied so that a blank meets a blank."""
    for block in learner.selects():
        for join in joins_of(block):
            ties = _ties(learner, block, join)
            met = [_with_blanks(tie, learner, block) for tie in ties]
            if met != ties:
                tree, copied = learner.copy(join)
                copied.set("on", exp.and_(*(each.copy() for each in met)))
                copied.set("using", None)
                yield Edit(join, tree, "E28", Clause.FROM)
        own = [part for part in conditions_of(block, "where") if _with_blanks(part, learner, block) is not part]
        if own:
            tree, copies = learner.copy_all(*own)
            for part, tie in zip(copies, own, strict=True):
                part.replace(_with_blanks(tie, learner, block))
            yield Edit(own[0], tree, "E28", Clause.WHERE)


def _ties(learner: Query, block: exp.Select, join: exp.Join) -> list[exp.Expr]:
    """The conditions that tie a join; none where nothing does, or where nobody knows whose column a USING means."""
    try:
        return conjuncts(tie_of(learner, block, join))
    except KeyError:
        return []


def _with_blanks(tie: exp.Expr, learner: Query, block: exp.Select) -> exp.Expr:
    """An equality of columns of two FROM items that may be blank, with IS NOT DISTINCT FROM; any other condition as it is."""
    if not isinstance(tie, exp.EQ):
        return tie
    sides = [_source(side, learner, block) for side in (tie.left, tie.right)]
    if None in sides or sides[0] is sides[1]:
        return tie
    return exp.NullSafeEQ(this=tie.left.copy(), expression=tie.right.copy())


def _source(side: exp.Expr, learner: Query, block: exp.Select) -> Source | None:
    """The FROM item, of a block or of one around it, of a column that may be blank; None for anything else."""
    if not isinstance(side, exp.Column):
        return None
    source = learner.sources(block).get(side.table.lower()) or learner.source_of(side)
    if source is None:
        return None
    table, _, name = lineage_of(learner).of_source(source, side.name.lower()).partition(".")
    return None if (table, name) in learner.schema.not_null else source
