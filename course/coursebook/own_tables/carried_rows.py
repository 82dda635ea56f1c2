"""The course's hand-made rows in a company's tables."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from coursebook.own_tables.counterparts import NotPlayed, course_tables
from coursebook.own_tables.script import literal
from marketplace.yourschema.copying import quoted
from marketplace.yourschema.schema import Kind
from marketplace.yourschema.table_order import table_order
from sqlgrade.engine.handmade import read_filling
from sqlgrade.record import ExerciseFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from coursebook.own_tables.counterparts import Counterparts
    from coursebook.schema import Schema
    from marketplace.yourschema.mapping import Mapping
    from marketplace.yourschema.schema import OwnColumn
    from marketplace.yourschema.schema import Schema as OwnSchema
    from sqlgrade.tables.result import Database

_log = logging.getLogger(__name__)
_MADE_UP = {
    Kind.INTEGER: "1",
    Kind.NUMBER: "1",
    Kind.TEXT: "'a'",
    Kind.BOOLEAN: "FALSE",
    Kind.DATE: "DATE '2025-01-01'",
    Kind.TIMESTAMP: "TIMESTAMP '2025-01-01 12:00:00'",
    Kind.TIME: "TIME '12:00:00'",
}
"""What stands in a column that must hold something and that the course has no counterpart of."""


def rows_carrier(
    source: Schema, schema: OwnSchema, mapping: Mapping, parts: Counterparts, target: Schema
) -> Callable[[str], str]:
    """What makes of a filling of the course's tables one of the company's; empty where its rows can't stand there.

    Args:
        source: The course's own tables.
        schema: The company's.
        mapping: Their references.
        parts: Which stands for which.
        target: The tables as the judge has them.
    """
    of_own = {played.name: course for course, played in parts.tables.items()}
    order = [of_own[name] for name in table_order(mapping, schema) if name in of_own]

    def carried(script: str) -> str:
        try:
            rows = read_filling(source.model, script)
            text = "\n".join(filter(None, (_insert(each, rows, schema, parts) for each in order)))
            if text:
                read_filling(target.model, text)
        except (ExerciseFault, NotPlayed) as fault:
            _log.info("hand-made rows of the course stay out of the company's tables: %s", fault)
            return ""
        return f"{text}\n" if text else ""

    return carried


def _insert(course: str, rows: Database, schema: OwnSchema, parts: Counterparts) -> str:
    played, source = parts.tables[course], course_tables()[course]
    own = schema.table(played.name)
    held = {name.lower(): each for name, each in rows.tables.items()}.get(course, ())
    if own is None or not held:
        return ""
    of_own = {each.name: name for name, each in played.columns.items()}
    places = {column.name: number for number, column in enumerate(source.columns)}
    columns = [each for each in own.columns if each.name in of_own or not each.nullable]
    lines = [
        ", ".join(
            _value(each, course, of_own[each.name], row[places[of_own[each.name]]], parts)
            if each.name in of_own
            else _made_up(each)
            for each in columns
        )
        for row in held
    ]
    head = f"INSERT INTO {quoted(own.name)} ({', '.join(quoted(each.name) for each in columns)}) VALUES"
    return f"{head}\n" + ",\n".join(f"  ({line})" for line in lines) + ";"


def _value(own: OwnColumn, course: str, column: str, value: object, parts: Counterparts) -> str:
    if value is None:
        return "NULL"
    text = parts.value(course, column, value) if isinstance(value, str) else str(value)
    return text if own.kind in (Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN) else literal(text)


def _made_up(own: OwnColumn) -> str:
    return literal(own.choices[0]) if own.choices else _MADE_UP.get(own.kind, "NULL")
