"""What stands in FROM: tables by their full names, wildcard tables, UNNEST, subqueries, PIVOT and UNPIVOT (page query-syntax)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect import catalogue
from sqlgrade.dialect.clauses import alias_of, limits, only
from sqlgrade.dialect.expressions import Expressions
from sqlgrade.dialect.forms import Unspoken, made, written
from sqlgrade.dialect.pairs import fields
from sqlgrade.dialect.scope import Columns, FromItem, Scope
from sqlgrade.dialect.table_names import OWN
from sqlgrade.dialect.types import ANY, INT64, Value, common, element_of, fields_of

if TYPE_CHECKING:
    from sqlgrade.dialect.reader import ReaderOfQueries

_OF_TABLES = frozenset("this db catalog alias joins pivots".split())
_FORBIDDEN_PARTS = ("information_schema", "__tables__")
_ELEMENT = "_element"
"""The column of an UNNEST that has no name."""


def source(queries: ReaderOfQueries, node: exp.Expr, scope: Scope) -> exp.Expr:
    """What stands in FROM or after JOIN; its columns are known to the scope from here on."""
    if isinstance(node, exp.Unnest):
        return _list(queries, node, scope)
    if pivots := node.args.get("pivots"):
        return _turned(queries, node, pivots, scope)
    if isinstance(node, exp.Table):
        return _table(queries, node, scope)
    if isinstance(node, exp.Subquery):
        only(node, {"this", "alias", "joins", "with_", "order", "limit", "offset"})
        if isinstance(node.this, exp.Table):
            inner = exp.Paren(this=source(queries, node.this, scope))
            if joins := node.args.get("joins"):
                inner = exp.Paren(this=_joined(queries, inner.this, joins, scope))
            return inner
        told = node.this
        if isinstance(told, exp.Select) and str(told.args.get("kind") or "").upper() == "STRUCT":
            told = told.copy()
            told.set("kind", None)  # a table of STRUCTs is one of their fields
        query, columns = queries.read(told, Scope(outer=scope.outer, ctes=scope.ctes))
        if gives_values(told):
            return _of_values(node, query, columns, scope)
        scope.sources.append(FromItem(node.alias.lower(), columns))
        return exp.Subquery(this=query, alias=alias_of(node), **limits(node))
    raise Unspoken("unsupported", written(node), node)


def gives_values(query: exp.Expr) -> bool:
    """Whether a query is SELECT AS VALUE, or several of such together."""
    first = query
    while isinstance(first, exp.SetOperation | exp.Subquery):
        first = first.this
    return isinstance(first, exp.Select) and bool(first.args.get("kind"))


def _of_values(node: exp.Subquery, query: exp.Expr, columns: Columns | None, scope: Scope) -> exp.Expr:
    """(SELECT AS VALUE …): its name is that of the value, whose fields are the columns."""
    kind = next(iter((columns or {"": ANY}).values()))
    name = exp.to_identifier(node.alias or _ELEMENT, quoted=True)
    inside = fields_of(kind)
    known = {each.lower(): of for each, of in inside if each} if inside is not None else {name.name.lower(): kind}
    scope.sources.append(FromItem(name.name.lower(), known, inside=name if inside is not None else None, is_value=True))
    return exp.Subquery(this=query, alias=exp.TableAlias(this=name, columns=[name.copy()]))


def as_table(query: exp.Expr, columns: Columns | None, node: exp.Expr) -> tuple[exp.Expr, Columns]:
    """A query of values as the table that it is by a name: a column for each field; raises Unspoken for values without fields."""
    inside = fields_of(next(iter((columns or {"": ANY}).values())))
    if inside is None or not all(name for name, _ in inside):
        raise Unspoken("unsupported", "WITH … AS (SELECT AS VALUE …)", node)
    word = exp.to_identifier(_ELEMENT, quoted=True)
    rows = exp.Subquery(this=query, alias=exp.TableAlias(this=word, columns=[word.copy()]))
    outputs = [
        exp.Alias(
            this=exp.Dot(this=exp.column(word.copy()), expression=exp.to_identifier(name, quoted=True)),
            alias=exp.to_identifier(name, quoted=True),
        )
        for name, _ in inside
    ]
    return exp.Select(expressions=outputs, from_=exp.From(this=rows)), {name.lower(): kind for name, kind in inside}


def _joined(queries: ReaderOfQueries, table: exp.Expr, joins: list[exp.Expr], scope: Scope) -> exp.Expr:
    table.set("joins", [queries.join(each, scope) for each in joins])
    return table


def _table(queries: ReaderOfQueries, node: exp.Table, scope: Scope) -> exp.Expr:
    only(node, _OF_TABLES)
    if not isinstance(node.this, exp.Identifier):
        raise Unspoken("unsupported", f"{node.this.name.upper()}(…)", node)
    parts = [part for each in node.parts for part in each.name.split(".")]
    name, key = parts[-1], parts[-1].lower()
    if len(parts) > 1 and any(each.name == parts[0].lower() for outer in scope.around() for each in outer.sources):
        path = exp.Column(
            **dict(
                zip(("this", "table", "db", "catalog"), reversed([each.copy() for each in node.parts]), strict=False)
            )
        )
        listed = exp.Unnest(expressions=[path], alias=node.args.get("alias") or exp.TableAlias(this=node.this.copy()))
        return _list(queries, listed, scope)
    alias = alias_of(node)
    given = alias.name.lower() if alias is not None and alias.name != ".".join(parts) else key
    if any(each.lower() == "information_schema" for each in parts):
        rows, listed_columns = catalogue.view(queries.tables, name, node)
        scope.sources.append(FromItem(given, listed_columns))
        return exp.Subquery(this=rows, alias=exp.TableAlias(this=exp.to_identifier(given, quoted=True)))
    if any(word in part.lower() for part in parts for word in _FORBIDDEN_PARTS) or "@" in name:
        raise Unspoken("unsupported", ".".join(parts), node)
    if name.endswith("*"):
        return _wildcard(queries, node, name[:-1].lower(), given if given != key else "", scope)
    block = len(parts) == 1 and key in scope.ctes
    own = len(parts) == 2 and parts[0].lower() in OWN
    known = f"{parts[0].lower()}.{key}" if own else key
    columns = scope.ctes[key] if block else queries.tables.get(known)
    scope.sources.append(FromItem(given, columns))
    table = exp.Table(this=exp.to_identifier(name, quoted=node.this.args.get("quoted")))
    if own:
        table.set("db", exp.to_identifier(parts[0].lower()))
    if given != key:
        table.set("alias", alias)
    if joins := node.args.get("joins"):
        _joined(queries, table, joins, scope)
    return table


def _wildcard(queries: ReaderOfQueries, node: exp.Table, prefix: str, alias: str, scope: Scope) -> exp.Expr:
    """`events_*`: all tables whose names begin so, _TABLE_SUFFIX being the rest; a table that is kept whole is parted by its day."""
    named = {name: columns for name, columns in queries.tables.items() if name.startswith(prefix) and name != prefix}
    whole = next((name for name in queries.tables if name == prefix.rstrip("_")), None)
    given = alias or f"{prefix}*"
    word = exp.to_identifier(given, quoted=True)
    if whole is not None and (day := catalogue.day_of(queries.tables[whole])) is not None:
        suffix = Value(made(day, exp.column(exp.to_identifier(catalogue.DAY), table=word.copy())), "STRING")
        scope.sources.append(FromItem(given, queries.tables[whole], hidden={"_table_suffix": suffix}))
        return exp.Table(this=exp.to_identifier(whole), alias=exp.TableAlias(this=word))
    hidden = {"_table_suffix": Value(exp.column("_TABLE_SUFFIX", table=word.copy()), "STRING")}
    if not named:  # no such table here: the engine says so
        scope.sources.append(FromItem(given, None, hidden=hidden))
        return exp.Table(this=exp.to_identifier(f"{prefix}*", quoted=True), alias=exp.TableAlias(this=word))
    columns = next(iter(named.values()))
    parts = [
        f"SELECT {', '.join(f'{chr(34)}{each}{chr(34)}' for each in columns)}, '{name[len(prefix) :]}' AS _TABLE_SUFFIX FROM \"{name}\""
        for name, theirs in named.items()
        if list(theirs) == list(columns)
    ]
    scope.sources.append(FromItem(given, columns, hidden=hidden))
    return exp.Subquery(this=made(" UNION ALL ".join(parts)), alias=exp.TableAlias(this=word))


def _written_rows(queries: ReaderOfQueries, node: exp.Expr, rows: list[exp.Expr], scope: Scope) -> exp.Expr:
    """UNNEST([STRUCT(1 AS a, 'x' AS b), …]): rows that are written out; the first names their columns."""
    reader = Expressions(scope, queries.read)
    values = [[reader.of(each.unalias()) for each in fields(row)] for row in rows]
    names = [each.args["alias"] for each in fields(rows[0]) if isinstance(each, exp.Alias)]
    columns: Columns = {}
    for name, column in zip(names, zip(*values, strict=True), strict=True):
        kind = common(column)
        if kind is None:
            raise Unspoken("types", f"{name.name} ({', '.join(dict.fromkeys(each.type for each in column))})", node)
        columns[name.name.lower()] = kind
    named = _name_of(node) or exp.to_identifier("_rows")
    scope.sources.append(FromItem(named.name.lower(), columns))
    tuples = [exp.Tuple(expressions=[each.node for each in row]) for row in values]
    made_ = exp.TableAlias(this=named.copy(), columns=[name.copy() for name in names])
    return exp.Values(expressions=tuples, alias=made_)


def _can_be_rows(node: exp.Unnest) -> bool:
    rows = node.expressions[0].expressions if isinstance(node.expressions[0], exp.Array) else []
    if not rows or node.args.get("offset") or not fields(rows[0]):
        return False
    named = all(isinstance(each, exp.Alias) for each in fields(rows[0]))
    return named and all(len(fields(row)) == len(fields(rows[0])) for row in rows)


def _name_of(node: exp.Expr) -> exp.Identifier | None:
    alias = node.args.get("alias")
    if alias is None:
        return None
    word = alias.columns[0] if alias.columns else alias.this
    return word if isinstance(word, exp.Identifier) else None


def _list(queries: ReaderOfQueries, node: exp.Unnest, scope: Scope) -> exp.Expr:
    """UNNEST(array) [AS x] [WITH OFFSET [AS n]]."""
    only(node, {"expressions", "alias", "offset", "explode_array"})
    if len(node.expressions) != 1:
        raise Unspoken("unsupported", "UNNEST(…, …)", node)
    if _can_be_rows(node):
        return _written_rows(queries, node, node.expressions[0].expressions, scope)
    array = Expressions(scope, queries.read).of(node.expressions[0])
    kind = element_of(array.type)
    if kind is None:
        raise Unspoken("types", f"UNNEST({array.type})", node)
    name = (_name_of(node) or exp.to_identifier(_ELEMENT)).copy()
    inside = fields_of(kind)
    columns = {each.lower(): of for each, of in inside if each} if inside is not None else {name.name.lower(): kind}
    offset = node.args.get("offset")
    hidden: dict[str, Value] = {}
    place = offset.copy() if isinstance(offset, exp.Identifier) else exp.to_identifier("offset", quoted=True)
    if offset and inside is not None:
        columns[place.name.lower()] = INT64
        hidden = {place.name.lower(): Value(exp.column(place.copy(), table=name.copy()), INT64)}
    elif offset:
        columns[place.name.lower()] = INT64
    known: Columns | None = columns if kind != ANY or offset else {name.name.lower(): ANY}
    if kind == ANY:  # what it holds is not known: its fields may be anything
        known = None
    scope.sources.append(
        FromItem(
            name.name.lower(),
            known,
            inside=name if inside is not None else None,
            hidden=hidden,
            is_value=not offset or inside is not None or kind == ANY,
        )
    )
    if not offset:
        return exp.Unnest(expressions=[array.node], alias=exp.TableAlias(this=name, columns=[name.copy()]))
    rows = made("SELECT UNNEST({0}), GENERATE_SUBSCRIPTS({0}, 1) - 1", array)
    for output, given in zip(list(rows.expressions), (name, place), strict=True):
        output.replace(exp.Alias(this=output.copy(), alias=given.copy()))
    return exp.Subquery(this=rows, alias=exp.TableAlias(this=name.copy()))


def _turned(queries: ReaderOfQueries, node: exp.Expr, pivots: list[exp.Expr], scope: Scope) -> exp.Expr:
    """PIVOT: one column for each value, the rest are what it groups by. UNPIVOT: a row for each column."""
    if len(pivots) != 1 or len(pivots[0].args.get("fields") or ()) != 1:
        raise Unspoken("unsupported", "PIVOT", node)
    pivot = pivots[0]
    bare = node.copy()
    bare.set("pivots", None)
    inner = Scope(outer=scope.outer, ctes=scope.ctes)
    table = source(queries, bare, inner)
    columns = inner.sources[0].columns
    turn = _unpivoted if pivot.args.get("unpivot") else _pivoted
    outputs, kinds, grouped = turn(queries, pivot, columns, inner)
    select = exp.Select(expressions=outputs, from_=exp.From(this=table))
    if grouped or (columns is None and not pivot.args.get("unpivot")):
        select.set("group", exp.Group(expressions=grouped) if grouped else exp.Group(all=True))
    query: exp.Expr = select
    if pivot.args.get("unpivot"):
        value = exp.to_identifier(pivot.expressions[0].name)
        if not pivot.args.get("include_nulls"):
            query = exp.Select(
                expressions=[exp.Star()],
                from_=exp.From(this=exp.Subquery(this=select, alias=exp.TableAlias(this=exp.to_identifier("_turned")))),
            )
            query.set("where", exp.Where(this=exp.Not(this=exp.Is(this=exp.column(value), expression=exp.Null()))))
    alias = pivot.args.get("alias")
    name = alias.this.copy() if alias is not None else exp.to_identifier("_pivot")
    scope.sources.append(FromItem(name.name.lower(), kinds))
    return exp.Subquery(this=query, alias=exp.TableAlias(this=name))


def _pivoted(
    queries: ReaderOfQueries, pivot: exp.Expr, columns: Columns | None, scope: Scope
) -> tuple[list[exp.Expr], Columns | None, list[exp.Expr]]:
    field = pivot.args["fields"][0]
    used = {each.name.lower() for each in (*pivot.expressions, field.this) for each in each.find_all(exp.Column)}
    outputs, kinds = _rest(columns, used)
    grouped = [each.copy() for each in outputs] if kinds is not None else []
    reader = Expressions(scope, queries.read)
    for value in field.expressions:
        for each in pivot.expressions:
            name, found = _for_value(reader, pivot, each, value)
            outputs.append(exp.Alias(this=found.node, alias=exp.to_identifier(name, quoted=True)))
            kinds = {**kinds, name.lower(): found.type} if kinds is not None else None
    return outputs, kinds, grouped


def _for_value(reader: Expressions, pivot: exp.Expr, each: exp.Expr, value: exp.Expr) -> tuple[str, Value]:
    """One column that PIVOT makes: an aggregate of the rows that have a value."""
    bare = value.this if isinstance(value, exp.PivotAlias) else value
    told = value.args["alias"].name if isinstance(value, exp.PivotAlias) else _pivot_name(bare)
    call, prefix = each.unalias().copy(), each.alias if isinstance(each, exp.Alias) else ""
    if not isinstance(call, exp.Anonymous) or not call.expressions:
        raise Unspoken("unsupported", "PIVOT", pivot)
    inside = call.expressions[0]
    held = exp.Literal.number(1) if isinstance(inside, exp.Star) else inside
    same = exp.EQ(this=pivot.args["fields"][0].this.copy(), expression=bare.copy())
    call.expressions[0].replace(exp.Case().when(same, held.copy()))
    return f"{prefix}_{told}" if prefix else told, reader.of(call)


def _rest(columns: Columns | None, used: set[str]) -> tuple[list[exp.Expr], Columns | None]:
    """The columns that are not turned; of a table that is not here, all but those that are."""
    kinds = {name: kind for name, kind in columns.items() if name not in used} if columns is not None else None
    listed: list[exp.Expr] = [
        exp.column(exp.to_identifier(name, quoted=True)) for name in (sorted(used) if kinds is None else kinds)
    ]
    return [exp.Star(except_=listed)] if kinds is None else listed, kinds


def _pivot_name(value: exp.Expr) -> str:
    """The column that PIVOT makes of a value."""
    if isinstance(value, exp.Null):
        return "NULL"
    return value.name if isinstance(value, exp.Literal) and value.is_string else f"_{value.name}"


def _unpivoted(
    queries: ReaderOfQueries, pivot: exp.Expr, columns: Columns | None, scope: Scope
) -> tuple[list[exp.Expr], Columns | None, list[exp.Expr]]:
    field = pivot.args["fields"][0]
    turned = [each.this if isinstance(each, exp.PivotAlias | exp.Alias) else each for each in field.expressions]
    labels = [each.alias or each.name for each in field.expressions]
    if len(pivot.expressions) != 1 or any(not isinstance(each, exp.Column) for each in turned):
        raise Unspoken("unsupported", "UNPIVOT", pivot)
    names = [each.name.lower() for each in turned]
    known = columns or {}
    kind = common(Value(exp.Null(), known.get(name, ANY)) for name in names)
    if kind is None:
        raise Unspoken("types", f"UNPIVOT ({', '.join(known.get(name, ANY) for name in names)})", pivot)
    label, value = field.this, pivot.expressions[0]
    listed = exp.Array(expressions=[exp.column(each.this.copy()) for each in turned])
    told = exp.Array(expressions=[exp.Literal.string(each) for each in labels])
    outputs, kinds = _rest(columns, set(names))
    outputs.append(exp.Alias(this=made("UNNEST({0})", listed), alias=exp.to_identifier(value.name)))
    outputs.append(exp.Alias(this=made("UNNEST({0})", told), alias=exp.to_identifier(label.name)))
    if kinds is not None:
        kinds |= {value.name.lower(): kind, label.name.lower(): "STRING"}
    return outputs, kinds, []
