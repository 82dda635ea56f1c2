"""What fixed tables say of the values that are matched with them: a condition on their rows is one on those values.

A query that keeps the talks of weekends joins a calendar by an expression over the moment a talk was opened. Whether a
moment lies on a weekend can be asked of the calendar, whose rows are the same in all data.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp

from sqlgrade.populate.columns_used import Atom, ColumnId

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.populate.columns_used import ColumnFinder
    from sqlgrade.tables.model import SchemaModel

_MATCHES = (exp.EQ, exp.NullSafeEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between, exp.In)
_MOST_DERIVED = 16
_VALUE = exp.column("c", table="t")
FIXED_ROW = "fixed row"
"""What a row of a fixed table is called in conditions that look there; no query can have meant it."""


def derived_atoms(tree: exp.Expr, finder: ColumnFinder, schema: SchemaModel, atoms: Sequence[Atom]) -> list[Atom]:
    """The conditions on columns of varied tables that follow from those on the fixed tables they are matched with."""
    if not schema.fixed:
        return []
    found: dict[Atom, None] = {}
    for column, table, match in _matches(tree, finder, schema):
        own = [told_of_row(atom, FIXED_ROW) for atom in atoms if atom.column[0] == table]
        for condition in own or ["TRUE"]:
            source = f"{schema.table(table).quoted} AS {exp.to_identifier(FIXED_ROW, quoted=True).sql()}"
            found[Atom(column, f"EXISTS (SELECT 1 FROM {source} WHERE {match} AND {condition})")] = None
    return list(found)[:_MOST_DERIVED]


def told_of_row(atom: Atom, alias: str, value: str = "") -> str:
    """A condition on a column, in which it is written "c", as one on a row, or on a value told of the row."""
    column = (
        sqlglot.parse_one(value, dialect="duckdb") if value else exp.column(atom.column[1], table=alias, quoted=True)
    )
    tree = sqlglot.parse_one(atom.sql, dialect="duckdb")
    turned = tree.transform(lambda node: column.copy() if isinstance(node, exp.Column) and node.name == "c" else node)
    return f"({turned.sql(dialect='duckdb')})"


def _matches(tree: exp.Expr, finder: ColumnFinder, schema: SchemaModel) -> Iterator[tuple[ColumnId, str, str]]:
    """Comparisons of one column of a varied table with one fixed table: the column, the table, the comparison."""
    for comparison in (*_compared(tree), *_used_by_both(tree, finder, schema)):
        whole = finder.written_out(comparison)
        columns = {id(node): ids[0] for node in whole.find_all(exp.Column) if len(ids := finder.direct(node)) == 1}
        if len(columns) < sum(1 for _ in whole.find_all(exp.Column)):
            continue
        fixed = {table for table, _ in columns.values() if table in schema.fixed}
        varied = {column for column in columns.values() if column[0] not in schema.fixed}
        if len(fixed) == 1 and len(varied) == 1:
            yield next(iter(varied)), next(iter(fixed)), _renamed(whole, columns, schema)


def _compared(tree: exp.Expr) -> Iterator[exp.Expr]:
    """Comparisons without a query in them; one with the columns of a query counts as one with each of them."""
    for node in tree.find_all(*_MATCHES):
        inner = node.args.get("query") if isinstance(node, exp.In) else None
        inner = inner.unnest() if isinstance(inner, exp.Subquery) else inner
        if isinstance(inner, exp.Select):
            yield from (exp.EQ(this=node.this.copy(), expression=each.unalias().copy()) for each in inner.selects[:1])
        elif node.find(exp.Select, exp.AggFunc, exp.Window) is None:
            yield node


def _used_by_both(tree: exp.Expr, finder: ColumnFinder, schema: SchemaModel) -> Iterator[exp.Expr]:
    """USING as comparisons: the columns and named expressions of that name on both sides."""
    for name in (each for join in tree.find_all(exp.Join) for each in join.args.get("using") or ()):
        column = exp.column(name.name)
        direct = finder.direct(column)
        others = [*(finder.named(each) for each in direct if each[0] not in schema.fixed), *finder.expressions(column)]
        for own, other in itertools.product((each for each in direct if each[0] in schema.fixed), others):
            yield exp.EQ(this=finder.named(own), expression=other.copy())


def _renamed(node: exp.Expr, columns: dict[int, ColumnId], schema: SchemaModel) -> str:
    def renamed(each: exp.Expr) -> exp.Expr:
        if not isinstance(each, exp.Column):
            return each
        table, name = columns[id(each)]
        return exp.column(name, table=FIXED_ROW, quoted=True) if table in schema.fixed else _VALUE.copy()

    return f"({node.transform(renamed, copy=False).sql(dialect='duckdb')})"
