"""The ids of rows that come after the end of a data set: whatever was in it keeps its id, later rows are numbered night by night.

A block gives its rows places from 0, in an order in which later rows stand between earlier ones. A row that was known at the end of
the data has the id that its place among such rows had there. A later one is numbered by the night on which it became known, and
within the night by its place; so it has the same id however many nights have gone by.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.columns import Codes, Column, Ids, Parameters, Rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from marketplace.keys import I64

EVENTS = "impression events"


def ids_of(known: Sequence[I64], first: int, used: int, ends: int) -> list[I64]:
    """Return the ids of the rows of consecutive blocks.

    Args:
        known: For each block the UTC seconds from which its rows are known.
        first: Id of the earliest row that was known at the end of the data.
        used: Highest id used in the data.
        ends: UTC second at which the data end.
    """
    every = np.concatenate(known) if known else np.zeros(0, np.int64)
    is_old = every < ends
    ids = np.zeros(len(every), np.int64)
    ids[is_old] = first + np.arange(int(is_old.sum()))
    later = np.flatnonzero(~is_old)
    nights = days.day_number(every[later]).astype(np.int16)  # which numpy sorts by its digits
    order = later[np.argsort(nights, kind="stable")]
    ids[order] = used + 1 + np.arange(len(order))
    return np.split(ids, np.cumsum([len(block) for block in known])[:-1])


def numbered(rows: Rows, ids: Mapping[str, I64]) -> Rows:
    """Return the rows with ids instead of places in their block."""
    return replace(rows, columns={name: _numbered(column, ids) for name, column in rows.columns.items()})


def _numbered(column: Column, ids: Mapping[str, I64]) -> Column:
    if isinstance(column, Ids):
        return Column(_at(ids[column.table], column.values), column.missing)
    if isinstance(column, Codes) and column.table is not None:
        return replace(column, values=_at(ids[column.table], column.values), table=None)
    if isinstance(column, Parameters):
        return replace(column, given={key: _numbered(each, ids) for key, each in column.given.items()})
    return column


def _at(ids: I64, places: I64) -> I64:
    """Return the ids at the places; a place of -1 stands for nothing, and gets any."""
    return ids[places] if len(ids) else np.zeros(len(places), np.int64)
