"""Keeps keys and unique columns free of doubles: numbers are counted within their group, text is numbered, times moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marketplace.yourschema.fault import YourSchemaError
from marketplace.yourschema.meanings import KEY
from marketplace.yourschema.schema import Kind

if TYPE_CHECKING:
    from marketplace.keys import I64
    from marketplace.yourschema.frame import Frame
    from marketplace.yourschema.schema import OwnColumn

_ORDER = (Kind.INTEGER, Kind.TEXT, Kind.TIMESTAMP, Kind.DATE)
"""Kinds in which a value can be made unique, the easiest first."""


def number_within(frame: Frame) -> I64:
    """Return 1, 2, 3 … within the rows of one parent, in order of time."""
    link = frame.links.get(frame.driver.columns) if frame.driver else None
    if link is None:
        return np.arange(1, frame.rows + 1, dtype=np.int64)
    return np.where(link >= 0, running_number(link) + 1, 1)


def running_number(groups: I64) -> I64:
    """Return, for each row, how many earlier rows are in its group."""
    order = np.argsort(groups, kind="stable")
    ranked = groups[order]
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]]) if ranked.size else np.zeros(0, np.int64)
    lengths = np.diff(np.r_[starts, ranked.size])
    numbers = np.empty(groups.size, np.int64)
    numbers[order] = np.arange(groups.size) - np.repeat(starts, lengths)
    return numbers


def spread_values(frame: Frame, values: dict[str, pa.Array]) -> None:
    """Change values in place so that every key and unique set holds; raises YourSchemaError where none can be changed."""
    for names in dict.fromkeys((frame.plan.key, *frame.table.unique)):
        if not names or frame.rows == 0 or _is_surrogate(frame, names):
            continue
        times_over = running_number(_codes([values[name] for name in names]))
        if any(values[name].null_count for name in names):
            whole = np.logical_and.reduce([pc.is_valid(values[name]).to_numpy(zero_copy_only=False) for name in names])
            times_over = np.where(whole, times_over, 0)
        if not times_over.any():
            continue
        column = _changeable(frame, names)
        if column is None:
            raise YourSchemaError(
                "key_space",
                table=frame.plan.name,
                columns=", ".join(names),
                possible=int((times_over == 0).sum()),
                rows=frame.rows,
            )
        values[column.name] = _changed(values, names, column, times_over)


def _is_surrogate(frame: Frame, names: tuple[str, ...]) -> bool:
    """Tell whether a key is counted up, and so never doubled."""
    column = frame.plan.column(names[0])
    return len(names) == 1 and column is not None and column.meaning == KEY and names[0] not in frame.given


def _changeable(frame: Frame, names: tuple[str, ...]) -> OwnColumn | None:
    linked = {name for columns in frame.links for name in columns}
    columns = [frame.table.column(name) for name in names if name not in linked]
    found = [column for column in columns if column is not None and column.kind in _ORDER and not column.choices]
    return min(found, key=lambda column: _ORDER.index(column.kind), default=None)


def _changed(values: dict[str, pa.Array], names: tuple[str, ...], column: OwnColumn, times_over: I64) -> pa.Array:
    old = values[column.name]
    if column.kind is Kind.INTEGER:
        others = [values[name] for name in names if name != column.name]
        return pa.array(running_number(_codes(others) if others else np.zeros(len(old), np.int64)) + 1)
    if column.kind is Kind.TEXT:
        suffix = pc.binary_join_element_wise(pa.scalar(" "), pa.array(times_over + 1).cast(pa.string()), "")
        width = column.length - int(pc.max(pc.utf8_length(suffix)).as_py()) if column.length else None
        stem = pc.utf8_slice_codeunits(old, 0, max(width, 0)) if width is not None else old
        return pc.if_else(pa.array(times_over > 0), pc.binary_join_element_wise(stem, suffix, ""), old)
    unit = pa.int32() if column.kind is Kind.DATE else pa.int64()
    step = 1 if column.kind is Kind.DATE else 1_000_000
    return pc.add(old.cast(unit), pa.array(times_over * step, unit)).cast(old.type)


def _codes(columns: list[pa.Array]) -> I64:
    """Return a number per row that is equal exactly when all columns are."""
    codes = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        encoded = column.dictionary_encode() if not pa.types.is_dictionary(column.type) else column
        part = np.asarray(encoded.indices.fill_null(-1)).astype(np.int64) + 1
        codes = codes * (int(part.max(initial=0)) + 1) + part
        _, codes = np.unique(codes, return_inverse=True)
    return codes
