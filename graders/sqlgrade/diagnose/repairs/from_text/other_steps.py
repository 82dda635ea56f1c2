"""Rows taken from another step of the query than the one that holds what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import Clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query


def other_steps(learner: Query) -> Iterator[Edit]:
    """Read from another WITH step that stands before and has all columns that are used."""
    steps = list(learner.find(exp.CTE))
    for table in learner.find(exp.Table):
        block, around = table.find_ancestor(exp.Select), table.find_ancestor(exp.CTE)
        if block is None or not isinstance(table.parent, exp.From | exp.Join):
            continue
        used = _used(learner, block, table)
        for step in steps:
            if step is around:
                break
            offered = {item.alias_or_name.lower() for item in step.this.selects}
            if step.alias.lower() != table.name.lower() and used and used <= offered:
                tree, counterpart = learner.copy(table)
                counterpart.replace(exp.to_table(step.alias, alias=table.alias_or_name))
                yield Edit(table, tree, "E27", Clause.FROM)


def _used(learner: Query, block: exp.Select, table: exp.Table) -> set[str]:
    """The columns of a FROM item that its block looks at."""
    found = ((column, learner.source_of(column)) for column in block.find_all(exp.Column))
    return {column.name.lower() for column, source in found if source is not None and source.node is table}
