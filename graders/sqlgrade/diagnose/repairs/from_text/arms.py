"""Arms of a UNION over the same tables of which one asks what the other does not."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import Clause
from sqlgrade.query.surgery import add_condition, conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query


def arms_alike(learner: Query) -> Iterator[Edit]:
    """A condition of one arm asked in another arm that reads the same, and asks nothing of its columns."""
    unions = (each for each in learner.find(exp.SetOperation) if not isinstance(each.parent, exp.SetOperation))
    for union in unions:
        arms = [each for each in union.find_all(exp.Select) if _union_of(each) is union]
        for arm, other in itertools.permutations(arms, 2):
            if _read(arm) == _read(other):
                asked = {column.name.lower() for part in _asked(arm) for column in part.find_all(exp.Column)}
                for part in _asked(other):
                    if asked.isdisjoint(column.name.lower() for column in part.find_all(exp.Column)):
                        tree, copied = learner.copy(arm)
                        add_condition(copied, "where", part.copy())
                        yield Edit(arm, tree, "E20", Clause.WHERE)


def _union_of(block: exp.Expr) -> exp.Expr:
    """The outermost set operation of which a block is an arm; itself if it is none."""
    while isinstance(block.parent, exp.SetOperation | exp.Subquery) and block.arg_key in ("this", "expression"):
        block = block.parent
    return block


def _read(block: exp.Select) -> list[str]:
    """What FROM and JOIN read, with the names that it has there."""
    items = [block.args.get("from_"), *(block.args.get("joins") or ())]
    return [each.this.sql("duckdb") for each in items if each is not None]


def _asked(block: exp.Select) -> list[exp.Expr]:
    where = block.args.get("where")
    return conjuncts(where.this) if where is not None else []
