"""Columns on their way from numpy to Arrow: values, missing marks, dictionaries, ids that still need an offset."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

# pyarrow carries no types.
pa: Any = import_module("pyarrow")
pc: Any = import_module("pyarrow.compute")
ArrowArray = Any
ArrowBatch = Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marketplace.keys import I64, U64, Flags

_HEX2 = np.frombuffer(b"".join(f"{n:02x}".encode() for n in range(256)), np.uint16)
"""The two hexadecimal digits of each byte, as one number that is written in one step."""


@dataclass(frozen=True)
class Column:
    """One column of a block: plain numbers or flags, unless a subclass says otherwise."""

    values: I64
    missing: Flags | None = None

    def to_arrow(self, offsets: Mapping[str, int]) -> ArrowArray:  # noqa: ARG002 (a subclass needs it)
        """Return the Arrow array; offsets are the rows already written to each table."""
        return pa.array(self.values, mask=self.missing)

    def chosen(self, rows: Flags) -> Column:
        """Return the column of some of the rows."""
        missing = None if self.missing is None else self.missing[rows]
        return replace(self, values=self.values[rows], missing=missing)


def numbers(values: I64, kind: type[np.integer[Any]]) -> Column:
    """Return a column of whole numbers of the given width."""
    return Column(values.astype(kind))


@dataclass(frozen=True)
class Ids(Column):
    """Row numbers within the block that become ids when the rows written before are added."""

    table: str = ""

    def to_arrow(self, offsets: Mapping[str, int]) -> ArrowArray:
        """Return the ids, which count from 1."""
        return pa.array(self.values + (offsets[self.table] + 1), mask=self.missing)


@dataclass(frozen=True)
class Moments(Column):
    """Whole epoch seconds, of whichever clock the column's name tells."""

    def to_arrow(self, offsets: Mapping[str, int]) -> ArrowArray:  # noqa: ARG002  (only ids need to know what was written before)
        """Return timestamps in microseconds, DuckDB's own unit."""
        micro = (self.values.astype(np.int64) * 1_000_000).view("datetime64[us]")
        return pa.array(micro, mask=self.missing)


@dataclass(frozen=True)
class Dates(Column):
    """Days since 1970."""

    def to_arrow(self, offsets: Mapping[str, int]) -> ArrowArray:  # noqa: ARG002  (only ids need to know what was written before)
        """Return dates."""
        return pa.array(self.values.astype("datetime64[D]"), mask=self.missing)


@dataclass(frozen=True)
class DayTexts(Column):
    """Days since 1970, written as 20251201."""

    def to_arrow(self, offsets: Mapping[str, int]) -> ArrowArray:  # noqa: ARG002  (only ids need to know what was written before)
        """Return a dictionary array, which DuckDB reads as VARCHAR."""
        found, place = np.unique(self.values, return_inverse=True)
        written = (str(day).replace("-", "") for day in found.astype("datetime64[D]"))
        return pa.DictionaryArray.from_arrays(pa.array(place.astype(np.int16)), pa.array(written, pa.string()))


@dataclass(frozen=True)
class Words(Column):
    """Indexes into a pool of texts."""

    pool: tuple[str, ...] = ()

    def to_arrow(self, offsets: Mapping[str, int]) -> ArrowArray:  # noqa: ARG002  (only ids need to know what was written before)
        """Return a dictionary array, which DuckDB reads as VARCHAR."""
        kind = np.int16 if len(self.pool) < 32_000 else np.int32
        return pa.DictionaryArray.from_arrays(
            pa.array(self.values.astype(kind), mask=self.missing), arrow_pool(self.pool)
        )


@dataclass(frozen=True)
class Tenths(Column):
    """Tenths of a unit, for DECIMAL(3,1)."""

    def to_arrow(self, offsets: Mapping[str, int]) -> ArrowArray:  # noqa: ARG002  (only ids need to know what was written before)
        """Return decimals; the values must not be negative."""
        wide = np.zeros((len(self.values), 2), np.int64)
        wide[:, 0] = self.values
        return pa.Array.from_buffers(pa.decimal128(3, 1), len(wide), [None, pa.py_buffer(wide)])


@dataclass(frozen=True)
class Codes(Column):
    """Numbers written as a letter and eight or more hexadecimal digits, e.g. d0001a2f3."""

    letter: str = "x"
    table: str | None = None

    def to_arrow(self, offsets: Mapping[str, int]) -> ArrowArray:
        """Return strings; with a table, the rows written to it before are added first."""
        numbers = self.values.astype(np.uint64)
        if self.table is not None:
            numbers = numbers + np.uint64(offsets[self.table] + 1)
        text = hex_texts(self.letter, numbers)
        return text if self.missing is None else _with_missing(text, self.missing)


@dataclass(frozen=True)
class Addresses(Column):
    """E-mail addresses at domains that are reserved for examples (RFC 2606, JPRS)."""

    def to_arrow(self, offsets: Mapping[str, int]) -> ArrowArray:  # noqa: ARG002  (only ids need to know what was written before)
        """Return the addresses."""
        domains = arrow_pool(("example.jp", "example.com", "example.net", "example.org"))
        ends = pa.DictionaryArray.from_arrays(pa.array((self.values.astype(np.int64) * 7 // 3) & 3), domains).cast(
            pa.string()
        )
        names = pa.array(self.values).cast(pa.string())
        joined = pc.binary_join_element_wise("guest", names, "")
        text = pc.binary_join_element_wise(joined, ends, "@")
        return text if self.missing is None else pc.if_else(pa.array(self.missing), None, text)


@dataclass(frozen=True)
class Parameters(Column):
    """Repeated parameters: of each row those that it has, each a key with a text or a whole number."""

    given: Mapping[str, Column] = field(default_factory=dict)
    """The values by key, for every row; texts are Words."""

    def chosen(self, rows: Flags) -> Parameters:
        """Return the parameters of some of the rows."""
        given = {key: column.chosen(rows) for key, column in self.given.items()}
        return replace(self, values=self.values[rows], given=given)

    def to_arrow(self, offsets: Mapping[str, int]) -> ArrowArray:
        """Return lists of (key, value); the order of the keys is turned by the values, as nothing promises one."""
        count, width = len(self.values), len(self.given)
        made = [column.to_arrow(offsets) for column in self.given.values()]
        is_text = np.array([isinstance(column, Words) for column in self.given.values()])
        place = (np.arange(width)[None, :] + self.values[:, None]) % width
        is_there = np.stack([each.is_valid().to_numpy(zero_copy_only=False) for each in made], axis=1)
        is_there = np.take_along_axis(is_there, place, axis=1)
        row, key = np.nonzero(is_there)[0], place[is_there]
        told: list[ArrowArray] = []
        for texts in (True, False):
            kind = pa.string() if texts else pa.int64()
            own = [each.cast(kind) if is_text[n] == texts else pa.nulls(count, kind) for n, each in enumerate(made)]
            told.append(pa.concat_arrays(own).take(pa.array(key * count + row)))
        nothing = pa.nulls(len(row), pa.float64())
        value = pa.StructArray.from_arrays([*told, nothing, nothing], names=list(VALUE_PARTS))
        keys = pa.array(list(self.given), pa.string()).take(pa.array(key))
        ends = np.concatenate([[0], np.cumsum(is_there.sum(axis=1))]).astype(np.int32)
        return pa.ListArray.from_arrays(
            pa.array(ends), pa.StructArray.from_arrays([keys, value], names=["key", "value"])
        )


VALUE_PARTS = ("string_value", "int_value", "float_value", "double_value")
"""Where the value of a parameter stands, by its type; the exports that they are modelled on have these four."""


_POOLS: dict[tuple[str, ...], ArrowArray] = {}
"""Pools made so far."""


def arrow_pool(pool: tuple[str, ...]) -> ArrowArray:
    """Return the pool as an Arrow array, made once."""
    if pool not in _POOLS:
        _POOLS[pool] = pa.array(pool, pa.string())
    return _POOLS[pool]


def hex_texts(letter: str, numbers: U64) -> ArrowArray:
    """Return letter + ten hexadecimal digits of each number, built without a Python loop."""
    n = len(numbers)
    raw = np.empty((n, 11), np.uint8)
    raw[:, 0] = ord(letter)
    for place, shift in enumerate((32, 24, 16, 8, 0)):
        pair = _HEX2[((numbers >> np.uint64(shift)) & np.uint64(0xFF)).astype(np.intp)]
        raw[:, 1 + 2 * place : 3 + 2 * place] = pair.view(np.uint8).reshape(n, 2)
    ends = np.arange(n + 1, dtype=np.int32) * 11
    return pa.StringArray.from_buffers(n, pa.py_buffer(ends), pa.py_buffer(raw))


def _with_missing(text: ArrowArray, missing: Flags) -> ArrowArray:
    bits = np.packbits(~missing, bitorder="little")
    return pa.StringArray.from_buffers(len(text), text.buffers()[1], text.buffers()[2], pa.py_buffer(bits))


@dataclass(frozen=True)
class Rows:
    """Rows for one table, columns in the order of the schema."""

    columns: Mapping[str, Column]
    known: I64 | None = None
    """The UTC seconds from which each row is in the data, where no column tells them."""

    @property
    def count(self) -> int:
        """Return the number of rows."""
        return len(next(iter(self.columns.values())).values)

    def chosen(self, rows: Flags) -> Rows:
        """Return some of the rows."""
        known = None if self.known is None else self.known[rows]
        return Rows({name: column.chosen(rows) for name, column in self.columns.items()}, known)

    def to_batch(self, offsets: Mapping[str, int]) -> ArrowBatch:
        """Return an Arrow record batch."""
        return pa.RecordBatch.from_arrays(
            [column.to_arrow(offsets) for column in self.columns.values()], names=list(self.columns)
        )
