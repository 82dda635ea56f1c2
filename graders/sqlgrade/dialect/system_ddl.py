"""A DDL script for PostgreSQL, MySQL, SQL Server or Snowflake as DuckDB runs it: tables with their keys and checks, views and types.

What says nothing of the data (indexes, defaults, rights, comments, engines) is left out; a key that ALTER TABLE adds stands in its table.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from sqlgrade.dialect.system_formats import BARE_DECIMAL
from sqlgrade.dialect.table_names import statements, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT_OF_COLUMN = (
    exp.NotNullColumnConstraint,
    exp.PrimaryKeyColumnConstraint,
    exp.UniqueColumnConstraint,
    exp.CheckColumnConstraint,
    exp.Reference,
    exp.ComputedColumnConstraint,
)
_KEPT_OF_TABLE = (exp.PrimaryKey, exp.ForeignKey, exp.UniqueColumnConstraint, exp.CheckColumnConstraint, exp.Check)
_KIND = exp.DataType.Type
_TYPES = {
    "SERIAL": "INT", "BIGSERIAL": "BIGINT", "SMALLSERIAL": "SMALLINT", "YEAR": "SMALLINT", "SET": "TEXT", "GEOMETRY": "BLOB", "GEOGRAPHY": "BLOB",
    "MONEY": "DECIMAL(19, 4)", "SMALLMONEY": "DECIMAL(10, 4)", "TSVECTOR": "TEXT", "XML": "TEXT", "HIERARCHYID": "TEXT", "MEDIUMINT": "INT",
    "UMEDIUMINT": "UINTEGER", "IMAGE": "BLOB", "ROWVERSION": "BLOB", "INET": "TEXT", "VARIANT": "TEXT", "OBJECT": "TEXT",
}  # fmt: skip
_DOMAIN = re.compile(r"CREATE\s+DOMAIN\s+([\w.\"]+)\s+(?:AS\s+)?(\w+)[^;]*;", re.IGNORECASE)
_OF_STORAGE = re.compile(
    r"\b(?:NON)?CLUSTERED\b|\b(?:TEXTIMAGE_)?ON\s+\[(?:PRIMARY|DEFAULT)\]|\bWITH\s*\(\s*(?:PAD_INDEX|STATISTICS)[^)]*\)|\bWITH\s+(?:NO)?CHECK\b(?=\s+ADD)",
    re.IGNORECASE,
)
"""What SQL Server's scripts say of how a table is stored."""
_ROWS_COPIED = re.compile(r"^COPY\s[^;]*FROM\s+stdin;.*?^\\\.$", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_TELLS = re.compile(
    r"CREATE\s+(?:OR\s+REPLACE\s+)?(?:UNLOGGED\s+|TRANSIENT\s+)?(?:TABLE|VIEW|TYPE)\b|ALTER\s+TABLE\b|INSERT\b|USE\b|SET\s+(?:search_path|SCHEMA)\b",
    re.IGNORECASE,
)
_OF_A_TABLE = re.compile(r"CREATE\s+(?:OR\s+REPLACE\s+)?(?:UNLOGGED\s+|TRANSIENT\s+)?TABLE\b", re.IGNORECASE)
_BATCH_END = re.compile(r"^\s*GO\s*$|^\s*(?=(?:CREATE|ALTER)\s)", re.IGNORECASE | re.MULTILINE)
"""Where SQL Server's scripts begin a statement without a semicolon before it."""


def as_duckdb(script: str, system: str, *, with_rows: bool) -> str:
    """The script for DuckDB; with its INSERTs or without. Raises SqlglotError: a table of it cannot be read."""
    script = _ROWS_COPIED.sub("", script)
    if system == "tsql":
        script = _OF_STORAGE.sub(" ", _BATCH_END.sub(";", script))
    domains = {_last(name): kind for name, kind in _DOMAIN.findall(script)}
    trees = list(_read(script, system, with_rows=with_rows))
    domains |= {_last(_path(tree)): "" for tree in trees if _is_made(tree, "TYPE")}
    tables = _tables(trees)
    for tree in tables.values():
        _plain(tree, system, domains)
    kept = iter(_parents_first(tables))
    own = {id(each) for each in tables.values()}
    order = (tree for tree in trees if _is_kept(tree, own))
    return ";\n".join((next(kept) if id(tree) in own else tree).sql("duckdb") for tree in order) + ";"


def _read(script: str, system: str, *, with_rows: bool) -> Iterator[exp.Expr]:
    """The statements that say something of tables, views and types; all else need not be readable."""
    for words in statements(tokens_of(script, system)):
        text = script[words[0].start : words[-1].end + 1]
        if not _TELLS.match(text) or (words[0].text.upper() == "INSERT" and not with_rows):
            continue
        try:
            found = sqlglot.parse_one(text, dialect=system)
        except SqlglotError:
            if _OF_A_TABLE.match(text):
                raise
            continue
        if not isinstance(found, exp.Command):
            yield found


def _is_kept(tree: exp.Expr, tables: set[int]) -> bool:
    if _is_made(tree, "TABLE"):
        return id(tree) in tables
    return not isinstance(tree, exp.Alter)


def _tables(trees: list[exp.Expr]) -> dict[str, exp.Create]:
    """The tables that are declared, by their paths, with the keys that ALTER TABLE adds."""
    created = (tree for tree in trees if isinstance(tree, exp.Create) and _is_made(tree, "TABLE"))
    found = {_path(tree): tree for tree in created if tree.this.find(exp.ColumnDef)}
    for tree in trees:
        if isinstance(tree, exp.Alter):
            _take_keys(tree, found)
    return found


def _is_made(tree: exp.Expr, *kinds: str) -> bool:
    return isinstance(tree, exp.Create) and (tree.args.get("kind") or "").upper() in kinds


def _last(name: str) -> str:
    """The last part of a name as it is written, in lower case."""
    return name.replace('"', "").rpartition(".")[2].lower()


def _path(tree: exp.Expr) -> str:
    """The first table that is named, with its schema if that stands there, in lower case."""
    table = tree.find(exp.Table)
    return ".".join(part.name for part in table.parts).lower() if table is not None else ""


def _called(path: str, tables: dict[str, exp.Create]) -> str:
    """The table that is meant by a path, whose schema may be left out."""
    if path in tables:
        return path
    return next(
        (
            each
            for each in tables
            if _last(each) == _last(path) and "" in (each.rpartition(".")[0], path.rpartition(".")[0])
        ),
        "",
    )


def _take_keys(tree: exp.Alter, tables: dict[str, exp.Create]) -> None:
    """Puts what ALTER TABLE adds into the table itself."""
    target = tables.get(_called(_path(tree), tables))
    if target is None:
        return
    added = [each for each in tree.args.get("actions") or () if isinstance(each, exp.AddConstraint)]
    for rule in (rule for each in added for rule in each.expressions):
        target.this.append("expressions", rule.copy())


def _plain(tree: exp.Create, system: str, domains: dict[str, str]) -> None:
    """A CREATE TABLE with nothing but columns, keys and checks."""
    for part in ("properties", "indexes", "exists", "replace"):
        tree.set(part, None)
    kept = list[exp.Expr]()
    for each in tree.this.expressions:
        if isinstance(each, exp.ColumnDef):
            _plain_column(each, system, domains)
            kept.append(each)
        else:
            kept += [part for part in _rules(each) if isinstance(part, _KEPT_OF_TABLE)]
    tree.this.set("expressions", kept)
    for reference in tree.find_all(exp.Reference):
        reference.set("options", None)
    for key in tree.find_all(exp.ForeignKey, exp.PrimaryKey):
        for option in ("delete", "update", "options", "include"):
            key.set(option, None)
    for key in tree.find_all(exp.PrimaryKey):
        key.set("expressions", [each.this if isinstance(each, exp.Ordered) else each for each in key.expressions])


def _plain_column(column: exp.ColumnDef, system: str, domains: dict[str, str]) -> None:
    said = column.args.get("constraints") or ()
    kept = [each for each in said if isinstance(each.args.get("kind"), _KEPT_OF_COLUMN)]
    for constraint in kept:
        constraint.set("this", None)
    column.set("constraints", kept)
    column.set("kind", _type(column.args.get("kind"), system, domains))


def _rules(node: exp.Expr) -> Iterator[exp.Expr]:
    """The rules of a table, without their names."""
    for rule in node.expressions if isinstance(node, exp.Constraint) else [node]:
        if isinstance(rule, exp.UniqueColumnConstraint) and isinstance(rule.this, exp.Schema):
            rule.set("this", exp.Tuple(expressions=[each.copy() for each in rule.this.expressions]))
        yield rule


def _type(kind: exp.Expr | None, system: str, domains: dict[str, str]) -> exp.Expr | None:
    if not isinstance(kind, exp.DataType):
        return kind
    if kind.this is _KIND.USERDEFINED:
        base = domains.get(_last(str(kind.args.get("kind"))), "TEXT")
        return exp.DataType.build(base, dialect="postgres") if base else kind
    name = str(kind.this.value if isinstance(kind.this, _KIND) else kind.this).upper()
    if name in _TYPES:
        return exp.DataType.build(_TYPES[name], dialect="duckdb")
    if kind.this in exp.DataType.INTEGER_TYPES:
        kind.set("expressions", [])
    if kind.this is _KIND.DECIMAL and not kind.expressions:
        return exp.DataType.build(BARE_DECIMAL[system], dialect="duckdb")
    return kind


def _parents_first(tables: dict[str, exp.Create]) -> list[exp.Create]:
    """Tables behind those that their keys name; of keys in a circle one is left out."""
    parents = {
        name: {_called(_path(each), tables) for each in tree.find_all(exp.Reference)} - {name, ""}
        for name, tree in tables.items()
    }
    done = list[str]()
    while waiting := [name for name in tables if name not in done]:
        before = {name: parents[name] - set(done) for name in waiting}
        ready = next((name for name in waiting if not before[name]), None)
        if ready is None:
            ready = next(name for name in waiting if all(name in _above(parent, before) for parent in before[name]))
            _leave_keys_out(tables[ready], before[ready], tables)
        done.append(ready)
    return [tables[name] for name in done]


def _above(name: str, parents: dict[str, set[str]]) -> set[str]:
    """The tables that a table's keys lead to, by themselves or by others."""
    found, new = set[str](), {name}
    while new := {parent for each in new for parent in parents[each]} - found:
        found |= new
    return found


def _leave_keys_out(tree: exp.Create, parents: set[str], tables: dict[str, exp.Create]) -> None:
    for reference in list(tree.find_all(exp.Reference)):
        if _called(_path(reference), tables) in parents:
            holder = (
                reference.parent if isinstance(reference.parent, exp.ForeignKey | exp.ColumnConstraint) else reference
            )
            holder.pop()
