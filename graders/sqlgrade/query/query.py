"""A parsed solution with what its columns are, copied anew for every change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from sqlglot import exp

from sqlgrade.parse import read_tree
from sqlgrade.query.columns import BOOLEAN, DATE, NUMBER, OTHER, TEXT, TIMESTAMP, SchemaColumns, family_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NodeT = TypeVar("NodeT", bound=exp.Expr)


@dataclass(frozen=True)
class Source:
    """One item of a FROM clause: its name in the block, its table if it is one, its columns by family."""

    alias: str
    table: str | None
    families: Mapping[str, str]
    node: exp.Expr


def _counterpart(node: NodeT, tree: exp.Expr) -> NodeT:
    """Find the node in a copy of its tree that stands where it stands."""
    steps = []
    place: exp.Expr = node
    while place.parent is not None:
        steps.append((place.arg_key, place.index))
        place = place.parent
    found: Any = tree
    for key, index in reversed(steps):
        found = found.args[key] if index is None else found.args[key][index]
    if type(found) is not type(node):
        raise KeyError(f"a copy has no such {type(node).__name__}")
    return found


class Query:
    """A solution's tree; operators read it and ask for copies to change."""

    def __init__(self, sql: str, schema: SchemaColumns, tree: exp.Expr | None = None) -> None:
        """Parse a text; a tree that has been made of it need not be parsed, and its nodes keep their places in a text."""
        self.sql = sql
        self.schema = schema
        self.tree: exp.Expr = read_tree(sql) if tree is None else tree
        self._sources: dict[int, dict[str, Source]] = {}

    def again(self) -> Query:
        """The same query with a tree of its own."""
        return Query(self.sql, self.schema, self.tree.copy())

    def copy(self, node: NodeT) -> tuple[exp.Expr, NodeT]:
        """Return a copy of the whole tree and the counterpart of a node in it."""
        tree, (counterpart,) = self.copy_all(node)
        return tree, counterpart

    def copy_all(self, *nodes: NodeT) -> tuple[exp.Expr, tuple[NodeT, ...]]:
        """Return a copy of the whole tree and the counterparts of several nodes in it."""
        tree = self.tree.copy()
        return tree, tuple(_counterpart(node, tree) for node in nodes)

    def copy_with(self, block: exp.Select, node: exp.Expr) -> tuple[exp.Expr, exp.Select, exp.Expr]:
        """Return a copy of the tree, and the counterparts of a block and of a node."""
        tree = self.tree.copy()
        return tree, _counterpart(block, tree), _counterpart(node, tree)

    def replace(self, node: exp.Expr, replacement: exp.Expr) -> exp.Expr:
        """Return a copy of the tree in which one node is another."""
        tree, counterpart = self.copy(node)
        if counterpart is tree:
            return replacement
        counterpart.replace(replacement)
        return tree

    def find(self, *kinds: type[NodeT]) -> Iterator[NodeT]:
        """Yield the nodes of some kinds in the order of the text's tree, which nobody changes: see copy."""
        return (node for node in self._nodes if isinstance(node, kinds))

    @cached_property
    def _nodes(self) -> list[exp.Expr]:
        return list(self.tree.walk(bfs=False))

    def selects(self) -> Iterator[exp.Select]:
        """Yield every SELECT block."""
        return self.find(exp.Select)

    def is_given(self, node: exp.Expr) -> bool:
        """Tell whether a node stands in a view that the task gives, which nobody has written."""
        place: exp.Expr | None = node if self.schema.given else None
        while place is not None:
            if isinstance(place, exp.CTE) and place.alias.lower() in self.schema.given:
                return True
            place = place.parent
        return False

    def sources(self, select: exp.Select) -> dict[str, Source]:
        """Return the FROM items of a block by their name there, in lower case."""
        if id(select) not in self._sources:
            self._sources[id(select)] = {}
            found = (self._source(item) for item in from_items(select))
            self._sources[id(select)] = {source.alias: source for source in found if source.alias}
        return self._sources[id(select)]

    def source_of(self, column: exp.Column) -> Source | None:
        """Find the FROM item a column belongs to, looking outwards from its block."""
        select = column.find_ancestor(exp.Select)
        name, table = column.name.lower(), column.table.lower()
        while select is not None:
            sources = self.sources(select)
            if table in sources:
                return sources[table]
            owners = [source for source in sources.values() if name in source.families]
            if not table and len(owners) == 1:
                return owners[0]
            select = _block_around(select)
        return None

    def never_null(self, column: exp.Column) -> bool:
        """Tell whether a column of a table holds no NULL where it stands."""
        source = self.source_of(column)
        return source is not None and self.holds_values(source, column.name.lower())

    def holds_values(self, source: Source, name: str) -> bool:
        """Tell whether a FROM item's column holds a value in every row of the block."""
        return (source.table, name) in self.schema.not_null and not self.may_lack(source)

    def may_lack(self, source: Source) -> bool:
        """Tell whether an outer join can turn a FROM item's columns into NULLs."""
        node = source.node
        join = node.parent if isinstance(node.parent, exp.Join) else None
        if join is not None and join.side in {"LEFT", "FULL"}:
            return True
        select = node.find_ancestor(exp.Select)
        later = select.args.get("joins") or () if select is not None else ()
        return any(other.side in {"RIGHT", "FULL"} for other in later if other is not join)

    def block_of(self, source: Source) -> exp.Select | None:
        """Find the block whose output a derived table or CTE is; of a set operation the first arm."""
        if isinstance(source.node, exp.Table):
            cte = self._cte(source.node)
            return _first_block(cte.this) if cte is not None else None
        return _first_block(source.node.this) if isinstance(source.node, exp.Subquery) else None

    def family(self, node: exp.Expr | None) -> str:
        """Tell the family of an expression's values as far as it can be read off."""
        match node:
            case exp.Column():
                source = self.source_of(node)
                return source.families.get(node.name.lower(), OTHER) if source else OTHER
            case exp.Cast():
                return family_of(node.to.sql("duckdb"))
            case exp.Literal():
                return TEXT if node.is_string else NUMBER
            case exp.Paren() | exp.Min() | exp.Max() | exp.Coalesce() | exp.Alias() | exp.Filter() | exp.Neg():
                return self.family(node.this)
            case exp.Window() | exp.Lag() | exp.Lead() | exp.FirstValue() | exp.LastValue() | exp.IgnoreNulls():
                return self.family(node.this)
            case exp.Add() | exp.Sub():
                return self._sum_family(node)
            case exp.Case():
                return self.family(node.args["ifs"][0].args.get("true"))
            case exp.TimestampTrunc() | exp.DateTrunc() | exp.AtTimeZone() | exp.CurrentTimestamp():
                return TIMESTAMP
            case exp.CurrentDate() | exp.LastDay():
                return DATE
            case exp.Predicate() | exp.Boolean() | exp.Connector() | exp.Not():
                return BOOLEAN
            case exp.AggFunc() | exp.Round() | exp.Binary() | exp.DateDiff() | exp.Extract():
                return NUMBER
        return OTHER

    def _sum_family(self, node: exp.Binary) -> str:
        if isinstance(node.expression, exp.Interval):
            return TIMESTAMP
        return self.family(node.left)

    def _source(self, item: exp.Expr) -> Source:
        alias = item.alias_or_name.lower()
        if isinstance(item, exp.Table) and isinstance(item.this, exp.Identifier):
            inner = self._cte(item)
            if inner is None:
                return Source(alias, item.name.lower(), self.schema.columns(item.name), item)
            return Source(alias, None, self._output(inner), item)
        if isinstance(item, exp.Subquery):
            return Source(alias, None, self._output(item.this, item), item)
        return Source(alias, None, _declared(item), item)

    def _cte(self, table: exp.Table) -> exp.CTE | None:
        scope: exp.Expr | None = table
        while scope is not None:
            with_ = scope.args.get("with_")
            for cte in with_.expressions if isinstance(with_, exp.With) else ():
                if cte.alias.lower() == table.name.lower() and cte is not table.find_ancestor(exp.CTE):
                    return cte  # type: ignore[no-any-return]
            scope = scope.parent
        return None

    def _output(self, query: exp.Expr, named: exp.Expr | None = None) -> dict[str, str]:
        if isinstance(query, exp.CTE):
            query, named = query.this, query
        block = _first_block(query)
        if block is None:
            return {}
        output: dict[str, str] = {}
        for projection in block.expressions:
            if projection.is_star:
                for source in self.sources(block).values():
                    output.update(source.families)
            else:
                output[projection.alias_or_name.lower()] = self.family(projection)
        names = [column.lower() for column in named.alias_column_names] if named is not None else []
        return {**dict(zip(names, output.values(), strict=False))} if names else output


def from_items(select: exp.Select) -> tuple[exp.Expr, ...]:
    """Return the tables, sub-queries and table functions in a block's FROM and JOINs."""
    from_ = select.args.get("from_")
    first = (from_.this,) if from_ is not None else ()
    return first + tuple(join.this for join in select.args.get("joins") or ())


def _block_around(select: exp.Select) -> exp.Select | None:
    """The block whose columns a block inside it can see; a WITH step and a query in FROM see none."""
    node: exp.Expr | None = select.parent
    while node is not None and not isinstance(node, exp.Select):
        apart = isinstance(node, exp.Subquery) and isinstance(node.parent, exp.From | exp.Join)
        if isinstance(node, exp.CTE) or apart:
            return None
        node = node.parent
    return node


def _first_block(query: exp.Expr) -> exp.Select | None:
    while isinstance(query, exp.SetOperation | exp.Subquery):
        query = query.this
    return query if isinstance(query, exp.Select) else None


def _declared(item: exp.Expr) -> dict[str, str]:
    generated = item.find(exp.GenerateSeries)
    family = OTHER
    if generated is not None:
        start = generated.args.get("start")
        family = TIMESTAMP if isinstance(start, exp.Cast) else NUMBER
    return {name.lower(): family for name in item.alias_column_names}
