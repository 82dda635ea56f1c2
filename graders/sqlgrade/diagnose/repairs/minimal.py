"""What a wrong answer and a right one differ in, boiled down to the few differences that make it wrong.

Each difference between two queries that are built alike is a step from the one to the other. All steps together make the
answer right; those that it stays right without are a matter of style and are left out (Zeller's delta debugging).
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.repairs.rewritten import in_names_of, qualified
from sqlgrade.diagnose.repairs.steps import steps_between
from sqlgrade.parse import RULE_FAULTS
from sqlgrade.query.clause import STAGES, Clause

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlgrade.diagnose.repairs.step import Step
    from sqlgrade.outcomes.trial import Box, Trial
    from sqlgrade.query.query import Query

_log = logging.getLogger(__name__)
_MOST_STEPS, _MOST_CLAUSES = 24, 3
_MOST_PAIRED = 6
"""Steps of which each pair is tried."""


@dataclass(frozen=True)
class Distilled:
    """The learner's query with all that makes it wrong done away with, and nothing else."""

    tree: exp.Expr
    sql: str
    steps: tuple[Step, ...]
    own: exp.Expr
    """The learner's query as it was, from which the steps lead."""

    def undoing(self, steps: Sequence[Step]) -> str:
        """The learner's query with some of the steps taken."""
        return self.tree_undoing(steps).sql("duckdb")

    def tree_undoing(self, steps: Sequence[Step]) -> exp.Expr:
        """The same as a tree."""
        return _taken(self.own, steps)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses that change, in the order of evaluation."""
        return tuple(stage for stage in STAGES if any(step.clause is stage for step in self.steps))


def distil(learner: Query, giver: Query, trial: Trial, box: Box) -> Distilled | None:
    """Find the differences from a right query that make an answer wrong; None where the two are not built alike.

    Args:
        learner: The answer.
        giver: A right query.
        trial: Tells whether a changed query is right.
        box: How long it may look for halves of what differs.
    """
    own = qualified(learner.again())
    trial.take_for(own.tree.sql("duckdb"), learner.tree.sql("duckdb"))
    try:
        wanted = in_names_of(own, giver)
        steps = steps_between(own.tree, wanted) if wanted is not None else []
        right = 0 < len(steps) <= _MOST_STEPS and _mends(own.tree, steps, trial)
    except RULE_FAULTS:
        _log.warning("two queries could not be held against each other", exc_info=True)
        return None
    if not right:
        return None
    steps = _fewest(own.tree, steps, trial, box)
    tree = _taken(own.tree, steps)
    found = Distilled(tree, tree.sql("duckdb"), tuple(steps), own.tree)
    return found if _is_likely(found, learner, giver) else None


def _fewest(tree: exp.Expr, steps: list[Step], trial: Trial, box: Box) -> list[Step]:
    """The steps without those that are not needed, and half of one where that is enough.

    The first goes on to its end however long it takes: a step that nobody tried to do without may be a matter of style,
    and would be told as a mistake where the machine is slow. There are few (`_MOST_STEPS`).
    """
    before: list[Step] = []
    while len(before) != len(steps):  # what one step was needed for may have been left out after it
        before, steps = steps, _without(tree, (*_both_sides(steps), *((step,) for step in steps)), steps, trial)
    if len(steps) <= _MOST_PAIRED:  # two that make up for each other: another scale in a step, and back again after it
        steps = _without(tree, combinations(steps, 2), steps, trial)
    for step in tuple(steps):
        rest = [each for each in steps if each is not step]
        half = next((each for each in _halves(step) if box.allows() and _mends(tree, [*rest, each], trial)), None)
        steps = [*rest, half] if half is not None else steps
    return steps


def _without(tree: exp.Expr, left_out: Iterable[tuple[Step, ...]], steps: list[Step], trial: Trial) -> list[Step]:
    """The steps without those that can be left out together, one group after the other."""
    for group in left_out:
        fewer = [each for each in steps if not any(each is one for one in group)]
        if 0 < len(fewer) < len(steps) and _mends(tree, fewer, trial):
            steps = fewer
    return steps


def _halves(step: Step) -> tuple[Step, ...]:
    return (*step.halves, *(step.then.halves if step.then is not None else ()))


def _both_sides(steps: Sequence[Step]) -> list[tuple[Step, Step]]:
    """The two sides of each comparison: moved by as much they say the same, and one without the other does not."""
    sides = [each for each in steps if each.is_side]
    return [(one, other) for one in sides for other in sides if one.node.parent is other.node]


def _mends(tree: exp.Expr, steps: Sequence[Step], trial: Trial) -> bool:
    return trial.agrees(_taken(tree, steps).sql("duckdb"))


def _is_likely(found: Distilled, learner: Query, giver: Query) -> bool:
    """Whether what is left is a mistake or a few, and not another question altogether."""
    names = [[table.name.lower() for table in query.find(exp.Table)] for query in (learner, giver)]
    ours, theirs = (sorted(name for name in each if learner.schema.columns(name)) for each in names)
    if any(isinstance(step.node, exp.From) for step in found.steps):
        read = Counter(theirs), Counter(ours)
        lacks = read[0] > read[1]  # a table of the right answer is not there, with what is asked of it
        lacks = lacks or (ours == theirs and len(names[1]) > len(names[0]))  # or a step of it
        again = read[1] > read[0]  # a table is read anew where one of the answer's own steps would do
        other = ours == theirs and len(names[0]) == len(names[1])  # another of its own steps is read
        return len(found.steps) <= (_MOST_CLAUSES if lacks or again or other else 1)
    return len(found.clauses) <= _MOST_CLAUSES


def _taken(tree: exp.Expr, steps: Sequence[Step]) -> exp.Expr:
    """A copy of the tree with some of the steps taken."""
    copied = tree.copy()
    blocks = list(copied.find_all(exp.Select, bfs=False))
    for step in steps:
        for half in (step, step.then):
            if half is not None:
                half.take(blocks[half.block])
    return copied
