"""A logical fingerprint of a data set: the same for the same rows, whatever their order and whoever wrote the file.

The bytes of a DuckDB file differ from run to run, and DuckDB's own hash differs from version to version. So each value is
hashed here with integer arithmetic, the hashes of a row are mixed, and the rows of a table are summed modulo 2**64.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from marketplace.columns import pa, pc
from marketplace.faults import MarketplaceError
from marketplace.keys import U64, mix, salt
from marketplace.schema import TABLES

if TYPE_CHECKING:
    import duckdb

_ROWS_AT_ONCE = 200_000
"""Rows in memory at a time."""
_NULL = np.uint64(0x6E756C6C)
"""Stands for NULL: "null" in ASCII."""
_POWER = np.uint64(0x100000001B3)
"""The prime of the 64-bit FNV hash: a text is hashed as a polynomial in it."""


def fingerprint(path: Path | str, schema: str = "main") -> dict[str, str]:
    """Return a fingerprint of each table of a DuckDB file's schema or a Parquet folder, and of all under "all"."""
    import duckdb

    path = Path(path)
    if not path.exists():
        raise MarketplaceError("file_missing", path=path)
    if path.is_dir():
        with duckdb.connect() as connection:
            sources = {table: f"read_parquet('{path / table}.parquet')" for table in TABLES}
            return _of_tables(connection, {t: s for t, s in sources.items() if (path / f"{t}.parquet").exists()})
    with duckdb.connect(str(path), read_only=True) as connection:
        return _of_tables(connection, {table: f"{schema}.{table}" for table in TABLES})


def _of_tables(connection: duckdb.DuckDBPyConnection, sources: dict[str, str]) -> dict[str, str]:
    prints = {table: _of_table(connection, source) for table, source in sources.items()}
    total = sum((place + 1) * int(text, 16) for place, text in enumerate(prints.values())) % 2**64
    return {**prints, "all": f"{total:016x}"}


def _of_table(connection: duckdb.DuckDBPyConnection, source: str) -> str:
    total = 0
    reader = connection.sql(f"FROM {source}").to_arrow_reader(_ROWS_AT_ONCE)
    for batch in reader:
        total = (total + int(_row_hashes(batch).sum(dtype=np.uint64))) % 2**64
    return f"{total:016x}"


def _row_hashes(batch: Any) -> U64:
    rows = np.zeros(batch.num_rows, np.uint64)
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        rows += mix(_values(column), salt(0, f"fingerprint.{name}"))
    return mix(rows, salt(0, "fingerprint"))


def _values(column: Any) -> U64:
    """Return 64 bits for each value of an Arrow column; the kind of number it is stored as plays no part."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.dictionary_decode(), kind.value_type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        coded = column.dictionary_encode()
        codes = coded.indices.fill_null(0).to_numpy(zero_copy_only=False)
        words = _text_hashes(coded.dictionary.cast(pa.large_string()))
        bits = words[codes] if len(words) else np.zeros(len(column), np.uint64)
    elif pa.types.is_list(kind):
        bits = _list_hashes(column)
    elif pa.types.is_struct(kind):
        bits = np.zeros(len(column), np.uint64)
        for own, part in zip(kind, column.flatten(), strict=True):
            bits += mix(_values(part), salt(0, f"part.{own.name}"))
    elif pa.types.is_boolean(kind):
        bits = column.cast(pa.int8()).fill_null(0).to_numpy(zero_copy_only=False).astype(np.uint64)
    elif pa.types.is_decimal(kind):
        tenths = pc.multiply(column, pa.scalar(10)).cast(pa.float64()).cast(pa.int64())
        bits = tenths.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64).view(np.uint64)
    elif pa.types.is_timestamp(kind):
        bits = (
            column.cast(pa.timestamp("us")).cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False).view(np.uint64)
        )
    elif pa.types.is_date(kind):
        bits = column.cast(pa.int32()).cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False).view(np.uint64)
    else:
        bits = column.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False).view(np.uint64)
    return np.where(column.is_null().to_numpy(zero_copy_only=False), _NULL, bits) if column.null_count else bits


def _list_hashes(column: Any) -> U64:
    """Return a hash of each list, in which the order of its items counts."""
    lengths = pc.list_value_length(column).fill_null(0).to_numpy(zero_copy_only=False)
    row = np.repeat(np.arange(len(column)), lengths)
    place = np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    items = mix(_values(column.flatten()) + place.astype(np.uint64), salt(0, "items"))
    bits = lengths.astype(np.uint64)
    np.add.at(bits, row, items)
    return bits


def _text_hashes(texts: Any) -> U64:
    """Return a polynomial hash of each text's bytes, for all texts at once."""
    ends = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset : texts.offset + len(texts) + 1]
    if not len(texts) or ends[-1] == ends[0]:
        return np.zeros(len(texts), np.uint64)
    data = np.frombuffer(texts.buffers()[2], np.uint8)[ends[0] : ends[-1]].astype(np.uint64) + np.uint64(1)
    place = np.arange(len(data)) - np.repeat(ends[:-1] - ends[0], np.diff(ends))
    powers = np.cumprod(np.full(int(place.max()) + 1, _POWER, np.uint64))
    summed = np.concatenate([np.zeros(1, np.uint64), np.cumsum(data * powers[place], dtype=np.uint64)])
    return summed[ends[1:] - ends[0]] - summed[ends[:-1] - ends[0]]
