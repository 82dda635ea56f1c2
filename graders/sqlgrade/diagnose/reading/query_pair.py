"""A learner's query beside a solution: their parts, and which of them have no counterpart."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlglot import exp

from sqlgrade.diagnose.reading.lineage import Bridge, Lineage, lineage_of
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.query.query import Query, Source

NodeT = TypeVar("NodeT", bound=exp.Expr)


class QueryPair:
    """Both queries with the origins of their columns, and the bridge from the solution to the learner."""

    def __init__(self, learner: Query, solution: Query) -> None:
        self.learner = learner
        self.solution = solution
        self.learner_lineage = Lineage(learner)
        self.solution_lineage = lineage_of(solution)
        self.bridge = Bridge(self.solution_lineage, self.learner_lineage)
        self._origins: dict[type[exp.Expr], set[str]] = {}

    def blocks(self) -> list[exp.Select]:
        """List the learner's blocks that read from somewhere."""
        return [select for select in self.learner.selects() if select.args.get("from_") is not None]

    def own(self, *kinds: type[NodeT]) -> list[NodeT]:
        """List the learner's nodes of some kinds that the solution does not have."""
        theirs = {self.solution_lineage.of(node) for node in self.solution.find(*kinds)}
        return [node for node in self.learner.find(*kinds) if self.learner_lineage.of(node) not in theirs]

    def missing(self, *kinds: type[NodeT]) -> list[NodeT]:
        """List the solution's nodes of some kinds that the learner does not have, each once."""
        return self._without(list(self.solution.find(*kinds)), list(self.learner.find(*kinds)))

    def shares(self, node: exp.Expr) -> bool:
        """Tell whether a part of the learner's stands in the solution as well."""
        kind = type(node)
        if kind not in self._origins:
            self._origins[kind] = {self.solution_lineage.of(found) for found in self.solution.find(kind)}
        return self.learner_lineage.of(node) in self._origins[kind]

    def own_conditions(self) -> list[exp.Expr]:
        """List the learner's conditions that the solution does not have."""
        theirs = {plain(self.solution_lineage, part) for part in condition_parts(self.solution)}
        parts = condition_parts(self.learner)
        return [p for p in parts if plain(self.learner_lineage, p) not in theirs or _ambiguous(self.learner, p)]

    def missing_conditions(self) -> list[exp.Expr]:
        """List the solution's conditions that the learner does not have."""
        ours = {plain(self.learner_lineage, part) for part in condition_parts(self.learner)}
        parts = condition_parts(self.solution)
        return [p for p in parts if plain(self.solution_lineage, p) not in ours or _ambiguous(self.solution, p)]

    def links(self, first: Source, second: Source) -> Iterator[tuple[str, str]]:
        """Yield the columns along which two FROM items can be tied: of the same origin, or a foreign key."""
        lineage, schema = self.learner_lineage, self.learner.schema
        keys = {
            pair
            for key in schema.foreign_keys
            for pair in (
                (f"{key.table}.{key.columns[0]}", f"{key.target}.{key.target_columns[0]}"),
                (f"{key.target}.{key.target_columns[0]}", f"{key.table}.{key.columns[0]}"),
            )
        }
        linked = {origin for pair in keys for origin in pair}
        for left in first.families:
            for right in second.families:
                origins = (lineage.of_source(first, left), lineage.of_source(second, right))
                if origins in keys or (origins[0] == origins[1] and origins[0] in linked):
                    yield left, right

    def readings(self, node: exp.Expr, block: exp.Select | None) -> Iterator[exp.Expr]:
        """Write a part of the solution in the terms of one of the learner's blocks."""
        return self.bridge.readings(node, block) if block is not None else iter(())

    def _without(self, theirs: list[NodeT], ours: list[NodeT]) -> list[NodeT]:
        known = {self.learner_lineage.of(node) for node in ours}
        kept: list[NodeT] = []
        for node in theirs:
            origin = self.solution_lineage.of(node)
            if origin not in known:
                known.add(origin)
                kept.append(node)
        return kept


def _ambiguous(query: Query, part: exp.Expr) -> bool:
    """Tell whether a condition ties a table to itself, so that its origins do not say which is which."""
    sources = [query.source_of(column) for column in part.find_all(exp.Column)]
    tables = {source.table for source in sources if source is not None}
    return len({source.alias for source in sources if source is not None}) > 1 and len(tables) == 1


def condition_parts(query: Query) -> list[exp.Expr]:
    """List the conjuncts of every WHERE, HAVING, QUALIFY, FILTER and ON, the join's own equality included."""
    parts: list[exp.Expr] = []
    for holder in query.find(exp.Where, exp.Having, exp.Qualify, exp.Join):
        condition = holder.args.get("on") if isinstance(holder, exp.Join) else holder.this
        parts += conjuncts(condition) if isinstance(condition, exp.Expr) else []
    return parts


def plain(lineage: Lineage, part: exp.Expr) -> str:
    """Print a condition so that `a = b` and `b = a`, `x > 1` and `1 < x` read the same."""
    part = part.unnest()
    if isinstance(part, exp.EQ | exp.NEQ):
        sides = sorted((lineage.of(part.left), lineage.of(part.right)))
        return f"{sides[0]} {type(part).__name__} {sides[1]}"
    if isinstance(part, exp.GT | exp.GTE):
        turned = "LT" if isinstance(part, exp.GT) else "LTE"
        return f"{lineage.of(part.right)} {turned} {lineage.of(part.left)}"
    if isinstance(part, exp.Binary) and not isinstance(part, exp.Connector):
        return f"{lineage.of(part.left)} {type(part).__name__} {lineage.of(part.right)}"
    return lineage.of(part)
