"""Makes the synthetic copy: builds it beside its place, checks it, and only then puts it there."""

from __future__ import annotations

import errno
import os
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.keys import Dice
from marketplace.ownership import COPY, is_ours
from marketplace.yourschema.checking import CopyReport, check_copy
from marketplace.yourschema.fault import YourSchemaError
from marketplace.yourschema.filling import Filler
from marketplace.yourschema.frame import CopyTask
from marketplace.yourschema.frames import build_frames
from marketplace.yourschema.period import period_of
from marketplace.yourschema.profile import Profile
from marketplace.yourschema.roles import with_sources
from marketplace.yourschema.table_order import table_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import duckdb
    import pyarrow as pa

    from marketplace.yourschema.mapping import Mapping
    from marketplace.yourschema.schema import Schema, Table

FORMATS = ("duckdb", "parquet")
LOCALES = ("ja", "en")

Progress = "Callable[[str, int], None]"


@dataclass(frozen=True)
class CopySettings:
    """How a copy is made."""

    out: Path
    """The DuckDB file, or the folder of Parquet files."""
    seed: int = 0
    scale: float = 1.0
    """Rows relative to the profile's (or the mapping's, or the default) counts."""
    locale: str = "ja"
    format: str = "duckdb"

    def __post_init__(self) -> None:
        if not (isinstance(self.scale, (int, float)) and 0 < self.scale <= 1000):
            raise YourSchemaError("scale_bad", scale=self.scale)
        if self.seed < 0:
            raise YourSchemaError("seed_bad", seed=self.seed)
        if self.format not in FORMATS:
            raise YourSchemaError("format_unknown", format=self.format)
        if self.locale not in LOCALES:
            raise YourSchemaError("locale_unknown", locale=self.locale)


def copy_schema(
    schema: Schema,
    mapping: Mapping,
    profile: Profile | None,
    settings: CopySettings,
    progress: Callable[[str, int], None] | None = None,
) -> CopyReport:
    """Write the copy and return its check; `progress(table, rows)` is called as tables are done.

    Without a profile (L0) usual shapes are used. On any fault nothing is left behind and an older file stays.
    """
    from marketplace.yourschema.role_data import role_rows

    if not is_ours(settings.out, COPY):
        raise YourSchemaError("out_is_not_ours", path=str(settings.out))
    profile, mapping = profile or Profile(), with_sources(mapping)
    world = CopyTask(schema, mapping, profile, Dice(settings.seed), period_of(mapping, profile), settings.scale)
    began = time.perf_counter()
    frames = build_frames(world, role_rows(world, settings.locale))
    filler = Filler(world, frames, settings.locale)
    with _beside(settings.out) as unfinished:
        with _connect(unfinished) as con:
            for name in table_order(mapping, schema):
                table = schema.table(name)
                if table is None:
                    continue
                rows = filler.fill(name)
                _store(con, table, rows)
                if progress:
                    progress(name, rows.num_rows)
            con.execute(f"CREATE TYPE {COPY} AS ENUM ('seed={settings.seed}')")
            report = check_copy(con, schema, mapping, seconds=time.perf_counter() - began)
            _finish(con, schema, settings, unfinished)
        _move(unfinished, settings)
    return report


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """Yield a path for the unfinished file; whatever is still there at the end is removed, and faults are translated."""
    unfinished = out.with_name(f".{out.name}.{os.getpid()}.unfinished")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        yield unfinished
    except OSError as error:
        code = "disk_full" if error.errno == errno.ENOSPC else "not_writable"
        raise YourSchemaError(code, path=str(out)) from error
    finally:
        for leftover in (unfinished, unfinished.with_name(unfinished.name + ".wal"), _folder(unfinished)):
            if leftover.is_dir():
                shutil.rmtree(leftover, ignore_errors=True)
            elif leftover.exists():
                leftover.unlink()


def _folder(unfinished: Path) -> Path:
    return unfinished.with_name(unfinished.name + ".parquet")


@contextmanager
def _connect(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    import duckdb

    try:
        with duckdb.connect(str(path)) as con:
            con.execute("SET TimeZone = 'UTC'")
            yield con
    except duckdb.Error as error:
        words = str(error).lower()
        if "no space left" in words or "disk is full" in words or "not enough space" in words:
            raise OSError(errno.ENOSPC, str(error)) from error
        if isinstance(error, duckdb.IOException):
            raise OSError(errno.EACCES, str(error)) from error
        raise


def _store(con: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table) -> None:
    columns = ", ".join(
        f"{quoted(column.name)} {column.type}{'' if column.nullable else ' NOT NULL'}" for column in table.columns
    )
    con.execute(f"CREATE TABLE {quoted(table.name)} ({columns})")
    con.register("filled_rows", rows)
    values = ", ".join(f"CAST({quoted(column.name)} AS {column.type})" for column in table.columns)
    con.execute(f"INSERT INTO {quoted(table.name)} SELECT {values} FROM filled_rows")
    con.unregister("filled_rows")
    for place, comment in _comments(table):
        con.execute(f"COMMENT ON {place} IS '{comment.replace(chr(39), chr(39) * 2)}'")


def _comments(table: Table) -> Iterator[tuple[str, str]]:
    if table.comment:
        yield f"TABLE {quoted(table.name)}", table.comment
    for column in table.columns:
        if column.comment:
            yield f"COLUMN {quoted(table.name)}.{quoted(column.name)}", column.comment


def _finish(con: duckdb.DuckDBPyConnection, schema: Schema, settings: CopySettings, unfinished: Path) -> None:
    if settings.format != "parquet":
        return
    folder = _folder(unfinished)
    folder.mkdir()
    for table in schema.tables:
        target = str(folder / f"{table.name}.parquet").replace("'", "''")
        con.execute(f"COPY {quoted(table.name)} TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


def _move(unfinished: Path, settings: CopySettings) -> None:
    if settings.format == "duckdb":
        os.replace(unfinished, settings.out)  # noqa: PTH105  (replaces an older file in one step on every system)
        return
    old = settings.out.with_name(f".{settings.out.name}.{os.getpid()}.old")
    if settings.out.exists():
        settings.out.rename(old)
    _folder(unfinished).rename(settings.out)
    shutil.rmtree(old, ignore_errors=True)


def quoted(name: str) -> str:
    """Return an identifier in double quotes."""
    return '"' + name.replace('"', '""') + '"'
