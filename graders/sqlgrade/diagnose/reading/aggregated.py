"""What an aggregate takes of each row: a CASE or an IF in it, ones added up, a FILTER beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.blocks import output_named
from sqlgrade.diagnose.reading.contrast import Part, printed
from sqlgrade.diagnose.reading.trees import column_name, columns, names_in, number_of
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Sequence


if TYPE_CHECKING:
    from sqlgrade.query.query import Query

_QUANTILES = (exp.PercentileCont, exp.PercentileDisc, exp.Quantile)


def counted_if(aggregate: exp.Expr) -> exp.Expr | None:
    """The condition of the rows that are counted: COUNT of what is blank for the others, ones and zeros added up, COUNT_IF."""
    if isinstance(aggregate, exp.CountIf):
        asked: exp.Expr = aggregate.this
        return asked
    if isinstance(aggregate, exp.Sum) and isinstance(aggregate.this, exp.Cast):
        truth = aggregate.this.this.unnest()
        return truth if isinstance(truth, exp.Predicate | exp.Connector | exp.Not) else None
    if adds_up_ones(aggregate):
        choice = choice_of(aggregate)
        return choice[0] if choice is not None else None
    return narrowed(aggregate) if isinstance(aggregate, exp.Count) else None


def counted_unless(aggregate: exp.Expr) -> exp.Expr | None:
    """The condition of the rows that alone are not counted: zeros for them, and ones for all others, added up."""
    choice = choice_of(aggregate) if isinstance(aggregate, exp.Sum) else None
    if choice is None or choice[2] is None:
        return None
    given = [each.name for each in choice[1:] if isinstance(each, exp.Literal)]
    return choice[0] if given == ["0", "1"] else None


def asked_beside(own: exp.Expr, wanted: exp.Expr) -> exp.Expr | None:
    """The condition of the rows that are to be counted, also where it stands in a FILTER that the learner's has not."""
    inside, beside = counted_if(wanted), wanted.parent
    if inside is not None or not isinstance(beside, exp.Filter) or isinstance(own.parent, exp.Filter):
        return inside
    condition: exp.Expr = beside.expression.this
    return condition


def adds_up_ones(aggregate: exp.Expr) -> bool:
    """Whether ones are added for the rows of one condition, and zeros for the others."""
    choice = choice_of(aggregate) if isinstance(aggregate, exp.Sum) else None
    return choice is not None and [each.name if isinstance(each, exp.Literal) else "" for each in choice[1:]] in (
        ["1", "0"],
        ["1.0", "0"],
        ["1", ""],
    )


def adds_group_sizes(total: exp.Expr, query: Query) -> bool:
    """Whether a SUM is over the number of rows that a step counts in each of its groups."""
    column = total.this if isinstance(total, exp.Sum) else None
    source = query.source_of(column) if isinstance(column, exp.Column) else None
    step = query.block_of(source) if source is not None else None
    if column is None or step is None or step.args.get("group") is None:
        return False
    output = output_named(step, column.name)
    made = output.unalias() if output is not None else None
    return isinstance(made, exp.Count) and isinstance(made.this, exp.Star)


def choice_of(aggregate: exp.Expr) -> tuple[exp.Expr, exp.Expr, exp.Expr | None] | None:
    """Of a CASE with one WHEN, or an IF, in an aggregate: its condition, the value then, and the value otherwise."""
    value = aggregate.this
    if isinstance(value, exp.Distinct) and len(value.expressions) == 1:
        value = value.expressions[0]
    value = value.unnest() if isinstance(value, exp.Expr) else None
    if isinstance(value, exp.Case) and value.this is None and len(value.args["ifs"]) == 1:
        branch = value.args["ifs"][0]
        return branch.this, branch.args["true"], value.args.get("default")
    return (value.this, value.args["true"], value.args.get("false")) if isinstance(value, exp.If) else None


def narrowed(count: exp.AggFunc) -> exp.Expr | None:
    """The condition of the one CASE (or IF) that a COUNT counts, whose other rows are blank and so not counted."""
    choice = choice_of(count)
    return choice[0] if choice is not None and (choice[2] is None or isinstance(choice[2], exp.Null)) else None


def takes_all(own: exp.Expr, asked: exp.Expr) -> bool:
    """Whether nothing narrows the rows of an aggregate by what is asked of them: no FILTER, no WHERE on those columns."""
    block = own.find_ancestor(exp.Select)
    where = block.args.get("where") if block is not None else None
    known = names_in(where) if where is not None else set()
    plain = not isinstance(own.parent, exp.Filter) and own.find(exp.Connector, exp.Predicate, exp.Case, exp.If) is None
    return plain and column_name(asked).lower() not in known


def asks_alike(own: exp.Expr, wanted: exp.Expr) -> bool:
    """Whether two aggregates with a condition, or a count of the rows that meet it, have the same one."""
    choice = choice_of(own)
    asked = counted_if(wanted) if choice is not None else None
    return choice is None or asked is None or printed(choice[0]) == printed(asked)


def is_other_kind(own: exp.Expr, wanted: exp.Expr) -> bool:
    """Whether the kind of aggregate is what is wrong, for all that shows: not also what it is of, nor a count in other words."""
    counts = [isinstance(each, exp.Count) or counted_if(each) is not None for each in (own, wanted)]
    if isinstance(own.this, exp.Cast) and counts[1]:
        return False  # of a yes and no made a number, which counts as well
    chosen = any(each.find(exp.Case, exp.If) is not None for each in (own, wanted))
    return not all(counts) and not is_one(own.this) and (not chosen or printed(own.this) == printed(wanted.this))


def is_one(value: object) -> bool:
    """Whether a value is the number 1, so that adding it up counts."""
    return isinstance(value, exp.Literal) and value.name == "1"


def fraction(quantile: exp.Expr) -> str:
    """Which part of the rows lies below a quantile; empty for anything else."""
    if isinstance(quantile, exp.Median):
        return "0.5"
    part = quantile.args.get("quantile") or quantile.expression if isinstance(quantile, _QUANTILES) else None
    return part.name if isinstance(part, exp.Literal) else ""


def counted_column(count: exp.AggFunc) -> str:
    """The columns of which a count counts the values: the one in a CASE or by itself, several in brackets."""
    choice = choice_of(count)
    values = columns(choice[1] if choice is not None else count)
    several = isinstance(count.this, exp.Distinct) and choice is None
    names = list(dict.fromkeys(each.name for each in (values if several else values[:1])))
    return f"({', '.join(names)})" if len(names) > 1 else "".join(names)


def clause_in(node: exp.Expr) -> Part:
    """The clause of its block in which an aggregate stands."""
    holder = node.find_ancestor(exp.Having, exp.Order, exp.Qualify, exp.Select)
    held = {"having": Part.HAVING, "order": Part.ORDER_BY, "qualify": Part.QUALIFY}
    return held.get(holder.key, Part.SELECT) if holder is not None else Part.SELECT


def keeps_empty_groups(filtered: exp.Expr, block: exp.Expr, missing: Sequence[exp.Expr]) -> bool:
    """Whether a condition in an output's aggregate leaves the groups without such rows: all of it is missing, and no HAVING drops them."""
    if not block.args.get("group") or block.args.get("having") or clause_in(filtered) is not Part.SELECT:
        return False
    choice = choice_of(filtered)
    asked = filtered.expression.this if isinstance(filtered, exp.Filter) else choice[0] if choice is not None else None
    return {printed(each.unnest()) for each in conjuncts(asked)} <= {printed(each.unnest()) for each in missing}


def counts_of_some(block: exp.Select) -> list[tuple[str, exp.Expr]]:
    """The outputs of a block that count the rows of a condition, by name, with their conditions."""
    found = ((item.alias_or_name, _counted_if(item.unalias())) for item in block.expressions)
    return [(name, asked) for name, asked in found if name and asked is not None]


def _counted_if(output: exp.Expr) -> exp.Expr | None:
    """The condition of the rows that an output counts, also in a FILTER."""
    if isinstance(output, exp.Filter) and isinstance(output.this, exp.Count) and isinstance(output.this.this, exp.Star):
        condition: exp.Expr = output.expression.this
        return condition
    return counted_if(output)


def bare_operand(node: exp.Expr) -> str:
    """An operand without brackets, casts and the factor 1.0 that make a division a real one."""
    node = node.unnest()
    while True:
        if isinstance(node, exp.Cast | exp.Nullif):
            node = node.this.unnest()
        elif isinstance(node, exp.Mul) and number_of(node.right) == 1:
            node = node.left.unnest()
        elif isinstance(node, exp.Mul) and number_of(node.left) == 1:
            node = node.right.unnest()
        else:
            return printed(node)
