"""A DDL script in DuckDB's words, put into an empty database piece by piece: what DuckDB cannot make or keep is left out, and told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb
import sqlglot
from sqlglot import exp

from sqlgrade.dialect.table_names import statements, tokens_of
from sqlgrade.engine.sealed import open_sealed
from sqlgrade.tables.model import LeftOut
from sqlgrade.tables.values import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

_RULES = (
    exp.CheckColumnConstraint,
    exp.Check,
    exp.ForeignKey,
    exp.Reference,
    exp.PrimaryKey,
    exp.UniqueColumnConstraint,
    exp.ComputedColumnConstraint,
)
_LEANING = (exp.CheckColumnConstraint, exp.Check, exp.ForeignKey, exp.Reference)
"""Rules that may name what others make: a key of the same table, a computed column."""
_KINDS: dict[str, tuple[type[exp.Expr], ...]] = {
    "check": (exp.CheckColumnConstraint, exp.Check),
    "part": (exp.ComputedColumnConstraint,),
}
_VIEW = re.compile(r"\bVIEW\s+(?:IF\s+NOT\s+EXISTS\s+)?((?:\"[^\"]+\"|\w+)(?:\.(?:\"[^\"]+\"|\w+))*)", re.IGNORECASE)
_FAMILIES = (
    frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}),
    frozenset({"DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE"}),
)
"""Types of which one may stand for another where a key of one names a key of the other, as other systems let it."""


def that_runs(script: str) -> tuple[str, tuple[LeftOut, ...]]:
    """The script as far as DuckDB runs it, and what of it does not.

    Raises:
        duckdb.Error: a statement that is none of the kinds of which something may be left out.
        SqlglotError: the script cannot be cut into words.
    """
    kept, left_out = list[str](), list[LeftOut]()
    with open_sealed() as connection:
        for words in statements(tokens_of(script, "duckdb")):
            text = script[words[0].start : words[-1].end + 1]
            try:
                connection.execute(text)
            except duckdb.Error:
                made, lost = _without_what_fails(text, connection)
                left_out += lost
                if not made:
                    continue
                text = made
            kept.append(text)
    return ";\n".join(kept) + ";", tuple(left_out)


def _without_what_fails(text: str, connection: duckdb.DuckDBPyConnection) -> tuple[str, list[LeftOut]]:
    """What of a statement DuckDB runs, and has run; an empty text where that is nothing, and nothing needs it."""
    head = text.upper().split()[:5]
    if "VIEW" in head:
        view = _VIEW.search(text)
        return "", [LeftOut("view", view[1].replace('"', "") if view else text[:40])]
    if "TABLE" not in head or head[0] != "CREATE":
        connection.execute(text)  # raises once more
    tree = sqlglot.parse_one(text, dialect="duckdb")
    named = tree.find(exp.Table)
    if named is None:
        connection.execute(text)  # as above
    return _table(tree, named.name if named is not None else "", connection)


def _table(tree: exp.Expr, name: str, connection: duckdb.DuckDBPyConnection) -> tuple[str, list[LeftOut]]:
    """The table with those of its types and rules that DuckDB takes; raises duckdb.Error if it takes no such table."""
    left_out = list(_plain_types(tree, name, connection))
    rules = _rules_of(tree)
    bad, untried = set[int](), set(range(len(rules)))
    for rule, node in sorted(enumerate(rules), key=lambda each: isinstance(each[1], _LEANING)):
        untried.remove(rule)
        if _is_made(_without(tree, bad | untried), name, connection):
            continue
        retyped = _retyped(tree, node, connection) if isinstance(node, exp.ForeignKey | exp.Reference) else None
        if retyped is not None and _is_made(_without(retyped, bad | untried), name, connection):
            tree = retyped
            continue
        bad.add(rule)
        kind = next((kind for kind, classes in _KINDS.items() if isinstance(node, classes)), "key")
        left_out.append(LeftOut(kind, name, node.sql("duckdb")))
    made = _without(tree, bad).sql("duckdb")
    connection.execute(made)
    return made, left_out


def _rules_of(tree: exp.Expr) -> list[exp.Expr]:
    """The checks, keys and computed columns of a table, in their order."""
    return [
        each
        for each in tree.walk(bfs=False)
        if isinstance(each, _RULES) and not isinstance(each.parent, exp.ForeignKey)
    ]


def _without(tree: exp.Expr, rules: set[int]) -> exp.Expr:
    """The table without the rules of these numbers."""
    copy = tree.copy()
    for number, node in enumerate(_rules_of(copy)):
        if number in rules:
            column = node.find_ancestor(exp.ColumnDef)
            if (
                isinstance(node, exp.ComputedColumnConstraint)
                and column is not None
                and column.args.get("kind") is None
            ):
                column.set("kind", exp.DataType.build("TEXT"))  # of what type it would be, nobody knows
            holder = node.parent if isinstance(node.parent, exp.ColumnConstraint | exp.Constraint) else node
            holder.pop()
    return copy


def _is_made(tree: exp.Expr, name: str, connection: duckdb.DuckDBPyConnection) -> bool:
    try:
        connection.execute(tree.sql("duckdb"))
    except duckdb.Error:
        return False
    connection.execute(f"DROP TABLE {quoted(name)}")
    return True


def _plain_types(tree: exp.Expr, table: str, connection: duckdb.DuckDBPyConnection) -> Iterator[LeftOut]:
    """Makes texts of columns whose type DuckDB does not have."""
    for column in tree.find_all(exp.ColumnDef):
        kind = column.args.get("kind")
        if kind is None:
            continue
        text = kind.sql("duckdb")
        try:
            connection.execute(f"SELECT CAST(NULL AS {text})")
        except duckdb.Error:
            yield LeftOut("type", f"{table}.{column.name}", text)
            column.set("kind", exp.DataType.build("TEXT"))


def _retyped(tree: exp.Expr, key: exp.Expr, connection: duckdb.DuckDBPyConnection) -> exp.Expr | None:
    """The table with the columns of a foreign key of the types of those that it names; None where these are of another family."""
    reference = key.args["reference"] if isinstance(key, exp.ForeignKey) else key
    target = reference.find(exp.Table)
    known = _types(target.name, connection) if target is not None else {}
    own = key.expressions if isinstance(key, exp.ForeignKey) else [key.find_ancestor(exp.ColumnDef)]
    named = reference.this.expressions if isinstance(reference.this, exp.Schema) else []
    copy = tree.copy()
    columns = {column.name.lower(): column for column in copy.find_all(exp.ColumnDef)}
    for each, other in zip(own, named, strict=False):
        column, wanted = columns.get(each.name.lower()), known.get(other.name.lower(), "")
        kind = column.args.get("kind") if column is not None else None
        if column is None or kind is None:
            return None
        held = _type(kind, connection)
        if held != wanted:
            if not any({held, wanted} <= family for family in _FAMILIES):
                return None
            column.set("kind", exp.DataType.build(wanted, dialect="duckdb"))
    return copy


def _types(table: str, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    found = connection.execute(
        "SELECT lower(column_name), data_type FROM duckdb_columns() WHERE lower(table_name) = lower(?)", [table]
    )
    return dict(found.fetchall())


def _type(kind: exp.Expr, connection: duckdb.DuckDBPyConnection) -> str:
    found = connection.execute(f"SELECT typeof(CAST(NULL AS {kind.sql('duckdb')}))").fetchone()
    return str(found[0]) if found else ""
