"""A right query in a learner's forms, where two forms say the same: parts of a moment, and which rows an aggregate takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.aggregated import adds_up_ones, choice_of, is_one, narrowed
from sqlgrade.diagnose.reading.contrast import printed
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from sqlgrade.query.query import Query

_PARTS_OF_TIME: dict[str, type[exp.Expr]] = {"HOUR": exp.Hour, "DAY": exp.Day, "MONTH": exp.Month, "YEAR": exp.Year}

_TRUTHS = (exp.Not, exp.EQ, exp.NEQ, exp.Is)


def put_in_form_of(learner: Query, tree: exp.Expr) -> None:
    """Write a right query's tree in the learner's forms: else the form would be told for the mistake that stands in it."""
    _parts_of_time(learner, tree)
    _truths(learner, tree)
    _rows_of_aggregates(learner, tree)
    _orders_of_conditions(learner, tree)


def _parts_of_time(learner: Query, tree: exp.Expr) -> None:
    """`hour(t)` where the learner writes so, and `EXTRACT(hour FROM t)` where that is the learner's form."""
    called = {type(node) for node in learner.find(*_PARTS_OF_TIME.values())}
    taken = {node.name.upper() for node in learner.find(exp.Extract)}
    for part in list(tree.find_all(exp.Extract, *_PARTS_OF_TIME.values())):
        unit = part.name.upper() if isinstance(part, exp.Extract) else type(part).__name__.upper()
        kind = _PARTS_OF_TIME.get(unit)
        if isinstance(part, exp.Extract) and kind in called and unit not in taken:
            part.replace(kind(this=part.expression.copy()))
        elif not isinstance(part, exp.Extract) and unit in taken and kind not in called:
            part.replace(exp.Extract(this=exp.var(unit), expression=part.this.copy()))


def _truths(learner: Query, tree: exp.Expr) -> None:
    """A yes or no of a column written as the learner writes that one: `x = FALSE`, `x IS FALSE`, `x <> TRUE` or `NOT x`."""
    forms = {key: node for node in learner.find(*_TRUTHS) if (key := _truth(node)) is not None}
    for node in list(tree.find_all(*_TRUTHS)):
        form = forms.get(key) if (key := _truth(node)) is not None else None
        if form is not None and type(form) is not type(node):
            node.replace(form.copy())


def _truth(node: exp.Expr) -> tuple[str, bool] | None:
    """The column of which a condition asks that it is true or false, and which of the two; None for any other condition."""
    if isinstance(node, exp.Not):
        return (printed(node.this), False) if isinstance(node.this, exp.Column) else None
    given = node.args.get("expression")
    if not isinstance(node.this, exp.Column) or not isinstance(given, exp.Boolean):
        return None
    return printed(node.this), bool(given.this) is not isinstance(node, exp.NEQ)


def _rows_of_aggregates(learner: Query, tree: exp.Expr) -> None:
    """`COUNT(*) FILTER (WHERE …)` where the learner writes only so, and a CASE in the aggregate where that is the only form."""
    beside = next(learner.find(exp.Filter), None) is not None
    inside = [each for each in learner.find(exp.Count, exp.Sum) if choice_of(each) is not None]
    if beside == bool(inside):
        return
    ones = any(map(adds_up_ones, inside))
    for aggregate in list(tree.find_all(exp.Count, exp.Sum, exp.Avg, exp.Min, exp.Max)):
        block = aggregate.find_ancestor(exp.Select)
        grouped = block is not None and block.args.get("group") is not None  # else a sum of no rows is blank, a count 0
        if beside and not isinstance(aggregate.parent, exp.Filter):
            filtered = _in_filter(aggregate, grouped=grouped)
            aggregate.replace(filtered) if filtered is not None else None
        elif inside and isinstance(aggregate.parent, exp.Filter):
            aggregate.parent.replace(_with_case(aggregate, aggregate.parent.expression.this, ones=ones and grouped))


def _in_filter(aggregate: exp.Expr, *, grouped: bool) -> exp.Filter | None:
    """An aggregate of what a CASE leaves blank for other rows, with its condition in FILTER; None for any other one."""
    choice = choice_of(aggregate)
    counts = grouped and adds_up_ones(aggregate)
    if choice is None or not isinstance(aggregate, exp.AggFunc) or not (counts or narrowed(aggregate) is not None):
        return None
    condition, value, _ = choice
    if counts or (isinstance(aggregate, exp.Count) and is_one(value)):
        bare: exp.Expr = exp.Count(this=exp.Star())
    else:
        held = exp.Distinct(expressions=[value.copy()]) if isinstance(aggregate.this, exp.Distinct) else value.copy()
        bare = type(aggregate)(this=held)
    return exp.Filter(this=bare, expression=exp.Where(this=condition.unnest().copy()))


def _with_case(aggregate: exp.Expr, condition: exp.Expr, *, ones: bool) -> exp.Expr:
    """An aggregate with a FILTER as one of what a CASE leaves blank for other rows, or of ones and zeros."""
    counted = isinstance(aggregate, exp.Count) and isinstance(aggregate.this, exp.Star)
    distinct = isinstance(aggregate.this, exp.Distinct)
    value = aggregate.this.expressions[0] if distinct else aggregate.this
    chosen = exp.Case(ifs=[exp.If(this=condition.copy(), true=exp.Literal.number(1) if counted else value.copy())])
    if counted and ones:
        chosen.set("default", exp.Literal.number(0))
        return exp.Sum(this=chosen)
    return type(aggregate)(this=exp.Distinct(expressions=[chosen]) if distinct else chosen)


def _orders_of_conditions(learner: Query, tree: exp.Expr) -> None:
    """The conditions of an aggregate or a CASE in the order of the learner's that has most of them: one after the other they read alike."""
    ours = [conjuncts(holder.this) for holder in learner.find(exp.If, exp.Where) if _of_aggregate(holder)]
    for holder in list(tree.find_all(exp.If, exp.Where)):
        parts = conjuncts(holder.this) if _of_aggregate(holder) else []
        alike = [each for each in ours if len(each) == len(parts) > 1 and _shared(each, parts)]
        if alike:
            own = max(alike, key=lambda each: _shared(each, parts))
            holder.set("this", exp.and_(*(each.copy() for each in _ordered(parts, own)), copy=False))


def _of_aggregate(holder: exp.Expr) -> bool:
    return isinstance(holder, exp.If) or isinstance(holder.parent, exp.Filter)


def _shared(own: list[exp.Expr], parts: list[exp.Expr]) -> int:
    return len({*map(printed, own)} & {*map(printed, parts)})


def _ordered(parts: list[exp.Expr], own: list[exp.Expr]) -> list[exp.Expr]:
    """Each condition where the learner has the same one, the others in the places that are left."""
    places = [printed(each) for each in own]
    there = {printed(each): each for each in parts if printed(each) in places}
    others = iter([each for each in parts if printed(each) not in places])
    return [there[text] if text in there else next(others) for text in places]
