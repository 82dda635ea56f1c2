"""What goes by moments, done by something else: a number taken for a time, and rows of one moment that a comparison passes over."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.blocks import number_of_rows, times_of
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
        sides = (compared.this, compared.expression)
        if not all(isinstance(side, exp.Column) for side in sides) or sides[0].name.lower() != sides[1].name.lower():
            continue
        sources = [learner.source_of(side) for side in sides]
        tables = {source.table for source in sources if source is not None}
        if len(tables) != 1 or None in sources or sources[0] is sources[1] or not all(side.table for side in sides):
            continue
        keys = [key[0] for key in learner.schema.keys.get((tables.pop() or "").lower(), ()) if len(key) == 1]
        for key in keys[:1] if keys and keys[0] != sides[0].name.lower() else ():
            both = [exp.Tuple(expressions=[side.copy(), exp.column(key, table=side.table)]) for side in sides]
            yield Edit(
                compared,
                learner.replace(compared, type(compared)(this=both[0], expression=both[1])),
                "E22",
                Clause.WHERE,
            )
