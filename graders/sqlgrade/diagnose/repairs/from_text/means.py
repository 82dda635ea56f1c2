"""Means of what has a size of its own: quotients, means of groups, some rows of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.aggregated import choice_of
from sqlgrade.diagnose.reading.blocks import output_named
from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import Clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query


def added_up_first(learner: Query) -> Iterator[Edit]:
    """A mean of quotients made the quotient of the totals, of groups' means that of their rows, of some rows the total of all by the number of those."""
    for mean in learner.find(exp.Avg):
        sides = _of_quotients(mean) or _of_some(mean) or _of_means(mean, learner)
        if sides is not None:
            totals = exp.Div(this=sides[0], expression=sides[1])
            inside = isinstance(mean.parent, exp.Binary)
            yield Edit(mean, learner.replace(mean, exp.Paren(this=totals) if inside else totals), "E32", Clause.SELECT)


def _of_quotients(mean: exp.Expr) -> tuple[exp.Expr, exp.Expr] | None:
    quotient = mean.this.unnest()
    if not isinstance(quotient, exp.Div):
        return None
    return exp.Sum(this=quotient.left.copy()), exp.Sum(this=quotient.right.copy())


def _of_some(mean: exp.Expr) -> tuple[exp.Expr, exp.Expr] | None:
    choice = choice_of(mean)
    if choice is None or choice[2] is not None or not isinstance(choice[1], exp.Column):
        return None
    ones = exp.Case().when(choice[0].copy(), exp.Literal.number(1))
    return exp.Sum(this=choice[1].copy()), exp.Count(this=ones)


def _of_means(mean: exp.Expr, learner: Query) -> tuple[exp.Expr, exp.Expr] | None:
    """Of a column that is a mean of each group of a step which counts the rows of its groups as well."""
    source = learner.source_of(mean.this) if isinstance(mean.this, exp.Column) else None
    step = learner.block_of(source) if source is not None else None
    made = output_named(step, mean.this.name) if step is not None and step.args.get("group") is not None else None
    if step is None or made is None or not isinstance(made.unalias(), exp.Avg):
        return None
    counts = (item for item in step.expressions if isinstance(item.unalias(), exp.Count))
    size = next((each.alias for each in counts if isinstance(each.unalias().this, exp.Star) and each.alias), "")
    if not size:
        return None
    weight = exp.column(size, table=mean.this.args.get("table"))
    return exp.Sum(this=exp.Mul(this=mean.this.copy(), expression=weight)), exp.Sum(this=weight.copy())
