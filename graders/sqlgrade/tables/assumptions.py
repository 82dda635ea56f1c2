"""What an author's assumptions say, read from their queries: a rule for each row, or one for rows that belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlgrade.tables.bonds import Bond, Dependency
    from sqlgrade.tables.model import Table

BEYOND_ROWS = ("with_", "with", "group", "having", "qualify", "distinct", "limit", "offset")
_BEYOND_PAIRS = (exp.AggFunc, exp.Window, exp.SetOperation)


@dataclass(frozen=True)
class Assumption:
    """A query that returns no row on valid data."""

    text: str
    table: str | None = None
    """The varied table that the query starts from, if it is such that each of its rows stands for one there."""
    culprits: str = ""
    """A query for the row ids in that table of the rows that break it."""
    closed: bool = False
    """True if taking rows away never breaks it."""
    bond: Bond | None = None
    """What it says of rows and the ones that they name, if it does."""
    dependency: Dependency | None = None
    """What it says of rows with the same key, if it does."""


def read_assumption(text: str, tables: Collection[Table]) -> Assumption:
    """The assumption that a query states, as far as its text tells."""
    tree = plain_select(text)
    varied = {table.name.lower(): table.name for table in tables if not table.fixed}
    sources = sources_of(tree) if tree is not None else []
    first = next((source for source in sources if source.name.lower() in varied), None)
    if tree is None or first is None or joins(tree, "RIGHT", "FULL"):
        return Assumption(text)
    asked = tree.copy()
    asked.set("expressions", [exp.column("rowid", table=first.alias_or_name)])
    asked.set("distinct", exp.Distinct())
    inner = [table for select in _subqueries(tree) for table in select.find_all(exp.Table)]
    closed = all(table.name.lower() not in varied for table in inner) and not joins(tree, "LEFT")
    return Assumption(text, varied[first.name.lower()], asked.sql(dialect="duckdb"), closed)


def row_rule(text: str, tables: Collection[Table]) -> tuple[str, str] | None:
    """The table and the CHECK that an assumption comes to, if it is about the rows of one varied table, each by itself."""
    tree = plain_select(text)
    if tree is None or tree.args.get("joins") or len(sources_of(tree)) != 1 or tree.args.get("where") is None:
        return None
    source = sources_of(tree)[0]
    table = next((t for t in tables if t.name.lower() == source.name.lower()), None)
    fixed = {t.name.lower() for t in tables if t.fixed}
    inner = [each for select in _subqueries(tree) for each in select.find_all(exp.Table)]
    if table is None or table.fixed or any(each.name.lower() not in fixed for each in inner):
        return None
    condition = tree.args["where"].this.copy()
    for column in condition.find_all(exp.Column):
        if column.table.lower() == source.alias_or_name.lower():
            column.set("table", exp.to_identifier(table.name, quoted=True))
    return table.name, f"NOT ({condition.sql(dialect='duckdb')})"


def plain_select(text: str) -> exp.Select | None:
    """The query's tree if each row of its result stands for rows of its tables."""
    try:
        tree = sqlglot.parse_one(text.strip().rstrip(";"), dialect="duckdb")
    except (SqlglotError, RecursionError):
        return None
    if not isinstance(tree, exp.Select) or any(tree.args.get(part) for part in BEYOND_ROWS):
        return None
    return None if any(each.find(*_BEYOND_PAIRS) for each in tree.selects) else tree


def sources_of(tree: exp.Select) -> list[exp.Table]:
    """The tables of FROM and of its joins, none if something else stands there."""
    start = tree.args.get("from_") or tree.args.get("from")
    found = [start.this if start is not None else None, *(join.this for join in tree.args.get("joins") or ())]
    return (
        [each for each in found if isinstance(each, exp.Table)] if all(isinstance(f, exp.Table) for f in found) else []
    )


def joins(tree: exp.Select, *sides: str) -> bool:
    """True if a join keeps rows of such a side, or is one of those that compare whole tables."""
    joins = tree.args.get("joins") or ()
    return any(join.side.upper() in sides or join.kind.upper() in {"SEMI", "ANTI"} for join in joins)


def _subqueries(tree: exp.Select) -> list[exp.Select]:
    return [select for select in tree.find_all(exp.Select) if select is not tree]
