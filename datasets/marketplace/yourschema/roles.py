"""Roles: the tables of the course's data that a company's tables can play, and which columns correspond."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from marketplace.schema import ddl
from marketplace.structure import TableShape, shapes_of
from marketplace.yourschema.fault import YourSchemaError
from marketplace.yourschema.mapping import ColumnPlan, Mapping, TablePlan
from marketplace.yourschema.meanings import KEY, snake

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

    from marketplace.yourschema.schema import OwnColumn


@dataclass(frozen=True)
class Role:
    """A role, the course's table behind it, and the names under which companies keep its columns."""

    name: str
    table: str
    words: re.Pattern[str]
    columns: Dictionary[str, re.Pattern[str]]


def _read() -> dict[str, Role]:
    written = tomllib.loads((files("marketplace") / "yourschema" / "roles.toml").read_text("utf-8"))["roles"]
    return {
        name: Role(
            name,
            entry["table"],
            re.compile("|".join(entry["words"])),
            {column: re.compile("|".join(names)) for column, names in entry["columns"].items()},
        )
        for name, entry in written.items()
    }


ROLES: dict[str, Role] = _read()
"""Every role by its name in the mapping file."""


def suggested_role(table: TablePlan) -> str | None:
    """Return the role that a table's name suggests, for a person to confirm."""
    return next((role.name for role in ROLES.values() if role.words.fullmatch(snake(table.name))), None)


def with_sources(mapping: Mapping) -> Mapping:
    """Return the mapping with a source for every column of a table with a role that the course's data can fill.

    Raises YourSchemaError for a source, written in the mapping, that the course's data does not have.
    """
    playing = {plan.name: ROLES[plan.role] for plan in mapping.tables if plan.role}
    return Mapping(tuple(_sourced(plan, playing) if plan.name in playing else plan for plan in mapping.tables))


def source_shape(table: str) -> TableShape:
    """Return the shape of one of the course's tables."""
    return next(shape for shape in _shapes() if shape.name == table)


@cache
def _shapes() -> tuple[TableShape, ...]:
    return shapes_of(ddl())


def values_allowed(column: ColumnPlan, shape: OwnColumn) -> tuple[str, ...]:
    """Return the only texts that a column takes; nothing where it takes any."""
    return shape.choices or (column.values if isinstance(column.values, tuple) else ())


def allowed_value(value: str, allowed: tuple[str, ...]) -> str | None:
    """Return a value that may stand, or the one allowed value that it begins like (female -> F); else None."""
    near = [word for word in allowed if value.lower().startswith(word.lower())]
    return value if value in allowed else near[0] if len(near) == 1 else None


def _sourced(plan: TablePlan, playing: dict[str, Role]) -> TablePlan:
    role = playing[plan.name]
    shape = source_shape(role.table)
    taken: set[str] = {column.source for column in plan.columns if column.source}
    columns = []
    for column in plan.columns:
        if column.source:
            _check(column, shape, plan)
            columns.append(column)
            continue
        source = _source(column, role, shape, playing)
        wanted = f"{role.table}.{source}" if source else None
        columns.append(replace(column, source=None if wanted in taken else wanted))
        if wanted:
            taken.add(wanted)
    return replace(plan, columns=tuple(columns))


def _check(column: ColumnPlan, shape: TableShape, plan: TablePlan) -> None:
    table, _, name = str(column.source).partition(".")
    if table != shape.name or name not in {own.name for own in shape.columns}:
        raise YourSchemaError("mapping_bad_source", place=f"{plan.name}.{column.name}", source=column.source)


def _source(column: ColumnPlan, role: Role, shape: TableShape, playing: dict[str, Role]) -> str | None:
    if column.references:
        target = playing.get(column.references[0])
        found = next((fk.columns[0] for fk in shape.foreign_keys if target and fk.table == target.table), None)
        if found:
            return found
        return _by_name(column, role) if target is not None and target.table == role.table else None
    if column.meaning == KEY and len(shape.key) == 1:
        return shape.key[0]
    return _by_name(column, role)


def _by_name(column: ColumnPlan, role: Role) -> str | None:
    name = snake(column.name)
    if name in role.columns:
        return name
    return next((source for source, names in role.columns.items() if names.fullmatch(name)), None)
