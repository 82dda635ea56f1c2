"""The single ordered writer: gives ids, collects Arrow batches, and hands them to DuckDB or Parquet by the armful."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from marketplace.columns import pa
from marketplace.devices import device_rows
from marketplace.schema import TABLES, keyless_ddl

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import duckdb

    from marketplace.blocks import Block
    from marketplace.columns import ArrowBatch, Rows
    from marketplace.world import World

_ARMFUL = 400_000
"""Rows that are collected before they are written."""


parquet: Any = import_module("pyarrow.parquet")


class Sink(Protocol):
    """Where tables end up."""

    def write(self, table: str, batches: list[ArrowBatch]) -> None:
        """Append batches to a table."""

    def close(self) -> None:
        """Make everything durable."""


class DuckDBSink:
    """A DuckDB file with comments and NOT NULLs, without physical keys."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, identity: Mapping[str, object]) -> None:
        self._connection = connection
        labels = ", ".join(f"'{name}={value}'" for name, value in identity.items())
        # Left alone, each of the hundreds of comments and of the small tables would be a transaction that waits for the disk.
        connection.execute(f"BEGIN; {keyless_ddl()} CREATE TYPE marketplace_build AS ENUM ({labels})")
        self._uncommitted = 0

    def write(self, table: str, batches: list[ArrowBatch]) -> None:
        """Append batches to a table."""
        armful = pa.Table.from_batches(batches)
        self._connection.register("armful", armful)
        self._connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM armful")
        self._connection.unregister("armful")
        self._uncommitted += armful.num_rows
        if self._uncommitted >= _ARMFUL:
            self._connection.execute("COMMIT; BEGIN")
            self._uncommitted = 0

    def close(self) -> None:
        """Fold the write-ahead log into the file."""
        self._connection.execute("COMMIT; CHECKPOINT")
        self._connection.close()


class ParquetSink:
    """A folder with one Parquet file a table; the same rows give the same bytes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writers: dict[str, Any] = {}

    def write(self, table: str, batches: list[ArrowBatch]) -> None:
        """Append batches to a table's file."""
        merged = pa.Table.from_batches(batches)
        plain = [
            (field.name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type)
            for field in merged.schema
        ]
        merged = merged.cast(pa.schema(plain))
        if table not in self._writers:
            self._writers[table] = parquet.ParquetWriter(
                self._folder / f"{table}.parquet", merged.schema, compression="zstd"
            )
        self._writers[table].write_table(merged)

    def close(self) -> None:
        """Write the footers."""
        for writer in self._writers.values():
            writer.close()


class Writer:
    """Takes blocks in order and keeps count."""

    def __init__(self, world: World, sink: Sink, before: Mapping[str, int]) -> None:
        self._world, self._sink = world, sink
        self._before = dict.fromkeys((*TABLES, "impression events"), 0) | dict(before)
        self.counts = dict.fromkeys(TABLES, 0)
        self._event_ids = self._before["impression events"]
        self._pending: dict[str, list[ArrowBatch]] = {}
        self._pending_rows: dict[str, int] = {}
        self.last_seen = (np.zeros(world.guests.count, np.int64), np.zeros(world.guests.count, np.int64))

    @property
    def rows(self) -> int:
        """Return the number of rows so far."""
        return sum(self.counts.values())

    def add_block(self, block: Block) -> None:
        """Add the rows of a block; ids follow the order of the calls."""
        offsets = {table: self._before[table] + count for table, count in self.counts.items()}
        offsets["impression events"] = self._event_ids
        for table, rows in block.rows.items():
            self._add(table, rows, offsets)
        self._event_ids += len(block.impressions)
        for seen, on_it in zip(self.last_seen, (~block.on_second, block.on_second), strict=True):
            np.maximum.at(seen, block.visitors[on_it], block.visited[on_it])

    def add_rows(self, table: str, rows: Rows) -> None:
        """Add the rows of a table outside of any block."""
        self._add(table, rows, self.counts)

    def _add(self, table: str, rows: Rows, offsets: Mapping[str, int]) -> None:
        if rows.count == 0:
            return
        self._pending.setdefault(table, []).append(rows.to_batch(offsets))
        self.counts[table] += rows.count
        self._pending_rows[table] = self._pending_rows.get(table, 0) + rows.count
        if self._pending_rows[table] >= _ARMFUL:
            self._write(table)

    def _write(self, table: str) -> None:
        self._sink.write(table, self._pending.pop(table))
        self._pending_rows[table] = 0

    def finish(self) -> None:
        """Write what is left, and the devices, whose last use is known only now."""
        world = self._world
        self.add_rows("guest_devices", device_rows(world.dice, world.guests, world.devices, self.last_seen, world.end))
        for table in list(self._pending):
            self._write(table)
        self._sink.close()
