"""What goes by moments, done by something else: a number taken for a time, and rows of one moment that a comparison passes over."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.blocks import key_of, number_of_rows, times_of
from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import Clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query

_FARTHEST: dict[type[exp.Expr], type[exp.Expr]] = {exp.Min: exp.ArgMin, exp.Max: exp.ArgMax}
_MOST_TIMES = 4


def by_moments(learner: Query) -> Iterator[Edit]:
    """Go by each time of the table where a block goes by its key, and by the key where two rows are of one moment."""
    yield from _numbers_for_times(learner)
    yield from _ties_passed_over(learner)


def _numbers_for_times(learner: Query) -> Iterator[Edit]:
    """The smallest or largest number made that of the earliest or latest row; of one moment, the smaller or the larger one."""
    for block in learner.selects():
        inside = [
            each
            for each in block.find_all(exp.Min, exp.Max, exp.ArgMin, exp.ArgMax)
            if each.find_ancestor(exp.Select) is block and number_of_rows(_numbered(each), learner)
        ]
        keys = {_numbered(each) for each in inside}
        key = next(iter(keys), None)
        if len(keys) != 1 or not isinstance(key, exp.Column):
            continue
        times = times_of(number_of_rows(key, learner), learner)[:_MOST_TIMES]
        for time, smaller_last in itertools.product(times, (False, True)):
            tie: exp.Expr = exp.Neg(this=key.copy()) if smaller_last else key.copy()
            moment = exp.Tuple(expressions=[exp.column(time, table=key.table or None), tie])
            tree, copied = learner.copy_all(*inside)
            for each in copied:
                if type(each) in _FARTHEST:
                    each.replace(_FARTHEST[type(each)](this=each.this.copy(), expression=moment.copy()))
                else:
                    each.set("expression", moment.copy())
            yield Edit(inside[0], tree, "E37", Clause.SELECT)


def _numbered(farthest: exp.Expr) -> exp.Expr | None:
    """What the smallest or largest is taken of."""
    found = farthest.this if type(farthest) in _FARTHEST else farthest.args.get("expression")
    return found if isinstance(found, exp.Column) else None


def _ties_passed_over(learner: Query) -> Iterator[Edit]:
    """`a.t < b.t` between rows of one table made a comparison by its key as well where the times are equal."""
    for compared in learner.find(exp.LT, exp.GT):
        sides, table = (compared.this, compared.expression), _table_of_both(compared, learner)
        key = key_of(table, learner) if table is not None else None
        if key is not None and key != sides[0].name.lower():
            one, other = (exp.Tuple(expressions=[s.copy(), exp.column(key, table=s.table)]) for s in sides)
            tree = learner.replace(compared, type(compared)(this=one, expression=other))
            yield Edit(compared, tree, "E22", Clause.WHERE)


def _table_of_both(compared: exp.Binary, learner: Query) -> str | None:
    """The table of which one column is compared between two rows; None for any other comparison."""
    left, right = compared.this, compared.expression
    if not isinstance(left, exp.Column) or not isinstance(right, exp.Column) or left.name.lower() != right.name.lower():
        return None
    one, other = learner.source_of(left), learner.source_of(right)
    if one is None or other is None or one is other or one.table != other.table or not (left.table and right.table):
        return None
    return (one.table or "").lower()
