"""Data that are spoilt in a query's text, so that a check can show that it would notice: each table it reads is replaced by a worse one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlglot import exp, parse_one

from marketplace.data_dictionary import dictionary
from sqlgrade.parse import parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

_MOST_TABLES = 4
_TIMES = ("DATE", "TIMESTAMP")
_HAPPENS = frozenset(
    (
        *("guest_devices", "experiment_assignments", "sessions", "list_impressions", "talks", "messages"),
        *("appointments", "appointment_status_log", "payments", "fraud_scores"),
    )
)
"""Tables of which each row is something that happened at its first moment."""
_JST = timedelta(hours=9)


def tables_in(sql: str) -> tuple[str, ...]:
    """The practice tables that a query reads; none for a text that is no SQL."""
    tree = parsed(sql)
    return tuple(dict.fromkeys(each.name.lower() for each in _read(tree))) if tree is not None else ()


def spoilt(sql: str, table: str, fault: str) -> str | None:
    """The query with one table spoilt.

    Args:
        sql: A query.
        table: One of `tables_in(sql)`.
        fault: One of FAULTS.

    Returns:
        Its text in DuckDB's dialect; None where the fault can't be put into this table, or the text can't be read.
    """
    worse = FAULTS[fault](table, sql)
    return None if worse is None else _with(sql, {table: worse})


def as_known(sql: str, until: datetime) -> str:
    """The query over what had happened by a moment (UTC) alone; as it is where it can't be read.

    Guests, casts and whatever has no moment of its own are all there.
    """
    before = {table: text for table in tables_in(sql) if (text := _before(table, until))}
    return (before and _with(sql, before)) or sql


def _with(sql: str, texts: Mapping[str, str]) -> str | None:
    """The query with queries in the place of tables; None where it can't be read."""
    tree = parsed(sql)
    if tree is None:
        return None
    for each in [each for each in _read(tree) if each.name.lower() in texts]:
        name, text = each.alias_or_name, texts[each.name.lower()]
        each.replace(
            exp.Subquery(this=parse_one(text, dialect="duckdb"), alias=exp.TableAlias(this=exp.to_identifier(name)))
        )
    return tree.sql(dialect="duckdb")


def _before(table: str, until: datetime) -> str | None:
    moment = _moment(table)
    if moment is None or table not in _HAPPENS:
        return None
    told = until + _JST if moment.endswith("_jst") else until
    return f"SELECT * FROM {table} WHERE {moment} < TIMESTAMP '{told}'"


def trials_of(sql: str) -> tuple[tuple[str, str, str], ...]:
    """Table, fault and text of every spoilt version of a query, of the first tables that it reads."""
    found = ((table, fault, spoilt(sql, table, fault)) for table in tables_in(sql)[:_MOST_TABLES] for fault in FAULTS)
    return tuple((table, fault, text) for table, fault, text in found if text)


def _read(tree: exp.Expr) -> list[exp.Table]:
    """The tables of the practice data in a tree; what WITH names is none."""
    named = {each.alias_or_name.lower() for each in tree.find_all(exp.CTE)}
    return [
        each for each in tree.find_all(exp.Table) if each.name.lower() in _columns() and each.name.lower() not in named
    ]


def _columns() -> dict[str, dict[str, str]]:
    """The type of each column, by table."""
    return {table.name: {column.name: column.type for column in table.columns} for table in dictionary("en")}


def _moment(table: str) -> str | None:
    """The column that says when; None where there is none."""
    return next((name for name, kind in _columns()[table].items() if kind.upper().startswith(_TIMES)), None)


def _twice(table: str, _: str) -> str:
    return f"SELECT * FROM {table} UNION ALL SELECT * FROM {table}"


def _gaps(table: str, _: str) -> str:
    return f"SELECT * FROM {table} WHERE rowid % 7 <> 3"


def _late(table: str, _: str) -> str | None:
    moment = _moment(table)
    if moment is None:
        return None
    return f"SELECT * FROM {table} WHERE {moment} < (SELECT max({moment}) FROM {table}) - INTERVAL 7 DAY"


def _blank(table: str, sql: str) -> str | None:
    """NULL in every tenth row, in the columns that the query names."""
    tree = parsed(sql)
    used = {each.name.lower() for each in tree.find_all(exp.Column)} if tree is not None else set()
    named = [each for each in _columns()[table] if each in used]
    if not named:
        return None
    blanks = ", ".join(f"CASE WHEN rowid % 10 = 4 THEN NULL ELSE {each} END AS {each}" for each in named)
    return f"SELECT * REPLACE ({blanks}) FROM {table}"


FAULTS: dict[str, Callable[[str, str], str | None]] = {"twice": _twice, "gaps": _gaps, "late": _late, "blank": _blank}
"""Every row twice; one row of seven missing; the last week missing; NULLs."""
