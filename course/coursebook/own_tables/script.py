"""The DDL script of a company's course: its tables as DuckDB writes them, with the keys that the mapping knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marketplace.yourschema.copying import quoted
from marketplace.yourschema.table_order import table_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marketplace.yourschema.mapping import Mapping, TablePlan
    from marketplace.yourschema.schema import Schema, Table


def script_of(schema: Schema, mapping: Mapping) -> str:
    """CREATE TABLE and COMMENT statements, parents first."""
    made: set[str] = set()
    parts = []
    for name in table_order(mapping, schema):
        table, plan = schema.table(name), mapping.table(name)
        if table is None or plan is None:
            continue
        made.add(name)
        lines = ",\n".join(f"  {line}" for line in _lines(table, plan, made))
        parts += [f"CREATE TABLE {quoted(name)} (\n{lines}\n);", *_comments(table)]
    return "\n".join(parts) + "\n"


def _lines(table: Table, plan: TablePlan, made: set[str]) -> Iterator[str]:
    for column in table.columns:
        must = not column.nullable or column.name in plan.key
        yield f"{quoted(column.name)} {column.type}{' NOT NULL' if must else ''}"
    if plan.key:
        yield f"PRIMARY KEY ({_listed(plan.key)})"
    yield from (f"UNIQUE ({_listed(each)})" for each in table.unique if each != plan.key)
    for column in table.columns:
        if column.choices:
            values = ", ".join(literal(each) for each in column.choices)
            yield f"CHECK ({quoted(column.name)} IN ({values}))"
    yield from (f"CHECK ({rule.sql})" for rule in table.rules)
    for reference in plan.references:
        if reference.table in made:  # what comes later closes a circle, which a script of CREATE TABLEs cannot say
            yield f"FOREIGN KEY ({_listed(reference.columns)}) REFERENCES {quoted(reference.table)} ({_listed(reference.referred)})"


def _comments(table: Table) -> Iterator[str]:
    if table.comment:
        yield f"COMMENT ON TABLE {quoted(table.name)} IS {literal(table.comment)};"
    for column in table.columns:
        if column.comment:
            yield f"COMMENT ON COLUMN {quoted(table.name)}.{quoted(column.name)} IS {literal(column.comment)};"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(quoted, names))


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
