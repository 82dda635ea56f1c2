"""What a column stands for in terms of the schema's tables, so that parts of one query can be written in another."""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.query.query import Query, Source, from_items

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MOST_READINGS = 6
_TEXT = re.compile(r"('(?:[^']|'')*')")
_DEEPEST = 12


class Lineage:
    """The origins of a query's columns: `table.column`, or the expression an inner block computes."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self._origins: dict[tuple[int, str], str] = {}
        self._printed: dict[int, tuple[exp.Expr, str]] = {}

    def of_source(self, source: Source, name: str, depth: int = 0) -> str:
        """Give the origin of one column of a FROM item."""
        key = (id(source.node), name)
        if key not in self._origins:
            self._origins[key] = self._traced(source, name, depth)
        return self._origins[key]

    def of(self, node: exp.Expr, depth: int = 0) -> str:
        """Print an expression with every column replaced by its origin."""
        if id(node) not in self._printed:
            self._printed[id(node)] = node, self._of(node, depth)
        return self._printed[id(node)][1]

    def _of(self, node: exp.Expr, depth: int) -> str:
        copied = node.unalias().copy()
        places = list(copied.find_all(exp.Column))
        originals = list(node.unalias().find_all(exp.Column))
        whole = copied
        for place, original in zip(places, originals, strict=True):
            origin = exp.Var(this=self._column(original, depth))
            if place is copied:
                whole = origin
            else:
                place.replace(origin)
        return _in_lower_case(whole.sql("duckdb", copy=False, normalize_functions="upper"))

    def _column(self, column: exp.Column, depth: int) -> str:
        source = self.query.source_of(column)
        return self.of_source(source, column.name.lower(), depth) if source else column.name.lower()

    def _traced(self, source: Source, name: str, depth: int) -> str:
        if source.table is not None:
            return f"{source.table}.{name}"
        block = self.query.block_of(source)
        if block is not None and depth < _DEEPEST:
            for output, item in zip(source.families, block.expressions, strict=False):
                if output == name and not item.is_star:
                    return f"[{self.of(item, depth + 1)}]" if has_depth(item) else self.of(item, depth + 1)
            for inner in self.query.sources(block).values():
                if name in inner.families:
                    return self.of_source(inner, name, depth + 1)
        return f"?{name}"


def _in_lower_case(sql: str) -> str:
    """The text with names and words in lower case; texts in quotes stay, for 'Gold' is not 'gold'."""
    return "".join(part if part.startswith("'") else part.lower() for part in _TEXT.split(sql))


@functools.lru_cache(maxsize=128)
def lineage_of(query: Query) -> Lineage:
    """The lineage of a query that is asked about again, such as a solution's."""
    return Lineage(query)


def has_depth(item: exp.Expr) -> bool:
    """Tell whether an output column is computed rather than passed on."""
    return not isinstance(item.unalias(), exp.Column)


class Bridge:
    """Writes expressions of one query's block in the terms of a block of another query."""

    def __init__(self, origin: Lineage, target: Lineage) -> None:
        self.origin = origin
        self.target = target

    def readings(self, node: exp.Expr, block: exp.Select) -> Iterator[exp.Expr]:
        """Yield the node with its columns named as in the block; several if a table stands there twice."""
        lifted = self._lifted(node, block)
        if lifted is not None:
            yield lifted
        columns = _free_columns(node)
        wanted = {id(column): self._wanted(column) for column in columns}
        offers = self._offers(block)
        by_source: dict[str, list[dict[str, str]]] = {}
        for column in columns:
            alias, _ = wanted[id(column)]
            by_source.setdefault(alias, [])
        for alias in by_source:
            needs = {origin for a, origin in wanted.values() if a == alias}
            by_source[alias] = [names for names in offers.values() if needs <= set(names)]
        choices = itertools.islice(itertools.product(*by_source.values()), _MOST_READINGS)
        for choice in choices:
            renamed = dict(zip(by_source, choice, strict=True))
            targets = {key: renamed[alias][origin] for key, (alias, origin) in wanted.items()}
            yield _renamed(node, columns, targets)

    def _lifted(self, node: exp.Expr, block: exp.Select) -> exp.Expr | None:
        """Write aggregates and windows as the columns in which inner blocks of the target compute them."""
        computed = {o: name for names in self._offers(block).values() for o, name in names.items() if o.startswith("[")}
        parts: list[exp.Expr] = list(node.find_all(exp.Window))
        parts = parts or list(node.find_all(exp.AggFunc))
        if not computed or not parts:
            return None
        origins = [f"[{self.origin.of(part)}]" for part in parts]
        covered = {id(column) for part in parts for column in part.find_all(exp.Column)}
        if not computed.keys() >= {*origins} or not covered.issuperset(map(id, node.find_all(exp.Column))):
            return None
        places = {id(found): number for number, found in enumerate(node.walk())}
        copied = node.copy()
        copies = list(copied.walk())
        for part, origin in zip(parts, origins, strict=True):
            alias, name = computed[origin].split(".", 1)
            if part is node:
                return exp.column(name, table=alias)
            copies[places[id(part)]].replace(exp.column(name, table=alias))
        return copied

    def _wanted(self, column: exp.Column) -> tuple[str, str]:
        source = self.origin.query.source_of(column)
        name = column.name.lower()
        if source is None:
            return "", f"?{name}"
        return source.alias, self.origin.of_source(source, name)

    def _offers(self, block: exp.Select) -> Mapping[str, dict[str, str]]:
        """Per FROM item of the block: origin -> `alias.column`."""
        offers: dict[str, dict[str, str]] = defaultdict(dict)
        scope: exp.Select | None = block
        while scope is not None:
            for source in self.target.query.sources(scope).values():
                for name in source.families:
                    offers[source.alias].setdefault(self.target.of_source(source, name), f"{source.alias}.{name}")
            scope = scope.find_ancestor(exp.Select)
        return offers


def _free_columns(node: exp.Expr) -> list[exp.Column]:
    """List the columns that belong to the block itself, not to a sub-query inside the node."""
    inner: set[str] = set()
    for select in node.find_all(exp.Select):
        inner |= {item.alias_or_name.lower() for item in from_items(select)}
    return [
        column
        for column in node.find_all(exp.Column)
        if (column.table.lower() not in inner if column.table else not _inside_query(column, node))
    ]


def _inside_query(column: exp.Expr, node: exp.Expr) -> bool:
    while column is not node and column.parent is not None:
        column = column.parent
        if isinstance(column, exp.Query):
            return True
    return False


def _renamed(node: exp.Expr, columns: list[exp.Column], targets: dict[int, str]) -> exp.Expr:
    places = {id(found): number for number, found in enumerate(node.walk())}
    copied = node.copy()
    copies = list(copied.walk())
    for column in columns:
        alias, name = targets[id(column)].split(".", 1)
        renamed = exp.column(name, table=alias or None)
        place = copies[places[id(column)]]
        if place is copied:
            return renamed
        place.replace(renamed)
    return copied
