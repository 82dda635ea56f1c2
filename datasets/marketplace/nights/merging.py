"""What has come and changed since the end of a data set, put into a database that has the data set attached as `fixed`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marketplace.columns import pa, pc
from marketplace.nights.arrivals import CHANGING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

    from marketplace.columns import Rows

FIXED_NAME = "fixed"
"""As which the data set has to be attached."""
DEVICE_KEY = ("guest_id", "device_fp", "first_seen_at_utc")


def key_of_table(table: str) -> tuple[str, ...]:
    """Return the columns that tell the rows of a table that changes from one another."""
    if table == "guest_devices":
        return DEVICE_KEY
    return ({"point_ledger": "entry_id"}.get(table, f"{table[:-1]}_id"),)


def armfuls(arrived: Iterable[tuple[str, Rows]]) -> Iterator[tuple[str, Any]]:
    """Yield each table to which something has come once, with an Arrow table of that."""
    batches: dict[str, list[Any]] = {}
    for table, rows in arrived:
        if rows.count:
            batches.setdefault(table, []).append(rows.to_batch({}))
    for table, each in batches.items():
        yield table, pa.Table.from_batches(each)


def new_rows(table: str, armful: Any) -> str:
    """Return a query for the rows of `armful`, registered by that name, that have come or changed, in the order of their ids."""
    if table == "guest_devices":
        return (
            "SELECT guest_id, device_fp, os, coalesce(f.first_seen_at_utc, n.first_seen_at_utc) AS first_seen_at_utc, "
            "greatest(f.last_seen_at_utc, n.last_seen_at_utc) AS last_seen_at_utc FROM armful AS n LEFT JOIN "
            "(SELECT guest_id, device_fp, max(first_seen_at_utc) AS first_seen_at_utc, max(last_seen_at_utc) AS last_seen_at_utc "
            f"FROM {FIXED_NAME}.guest_devices GROUP BY ALL) AS f USING (guest_id, device_fp) ORDER BY ALL"
        )
    if table not in CHANGING:
        return "FROM armful"
    (key,) = key_of_table(table)
    first = pc.min(armful[key]).as_py()  # as a number it spares reading what comes before
    last = f"(SELECT max({key}) FROM {FIXED_NAME}.{table})"
    changed = f"FROM armful WHERE {key} <= {last} EXCEPT FROM {FIXED_NAME}.{table} WHERE {key} >= {first}"
    return f"FROM (FROM armful WHERE {key} > {last} UNION ALL ({changed})) ORDER BY 1"


def go_on(connection: duckdb.DuckDBPyConnection, arrived: Iterable[tuple[str, Rows]]) -> None:
    """Let a copy of the data set hold what has come, in place of what that has changed."""
    for table, armful in armfuls(arrived):
        connection.register("armful", armful)
        connection.execute(f"CREATE TEMP TABLE come AS {new_rows(table, armful)}")
        if table in CHANGING or table == "guest_devices":
            same = " AND ".join(f"{table}.{column} = come.{column}" for column in key_of_table(table))
            connection.execute(f"DELETE FROM {table} USING come WHERE {same}")
        connection.execute(f"INSERT INTO {table} BY NAME FROM come; DROP TABLE come")
        connection.unregister("armful")
