"""What a query has in one of its steps and does not bring to where a right one has it: a number of a single row, a key to sort by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import Clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.reading.query_pair import QueryPair
    from sqlgrade.query.query import Query


def divide_by_given_number(pair: QueryPair) -> Iterator[Edit]:
    """Put a number that a step of one row gives, and the solution divides by, below the line of an output column."""
    ours, theirs = (_outputs(query) for query in (pair.learner, pair.solution))
    given = {step.alias.lower(): step.this for step in pair.learner.find(exp.CTE) if _is_one_row(step.this)}
    for own, wanted in zip(ours, theirs, strict=False):
        quotient, other = own.find(exp.Div), wanted.find(exp.Div)
        number = other.right.unnest() if other is not None else None
        if quotient is None or not isinstance(number, exp.Column):
            continue
        source = pair.solution.source_of(number)
        name = source.node.name.lower() if source is not None and isinstance(source.node, exp.Table) else ""
        if name in given and number.name.lower() in {each.lower() for each in given[name].named_selects}:
            brought = exp.Subquery(this=exp.select(exp.column(number.name)).from_(name))
            yield Edit(quotient.right, pair.learner.replace(quotient.right, brought), "E32", Clause.SELECT)


def sort_by_column_of_step(pair: QueryPair) -> Iterator[Edit]:
    """Hand on the column that a window of the solution sorts by from where a step of the learner's reads it, and sort by it."""
    asked = dict.fromkeys(key.name.lower() for key in _first_keys(pair.solution))
    for own in _first_keys(pair.learner):
        source = pair.learner.source_of(own)
        step = pair.learner.block_of(source) if source is not None else None
        if source is None or step is None or step.args.get("group") is not None:
            continue
        below = pair.learner.sources(step).values()
        for name in asked:
            if name not in source.families and sum(name in each.families for each in below) == 1:
                tree, (block, key) = pair.learner.copy_all(step, own)
                block.append("expressions", exp.column(name))
                key.replace(exp.column(name, table=own.table or None))
                yield Edit(own, tree, "E37", Clause.WINDOW)


def _outputs(query: Query) -> list[exp.Expr]:
    return list(query.tree.expressions) if isinstance(query.tree, exp.Select) else []


def _is_one_row(step: exp.Expr) -> bool:
    """Whether a step reads nothing, so that it is the one row that is written out."""
    return isinstance(step, exp.Select) and step.args.get("from_") is None


def _first_keys(query: Query) -> list[exp.Column]:
    """The columns by which windows sort first."""
    orders = (window.args.get("order") for window in query.find(exp.Window))
    keys = (each.expressions[0] for each in orders if isinstance(each, exp.Order) and each.expressions)
    found = (key.this if isinstance(key, exp.Ordered) else key for key in keys)
    return [each for each in found if isinstance(each, exp.Column)]
