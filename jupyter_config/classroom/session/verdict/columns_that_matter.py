"""The columns of a counterexample's tables that either query speaks of, with the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.parse import parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.verdict import SmallTable

_MOST = 6
"""Columns of a result that fit beside another in a window."""


def mentioned(queries: Sequence[str]) -> frozenset[str]:
    """Lower-case names of all columns that the queries name."""
    return frozenset(name for query in queries for name in _names(query))


def tables_named(queries: Sequence[str]) -> frozenset[str]:
    """Lower-case names of all tables that the queries name, of those in a schema with and without it."""
    trees = [tree for query in queries if (tree := parsed(query)) is not None]
    tables = [table for tree in trees for table in tree.find_all(exp.Table)]
    return frozenset(name.lower() for table in tables for name in (table.name, f"{table.db}.{table.name}"))


def matter(table: SmallTable, names: frozenset[str], key: Sequence[str]) -> list[int]:
    """The numbers of the table's columns to show, its key among them; all of them if the queries name none."""
    keys = key or table.columns[:1]
    kept = [at for at, column in enumerate(table.columns) if column.lower() in names or column in keys]
    named = any(column.lower() in names for column in table.columns)
    return kept if named else list(range(min(len(table.columns), 4)))


def in_sight(own: SmallTable, other: SmallTable | None) -> list[int]:
    """The numbers of the columns of a result that are shown beside another: all of them, unless they are far more.

    A row of a whole table is wider than a window: of such a one the columns are kept that the other result has too, and
    the first of those that nobody asked for.
    """
    every = list(range(len(own.columns)))
    if other is None or len(every) <= max(_MOST, len(other.columns)):
        return every
    asked = {each.casefold() for each in other.columns}
    wanted = [at for at, name in enumerate(own.columns) if name.casefold() in asked]
    surplus = [at for at in every if at not in wanted]
    return sorted(wanted + surplus[: max(1, _MOST - len(wanted))])


def _names(query: str) -> frozenset[str]:
    tree = parsed(query)
    if tree is None:
        return frozenset()
    joined = {each.name.lower() for join in tree.find_all(exp.Join) for each in join.args.get("using") or ()}
    return frozenset({column.name.lower() for column in tree.find_all(exp.Column)} | joined)
