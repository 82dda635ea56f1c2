"""A DDL script for another system as DuckDB runs it: tables with their keys and checks, views and types.

What says nothing of the data (indexes, defaults, rights, comments, engines) is left out; a key that ALTER TABLE or a unique index adds
stands in its table. What says something of the data and cannot be read is left out as well, and told.
"""

from __future__ import annotations

import logging
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from sqlgrade.dialect.mysql_words import without_introducers
from sqlgrade.dialect.system_formats import BARE_DECIMAL
from sqlgrade.dialect.table_items import read_by_items
from sqlgrade.dialect.table_names import name_at, statements, tokens_of
from sqlgrade.parse import RULE_FAULTS
from sqlgrade.tables.model import LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlglot.tokenizer_core import Token

_log = logging.getLogger(__name__)
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
    "UMEDIUMINT": "UINTEGER", "IMAGE": "BLOB", "ROWVERSION": "BLOB", "INET": "TEXT", "NAME": "TEXT", "VARIANT": "TEXT", "OBJECT": "TEXT",
}  # fmt: skip
_BYTES = frozenset({_KIND.BINARY, _KIND.VARBINARY, _KIND.BLOB, _KIND.TINYBLOB, _KIND.MEDIUMBLOB, _KIND.LONGBLOB})
_ROOMY = 13
"""Length from which a column of texts has room for all that is made up for it, but for what a query itself writes."""
_DOMAIN = re.compile(
    r"CREATE\s+(?:DOMAIN\s+([\w.\"]+)\s+(?:AS\s+)?|TYPE\s+([\w.\"\[\]]+)\s+FROM\s+)\[?(\w+)", re.IGNORECASE
)
_OF_STORAGE = re.compile(
    r"\b(?:NON)?CLUSTERED\b|\bROWGUIDCOL\b|\b(?:TEXTIMAGE_)?ON\s+\[\w+\](?!\s*[.=<>])|\bWITH\s*\(\s*(?:PAD_INDEX|STATISTICS)[^)]*\)|\bWITH\s+(?:NO)?CHECK\b(?=\s+ADD)",
    re.IGNORECASE,
)
"""What SQL Server's scripts, and those made of them, say of how a table is stored."""
_ROWS_COPIED = re.compile(r"^COPY\s[^;]*FROM\s+stdin[^;]*;.*?^\\\.\s*$", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_TELLS = re.compile(
    r"CREATE\s+(?:OR\s+REPLACE\s+)?(?:UNLOGGED\s+|TRANSIENT\s+)?(?:TABLE|VIEW|TYPE)\b|CREATE\s+(?:ALGORITHM|DEFINER|SQL\s+SECURITY|MATERIALIZED)\b[^(]*?\bVIEW\b|"
    r"CREATE\s+UNIQUE\s+INDEX\b|ALTER\s+TABLE\b|INSERT\b|USE\b|SET\s+(?:search_path|SCHEMA)\b",
    re.IGNORECASE,
)
_OF_A_TABLE = re.compile(r"CREATE\s+(?:OR\s+REPLACE\s+)?(?:UNLOGGED\s+|TRANSIENT\s+)?TABLE\b", re.IGNORECASE)
_MADE_IN_A_SCHEMA = (["CREATE", "TABLE"], ["CREATE", "VIEW"])
_NAMED = re.compile(r"CREATE\b[^(]*?\b(TABLE|VIEW)\s+(?:IF\s+NOT\s+EXISTS\s+)?([\w.\"`\[\]]+)", re.IGNORECASE)
_BYTE_ORDER_MARK = "\ufeff"
_BATCH_END = re.compile(r"^\s*GO\s*$|^\s*(?=(?:CREATE|ALTER)\s)", re.IGNORECASE | re.MULTILINE)
"""Where SQL Server's scripts begin a statement without a semicolon before it."""


def as_duckdb(script: str, system: str, *, with_rows: bool) -> tuple[str, tuple[LeftOut, ...]]:
    """The script for DuckDB, with its INSERTs or without, and what is left out of it.

    Raises SqlglotError: the script cannot be cut into words, or no table of it can be read.
    """
    script = _plain_script(script, system)
    domains = {"sysname": "TEXT"} | {_last(name or other): kind for name, other, kind in _DOMAIN.findall(script)}
    left_out = list[LeftOut]()
    trees = list(_read(script, system, left_out, with_rows=with_rows))
    domains |= {_last(_path(tree)): "" for tree in trees if _is_made(tree, "TYPE")}
    tables = _tables(trees)
    for tree in tables.values():
        _plain(tree, system, domains, left_out)
    kept = iter(_parents_first(tables, left_out))
    own = {id(each) for each in tables.values()}
    created = [tree for tree in trees if _is_made(tree, "TABLE")]
    left_out += (LeftOut("table", _path(tree)) for tree in created if id(tree) not in own)
    order = (tree for tree in trees if _is_kept(tree, own))
    printed = [_printed(next(kept) if id(tree) in own else tree, left_out) for tree in order]
    return ";\n".join(filter(None, printed)) + ";", tuple(left_out)


def _plain_script(script: str, system: str) -> str:
    """The script without rows that are copied and words of storage, its statements ended by semicolons."""
    script = _ROWS_COPIED.sub("", script.replace(_BYTE_ORDER_MARK, ""))
    if system == "tsql":
        script = _BATCH_END.sub(";", script)
    script = _OF_STORAGE.sub(" ", script)
    if system == "mysql":
        script = without_introducers(script)
    return script


def _printed(tree: exp.Expr, left_out: list[LeftOut]) -> str:
    """A statement in DuckDB's words; none where sqlglot cannot print it."""
    try:
        return tree.sql("duckdb")
    except RULE_FAULTS:
        _log.info("a statement of a schema is left out", exc_info=True)
        left_out.append(LeftOut("table" if _is_made(tree, "TABLE") else "view", _path(tree)))
        return ""


def _read(script: str, system: str, left_out: list[LeftOut], *, with_rows: bool) -> Iterator[exp.Expr]:
    """The statements that say something of tables, views and types; all else need not be readable."""
    some = False
    first: SqlglotError | None = None
    for text, words, schema in _statements(script, system):
        if not _TELLS.match(text) or (words[0].text.upper() == "INSERT" and not with_rows):
            continue
        found, error = _parsed(text, system)
        if found is None:
            by_items = read_by_items(text, system) if _OF_A_TABLE.match(text) else None
            if by_items is None:
                first = first or (error if _OF_A_TABLE.match(text) else None)
                left_out += _unread(text)
                continue
            found, lost = by_items
            left_out += (LeftOut("part", _path(found), part) for part in lost)
        some = some or _is_made(found, "TABLE")
        yield _in_schema(found, schema) if schema else found
    if first is not None and not some:
        raise first


def _parsed(text: str, system: str) -> tuple[exp.Expr | None, SqlglotError | None]:
    """A statement as sqlglot reads it, or why it does not."""
    try:
        found = sqlglot.parse_one(text, dialect=system)
    except SqlglotError as error:
        return None, error
    return (None, None) if isinstance(found, exp.Command) else (found, None)


def _statements(script: str, system: str) -> Iterator[tuple[str, list[Token], str]]:
    """Each statement with its words; those that stand within CREATE SCHEMA with the name of it."""
    for words in statements(tokens_of(script, system)):
        said = [word.text.upper() for word in words]
        if said[:2] != ["CREATE", "SCHEMA"]:
            yield script[words[0].start : words[-1].end + 1], words, ""
            continue
        begun = [place for place in range(2, len(said) - 1) if said[place : place + 2] in _MADE_IN_A_SCHEMA]
        name = name_at(words, 5 if said[2:5] == ["IF", "NOT", "EXISTS"] else 2)[0]
        for start, end in pairwise([*begun, len(words)]):
            yield script[words[start].start : words[end - 1].end + 1], words[start:end], name[-1] if name else ""


def _in_schema(tree: exp.Expr, schema: str) -> exp.Expr:
    target = tree.find(exp.Table)
    if target is not None and not target.db:
        target.set("db", exp.to_identifier(schema))
    return tree


def _unread(text: str) -> Iterator[LeftOut]:
    """A table or view that cannot be read at all."""
    if (named := _NAMED.match(text)) is not None:
        yield LeftOut(named[1].lower(), re.sub(r"[\"`\[\]]", "", named[2]))


def _is_kept(tree: exp.Expr, tables: set[int]) -> bool:
    if _is_made(tree, "TABLE"):
        return id(tree) in tables
    return not isinstance(tree, exp.Alter) and not _is_made(tree, "INDEX")


def _tables(trees: list[exp.Expr]) -> dict[str, exp.Create]:
    """The tables that are declared, by their paths, with the keys that ALTER TABLE adds."""
    created = (tree for tree in trees if isinstance(tree, exp.Create) and _is_made(tree, "TABLE"))
    found = {_path(tree): tree for tree in created if tree.this.find(exp.ColumnDef)}
    for tree in trees:
        if isinstance(tree, exp.Alter):
            _take_keys(tree, found)
        elif _is_made(tree, "INDEX"):
            _take_unique_index(tree, found)
    return found


def _is_made(tree: exp.Expr, *kinds: str) -> bool:
    return isinstance(tree, exp.Create) and (tree.args.get("kind") or "").upper() in kinds


def _last(name: str) -> str:
    """The last part of a name as it is written, in lower case."""
    return re.sub(r"[\"\[\]]", "", name).rpartition(".")[2].lower()


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


def _take_unique_index(tree: exp.Expr, tables: dict[str, exp.Create]) -> None:
    """Puts the columns of a unique index into the table itself, unless it is one of some rows or of something made of columns."""
    target, params = tables.get(_called(_path(tree), tables)), tree.find(exp.IndexParameters)
    if target is None or params is None or not tree.args.get("unique") or params.args.get("where") is not None:
        return
    columns = [each.this if isinstance(each, exp.Ordered) else each for each in params.args.get("columns") or ()]
    if columns and all(isinstance(each, exp.Column) for each in columns):
        names = [exp.to_identifier(each.name, quoted=True) for each in columns]
        target.this.append("expressions", exp.UniqueColumnConstraint(this=exp.Schema(expressions=names)))


def _plain(tree: exp.Create, system: str, domains: dict[str, str], left_out: list[LeftOut]) -> None:
    """A CREATE TABLE with nothing but columns, keys and checks."""
    name = _path(tree)
    for part in ("properties", "indexes", "exists", "replace"):
        tree.set(part, None)
    kept = list[exp.Expr]()
    for each in tree.this.expressions:
        if isinstance(each, exp.ColumnDef):
            left_out += (LeftOut("type", f"{name}.{each.name}", kind) for kind in _plain_column(each, system, domains))
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
        key.set("this", None)
        key.set("expressions", [each.this if isinstance(each, exp.Ordered) else each for each in key.expressions])


def _plain_column(column: exp.ColumnDef, system: str, domains: dict[str, str]) -> Iterator[str]:
    """Leaves types and rules alone; yields a type that is not known, and is taken for a text."""
    said = column.args.get("constraints") or ()
    kept = [each for each in said if isinstance(each.args.get("kind"), _KEPT_OF_COLUMN)]
    for constraint in kept:
        constraint.set("this", None)
        if isinstance(constraint.args["kind"], exp.ComputedColumnConstraint):
            constraint.args["kind"].set("persisted", None)
    column.set("constraints", kept)
    kind = column.args.get("kind")
    if kind is None and any(isinstance(each.args["kind"], exp.ComputedColumnConstraint) for each in kept):
        return
    if kind is None or (_is_own(kind) and domains.get(_last(str(kind.args.get("kind")))) is None):
        yield kind.sql(system) if kind is not None else ""
    length = _length(kind)
    column.set("kind", _type(kind, system, domains) or exp.DataType.build("TEXT"))
    _keep_to_one_bit(column, kind, system)
    if length:
        _keep_to_length(column, length)


def _keep_to_one_bit(column: exp.ColumnDef, kind: exp.Expr | None, system: str) -> None:
    """Lets a column of one bit hold nothing but 0 and 1."""
    if _has_bits(kind, system) and _width(kind) == 1:
        zero_or_one = exp.column(column.name, quoted=True).isin(exp.Literal.number(0), exp.Literal.number(1))
        column.append("constraints", exp.ColumnConstraint(kind=exp.CheckColumnConstraint(this=zero_or_one)))


def _keep_to_length(column: exp.ColumnDef, length: int) -> None:
    """Lets a column of texts hold none that is longer."""
    fits = exp.LTE(this=exp.Length(this=exp.column(column.name, quoted=True)), expression=exp.Literal.number(length))
    column.append("constraints", exp.ColumnConstraint(kind=exp.CheckColumnConstraint(this=fits)))


def _length(kind: exp.Expr | None) -> int | None:
    """The length that a type of texts is given, if texts that come to mind may be longer."""
    if not isinstance(kind, exp.DataType) or kind.this not in exp.DataType.TEXT_TYPES or not kind.expressions:
        return None
    return _width(kind) if kind.expressions[0].name.isdigit() and _width(kind) < _ROOMY else None


def _has_bits(kind: exp.Expr | None, system: str) -> bool:
    """Whether a type is the BIT of a system that takes it for a number."""
    return isinstance(kind, exp.DataType) and kind.this is _KIND.BIT and system in ("tsql", "mysql")


def _width(kind: exp.Expr | None) -> int:
    sizes = kind.expressions if kind is not None else ()
    return int(sizes[0].name) if sizes and sizes[0].name.isdigit() else 1


def _rules(node: exp.Expr) -> Iterator[exp.Expr]:
    """The rules of a table, without their names."""
    for rule in node.expressions if isinstance(node, exp.Constraint) else [node]:
        if isinstance(rule, exp.UniqueColumnConstraint) and isinstance(rule.this, exp.Schema):
            named = (each.this if isinstance(each, exp.Ordered) else each for each in rule.this.expressions)
            rule.set("this", exp.Tuple(expressions=[each.copy() for each in named]))
        yield rule


def _is_own(kind: exp.Expr) -> bool:
    """Whether a type is none of the system's."""
    return isinstance(kind, exp.DataType) and kind.this is _KIND.USERDEFINED


def _type(kind: exp.Expr | None, system: str, domains: dict[str, str]) -> exp.Expr | None:
    if not isinstance(kind, exp.DataType):
        return kind
    if _is_own(kind):
        base = domains.get(_last(str(kind.args.get("kind"))), "TEXT")
        return exp.DataType.build(base, dialect="postgres") if base else kind
    if _has_bits(kind, system):
        return exp.DataType.build("UTINYINT" if _width(kind) == 1 else "UBIGINT", dialect="duckdb")
    name = str(kind.this.value if isinstance(kind.this, _KIND) else kind.this).upper()
    if name in _TYPES:
        return exp.DataType.build(_TYPES[name], dialect="duckdb")
    if kind.this in exp.DataType.INTEGER_TYPES or kind.this in exp.DataType.TEXT_TYPES or kind.this in _BYTES:
        kind.set("expressions", [])  # lengths, which DuckDB does not keep to (_keep_to_length does)
    if kind.this is _KIND.DECIMAL and not kind.expressions:
        return exp.DataType.build(BARE_DECIMAL.get(system, "DOUBLE"), dialect="duckdb")
    return kind


def _parents_first(tables: dict[str, exp.Create], left_out: list[LeftOut]) -> list[exp.Create]:
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
            left_out += _leave_keys_out(tables[ready], before[ready], tables)
        done.append(ready)
    return [tables[name] for name in done]


def _above(name: str, parents: dict[str, set[str]]) -> set[str]:
    """The tables that a table's keys lead to, by themselves or by others."""
    found, new = set[str](), {name}
    while new := {parent for each in new for parent in parents[each]} - found:
        found |= new
    return found


def _leave_keys_out(tree: exp.Create, parents: set[str], tables: dict[str, exp.Create]) -> Iterator[LeftOut]:
    for reference in list(tree.find_all(exp.Reference)):
        if _called(_path(reference), tables) in parents:
            holder = (
                reference.parent if isinstance(reference.parent, exp.ForeignKey | exp.ColumnConstraint) else reference
            )
            yield LeftOut("key", _path(tree), holder.sql("duckdb"))
            holder.pop()
