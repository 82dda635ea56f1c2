"""Whole clauses of the learner's replaced by the solution's, one, two or three at a time."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.blocks import grouping_keys
from sqlgrade.diagnose.reading.lineage import Bridge
from sqlgrade.diagnose.reading.query_pair import QueryPair
from sqlgrade.diagnose.repairs.from_answer.shaping import order_by_place
from sqlgrade.query.clause import STAGES, Clause

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlgrade.outcomes.trial import Box, Trial
    from sqlgrade.query.query import Query

_MOST_CANDIDATES = 40
_MOST_CLAUSES = 3
_CONDITIONS = {Clause.WHERE: "where", Clause.HAVING: "having", Clause.WINDOW: "qualify"}


@dataclass(frozen=True)
class Replacement:
    """The fewest clauses of the learner's outermost block that make it right once they are the solution's."""

    clauses: tuple[Clause, ...]
    same_style: bool
    """True if both queries are built alike, so that naming the first clause is no guess."""
    sql: str = ""
    """The learner's query with those clauses; empty where it was the solution that took the learner's."""


def find_replacement(learner: Query, solutions: Iterable[Query], trial: Trial, box: Box) -> Replacement | None:
    """Find the fewest clauses to replace, in the order of evaluation."""
    for solution in solutions:
        if not isinstance(learner.tree, exp.Select) or not isinstance(solution.tree, exp.Select):
            continue
        pair = QueryPair(learner, solution)
        for clauses in itertools.islice(_subsets(learner.tree, solution.tree), _MOST_CANDIDATES):
            tree = _replaced(pair, frozenset(clauses))
            if not box.allows():
                return None
            sql = tree.sql("duckdb", copy=False) if tree is not None else ""
            if sql and trial.agrees(sql):
                return Replacement(clauses, _built_alike(pair, clauses), "" if Clause.FROM in clauses else sql)
    return None


def _subsets(learner: exp.Select, solution: exp.Select) -> Iterator[tuple[Clause, ...]]:
    present = [stage for stage in STAGES if _has(learner, stage) or _has(solution, stage)]
    most = min(_MOST_CLAUSES, len(present) - 1)
    return itertools.chain.from_iterable(itertools.combinations(present, count) for count in range(1, most + 1))


def _has(block: exp.Select, stage: Clause) -> bool:
    names = {
        Clause.GROUP_BY: ("group",),
        Clause.ORDER_BY: ("order", "limit", "offset"),
        **{clause: (name,) for clause, name in _CONDITIONS.items()},
    }
    return any(block.args.get(name) is not None for name in names.get(stage, ("expressions",)))


def _replaced(pair: QueryPair, clauses: frozenset[Clause]) -> exp.Select | None:
    """Build the learner's query with some clauses of the solution's; None if they cannot be written there."""
    if Clause.FROM in clauses:
        host, other = pair.solution, pair.learner
        bridge = Bridge(pair.learner_lineage, pair.solution_lineage)
        taken = frozenset(STAGES) - clauses
    else:
        host, other, bridge, taken = pair.learner, pair.solution, pair.bridge, clauses
    tree, giver, block = host.tree.copy(), other.tree, host.tree
    if not isinstance(tree, exp.Select) or not isinstance(giver, exp.Select) or not isinstance(block, exp.Select):
        return None
    done = all(_take(tree, giver, block, stage, bridge) for stage in STAGES if stage in taken)
    return tree if done else None


def _take(tree: exp.Select, giver: exp.Select, block: exp.Select, stage: Clause, bridge: Bridge) -> bool:
    if stage is Clause.ORDER_BY:
        tree.set("order", order_by_place(giver))
        for name in ("limit", "offset"):
            part = giver.args.get(name)
            tree.set(name, part.copy() if part is not None else None)
        return True
    if stage is Clause.GROUP_BY:
        return _take_all(tree, "group", grouping_keys(giver), block, bridge)
    if stage is Clause.SELECT:
        return _take_all(tree, "expressions", list(giver.expressions), block, bridge)
    holder = giver.args.get(_CONDITIONS[stage])
    if holder is None:
        tree.set(_CONDITIONS[stage], None)
        return True
    reading = next(iter(bridge.readings(holder.this, block)), None)
    if reading is not None:
        tree.set(_CONDITIONS[stage], type(holder)(this=reading))
    return reading is not None


def _take_all(tree: exp.Select, name: str, parts: list[exp.Expr], block: exp.Select, bridge: Bridge) -> bool:
    readings = [next(iter(bridge.readings(part, block)), None) for part in parts]
    kept = [reading for reading in readings if reading is not None]
    if len(kept) < len(parts):
        return False
    if name == "group":
        tree.set("group", exp.Group(expressions=kept) if kept else None)
    else:
        tree.set("distinct", None)
        tree.set("expressions", kept)
    return True


def _built_alike(pair: QueryPair, clauses: tuple[Clause, ...]) -> bool:
    """Tell whether both queries have as many blocks, over the same tables, and read no steps where FROM is at fault.

    With the solution's FROM come all of its steps, and whatever differs in one of them would be told of the joins.
    """
    tables = [sorted(table.name.lower() for table in query.find(exp.Table)) for query in (pair.learner, pair.solution)]
    blocks = [len(list(query.selects())) for query in (pair.learner, pair.solution)]
    steps = Clause.FROM in clauses and max(blocks) > 1
    return tables[0] == tables[1] and blocks[0] == blocks[1] and not steps
