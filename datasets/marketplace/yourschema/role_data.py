"""Renders the course's own events, with their planted phenomena, into a company's tables that play a role."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from marketplace.yourschema.meanings import KEY
from marketplace.yourschema.roles import ROLES, allowed_value, source_shape, values_allowed
from marketplace.yourschema.schema import Kind

if TYPE_CHECKING:
    import duckdb

    from marketplace.yourschema.frame import CopyTask
    from marketplace.yourschema.mapping import ColumnPlan, TablePlan
    from marketplace.yourschema.schema import OwnColumn, Table

_GUESTS_AT_STANDARD = 8_000
"""Guests of the marketplace at scale 1."""
_USUAL_SCALE = 0.1
"""The marketplace's scale where the copy names no table of guests."""
_SMALLEST, _LARGEST = 0.005, 100.0
"""Bounds of that scale."""


@dataclass
class RoleRows:
    """The rows of one table that plays a role."""

    rows: int
    columns: dict[str, pa.Array] = field(default_factory=dict)
    """Values by the company's column."""
    links: dict[str, pa.Array] = field(default_factory=dict)
    """For a referring column: the course's key of the row referred to."""
    keys: pa.Array | None = None
    """The course's own key of each row, where it is one column."""


def role_rows(world: CopyTask, locale: str) -> dict[str, RoleRows]:
    """Return the rows of every table with a role, from a data set built for the purpose; nothing without roles."""
    playing = [plan for plan in world.mapping.tables if plan.role]
    if not playing:
        return {}
    with tempfile.TemporaryDirectory(prefix="penguin-roles-") as folder:
        path = Path(folder) / "marketplace.duckdb"
        _build(world, locale, path)
        return _read(world, playing, path)


def _build(world: CopyTask, locale: str, path: Path) -> None:
    from marketplace.building import build
    from marketplace.settings import Settings

    build(Settings(scale=_scale(world), seed=world.dice.seed, locale=locale, out=path))


def _scale(world: CopyTask) -> float:
    """Return the size at which the course's guests are as many as the company's rows of that role."""
    from marketplace.yourschema.sizes import sizes

    plan = next((plan for plan in world.mapping.tables if plan.role == "guest"), None)
    known = plan is not None and (plan.rows is not None or plan.name in world.profile.rows)
    if plan is None or not known:
        return min(max(_USUAL_SCALE * world.scale, _SMALLEST), _LARGEST)
    guests = sizes(world.schema, world.mapping, world.profile, world.scale)[plan.name]
    return min(max(guests / _GUESTS_AT_STANDARD, _SMALLEST), _LARGEST)


def _read(world: CopyTask, playing: list[TablePlan], path: Path) -> dict[str, RoleRows]:
    import duckdb

    with duckdb.connect(str(path), read_only=True) as con:
        found = {}
        for plan in playing:
            table = world.schema.table(plan.name)
            if table is not None:
                found[plan.name] = _rows(con, plan, table)
        return found


def _rows(con: duckdb.DuckDBPyConnection, plan: TablePlan, table: Table) -> RoleRows:
    source = source_shape(ROLES[plan.role or ""].table)
    wanted = [(column, str(column.source).partition(".")[2]) for column in plan.columns if column.source]
    names = list(dict.fromkeys([*source.key, *(name for _, name in wanted)]))
    unique = next((name for column, name in wanted if (column.name,) == plan.key and name not in source.key), None)
    once = f" QUALIFY row_number() OVER (PARTITION BY {unique} ORDER BY rowid) = 1" if unique else ""
    read = con.sql(f"SELECT {', '.join(names)} FROM {source.name}{once} ORDER BY rowid").to_arrow_table()
    arrays = {name: read.column(name).combine_chunks() for name in names}
    rows = RoleRows(read.num_rows)
    rows.keys = arrays[source.key[0]] if len(source.key) == 1 else None
    for column, name in wanted:
        shape = table.column(column.name)
        if column.references:
            rows.links[column.name] = arrays[name]
        elif shape is not None and not (
            column.meaning == KEY and shape.kind is not Kind.INTEGER and name in source.key
        ):
            rows.columns[column.name] = _fitted(arrays[name], column, shape)
    return rows


def _fitted(values: pa.Array, column: ColumnPlan, shape: OwnColumn) -> pa.Array:
    """Return the values shifted and renamed as the mapping says, in a type that the company's column can take."""
    if pa.types.is_timestamp(values.type):
        seconds = values.cast(pa.timestamp("us")).cast(pa.int64())
        values = pc.add(seconds, column.shift_hours * 3_600_000_000).cast(pa.timestamp("us"))
        return values if shape.kind in (Kind.TIMESTAMP, Kind.DATE) else values.cast(pa.string())
    if pa.types.is_dictionary(values.type):
        values = values.cast(pa.string())
    if column.rename:
        old, new = zip(*column.rename, strict=True)
        place = pc.index_in(values.cast(pa.string()), value_set=pa.array(old))
        values = pc.coalesce(pa.array(new).take(place), values.cast(pa.string()))
    allowed = values_allowed(column, shape)
    if allowed and shape.kind is Kind.TEXT:
        values = _allowed(values.cast(pa.string()), allowed)
    return _of_kind(values, shape)


def _allowed(values: pa.Array, allowed: tuple[str, ...]) -> pa.Array:
    """Return the values that may stand, or the one allowed value that they begin like (female -> F); else NULL."""
    chosen = {value: allowed_value(value, allowed) for value in pc.unique(values).drop_null().to_pylist()}
    place = pc.index_in(values, value_set=pa.array(list(chosen), pa.string()))
    return pa.array(list(chosen.values()), pa.string()).take(place)


def _of_kind(values: pa.Array, shape: OwnColumn) -> pa.Array:
    if shape.kind is Kind.TEXT:
        text = values.cast(pa.string())
        return pc.utf8_slice_codeunits(text, 0, shape.length) if shape.length else text
    numeric = pa.types.is_integer(values.type) or pa.types.is_decimal(values.type) or pa.types.is_floating(values.type)
    if shape.kind is Kind.INTEGER and (numeric or pa.types.is_boolean(values.type)):
        return pc.round(values.cast(pa.float64())).cast(pa.int64()) if numeric else values.cast(pa.int64())
    if shape.kind is Kind.NUMBER and numeric:
        return values.cast(pa.float64())
    fits = {Kind.BOOLEAN: pa.types.is_boolean, Kind.DATE: pa.types.is_date, Kind.TIMESTAMP: pa.types.is_date}
    fitting = fits.get(shape.kind)
    return values if fitting is not None and fitting(values.type) else pa.nulls(len(values), values.type)
