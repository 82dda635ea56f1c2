"""GoogleSQL's queries in DuckDB: WITH, SELECT, FROM, set operations; what is not known is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect.calls import window_of
from sqlgrade.dialect.expressions import Expressions
from sqlgrade.dialect.forms import Unspoken, made, number_of
from sqlgrade.dialect.pairs import fields
from sqlgrade.dialect.scope import Columns, Scope, Source
from sqlgrade.dialect.types import ANY, INT64, Value, common, element_of, of_duckdb

if TYPE_CHECKING:
    from collections.abc import Mapping

_CLAUSES = frozenset(
    "expressions distinct from_ joins where group having windows qualify order limit offset with_ operation_modifiers".split()
)
_OF_SETS = frozenset("this expression distinct with_ order limit offset".split())
_OF_JOINS = frozenset("this on using kind side".split())
_OF_TABLES = frozenset("this db catalog alias joins".split())
_OF_GROUPS = frozenset("expressions all".split())
_OWN = "my"
"""The schema of a learner's own views."""
_FORBIDDEN_PARTS = ("information_schema", "__tables__")


class Queries:
    """Translates the queries of one text over the tables of a schema."""

    def __init__(self, tables: Mapping[str, Mapping[str, str]], moment: str) -> None:
        """Take the schema: table -> column -> DuckDB's type; `moment` is what its TIMESTAMP columns are taken for."""
        self._tables = {
            name.lower(): {column.lower(): of_duckdb(kind, moment) for column, kind in columns.items()}
            for name, columns in tables.items()
        }

    def read(self, node: exp.Expr, outer: Scope) -> tuple[exp.Expr, Columns | None]:
        """A query and its columns, None where they are not known; raises Unspoken."""
        if isinstance(node, exp.Subquery):
            _only(node, {"this", "with_", "order", "limit", "offset"})
            scope, blocks = self._with_blocks(node, outer)
            inner, columns = self.read(node.this, scope)
            return exp.Subquery(this=inner, with_=blocks, **self._tail(node, columns, scope)), columns
        if isinstance(node, exp.SetOperation):
            return self._set(node, outer)
        if isinstance(node, exp.Select):
            return self._select(node, outer)
        raise Unspoken("unsupported", node.key.upper(), node)

    def _with_blocks(self, node: exp.Expr, outer: Scope) -> tuple[Scope, exp.With | None]:
        """A scope that knows the WITH blocks of a query, and these blocks."""
        given = node.args.get("with_")
        scope = Scope(outer=outer, ctes=outer.ctes)
        if given is None:
            return scope, None
        blocks = []
        for cte in given.expressions:
            if cte.args["alias"].columns:
                raise Unspoken("no_such", f"{cte.alias}(…) AS", cte, f"{cte.alias} AS (…)")
            name = cte.alias.lower()
            inside = scope
            if given.args.get("recursive") and isinstance(cte.this, exp.SetOperation):
                _, first = self.read(cte.this.this, scope)
                inside = Scope(outer=outer, ctes={**scope.ctes, name: first})
            query, columns = self.read(cte.this, inside)
            scope = Scope(outer=outer, ctes={**scope.ctes, name: columns})
            blocks.append(exp.CTE(this=query, alias=exp.TableAlias(this=cte.args["alias"].this.copy())))
        return scope, exp.With(expressions=blocks, recursive=given.args.get("recursive"))

    def _set(self, node: exp.Expr, outer: Scope) -> tuple[exp.Expr, Columns | None]:
        _only(node, _OF_SETS)
        scope, blocks = self._with_blocks(node, outer)
        (left, ours), (right, theirs) = (self.read(each, scope) for each in (node.this, node.expression))
        columns = self._together(ours, theirs, node)
        tail = self._tail(node, columns, scope)
        return type(node)(
            this=left, expression=right, distinct=node.args.get("distinct"), with_=blocks, **tail
        ), columns

    def _together(self, ours: Columns | None, theirs: Columns | None, node: exp.Expr) -> Columns | None:
        if ours is None or theirs is None or len(ours) != len(theirs):
            return ours  # of another number of columns: the engine says so
        kinds = {}
        for (name, one), other in zip(ours.items(), theirs.values(), strict=True):
            kind = common([Value(exp.Null(), one), Value(exp.Null(), other)])
            if kind is None:
                raise Unspoken("types", f"{node.key.upper()} ({one}, {other})", node)
            kinds[name] = kind
        return kinds

    def _tail(self, node: exp.Expr, columns: Columns | None, outer: Scope) -> dict[str, exp.Expr]:
        """ORDER BY over the outputs alone, LIMIT and OFFSET."""
        reader = Expressions(Scope([Source("", columns)], outer, outer.ctes), self.read)
        tail: dict[str, exp.Expr] = {}
        if (order := node.args.get("order")) is not None:
            tail["order"] = reader.ordered(order)
        return tail | _limits(node)

    def _select(self, node: exp.Expr, outer: Scope) -> tuple[exp.Expr, Columns | None]:
        _only(node, _CLAUSES)
        scope, blocks = self._with_blocks(node, outer)
        reader = Expressions(scope, self.read)
        args: dict[str, object] = {}
        if blocks is not None:
            args["with_"] = blocks
        if (source := node.args.get("from_")) is not None:
            args["from_"] = exp.From(this=self._source(source.this, scope))
        args["joins"] = [self._join(each, scope) for each in node.args.get("joins") or ()]
        self._name_outputs(node, scope)
        if (where := node.args.get("where")) is not None:
            args["where"] = exp.Where(this=reader.truth(where.this, "WHERE"))
        if (named := node.args.get("windows")) is not None:
            args["windows"] = [window_of(reader, each, each.this.copy()) for each in named]
        if (distinct := node.args.get("distinct")) is not None:
            if distinct.args.get("on"):
                raise Unspoken("no_such", "DISTINCT ON", node, "QUALIFY ROW_NUMBER() OVER (…) = 1")
            args["distinct"] = exp.Distinct()
        outputs, columns = self._outputs(node, scope, reader)
        scope.sees_outputs = True
        if (group := node.args.get("group")) is not None:
            args["group"] = self._group(group, reader)
        for clause, kind in (("having", exp.Having), ("qualify", exp.Qualify)):
            if (given := node.args.get(clause)) is not None:
                scope.engine_sees_them = clause == "having"
                args[clause] = kind(this=reader.truth(given.this, clause.upper()))
        scope.engine_sees_them = False
        if (order := node.args.get("order")) is not None:
            args["order"] = reader.ordered(order)
        return exp.Select(expressions=outputs, **args, **_limits(node)), columns

    def _name_outputs(self, node: exp.Expr, scope: Scope) -> None:
        """Note which names SELECT gives, for those who look for one before it is there."""
        for each in node.expressions:
            if isinstance(each, exp.Alias):
                scope.outputs[each.alias.lower()] = Value(exp.Null(), ANY)

    def _outputs(self, node: exp.Expr, scope: Scope, reader: Expressions) -> tuple[list[exp.Expr], Columns | None]:
        outputs: list[exp.Expr] = []
        columns: Columns | None = {}
        for number, each in enumerate(node.expressions):
            star = each if isinstance(each, exp.Star) else each.this if isinstance(each, exp.Column) else None
            if isinstance(star, exp.Star):
                shown, more = self._star(each, star, scope, reader)
                outputs += shown
                columns = None if columns is None or more is None else {**columns, **more}
                continue
            value = reader.of(each.this if isinstance(each, exp.Alias) else each)
            name = each.alias_or_name.lower()
            if isinstance(each, exp.Alias):
                scope.outputs[name] = value
                outputs.append(exp.Alias(this=value.node, alias=each.args["alias"].copy()))
            else:
                outputs.append(value.node)
            if columns is not None:
                columns[name or f"?{number}"] = value.type
        return outputs, columns

    def _star(
        self, node: exp.Expr, star: exp.Expr, scope: Scope, reader: Expressions
    ) -> tuple[list[exp.Expr], Columns | None]:
        """`*` and `t.*`, with EXCEPT and REPLACE."""
        table = node.table.lower() if isinstance(node, exp.Column) else ""
        sources = [each for each in scope.sources if not table or each.name == table]
        columns: Columns | None = {}
        for each in sources:
            columns = None if columns is None or each.columns is None else {**columns, **each.columns}
        shown = exp.Star()
        if scope.merged and not table and not star.args.get("except_") and not star.args.get("replace"):
            return self._merged_first(scope, columns)
        if left_out := star.args.get("except_"):
            names = [each.name for each in left_out]
            shown.set("except_", [exp.column(exp.to_identifier(name, quoted=True)) for name in names])
            columns = columns and {
                name: kind for name, kind in columns.items() if name not in {n.lower() for n in names}
            }
        replaced = []
        for each in star.args.get("replace") or ():
            value = reader.of(each.this)
            replaced.append(exp.Alias(this=value.node, alias=each.args["alias"].copy()))
            if columns is not None:
                columns = {**columns, each.alias.lower(): value.type}
        if replaced:
            shown.set("replace", replaced)
        return [exp.Column(this=shown, table=node.args["table"].copy()) if table else shown], columns

    def _merged_first(self, scope: Scope, columns: Columns | None) -> tuple[list[exp.Expr], Columns | None]:
        """`*` after JOIN … USING: the columns that were made one come first."""
        if columns is None:
            raise Unspoken("unsupported", "SELECT * … USING", None)
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

    def _group(self, group: exp.Expr, reader: Expressions) -> exp.Group:
        _only(group, _OF_GROUPS)
        if group.args.get("all"):
            return exp.Group(all=True)
        return exp.Group(expressions=[self._group_key(each, reader) for each in group.expressions])

    def _group_key(self, node: exp.Expr, reader: Expressions) -> exp.Expr:
        if isinstance(node, exp.Rollup | exp.Cube | exp.GroupingSets | exp.Tuple):
            return type(node)(expressions=[self._group_key(each, reader) for each in node.expressions])
        key = reader.of(node).node
        return key.unnest() if isinstance(node, exp.Column) else key

    def _join(self, node: exp.Expr, scope: Scope) -> exp.Expr:
        _only(node, _OF_JOINS)
        kind, side = (str(node.args.get(each) or "").upper() for each in ("kind", "side"))
        if kind not in ("", "INNER", "CROSS", "OUTER") or side not in ("", "LEFT", "RIGHT", "FULL"):
            raise Unspoken("no_such", f"{side} {kind} JOIN".strip(), node, "WHERE EXISTS (…)")
        source = self._source(node.this, scope)
        joined = exp.Join(this=source, kind=kind or None, side=side or None)
        if names := node.args.get("using"):
            joined.set("using", [each.copy() for each in names])
            scope.merged += [each.name for each in names if each.name.lower() not in map(str.lower, scope.merged)]
        elif (condition := node.args.get("on")) is not None:
            joined.set("on", Expressions(scope, self.read).truth(condition, "ON"))
        elif kind != "CROSS":
            if not isinstance(node.this, exp.Unnest):
                raise Unspoken("form", "JOIN", node, "JOIN … ON …")
            joined.set("on", exp.true())
        return joined

    def _source(self, node: exp.Expr, scope: Scope) -> exp.Expr:
        """What stands in FROM or after JOIN; its columns are known to the scope from here on."""
        if isinstance(node, exp.Unnest):
            return self._list(node, scope)
        if isinstance(node, exp.Table):
            return self._table(node, scope)
        if isinstance(node, exp.Subquery):
            _only(node, {"this", "alias", "joins", "with_", "order", "limit", "offset"})
            if isinstance(node.this, exp.Table):
                return exp.Paren(this=self._source(node.this, scope))
            query, columns = self.read(node.this, Scope(outer=scope.outer, ctes=scope.ctes))
            scope.sources.append(Source(node.alias.lower(), columns))
            return exp.Subquery(this=query, alias=_alias(node), **_limits(node))
        raise Unspoken("unsupported", node.key.upper(), node)

    def _table(self, node: exp.Table, scope: Scope) -> exp.Expr:
        _only(node, _OF_TABLES)
        if not isinstance(node.this, exp.Identifier):
            raise Unspoken("unsupported", f"{node.this.name.upper()}(…)", node)
        parts = [each.name for each in node.parts]
        name, key = parts[-1], parts[-1].lower()
        if any(word in part.lower() for part in parts for word in _FORBIDDEN_PARTS) or "*" in name or "@" in name:
            raise Unspoken("unsupported", ".".join(parts), node)
        alias = _alias(node)
        given = alias.name.lower() if alias is not None and alias.name != ".".join(parts) else key
        block = len(parts) == 1 and key in scope.ctes
        own = len(parts) == 2 and parts[0].lower() == _OWN
        known = f"{_OWN}.{key}" if own else key
        columns = scope.ctes[key] if block else self._tables.get(known)
        scope.sources.append(Source(given, columns))
        table = exp.Table(this=exp.to_identifier(name, quoted=node.this.args.get("quoted")))
        if own:
            table.set("db", exp.to_identifier(_OWN))
        if given != key:
            table.set("alias", alias)
        if joins := node.args.get("joins"):
            table.set("joins", [self._join(each, scope) for each in joins])
        return table

    def _written_rows(self, node: exp.Expr, rows: list[exp.Expr], scope: Scope) -> exp.Expr:
        """UNNEST([STRUCT(1 AS a, 'x' AS b), …]): rows that are written out; the first names their columns."""
        reader = Expressions(scope, self.read)
        values = [[reader.of(each.unalias()) for each in fields(row)] for row in rows]
        names = [each.args["alias"] for each in fields(rows[0]) if isinstance(each, exp.Alias)]
        if node.args.get("offset") or any(len(row) != len(names) for row in values):
            raise Unspoken("unsupported", "STRUCT(…)", node)
        columns: Columns = {}
        for name, column in zip(names, zip(*values, strict=True), strict=True):
            kind = common(column)
            if kind is None:
                raise Unspoken("types", f"{name.name} ({', '.join(dict.fromkeys(each.type for each in column))})", node)
            columns[name.name.lower()] = kind
        alias = node.args.get("alias")
        named = (alias.columns[0] if alias.columns else alias.this) if alias is not None else exp.to_identifier("_rows")
        scope.sources.append(Source(named.name.lower(), columns))
        tuples = [exp.Tuple(expressions=[each.node for each in row]) for row in values]
        made_ = exp.TableAlias(this=named.copy(), columns=[name.copy() for name in names])
        return exp.Values(expressions=tuples, alias=made_)

    def _list(self, node: exp.Expr, scope: Scope) -> exp.Expr:
        """UNNEST(array) [AS x] [WITH OFFSET [AS n]]."""
        _only(node, {"expressions", "alias", "offset"})
        if len(node.expressions) != 1:
            raise Unspoken("unsupported", "UNNEST(…, …)", node)
        if isinstance(rows := node.expressions[0], exp.Array) and rows.expressions and fields(rows.expressions[0]):
            return self._written_rows(node, rows.expressions, scope)
        array = Expressions(scope, self.read).of(node.expressions[0])
        kind = element_of(array.type)
        if kind is None:
            raise Unspoken("types", f"UNNEST({array.type})", node)
        alias = node.args.get("alias")
        named = (alias.columns[0] if alias.columns else alias.this) if alias is not None else None
        name = named.copy() if named is not None else exp.to_identifier("_element")
        columns = {name.name.lower(): kind}
        scope.sources.append(Source(name.name.lower(), columns))
        offset = node.args.get("offset")
        if not offset:
            return exp.Unnest(expressions=[array.node], alias=exp.TableAlias(this=name, columns=[name.copy()]))
        place = offset.copy() if isinstance(offset, exp.Identifier) else exp.to_identifier("offset", quoted=True)
        columns[place.name.lower()] = INT64
        rows = made("SELECT UNNEST({0}), GENERATE_SUBSCRIPTS({0}, 1) - 1", array)
        for output, given in zip(list(rows.expressions), (name, place), strict=True):
            output.replace(exp.Alias(this=output.copy(), alias=given.copy()))
        return exp.Subquery(this=rows, alias=exp.TableAlias(this=name.copy()))


def _alias(node: exp.Expr) -> exp.TableAlias | None:
    alias = node.args.get("alias")
    if alias is None:
        return None
    if alias.columns:
        raise Unspoken("no_such", f"AS {alias.name}(…)", node, f"AS {alias.name}")
    return exp.TableAlias(this=alias.this.copy())


def _limits(node: exp.Expr) -> dict[str, exp.Expr]:
    """LIMIT and OFFSET; both are whole numbers."""
    found: dict[str, exp.Expr] = {}
    for name, kind in (("limit", exp.Limit), ("offset", exp.Offset)):
        given = node.args.get(name)
        if given is None:
            continue
        count = number_of(given.expression) if isinstance(given, kind) else None
        if count is None or count < 0:
            raise Unspoken("form", name.upper(), node, f"{name.upper()} 10")
        found[name] = kind(expression=exp.Literal.number(count))
    return found


def _only(node: exp.Expr, known: frozenset[str] | set[str]) -> None:
    """Refuse a part that nobody reads: left unread it would be left out."""
    for name, part in node.args.items():
        if part and name not in known:
            shown = next(
                (
                    each.key.upper()
                    for each in (part if isinstance(part, list) else [part])
                    if isinstance(each, exp.Expr)
                ),
                "",
            )
            raise Unspoken("unsupported", shown or f"{node.key} {name}".upper(), node)
