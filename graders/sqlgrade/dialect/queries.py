"""GoogleSQL's queries in DuckDB: WITH, SELECT, FROM, set operations; what is not known is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect import sources, stars, structs
from sqlgrade.dialect.by_name import matched
from sqlgrade.dialect.clauses import limits, only
from sqlgrade.dialect.expressions import Expressions
from sqlgrade.dialect.forms import Unspoken, written
from sqlgrade.dialect.scope import Columns, FromItem, Scope
from sqlgrade.dialect.types import ANY, Value, common, of_duckdb
from sqlgrade.dialect.windows import window_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_CLAUSES = frozenset(
    "expressions distinct from_ joins where group having windows qualify order limit offset with_ operation_modifiers kind".split()
)
_OF_SETS = frozenset("this expression distinct with_ order limit offset by_name side kind on".split())
_OF_JOINS = frozenset("this on using kind side".split())
_OF_GROUPS = frozenset("expressions all".split())


_GROUPED = (exp.Rollup, exp.Cube, exp.GroupingSets, exp.Tuple)
"""What holds several keys of GROUP BY."""


class Queries:
    """Translates the queries of one text over the tables of a schema."""

    def __init__(self, tables: Mapping[str, Mapping[str, str]], moment: str) -> None:
        """Take the schema: table -> column -> DuckDB's type; `moment` is what its TIMESTAMP columns are taken for."""
        self.tables = {
            name.lower(): {column.lower(): of_duckdb(kind, moment) for column, kind in columns.items()}
            for name, columns in tables.items()
        }

    def read(self, node: exp.Expr, outer: Scope) -> tuple[exp.Expr, Columns | None]:
        """A query and its columns, None where they are not known; raises Unspoken."""
        if isinstance(node, exp.Subquery):
            only(node, {"this", "with_", "order", "limit", "offset"})
            scope, blocks = self._with_blocks(node, outer)
            inner, columns = self.read(node.this, scope)
            return exp.Subquery(this=inner, with_=blocks, **self._tail(node, columns, scope)), columns
        if isinstance(node, exp.SetOperation):
            return self._set(node, outer)
        if isinstance(node, exp.Select):
            return self._select(node, outer)
        raise Unspoken("unsupported", written(node), node)

    def _with_blocks(self, node: exp.Expr, outer: Scope) -> tuple[Scope, exp.With | None]:
        """A scope that knows the WITH blocks of a query, and these blocks."""
        given = node.args.get("with_")
        scope = Scope(outer=outer, ctes=outer.ctes)
        if given is None:
            return scope, None
        blocks = []
        for cte in _needed_first(given.expressions) if given.args.get("recursive") else given.expressions:
            if cte.args["alias"].columns:
                raise Unspoken("no_such", f"{cte.alias}(…) AS", cte, f"{cte.alias} AS (…)")
            name = cte.alias.lower()
            inside = scope
            if given.args.get("recursive") and isinstance(cte.this, exp.SetOperation):
                _, first = self.read(cte.this.this, scope)
                inside = Scope(outer=outer, ctes={**scope.ctes, name: first})
            query, columns = self.read(cte.this, inside)
            if sources.gives_values(cte.this):
                query, columns = sources.as_table(query, columns, cte)
            scope = Scope(outer=outer, ctes={**scope.ctes, name: columns})
            blocks.append(exp.CTE(this=query, alias=exp.TableAlias(this=cte.args["alias"].this.copy())))
        return scope, exp.With(expressions=blocks, recursive=given.args.get("recursive"))

    def _set(self, node: exp.Expr, outer: Scope) -> tuple[exp.Expr, Columns | None]:
        only(node, _OF_SETS)
        scope, blocks = self._with_blocks(node, outer)
        (left, ours), (right, theirs) = (self.read(each, scope) for each in (node.this, node.expression))
        if node.args.get("by_name"):
            (left, ours), (right, theirs) = matched(node, ((left, ours), (right, theirs)))
        columns = self._together(ours, theirs, node)
        if (
            isinstance(right, exp.Select)
            and columns
            and theirs
            and len(columns) == len(theirs) == len(right.expressions)
        ):
            for output, kind, given in zip(list(right.expressions), columns.values(), theirs.values(), strict=True):
                if (told := structs.as_type(Value(output.unalias(), given), kind)).node is not output.unalias():
                    output.replace(told.node)
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
        reader = Expressions(Scope([FromItem("", columns)], outer, outer.ctes), self.read)
        tail: dict[str, exp.Expr] = {}
        if (order := node.args.get("order")) is not None:
            tail["order"] = reader.ordered(order)
        return tail | limits(node)

    def _select(self, node: exp.Expr, outer: Scope) -> tuple[exp.Expr, Columns | None]:
        only(node, _CLAUSES)
        scope, blocks = self._with_blocks(node, outer)
        reader = Expressions(scope, self.read)
        args: dict[str, object] = {}
        if blocks is not None:
            args["with_"] = blocks
        if (source := node.args.get("from_")) is not None:
            args["from_"] = exp.From(this=sources.source(self, source.this, scope))
        args["joins"] = [self.join(each, scope) for each in node.args.get("joins") or ()]
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
        if kind := str(node.args.get("kind") or "").upper():
            outputs, columns = self._as_one(outputs, columns, kind, node)
        scope.sees_outputs = True
        if (group := node.args.get("group")) is not None:
            args["group"] = self._group(group, reader)
        for clause, holder in (("having", exp.Having), ("qualify", exp.Qualify)):
            if (given := node.args.get(clause)) is not None:
                scope.engine_sees_them = clause == "having"
                args[clause] = holder(this=reader.truth(given.this, clause.upper()))
        scope.engine_sees_them = False
        if (order := node.args.get("order")) is not None:
            args["order"] = reader.ordered(order)
        return exp.Select(expressions=outputs, **args, **limits(node)), columns

    def _as_one(
        self, outputs: list[exp.Expr], columns: Columns | None, kind: str, node: exp.Expr
    ) -> tuple[list[exp.Expr], Columns]:
        """SELECT AS STRUCT: all outputs as one; SELECT AS VALUE: the only one by itself."""
        if columns is None or len(columns) != len(outputs):
            raise Unspoken("unsupported", f"SELECT AS {kind}", node)
        given = [
            ("" if name.startswith("?") else name, Value(output.unalias(), of))
            for output, (name, of) in zip(outputs, columns.items(), strict=True)
        ]
        value = given[0][1] if kind == "VALUE" else structs.struct_value(given)
        return [value.node], {"?0": value.type}

    def _name_outputs(self, node: exp.Expr, scope: Scope) -> None:
        """Note which names SELECT gives, for those who look for one before it is there."""
        for each in node.expressions:
            if isinstance(each, exp.Alias):
                scope.outputs[each.alias.lower()] = Value(exp.Null(), ANY)

    def _outputs(self, node: exp.Expr, scope: Scope, reader: Expressions) -> tuple[list[exp.Expr], Columns | None]:
        outputs: list[exp.Expr] = []
        columns: Columns | None = {}
        for number, each in enumerate(node.expressions):
            if (star := stars.star_of(each)) is not None:
                shown, more = stars.shown(each, star, scope, reader)
                outputs += shown
                columns = None if columns is None or more is None else {**columns, **more}
                continue
            value = reader.of(each.this if isinstance(each, exp.Alias) else each)
            name = each.alias_or_name.lower() if isinstance(each, exp.Alias | exp.Column | exp.Dot) else ""
            if isinstance(each, exp.Alias):
                scope.outputs[name] = value
                outputs.append(exp.Alias(this=value.node, alias=each.args["alias"].copy()))
            else:
                outputs.append(_named_as(each, value))
            if columns is not None:
                columns[name if name and name not in columns else f"?{number}"] = value.type
        return outputs, columns

    def _group(self, group: exp.Expr, reader: Expressions) -> exp.Group:
        only(group, _OF_GROUPS)
        if group.args.get("all"):
            listed = group.parent.expressions if isinstance(group.parent, exp.Select) else []
            if listed and all(isinstance(each.unalias(), exp.Literal) for each in listed):
                raise Unspoken("unsupported", "GROUP BY ALL", group)  # DuckDB makes a group of each row there
            return exp.Group(all=True)
        return exp.Group(expressions=[self._group_key(each, reader) for each in group.expressions])

    def _group_key(self, node: exp.Expr, reader: Expressions) -> exp.Expr:
        if isinstance(node, _GROUPED):
            # DuckDB takes a number there for a value
            if any(isinstance(each.unnest(), exp.Literal) for each in node.expressions) or _names_a_key_again(node):
                raise Unspoken("unsupported", written(node), node)
            return type(node)(expressions=[self._group_key(each, reader) for each in node.expressions])
        key = reader.of(node).node
        return key.unnest() if isinstance(node, exp.Column) else key

    def join(self, node: exp.Expr, scope: Scope) -> exp.Expr:
        """A JOIN and its condition."""
        only(node, _OF_JOINS)
        kind, side = (str(node.args.get(each) or "").upper() for each in ("kind", "side"))
        if kind not in ("", "INNER", "CROSS", "OUTER") or side not in ("", "LEFT", "RIGHT", "FULL"):
            raise Unspoken("no_such", f"{side} {kind} JOIN".strip(), node, "WHERE EXISTS (…)")
        source = sources.source(self, node.this, scope)
        joined = exp.Join(this=source, kind=kind or None, side=side or None)
        if names := node.args.get("using"):
            joined.set("using", [each.copy() for each in names])
            scope.merged += [each.name for each in names if each.name.lower() not in map(str.lower, scope.merged)]
        elif (condition := node.args.get("on")) is not None:
            joined.set("on", Expressions(scope, self.read).truth(condition, "ON"))
        elif kind != "CROSS":
            if not isinstance(source, exp.Unnest) and not isinstance(node.this, exp.Unnest):
                raise Unspoken("form", "JOIN", node, "JOIN … ON …")
            joined.set("on", exp.true())
        return joined


def _names_a_key_again(sets: exp.Expr) -> bool:
    """Whether a key of several is worked out from another one, which in GoogleSQL is NULL where that one is."""
    held = (each for group in sets.find_all(*_GROUPED) for each in group.expressions)
    keys = [each.unnest() for each in held if not isinstance(each, _GROUPED)]
    plain = {each.name.lower() for each in keys if isinstance(each, exp.Column)}
    made_of = (each for each in keys if not isinstance(each, exp.Column))
    return any(column.name.lower() in plain for each in made_of for column in each.find_all(exp.Column))


def _needed_first(blocks: list[exp.Expr]) -> list[exp.Expr]:
    """The blocks of WITH RECURSIVE, where one may name a later one, in the order in which DuckDB wants them."""
    named = {each.alias.lower(): each for each in blocks}
    told: dict[str, exp.Expr] = {}

    def tell(name: str, around: tuple[str, ...]) -> None:
        for table in named[name].find_all(exp.Table):
            other = table.name.lower()
            if other in named and other not in (*told, *around) and not table.db:
                tell(other, (*around, other))
        told.setdefault(name, named[name])

    for name in named:
        tell(name, (name,))
    return list(told.values()) if len(named) == len(blocks) else blocks


def _named_as(node: exp.Expr, value: Value) -> exp.Expr:
    """An output without an alias: one that is a field keeps the field's name."""
    is_field = isinstance(node, exp.Dot) or (isinstance(node, exp.Column) and not isinstance(value.node, exp.Column))
    return (
        exp.Alias(this=value.node, alias=exp.to_identifier(node.name, quoted=True))
        if is_field and node.name
        else value.node
    )
