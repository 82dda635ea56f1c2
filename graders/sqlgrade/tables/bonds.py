"""What assumptions say of rows that name each other: foreign keys that the DDL does not declare, values taken over."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from sqlgrade.tables.assumptions import BEYOND_ROWS, joins, plain_select, sources_of
from sqlgrade.tables.model import ForeignKey, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


@dataclass(frozen=True)
class Bond:
    """What rows take over from the one that they name by a foreign key, and what must be true of that one."""

    table: str
    link: ForeignKey
    inherited: tuple[tuple[str, str], ...] = ()
    """Pairs of an own column and one of the other row that hold the same value."""
    later: tuple[tuple[str, str], ...] = ()
    """Pairs of an own column and one of the other row that it never lies before."""
    rules: tuple[str, ...] = ()
    """CHECKs that the other row keeps."""
    told: bool = False
    """True if the assumption says no more than this."""

    def holds(self, own: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """Tell whether a row and the one that it names, by their columns, agree; the rules are not looked at."""
        same = all(_alike(own[mine], other[theirs]) for mine, theirs in self.inherited)
        return same and all(_not_before(own[mine], other[theirs]) for mine, theirs in self.later)


@dataclass(frozen=True)
class Dependency:
    """Columns that hold the same wherever other columns do: what a row that is sent again repeats."""

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]


def dependency(text: str, tables: Collection[Table]) -> Dependency | None:
    """The dependency that an assumption states: FROM a table GROUP BY a key HAVING COUNT(DISTINCT column) > 1, or another."""
    try:
        tree = sqlglot.parse_one(text.strip().rstrip(";"), dialect="duckdb")
    except (SqlglotError, RecursionError):
        return None
    parts = {name for name, part in tree.args.items() if part} - {"kind", "expressions", "from", "from_"}
    if not isinstance(tree, exp.Select) or parts != {"group", "having"} or len(sources_of(tree)) != 1:
        return None
    table = next((t for t in tables if t.name.lower() == sources_of(tree)[0].name.lower()), None)
    counted = [_counted(each) for each in _parts(tree.args["having"].this, exp.Or)]
    if table is None or table.fixed or not all(counted):
        return None
    key, columns = _spelled(tree.args["group"].expressions, table), _spelled([c for c in counted if c], table)
    return Dependency(table.name, key, columns) if key and columns else None


def _counted(condition: exp.Expr) -> exp.Expr | None:
    """The column of COUNT(DISTINCT column) > 1."""
    count = condition.this if isinstance(condition, exp.GT) and condition.expression.name == "1" else None
    distinct = count.this if isinstance(count, exp.Count) else None
    return distinct.expressions[0] if isinstance(distinct, exp.Distinct) and len(distinct.expressions) == 1 else None


def _alike(one: Any, other: Any) -> bool:
    return one is None or other is None or bool(one == other)


def _not_before(one: Any, other: Any) -> bool:
    return one is None or other is None or bool(one >= other)


def inclusion(text: str, tables: Collection[Table]) -> tuple[str, ForeignKey] | None:
    """The table and the foreign key that an assumption comes to: columns NOT IN (those of a table), where not NULL."""
    tree = plain_select(text)
    sources = sources_of(tree) if tree is not None else []
    if tree is None or len(sources) != 1 or tree.args.get("where") is None:
        return None
    by_name = {table.name.lower(): table for table in tables}
    table = by_name.get(sources[0].name.lower())
    condition = tree.args["where"].this
    told = [each for each in _parts(condition, exp.And) if not _is_given(each)]
    if table is None or len(told) != 1 or not isinstance(told[0], exp.Not) or not isinstance(told[0].this, exp.In):
        return None
    sought, query = told[0].this.this, told[0].this.args.get("query")
    inner = query.unnest() if query is not None else None
    if not isinstance(inner, exp.Select) or any(inner.args.get(part) for part in (*BEYOND_ROWS, "where", "joins")):
        return None
    found = sources_of(inner)
    parent = by_name.get(found[0].name.lower()) if len(found) == 1 else None
    own = _spelled(sought.expressions if isinstance(sought, exp.Tuple) else [sought], table)
    theirs = _spelled(inner.selects, parent) if parent is not None else ()
    if parent is None or not own or len(own) != len(theirs):
        return None
    return table.name, ForeignKey(own, parent.name, theirs, declared=False)


def _is_given(condition: exp.Expr) -> bool:
    """True for x IS NOT NULL, which a foreign key means anyway."""
    inner = condition.this if isinstance(condition, exp.Not) else None
    return isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Null)


def _spelled(columns: Collection[exp.Expr], table: Table) -> tuple[str, ...]:
    """The columns' names as the table declares them; nothing if one of them is not a column of it."""
    known = {column.name.lower(): column.name for column in table.columns}
    names = [known.get(each.name.lower()) if isinstance(each, exp.Column) else None for each in columns]
    return tuple(name for name in names if name is not None) if all(names) else ()


def bond(text: str, tables: Collection[Table]) -> Bond | None:
    """The bond that an assumption states: rows joined with those that they name, WHERE one value or another is not right."""
    tree = plain_select(text)
    sources = sources_of(tree) if tree is not None else []
    if tree is None or len(sources) != 2 or tree.args.get("where") is None or joins(tree, "LEFT", "RIGHT", "FULL"):
        return None
    by_name = {table.name.lower(): table for table in tables}
    sides = {each.alias_or_name.lower(): by_name[each.name.lower()] for each in sources if each.name.lower() in by_name}
    if len(sides) != 2:
        return None
    for own, theirs in itertools.permutations(sides):
        links = (link for link in sides[own].foreign_keys if link.parent == sides[theirs].name)
        link = next((link for link in links if _meets(tree, own, theirs, link)), None)
        if link is not None:
            return _read_bond(tree, own, theirs, sides, link)
    return None


def _meets(tree: exp.Select, own: str, theirs: str, link: ForeignKey) -> bool:
    """Tell whether the query joins the two tables by just that foreign key."""
    join = tree.args["joins"][0]
    wanted = set(zip(map(str.lower, link.columns), map(str.lower, link.parent_columns), strict=True))
    if join.args.get("using"):
        return {(each.name.lower(), each.name.lower()) for each in join.args["using"]} == wanted
    found = set()
    for each in _parts(join.args["on"], exp.And) if join.args.get("on") is not None else ():
        pair = {column.table.lower(): column.name.lower() for column in each.find_all(exp.Column)}
        if not isinstance(each, exp.EQ) or set(pair) != {own, theirs}:
            return False
        found.add((pair[own], pair[theirs]))
    return found == wanted


def _read_bond(tree: exp.Select, own: str, theirs: str, sides: dict[str, Table], link: ForeignKey) -> Bond:
    found = Bond(sides[own].name, link, told=True)
    for each in _parts(tree.args["where"].this, exp.Or):
        columns = {column.table.lower(): column for column in each.find_all(exp.Column)}
        pairs = _pair(columns.get(own), columns.get(theirs), sides[own], sides[theirs])
        if set(columns) == {theirs}:
            bare = each.copy().transform(lambda node: exp.column(node.name) if isinstance(node, exp.Column) else node)
            found = replace(found, rules=(*found.rules, f"NOT ({bare.sql(dialect='duckdb')})"))
        elif isinstance(each, exp.NEQ) and pairs and _between_columns(each):
            found = replace(found, inherited=found.inherited + pairs)
        elif pairs and _between_columns(each) and _is_earlier(each, own):
            found = replace(found, later=found.later + pairs)
        else:
            found = replace(found, told=False)
    return found


def _pair(mine: exp.Column | None, other: exp.Column | None, own: Table, theirs: Table) -> tuple[tuple[str, str], ...]:
    """The two columns as their tables declare them, if they are of one type."""
    names = (*_spelled([mine], own), *_spelled([other], theirs)) if mine is not None and other is not None else ()
    alike = len(names) == 2 and own.column(names[0]).type == theirs.column(names[1]).type
    return ((names[0], names[1]),) if alike else ()


def _is_earlier(condition: exp.Expr, own: str) -> bool:
    """True for own < theirs, whichever way it is written."""
    if isinstance(condition, exp.LT):
        return str(condition.this.table).lower() == own
    return isinstance(condition, exp.GT) and str(condition.expression.table).lower() == own


def _parts(condition: exp.Expr, connector: type[exp.Connector]) -> list[exp.Expr]:
    return list(condition.flatten()) if isinstance(condition, connector) else [condition]


def _between_columns(node: exp.Expr) -> bool:
    return isinstance(node.args.get("this"), exp.Column) and isinstance(node.args.get("expression"), exp.Column)
