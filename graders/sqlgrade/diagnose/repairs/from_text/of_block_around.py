"""A query in brackets that asks less of a table's rows than the query around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.diagnose.reading.around import asked_around_only, block_around
from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import Clause
from sqlgrade.query.surgery import add_condition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query


def asked_around(learner: Query) -> Iterator[Edit]:
    """One condition of WHERE, then all of them, asked as well in a query in brackets that reads the same table."""
    for block in learner.selects():
        around = block_around(block)
        lacking = asked_around_only(block, around) if around is not None else []
        for parts in (*([each] for each in lacking), *([lacking] if len(lacking) > 1 else [])):
            tree, copied = learner.copy(block)
            for part in parts:
                add_condition(copied, "where", part.copy())
            yield Edit(block, tree, "E20", Clause.WHERE)
