"""The checks of one row: simple bounds are kept from the start; rows that still break a check are drawn anew."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marketplace.yourschema.fault import YourSchemaError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import duckdb

    from marketplace.yourschema.schema import OwnColumn, Rule, Table

_log = logging.getLogger(__name__)
CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",
}
"""A check is a company's text: the engine that runs it reaches nothing outside."""
TRIES = 25
"""Draws of the rows that break a check, before it counts as one that cannot be met."""


def with_rules_that_run(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """Return the tables without the checks that DuckDB can't run, such as one that calls a function of the company's own."""
    import duckdb

    if not any(table.rules for table in tables):
        return tables
    with duckdb.connect(":memory:", config=CLOSED) as con:
        return tuple(
            replace(table, rules=tuple(rule for rule in table.rules if _runs(con, table, rule))) for table in tables
        )


def _runs(con: duckdb.DuckDBPyConnection, table: Table, rule: Rule) -> bool:
    import duckdb

    columns = ", ".join(
        f'CAST(NULL AS {each.type}) AS "{each.name.replace(chr(34), chr(34) * 2)}"' for each in table.columns
    )
    try:
        con.execute(f"SELECT ({rule.sql})::BOOLEAN FROM (SELECT {columns}) LIMIT 0")
    except duckdb.Error:
        _log.info("a check of %s can't be kept: %s", table.name, rule.sql, exc_info=True)
        return False
    return True


def bounds(column: OwnColumn, rules: Iterable[Rule]) -> tuple[float | None, float | None]:
    """Return the smallest and largest number that checks of this column alone allow."""
    from sqlglot import exp, parse_one

    low: float | None = None
    high: float | None = None
    for rule in rules:
        if [name.lower() for name in rule.columns] != [column.name.lower()]:
            continue
        step = 1.0 if column.scale == 0 else 10.0**-column.scale
        tree = parse_one(rule.sql, read="duckdb")
        for part in (part.unnest() for part in (tree.flatten() if isinstance(tree, exp.And) else (tree,))):
            if isinstance(part, exp.Between):
                low, high = _number(part.args["low"], low), _number(part.args["high"], high)
            elif isinstance(part, (exp.GT, exp.GTE)) and isinstance(part.this, exp.Column):
                value = _number(part.expression, None)
                low = low if value is None else value + (step if isinstance(part, exp.GT) else 0)
            elif isinstance(part, (exp.LT, exp.LTE)) and isinstance(part.this, exp.Column):
                value = _number(part.expression, None)
                high = high if value is None else value - (step if isinstance(part, exp.LT) else 0)
    return low, high


def _number(node: object, other: float | None) -> float | None:
    try:
        return float(node.sql())  # type: ignore[attr-defined]
    except ValueError:
        return other


def keep_rules(
    table: Table,
    values: dict[str, pa.Array],
    redraw: Callable[[str, int], pa.Array | None],
) -> None:
    """Redraw columns of broken rows until every check holds; then set what may be NULL to NULL.

    `redraw(column, attempt)` returns fresh values, or None for a column that must stay. Raises YourSchemaError when a
    check cannot be met.
    """
    import duckdb

    if not table.rules:
        return
    with duckdb.connect(":memory:", config=CLOSED) as con:  # one for all checks: opening takes longer than most of them
        con.execute("SET TimeZone = 'UTC'")
        for rule in table.rules:
            _keep(con, table, values, rule, redraw)


def _keep(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    values: dict[str, pa.Array],
    rule: Rule,
    redraw: Callable[[str, int], pa.Array | None],
) -> None:
    names = [column.name for column in table.columns if column.name.lower() in {n.lower() for n in rule.columns}]
    broken = _breaking_rows(con, values, rule)
    for attempt in range(1, TRIES):
        if not broken.any():
            return
        for name in names:
            fresh = redraw(name, attempt)
            if fresh is not None:
                values[name] = pc.if_else(pa.array(broken), fresh, values[name])
        broken = _breaking_rows(con, values, rule)
    for name in names:
        column = table.column(name)
        if broken.any() and column is not None and column.nullable:
            values[name] = pc.if_else(pa.array(broken), pa.scalar(None, values[name].type), values[name])
            broken = _breaking_rows(con, values, rule)
    if broken.any():
        raise YourSchemaError("constraint_unmet", table=table.name, rule=rule.sql)


def _breaking_rows(con: duckdb.DuckDBPyConnection, values: dict[str, pa.Array], rule: Rule) -> np.ndarray:
    """Return a flag per row: true where the check is false (unknown counts as kept, as in SQL)."""
    names = {name.lower(): name for name in values}
    columns = {names[name.lower()]: values[names[name.lower()]] for name in rule.columns if name.lower() in names}
    con.register("rows_to_check", pa.table(columns))
    found = con.execute(f"SELECT coalesce(NOT ({rule.sql}), false) AS broken FROM rows_to_check").fetchnumpy()
    return np.asarray(found["broken"], bool)
