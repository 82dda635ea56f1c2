"""Columns that a CHECK ties to others of their row by an equation, such as `month = month(day)`: worked out, not drawn.

What the queries ask of such a column is asked of the columns that it is worked out from.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from sqlgrade.engine.checker import checker_for
from sqlgrade.parse import UNREADABLE, all_parsed, parsed
from sqlgrade.populate.columns_used import ColumnFinder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlgrade.populate.agreeing import Draft
    from sqlgrade.tables.model import SchemaModel, Table

_EQUATIONS = (exp.EQ, exp.NullSafeEQ)
_NO_FUNCTION = (exp.Select, exp.AggFunc, exp.Window)
_LENGTHS = {f"to_{unit}s": unit.upper() for unit in ("year", "month", "week", "day", "hour", "minute", "second")}
"""The functions as which DuckDB keeps a length of time that a CHECK names, with their units."""


@dataclass(frozen=True)
class Derivation:
    """A column of a table and the expression over columns that are not derived themselves, to which it is equal."""

    column: str
    expression: str
    names: tuple[str, ...]
    """The columns that the expression names, in the table's order."""


@functools.lru_cache(maxsize=256)
def derivations(table: Table) -> tuple[Derivation, ...]:
    """The columns of a table that its CHECKs give in terms of others; of a circle the first of the equations counts."""
    found: dict[str, exp.Expr] = {}
    stored = {c.name.lower(): c.name for c in table.columns if not c.generated}
    for name, tree in _equations(table, stored):
        whole = _replaced(tree, found)
        if name in found or name in _names(whole):
            continue
        found = {each: _replaced(other, {name: whole}) for each, other in found.items()}
        found[name] = whole
    return tuple(
        Derivation(stored[name], tree.sql("duckdb"), tuple(n for low, n in stored.items() if low in _names(tree)))
        for name, tree in found.items()
    )


def in_given_columns(sql: str, schema: SchemaModel) -> str | None:
    """A query with the derived columns that it names written out; None if it names none."""
    expressions = {
        (table.name, each.column): parsed(each.expression) for table in schema.varied for each in derivations(table)
    }
    trees = all_parsed(sql) if expressions else []
    changed = False
    for tree in trees:
        finder = ColumnFinder(tree, schema)
        for column in list(tree.find_all(exp.Column)):
            meant = finder.direct(column)
            whole = expressions.get(meant[0]) if len(meant) == 1 else None
            if whole is not None and column.parent is not None:
                own = whole.copy()
                for inner in own.find_all(exp.Column):
                    inner.set("table", column.args["table"].copy() if column.args.get("table") else None)
                column.replace(exp.paren(own, copy=False))
                changed = True
    try:
        return ";\n".join(tree.sql("duckdb") for tree in trees) if changed else None
    except UNREADABLE:
        return None


class Deriver:
    """Works out the derived columns of one table's rows."""

    def __init__(self, schema: SchemaModel, table: Table) -> None:
        self._checker, self._table = checker_for(schema), table
        self._derivations = derivations(table)

    def __bool__(self) -> bool:
        return bool(self._derivations)

    def given(self, name: str) -> tuple[str, ...]:
        """The columns that one is worked out from; itself if it is not."""
        return next((each.names for each in self._derivations if each.column == name), (name,))

    def work_out(self, drafts: Sequence[Draft]) -> None:
        """Gives the derived columns their values in some rows; a NULL that may stand there stays."""
        for each in self._derivations:
            nullable = self._table.column(each.column).nullable
            open_rows = [draft for draft in drafts if not (nullable and draft[each.column] is None)]
            rows = [tuple(draft[c.name] for c in self._table.columns) for draft in open_rows]
            values = self._checker.computed(self._table, each.column, each.expression, each.names, rows)
            for draft, value in zip(open_rows, values, strict=True):
                draft[each.column] = value


def _equations(table: Table, stored: Mapping[str, str]) -> Iterator[tuple[str, exp.Expr]]:
    for part in (each for check in table.checks for each in _parts(check)):
        if not isinstance(part, _EQUATIONS) or part.find(*_NO_FUNCTION):
            continue
        for side, other in ((part.this, part.expression), (part.expression, part.this)):
            name = side.unnest().name.lower() if isinstance(side.unnest(), exp.Column) else ""
            names = _names(other)
            if name in stored and names and names <= stored.keys() and name not in names:
                yield name, other
                break


def _parts(check: str) -> list[exp.Expr]:
    """What a CHECK asks for, one beside the other."""
    tree = parsed(check)
    whole = tree.transform(_as_written).unnest() if tree is not None else None
    parts = whole.flatten() if isinstance(whole, exp.And) else filter(None, [whole])
    return [each.unnest() for each in parts]


def _as_written(node: exp.Expr) -> exp.Expr:
    """`INTERVAL 4 HOUR` for `to_hours(CAST(trunc(CAST(4 AS DOUBLE)) AS BIGINT))`, as the schema's text has it: a function that nobody knows hides what a condition asks."""
    unit = _LENGTHS.get(node.name.lower()) if isinstance(node, exp.Anonymous) else None
    numbers = list(node.find_all(exp.Literal)) if unit else []
    if len(numbers) != 1 or not numbers[0].name.isdigit() or node.find(exp.Column, exp.Neg):
        return node
    return exp.Interval(this=exp.Literal.string(numbers[0].name), unit=exp.var(unit))


def _names(tree: exp.Expr) -> set[str]:
    return {column.name.lower() for column in tree.find_all(exp.Column)}


def _replaced(tree: exp.Expr, by_name: Mapping[str, exp.Expr]) -> exp.Expr:
    def replaced(node: exp.Expr) -> Any:
        other = by_name.get(node.name.lower()) if isinstance(node, exp.Column) else None
        return exp.paren(other) if other is not None else node

    whole: exp.Expr = tree.copy().transform(replaced)
    return whole
