"""Rows chosen by the largest or smallest value of their group, where several may share it and one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.blocks import key_of
from sqlgrade.diagnose.reading.extremes import extremes_of
from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import Clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query, Source


def extremes_settled(learner: Query) -> Iterator[Edit]:
    """Of the rows that share the largest or smallest value, the one with the largest or the smallest key alone."""
    for block in learner.selects():
        if block.args.get("qualify") is not None or block.args.get("group") is not None:
            continue
        for extreme in extremes_of(block, learner):
            key = _key(learner.source_of(extreme.column), learner)
            if key is None:
                continue
            for descending in (True, False):
                order = exp.Order(expressions=[exp.Ordered(this=key.copy(), desc=descending)])
                groups = [each.copy() for each in extreme.groups]
                number = exp.Window(this=exp.RowNumber(), partition_by=groups, order=order)
                tree, copied = learner.copy(block)
                copied.set("qualify", exp.Qualify(this=exp.EQ(this=number, expression=exp.Literal.number(1))))
                yield Edit(extreme.condition, tree, "E38", Clause.WHERE)


def _key(source: Source | None, learner: Query) -> exp.Column | None:
    """The key of the table whose rows are chosen, if it is one column."""
    key = key_of(source.table, learner) if source is not None and source.table is not None else None
    return exp.column(key, table=source.node.alias_or_name) if source is not None and key is not None else None
