"""One mistake made at several places at once: the same part of the learner's replaced wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlglot import exp

from sqlgrade.diagnose.reading.query_pair import plain
from sqlgrade.diagnose.repairs.from_answer.codes import code_of_condition, code_of_expression
from sqlgrade.mutate.mutant import Edit
from sqlgrade.query.clause import Clause, clause_of
from sqlgrade.query.surgery import drop_condition, has_aggregate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlgrade.diagnose.reading.query_pair import QueryPair

NodeT = TypeVar("NodeT", bound=exp.Expr)

_EXPRESSIONS = (
    exp.Filter,
    exp.AggFunc,
    exp.Coalesce,
    exp.Case,
    exp.Add,
    exp.Sub,
    exp.Div,
    exp.IntDiv,
    exp.TimestampTrunc,
)
_OF_A_COLUMN = (exp.Add, exp.Sub, exp.Coalesce)
_MOST_GROUPS = 8


def replace_columns(pair: QueryPair) -> Iterator[Edit]:
    """Exchange a bare column, wherever it is used, for what the solution makes of it: hours added, blanks filled."""
    theirs = [node for node in pair.missing(*_OF_A_COLUMN) if node.find(exp.AggFunc) is None]
    outer = [node for node in theirs if not any(other is not node and node in other.walk() for other in theirs)]
    used = [c for c in pair.learner.find(exp.Column) if pair.learner.source_of(c) is not None]
    for nodes in _groups(pair, used):
        origin = pair.learner_lineage.of(nodes[0])
        for node in outer:
            if {pair.solution_lineage.of(column) for column in node.find_all(exp.Column)} == {origin}:
                yield from _replaced(pair, nodes, node, code_of_expression(nodes[0], node))


def replace_by_namesakes(pair: QueryPair) -> Iterator[Edit]:
    """Exchange a column, wherever it is used, for the one of that name of another table, or for the only one that is missing."""
    theirs = pair.missing(exp.Column)
    for nodes in _groups(pair, pair.own(exp.Column)):
        for wanted in theirs:
            if len(theirs) == 1 or wanted.name.lower() == nodes[0].name.lower():
                yield from _replaced(pair, nodes, wanted, code_of_expression(nodes[0], wanted))


def replace_expressions(pair: QueryPair) -> Iterator[Edit]:
    """Exchange an expression that stands at several places for one of the solution's."""
    theirs = pair.missing(*_EXPRESSIONS)
    for nodes in _groups(pair, pair.own(*_EXPRESSIONS), fewest=2):
        for node in theirs:
            yield from _replaced(pair, nodes, node, code_of_expression(nodes[0], node))


def replace_conditions(pair: QueryPair) -> Iterator[Edit]:
    """Exchange a condition that stands at several places for one of the solution's."""
    theirs = pair.missing_conditions()
    groups: dict[str, list[exp.Expr]] = {}
    for own in pair.own_conditions():
        groups.setdefault(plain(pair.learner_lineage, own), []).append(own)
    for nodes in (nodes for nodes in groups.values() if len(nodes) > 1):
        for part in theirs:
            if has_aggregate(part) == has_aggregate(nodes[0]):
                yield from _replaced(pair, nodes, part, code_of_condition(nodes[0], part))


def drop_conditions(pair: QueryPair) -> Iterator[Edit]:
    """Take away a condition that stands at several places, or all of one block on one column of it."""
    groups: dict[tuple[int, str], list[exp.Expr]] = {}
    for own in pair.own_conditions():
        about = [pair.learner_lineage.of(column) for column in own.find_all(exp.Column)]
        if isinstance(own.parent, exp.Join) or len(about) != 1:
            continue  # what ties tables together stays
        groups.setdefault((0, plain(pair.learner_lineage, own)), []).append(own)
        groups.setdefault((id(own.find_ancestor(exp.Select)), about[0]), []).append(own)
    for nodes in (nodes for nodes in groups.values() if len(nodes) > 1):
        tree, places = pair.learner.copy_all(*nodes)
        for place in places:
            drop_condition(place)
        yield Edit(nodes[0], tree, "E20", clause_of(nodes[0]))


def make_distinct(pair: QueryPair) -> Iterator[Edit]:
    """Take equal rows once in every inner block that lists them as often as they come."""
    if not any(select.args.get("distinct") for select in pair.solution.find(exp.Select)):
        return
    blocks = [
        select
        for select in pair.learner.find(exp.Select)
        if isinstance(select.parent, exp.CTE) and not select.args.get("distinct") and not select.args.get("group")
    ]
    plain_ones = [select for select in blocks if not any(has_aggregate(item) for item in select.expressions)]
    if plain_ones:
        tree, places = pair.learner.copy_all(*plain_ones)
        for place in places:
            place.set("distinct", exp.Distinct())
        yield Edit(plain_ones[0], tree, "E24", Clause.SELECT)


def _groups(pair: QueryPair, nodes: Iterable[NodeT], fewest: int = 1) -> list[list[NodeT]]:
    """Nodes that say the same, the commonest first."""
    groups: dict[str, list[NodeT]] = {}
    for node in nodes:
        groups.setdefault(pair.learner_lineage.of(node), []).append(node)
    kept = [group for group in groups.values() if len(group) >= fewest]
    return sorted(kept, key=len, reverse=True)[:_MOST_GROUPS]


def _replaced(pair: QueryPair, nodes: list[NodeT], wanted: exp.Expr, code: str) -> Iterator[Edit]:
    readings = [next(iter(pair.readings(wanted, node.find_ancestor(exp.Select))), None) for node in nodes]
    if any(reading is None for reading in readings):
        return
    tree, places = pair.learner.copy_all(*nodes)
    for place, reading in zip(places, readings, strict=True):
        if reading is not None and place.parent is not None:
            place.replace(exp.Paren(this=reading) if isinstance(place.parent, exp.Binary) else reading)
    yield Edit(nodes[0], tree, code, clause_of(nodes[0]))
