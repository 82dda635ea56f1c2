"""Expressions and output columns of the solution's put into the learner's query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.repairs.from_answer.codes import code_of_expression
from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import Clause, clause_of
from sqlgrade.query.columns import NUMBER
from sqlgrade.query.surgery import has_aggregate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.reading.query_pair import QueryPair

_EXPRESSIONS = (
    *(exp.Filter, exp.Window, exp.AggFunc, exp.Case, exp.TimestampTrunc, exp.DateDiff, exp.Coalesce),
    *(exp.Mul, exp.Div, exp.Sub, exp.Add),
)
_MOST_ITEMS = 8
_MOST_BRANCHES = 6


def replace_expression(pair: QueryPair) -> Iterator[Edit]:
    """Exchange an aggregate, window, CASE or date function for one of the solution's."""
    theirs = pair.missing(*_EXPRESSIONS)
    for own in pair.own(*_EXPRESSIONS):
        block = own.find_ancestor(exp.Select)
        for node in theirs:
            if isinstance(own, exp.Window) != isinstance(node, exp.Window):
                continue
            for reading in pair.readings(node, block):
                clause = clause_of(own) if _same_windows(pair, own, node) else Clause.WINDOW
                yield Edit(own, pair.learner.replace(own, reading), code_of_expression(own, node), clause)


def replace_branch(pair: QueryPair) -> Iterator[Edit]:
    """Let one branch of a CASE that is an output column give what the solution has at the same place."""
    for item, other in zip(_outputs(pair.learner.tree), _outputs(pair.solution.tree), strict=False):
        case = item.unalias()
        if not isinstance(case, exp.Case) or has_aggregate(other) or other.find(exp.Window):
            continue
        block = case.find_ancestor(exp.Select)
        own: list[exp.Expr] = [branch.args["true"] for branch in case.args["ifs"]]
        own += [case.args["default"]] if case.args.get("default") is not None else []
        for reading in pair.readings(other.unalias(), block):
            for value in reversed(own[-_MOST_BRANCHES:]):
                yield Edit(value, pair.learner.replace(value, exp.Paren(this=reading.copy())), "E33", Clause.SELECT)
            if case.args.get("default") is None:
                tree, counterpart = pair.learner.copy(case)
                counterpart.set("default", reading.copy())
                yield Edit(case, tree, "E33", Clause.SELECT)


def replace_inner_output(pair: QueryPair) -> Iterator[Edit]:
    """Exchange what an inner block computes for an expression of the solution's."""
    theirs = pair.missing(*_EXPRESSIONS)
    for block in pair.blocks():
        for item in block.expressions[:_MOST_ITEMS] if block.parent is not None else ():
            for node in theirs if not item.is_star else ():
                if isinstance(node, exp.Window) != isinstance(item.unalias(), exp.Window):
                    continue
                for reading in pair.readings(node, block):
                    changed = exp.alias_(reading, item.alias_or_name, quoted=True)
                    code = code_of_expression(item.unalias(), node)
                    code = "E25" if code == "E43" else code  # it is computed with outside, not shown
                    yield Edit(item, pair.learner.replace(item, changed), code, _value_clause(item))


def change_window(pair: QueryPair) -> Iterator[Edit]:
    """Take the partition, the order, the frame or all three of a window from the solution."""
    theirs = [w for w in pair.solution.find(exp.Window) if w.args.get("order") or w.args.get("partition_by")]
    for own in pair.learner.find(exp.Window):
        block = own.find_ancestor(exp.Select)
        for other in theirs:
            for names in (
                ("partition_by",),
                ("order",),
                ("order", "spec"),
                ("spec",),
                ("partition_by", "order", "spec"),
            ):
                tree, counterpart = pair.learner.copy(own)
                if all(_take(pair, counterpart, other, name, block) for name in names):
                    yield Edit(own, tree, "E37", Clause.WINDOW)


def _take(pair: QueryPair, window: exp.Window, other: exp.Window, name: str, block: exp.Select | None) -> bool:
    part = other.args.get(name)
    if isinstance(part, list):
        readings = [next(iter(pair.readings(key, block)), None) for key in part]
        window.set(name, readings)
        return all(reading is not None for reading in readings)
    if part is None or name == "spec":
        window.set(name, part.copy() if part is not None else None)
        return True
    reading = next(iter(pair.readings(part, block)), None)
    window.set(name, reading)
    return reading is not None


def replace_output(pair: QueryPair) -> Iterator[Edit]:
    """Exchange an output column for the solution's at the same place, or for one it lacks."""
    ours, theirs = _outputs(pair.learner.tree), _outputs(pair.solution.tree)
    for place, item in enumerate(ours):
        block = item.find_ancestor(exp.Select)
        for other in theirs[place : place + 1]:
            for reading in pair.readings(other.unalias(), block):
                changed = exp.alias_(reading, item.alias_or_name or "c", quoted=True)
                code = code_of_expression(item.unalias(), other.unalias())
                clause = _value_clause(item)
                yield Edit(item, pair.learner.replace(item, changed), code, clause)


def zero_for_null(pair: QueryPair) -> Iterator[Edit]:
    """Put COALESCE around an output column, or make a join an outer one and fill what it leaves empty."""
    defaults = [c.expressions[0] for c in pair.solution.find(exp.Coalesce) if len(c.expressions) == 1]
    defaults = [*defaults, exp.Literal.number(0)]
    for item in _outputs(pair.learner.tree):
        for value in defaults:
            filled = exp.Coalesce(this=item.unalias().copy(), expressions=[value.copy()])
            changed = exp.alias_(filled, item.alias_or_name or "c", quoted=True)
            yield Edit(item, pair.learner.replace(item, changed), "E33", Clause.SELECT)
    for join in pair.learner.find(exp.Join):
        block = join.find_ancestor(exp.Select)
        if block is pair.learner.tree and not join.side and isinstance(block, exp.Select):
            yield Edit(join, _outer_with_zeros(pair, join), "E27", Clause.FROM)


def mean_without_zeros(pair: QueryPair) -> Iterator[Edit]:
    """Take the mean of what is not 0."""
    for mean in pair.learner.find(exp.Avg):
        if isinstance(mean.this, exp.Column):
            others = exp.Nullif(this=mean.this.copy(), expression=exp.Literal.number(0))
            yield Edit(mean, pair.learner.replace(mean.this, others), "E32", Clause.SELECT)


def divide_by_other_column(pair: QueryPair) -> Iterator[Edit]:
    """Divide by another number that the block reads."""
    for quotient in pair.learner.find(exp.Div):
        block = quotient.find_ancestor(exp.Select)
        for source in pair.learner.sources(block).values() if block is not None else ():
            for name, family in source.families.items():
                column = exp.column(name, table=source.alias)
                if family == NUMBER and column not in list(quotient.find_all(exp.Column)):
                    yield Edit(quotient.right, pair.learner.replace(quotient.right, column), "E32", Clause.SELECT)


def _outer_with_zeros(pair: QueryPair, join: exp.Join) -> exp.Expr:
    alias = join.this.alias_or_name.lower()
    tree, counterpart = pair.learner.copy(join)
    counterpart.set("side", "LEFT")
    copied = counterpart.parent
    for column in (
        [c for i in copied.expressions for c in i.find_all(exp.Column)] if isinstance(copied, exp.Select) else []
    ):
        if column.table.lower() == alias:
            filled = exp.Coalesce(this=column.copy(), expressions=[exp.Literal.number(0)])
            bare = column.parent is copied
            column.replace(exp.alias_(filled, column.name, quoted=True) if bare else filled)
    return tree


def add_output(pair: QueryPair) -> Iterator[Edit]:
    """Add the output column that is missing."""
    ours, theirs = _outputs(pair.learner.tree), _outputs(pair.solution.tree)
    if len(theirs) != len(ours) + 1:
        return
    known = {pair.learner_lineage.of(item) for item in ours}
    block = ours[0].find_ancestor(exp.Select) if ours else None
    for place, other in enumerate(theirs):
        if block is None or pair.solution_lineage.of(other) in known:
            continue
        for reading in pair.readings(other.unalias(), block):
            tree, counterpart = pair.learner.copy(block)
            items = counterpart.expressions
            added = exp.alias_(reading, other.alias_or_name or "c", quoted=True)
            counterpart.set("expressions", [*items[:place], added, *items[place:]])
            yield Edit(ours[min(place, len(ours) - 1)], tree, "E43", Clause.SELECT)


def _outputs(tree: exp.Expr) -> list[exp.Expr]:
    return list(tree.expressions) if isinstance(tree, exp.Select) else []


def _same_windows(pair: QueryPair, own: exp.Expr, node: exp.Expr) -> bool:
    ours = {pair.learner_lineage.of(window) for window in own.find_all(exp.Window)}
    return ours == {pair.solution_lineage.of(window) for window in node.find_all(exp.Window)}


def _value_clause(item: exp.Expr) -> Clause:
    return Clause.WINDOW if item.find(exp.Window) else Clause.SELECT
