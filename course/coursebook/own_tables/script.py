"""The DDL script of a company's course: its tables as DuckDB writes them, with the keys that the mapping knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursebook.own_tables.counterparts import NotPlayed, counterparts, course_tables
from coursebook.own_tables.names import Names
from coursebook.own_tables.renamed_query import renamed_query
from marketplace.yourschema.copying import quoted
from marketplace.yourschema.table_order import table_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coursebook.own_tables.counterparts import Counterparts
    from marketplace.yourschema.mapping import Mapping, TablePlan
    from marketplace.yourschema.schema import Schema, Table


def script_of(schema: Schema, mapping: Mapping) -> str:
    """CREATE TABLE and COMMENT statements, parents first.

    A table with a role keeps what the course's own table keeps, for it is filled from that.
    """
    made: set[str] = set()
    parts_played = counterparts(schema, mapping, (0, 0))
    parts = []
    for name in table_order(mapping, schema):
        table, plan = schema.table(name), mapping.table(name)
        if table is None or plan is None:
            continue
        made.add(name)
        lines = ",\n".join(f"  {line}" for line in _lines(table, plan, made, parts_played))
        parts += [f"CREATE TABLE {quoted(name)} (\n{lines}\n);", *_comments(table)]
    return "\n".join(parts) + "\n"


def _lines(table: Table, plan: TablePlan, made: set[str], parts: Counterparts) -> Iterator[str]:
    held = _held(table, parts)
    for column in table.columns:
        must = not column.nullable or column.name in (*plan.key, *held)
        yield f"{quoted(column.name)} {column.type}{' NOT NULL' if must else ''}"
    if plan.key:
        yield f"PRIMARY KEY ({_listed(plan.key)})"
    yield from (f"UNIQUE ({_listed(each)})" for each in table.unique if each != plan.key)
    for column in table.columns:
        if column.choices:
            values = ", ".join(literal(each) for each in column.choices)
            yield f"CHECK ({quoted(column.name)} IN ({values}))"
    yield from (f"CHECK ({rule.sql})" for rule in table.rules)
    yield from (f"CHECK ({rule})" for rule in _kept_rules(table, parts))
    for reference in plan.references:
        if reference.table in made:  # what comes later closes a circle, which a script of CREATE TABLEs cannot say
            yield f"FOREIGN KEY ({_listed(reference.columns)}) REFERENCES {quoted(reference.table)} ({_listed(reference.referred)})"


def _course_table(table: Table, parts: Counterparts) -> str:
    """The course's table that it stands for; empty where there is none."""
    return next((name for name, played in parts.tables.items() if played.name == table.name), "")


def _held(table: Table, parts: Counterparts) -> set[str]:
    """Columns that always hold a value, as the course's do and every value of which can stand here."""
    name = _course_table(table, parts)
    if not name:
        return set()
    played = parts.tables[name].columns
    return {
        own.name
        for column in course_tables()[name].columns
        if (own := played.get(column.name)) is not None and not column.nullable
        if not own.allowed or (column.choices and all(own.value(each) for each in column.choices))
    }


def _kept_rules(table: Table, parts: Counterparts) -> Iterator[str]:
    """The CHECKs of the course's table, as far as all their columns and values have a counterpart here."""
    name = _course_table(table, parts)
    for rule in course_tables()[name].rules if name else ():
        head = f"SELECT 1 FROM {name} WHERE "
        if any(
            each in parts.tables[name].columns and parts.tables[name].columns[each].shifted for each in rule.columns
        ):
            continue
        try:
            renamed = renamed_query(head + rule.sql, Names(parts, (name,)))
        except NotPlayed:
            continue
        yield renamed.partition(" WHERE ")[2]


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
