"""What a column of the practice data really holds: its commonest values with their counts, or its range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from classroom.session.sql_names import as_written
from classroom.session.table_view import value_text
from sqlgrade.tables.values import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from marketplace.data_dictionary import ColumnEntry, TableEntry

_FEW, _NOT_MANY = 8, 60
_LONGEST = 24


@dataclass(frozen=True)
class Values:
    """A column's values in short."""

    counted: tuple[tuple[str, int], ...] = ()
    """Values with their counts, the commonest first, where there are not many different ones; "…" stands for the rest."""
    lowest: str = ""
    highest: str = ""
    """The range, where there are many."""
    empty: int = 0
    """Rows in which it is NULL."""


def values_of(connection: duckdb.DuckDBPyConnection, table: TableEntry) -> dict[str, Values]:
    """The values of every column of a table that the practice data has."""
    return {column.name: _values(connection, table.name, column) for column in table.columns}


def count_rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """How many rows a table has."""
    return int(_one(connection, f"SELECT count(*) FROM {as_written(table)}")[0])


def _values(connection: duckdb.DuckDBPyConnection, table: str, column: ColumnEntry) -> Values:
    name, table = quoted(column.name), as_written(table)
    facts = f"count(*) - count({name}), approx_count_distinct({name}), min({name}), max({name})"
    empty, different, lowest, highest = _one(connection, f"SELECT {facts} FROM {table}")
    most = _NOT_MANY if isinstance(lowest, str) else _FEW
    if different and different <= most:
        counted = connection.execute(
            f"SELECT {name}, count(*) FROM {table} WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_FEW}"
        ).fetchall()
        more = (("…", 0),) if different > _FEW else ()
        return Values((*((_short(value), count) for value, count in counted), *more), empty=empty)
    if lowest is None:
        return Values(empty=empty)
    return Values(lowest=_short(lowest), highest=_short(highest), empty=empty)


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> Sequence[Any]:
    return connection.execute(sql).fetchall()[0]


def _short(value: Any) -> str:
    text = value_text(value).replace("\n", " ")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
