"""`*`, `t.*` and `struct.*`, with EXCEPT and REPLACE (page query-syntax, "SELECT *")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect import structs
from sqlgrade.dialect.forms import Unspoken, made
from sqlgrade.dialect.types import ANY, Value, fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlgrade.dialect.reader import Reader
    from sqlgrade.dialect.scope import Columns, FromItem, Scope

    Outputs = tuple[list[exp.Expr], Columns | None]


def star_of(output: exp.Expr) -> exp.Star | None:
    """The star that an output is or ends with."""
    last = output.expression if isinstance(output, exp.Dot) else output
    last = last.this if isinstance(last, exp.Column) else last
    return last if isinstance(last, exp.Star) else None


def shown(node: exp.Expr, star: exp.Star, scope: Scope, reader: Reader) -> Outputs:
    """What a star stands for, and the columns; raises Unspoken."""
    if isinstance(node, exp.Dot):
        return _fields(reader.of(node.this), node, star, reader)
    table = node.table.lower() if isinstance(node, exp.Column) else ""
    found = [each for each in scope.sources if not table or each.name == table]
    if table and (not found or node.args.get("db") is not None):
        parts = [node.args[each] for each in ("catalog", "db", "table") if node.args.get(each) is not None]
        inner = exp.Column(**dict(zip(("this", "table", "db"), reversed(parts), strict=False)))
        return _fields(reader.of(inner), node, star, reader)
    return _of_sources(found, node, star, scope, reader)


def _of_sources(found: list[FromItem], node: exp.Expr, star: exp.Star, scope: Scope, reader: Reader) -> Outputs:
    """`*` and `t.*`: the columns of what stands in FROM."""
    table = node.args.get("table")
    told, left_out, replaced = _changed(star, reader)
    columns = _together(found)
    if columns is not None and any(each.inside is not None or each.hidden for each in found):
        return _written_out(_listed(found, with_hidden=table is None), left_out, replaced)
    if columns is not None and scope.merged and table is None and not (left_out or replaced):
        return _merged_first(scope, columns)
    shown = exp.Column(this=told, table=table.copy()) if table is not None else told
    if columns is None:
        return [shown], None
    kept = {name: kind for name, kind in columns.items() if name not in left_out}
    return [shown], {**kept, **{name: value.type for name, value in replaced.items()}}


def _together(found: list[FromItem]) -> Columns | None:
    """The columns of several sources, None where those of one are not known."""
    columns: Columns = {}
    for each in found:
        if each.columns is None:
            return None
        columns |= each.columns
    return columns


def _listed(found: list[FromItem], *, with_hidden: bool) -> list[tuple[FromItem, str]]:
    """Each column with its source."""
    return [(each, name) for each in found for name in each.columns or () if with_hidden or name not in each.hidden]


def _written_out(
    listed: list[tuple[FromItem, str]], left_out: set[str], replaced: Mapping[str, Value]
) -> tuple[list[exp.Expr], Columns]:
    """Columns by their names, where DuckDB's `*` would give others."""
    outputs: list[exp.Expr] = []
    columns: Columns = {}
    for source, name in listed:
        if name in left_out:
            continue
        word = exp.to_identifier(name, quoted=True)
        value = replaced.get(name) or Value(source.read(word, alone=False), (source.columns or {})[name])
        outputs.append(exp.Alias(this=value.node, alias=word))
        columns[name] = value.type
    return outputs, columns


def _fields(value: Value, node: exp.Expr, star: exp.Star, reader: Reader) -> Outputs:
    """`struct.*`: its fields."""
    fields = fields_of(value.type)
    _, left_out, replaced = _changed(star, reader)
    if value.type == ANY:  # of a table that is not here, as the engine says
        return [made("STRUCT_EXTRACT({0}, '*')" if left_out or replaced else "UNNEST({0})", value)], None
    if fields is None:
        raise Unspoken("types", f"{value.type}.*", node)
    outputs: list[exp.Expr] = []
    columns: Columns = {}
    for name, kind in fields:
        if name.lower() in left_out:
            continue
        word = exp.to_identifier(name, quoted=True)
        given = replaced.get(name.lower()) or Value(structs.field(value, word, node).node, kind)
        outputs.append(exp.Alias(this=given.node, alias=word))
        columns[name.lower()] = given.type
    return outputs, columns


def _changed(star: exp.Star, reader: Reader) -> tuple[exp.Star, set[str], dict[str, Value]]:
    """The star as DuckDB writes it, the names that it leaves out, and what stands in the place of others."""
    left_out = {each.name.lower() for each in star.args.get("except_") or ()}
    replaced = {each.alias.lower(): reader.of(each.this) for each in star.args.get("replace") or ()}
    told = exp.Star()
    if left_out:
        names = [each.name for each in star.args["except_"]]
        told.set("except_", [exp.column(exp.to_identifier(name, quoted=True)) for name in names])
    if replaced:
        named = {each.alias.lower(): each.args["alias"] for each in star.args["replace"]}
        told.set("replace", [exp.Alias(this=value.node, alias=named[name].copy()) for name, value in replaced.items()])
    return told, left_out, replaced


def _merged_first(scope: Scope, columns: Columns) -> Outputs:
    """`*` after JOIN … USING: the columns that were made one come first."""
    merged = [name.lower() for name in scope.merged]
    first: list[exp.Expr] = [exp.column(exp.to_identifier(name, quoted=True)) for name in scope.merged]
    others = [
        exp.column(exp.to_identifier(name, quoted=True), table=exp.to_identifier(each.name or None, quoted=True))
        for each in scope.sources
        for name in each.columns or ()
        if name not in merged
    ]
    kinds = {name: columns[name] for name in merged if name in columns}
    return [*first, *others], {**kinds, **{name: kind for name, kind in columns.items() if name not in merged}}
