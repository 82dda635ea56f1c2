"""Arms of a UNION over the same tables of which one asks what the other does not."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.repairs.condition_steps import conditions_of
from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import Clause
from sqlgrade.query.query import from_items
from sqlgrade.query.surgery import add_condition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query


def arms_alike(learner: Query) -> Iterator[Edit]:
    """A condition of one arm asked in another arm that reads the same, and asks nothing of its columns."""
    unions = (each for each in learner.find(exp.SetOperation) if _union_of(each) is each)
    for union in unions:
        arms = [each for each in union.find_all(exp.Select) if _union_of(each) is union]
        for arm, other in itertools.permutations(arms, 2):
            if _read(arm) == _read(other):
                asked = {
                    column.name.lower() for part in conditions_of(arm, "where") for column in part.find_all(exp.Column)
                }
                for part in conditions_of(other, "where"):
                    if asked.isdisjoint(column.name.lower() for column in part.find_all(exp.Column)):
                        tree, copied = learner.copy(arm)
                        add_condition(copied, "where", part.copy())
                        yield Edit(arm, tree, "E20", Clause.WHERE)


def _union_of(block: exp.Expr) -> exp.Expr:
    """The outermost set operation of which a block is an arm, in brackets or not; the block itself if it is none."""
    union = place = block
    while isinstance(place.parent, exp.SetOperation | exp.Subquery) and place.arg_key in ("this", "expression"):
        place = place.parent
        union = place if isinstance(place, exp.SetOperation) else union
    return union


def _read(block: exp.Select) -> list[str]:
    """What FROM and JOIN read, with the names that it has there."""
    return [item.sql("duckdb") for item in from_items(block)]
