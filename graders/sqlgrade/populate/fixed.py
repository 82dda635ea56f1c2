"""Which rows of the fixed tables the databases should lead to: some for each way to meet the queries' conditions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlgrade.populate.lookups import FIXED_ROW, told_of_row
from sqlgrade.populate.neighbours import around
from sqlgrade.tables.result import Result, Row
from sqlgrade.tables.values import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.populate.atoms import Conditions
    from sqlgrade.populate.columns_used import ColumnId
    from sqlgrade.tables.model import Column, SchemaModel, Table
    from sqlgrade.tables.sqltype import SqlType

_MOST_ROWS = 8
"""Rows that are pointed to where nothing tells them apart."""
_MOST_WAYS = 12
_NOON = dt.time(12)


class FixedRows:
    """Points to rows of the fixed tables, for a set of queries."""

    def __init__(
        self,
        schema: SchemaModel,
        conditions: Conditions,
        constants: Mapping[str, Any],
        linked: Mapping[ColumnId, Sequence[ColumnId]],
        runner: Runner,
    ) -> None:
        self._schema, self._conditions, self._constants, self._linked = schema, conditions, constants, linked
        used = [name for name in schema.fixed if name in conditions.used]
        self._rows = {name: self._pointed_rows(schema.table(name), runner) for name in used}

    def values(self, table: Table, column: Column) -> Collection[Any] | None:
        """The values that a column of a fixed table, or one that refers to it, can have; None for any other column."""
        if table.fixed:
            return dict.fromkeys(table.pick(row, (column.name,))[0] for row in self._schema.fixed[table.name])
        for link in table.foreign_keys:
            if column.name in link.columns and link.parent in self._schema.fixed:
                place = link.columns.index(column.name)
                return dict.fromkeys(key[place] for key in self._schema.fixed_keys(link))
        return None

    def pointed(self, column: ColumnId, kind: SqlType) -> list[Any]:
        """What a column of a fixed table holds in the rows pointed to, as values of a type that is compared with it."""
        if column[0] not in self._rows:
            return []
        place = self._schema.table(column[0]).positions[column[1]]
        values = dict.fromkeys(row[place] for row in self._rows[column[0]])
        return [near for value in values for near in around(_in_the_day(value, kind), kind)[:1]]

    def _pointed_rows(self, table: Table, runner: Runner) -> list[Row]:
        """Rows for each way to meet the conditions, most of them for the ways that meet the most."""
        rows = self._schema.fixed[table.name]
        asked = self._asked(table)
        found = runner.run(f"SELECT {', '.join(asked)} FROM {table.quoted}", "main") if asked else None
        if not isinstance(found, Result):
            return spread(rows, _MOST_ROWS)
        alike: dict[Row, list[Row]] = defaultdict(list)
        for row, told in zip(rows, found.rows, strict=True):
            alike[told].append(row)
        ways = sorted(alike, key=lambda told: -sum(map(bool, told)))[:_MOST_WAYS]
        best = [sum(map(bool, told)) == sum(map(bool, ways[0])) for told in ways]
        return [
            row for told, met in zip(ways, best, strict=True) for row in spread(alike[told], _MOST_ROWS if met else 2)
        ]

    def _asked(self, table: Table) -> list[str]:
        """The conditions on the table's columns, and those on columns matched with them, as questions to a row."""
        found: dict[str, None] = {}
        for atom in self._conditions.atoms:
            if atom.column[0] == table.name:
                found[told_of_row(atom, table.name)] = None
            for column in self._linked.get(atom.column, ()) if FIXED_ROW not in atom.sql else ():
                if column[0] == table.name:
                    kind = self._schema.column(atom.column).type
                    found[told_of_row(atom, table.name, _as_value(table.column(column[1]), kind))] = None
        return list(found)


def _as_value(column: Column, kind: SqlType) -> str:
    """What a row of a fixed table stands for in a column of the type that its own is matched with."""
    noon = " + INTERVAL 12 HOUR" if column.type.family == "date" and kind.temporal and kind.family != "date" else ""
    return f"TRY_CAST({quoted(column.name)}{noon} AS {kind.text})"


def _in_the_day(value: Any, kind: SqlType) -> Any:
    """For a column of moments a day means its noon, which lies in it wherever the clock stands."""
    if type(value) is dt.date and kind.temporal and kind.family != "date":
        return dt.datetime.combine(value, _NOON)
    return value


def spread(values: Sequence[Any], count: int) -> list[Any]:
    """So many of the values, as evenly as can be, the first and the last among them."""
    if len(values) <= count:
        return list(values)
    return [values[round(place * (len(values) - 1) / (count - 1))] for place in range(count)]
