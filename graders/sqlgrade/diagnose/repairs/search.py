"""The search for a change of the learner's own query that makes it right."""

from __future__ import annotations

import itertools
import logging
from typing import TYPE_CHECKING

from sqlgrade.diagnose.reading.query_pair import QueryPair
from sqlgrade.diagnose.repairs.from_answer.donors import ADDING, HANDING_ON, REPLACING
from sqlgrade.diagnose.repairs.from_answer.outer_joins import sides_exchanged
from sqlgrade.diagnose.repairs.from_text.other_steps import other_steps
from sqlgrade.diagnose.repairs.from_text.rescaled import rescaled
from sqlgrade.diagnose.repairs.from_text.slips import slips
from sqlgrade.diagnose.repairs.maker import Change, Maker
from sqlgrade.diagnose.repairs.operators import UNDOING
from sqlgrade.mutate import comparisons
from sqlgrade.mutate.windows import lag_lead, win_order
from sqlgrade.parse import RULE_FAULTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlgrade.mutate.mutant import Edit
    from sqlgrade.outcomes.trial import Box, Trial
    from sqlgrade.query.query import Query
    from sqlgrade.record import Clock

_log = logging.getLogger(__name__)

_MORE_AFTER_SUCCESS, _MOST_CHANGES = 10, 4
_MOST_IN_PART, _MORE_AFTER_PART = 3, 60
_LOOKED_AT = 4
"""Databases on which the answer is wrong, the smallest first, of which a change has to mend one to be looked at further."""
_SIDES_EXCHANGED = Maker(sides_exchanged, variant="partner")
_OTHER_STEPS, _SLIPS, _RESCALED = Maker(other_steps), Maker(slips), Maker(rescaled)
_OPERATORS = Maker(comparisons.cmp_op)


def find_changes(
    learner: Query, givers: Sequence[Query], trial: Trial, box: Box, telling: Callable[[str], bool]
) -> list[Change]:
    """List single changes that repair the learner's query, of the first kind of change that helps at all.

    Where none of them tells what was done, undoing what people do may: a sum that is written anew is one COALESCE too many.

    Args:
        learner: The query to be repaired.
        givers: Right queries whose parts may be brought in, the one most like the learner's first.
        trial: Tells whether a changed query is right.
        box: How long the search may go on.
        telling: Whether a repaired query shows what was done, and not only where.
    """
    seen = {learner.tree.sql("duckdb")}
    nearest = [QueryPair(learner, giver) for giver in givers[:1]]
    of_shared_parts: list[tuple[Maker, Edit]] = []
    operated = _operated(learner, nearest, of_shared_parts)
    stages = itertools.chain(
        (_safely(_RESCALED, learner, trial),),
        (_safely(_SIDES_EXCHANGED, learner),),
        (_safely(_OTHER_STEPS, learner),),
        (_donated(pair, REPLACING) for pair in nearest),
        (operated,),
        (_donated(pair, ADDING) for pair in nearest),
        (of_shared_parts,),
        (_donated(QueryPair(learner, giver), (*REPLACING, *ADDING)) for giver in givers[1:]),
    )
    for stage in stages:
        if found := _tried(stage, learner, seen, trial, box):
            undone = [] if any(telling(each.sql) for each in found) else _tried(operated, learner, seen, trial, box)
            return _as_asked([*(each for each in undone if telling(each.sql)), *found], givers)
    return []


def changes_in_part(
    learner: Query, givers: Sequence[Query], clock: Clock | None, trial: Trial, box: Box, telling: Callable[[str], bool]
) -> list[Change]:
    """List single changes after which the query, or a column of it, is right on more databases and wrong on no other: of several mistakes one.

    Those that mend the most databases come first, then those that leave the fewest columns wrong; of as many, slips, then what
    a right query has, then what undoes mistakes.

    Args:
        learner: The query to be repaired, which no single change makes right.
        givers: Right queries whose parts may be brought in, the one most like the learner's first.
        clock: The clocks of the exercise's data.
        trial: Tells where a changed query is right.
        box: How long the search may go on.
        telling: Whether a changed query shows what was done, and not only where.
    """
    own = learner.tree.sql("duckdb")
    seen, part = {own}, _Part(own, trial, telling)
    nearest = [QueryPair(learner, giver) for giver in givers[:1]]
    edits = itertools.chain(
        _safely(_SLIPS, learner, clock),
        *(_donated(pair, (*REPLACING, *ADDING)) for pair in nearest),
        _operated(learner, nearest, []),
    )
    found: list[tuple[int, int, Change]] = []
    more = _MORE_AFTER_PART
    for maker, edit in edits:
        sql = edit.tree.sql("duckdb", copy=False)
        if sql in seen or learner.is_given(edit.node):
            continue
        seen.add(sql)
        more -= bool(found)
        if not box.allows() or more < 0:
            break
        if (left := part.left(sql)) is not None:
            found.append((*left, Change(edit, maker, sql, edit.clause)))
    return [change for *_, change in sorted(found, key=lambda each: each[:2])[:_MOST_IN_PART]]


class _Part:
    """What of an answer a change of it mends: some databases, or a column on all of them."""

    def __init__(self, own: str, trial: Trial, telling: Callable[[str], bool]) -> None:
        self._trial, self._telling = trial, telling
        self._wrong = trial.wrong_on(own)
        self._first = self._wrong[:_LOOKED_AT]
        self._right = [trial.right_columns(own, names) for names in (self._first, self._wrong)]

    def left(self, sql: str) -> tuple[int, int] | None:
        """How many databases it leaves wrong, and minus how many columns it makes right; None where it mends nothing."""
        some = any(self._trial.same(self._trial.run(sql, name), name) for name in self._first)
        if not some and not self._trial.right_columns(sql, self._first) > self._right[0]:
            return None
        if not self._telling(sql):
            return None
        left, columns = self._trial.wrong_on(sql), self._trial.right_columns(sql, self._wrong)
        mends = set(left) < set(self._wrong) or (left == self._wrong and columns > self._right[1])
        return (len(left), -len(columns)) if mends else None


def _as_asked(found: list[Change], givers: Sequence[Query]) -> list[Change]:
    """Without the order turned where LAG and LEAD exchanged mend as well, or without that: as right queries have it."""
    exchanged = next((each.edit.node for each in found if each.made_by(lag_lead)), None)
    if exchanged is None or not any(each.made_by(win_order) for each in found):
        return found
    asked = any(next(giver.find(type(exchanged)), None) is not None for giver in givers)
    return [each for each in found if not each.made_by(lag_lead if asked else win_order)]


def undone_slips(learner: Query, clock: Clock | None, trial: Trial, box: Box) -> list[Change]:
    """List the slips that make the answer right when they are undone; no right answer is looked at."""
    return _tried(_safely(_SLIPS, learner, clock), learner, {learner.tree.sql("duckdb")}, trial, box)


def moved_bounds(learner: Query, trial: Trial, box: Box) -> list[Change]:
    """List the comparisons that make the answer right with another operator."""
    return _tried(_safely(_OPERATORS, learner), learner, {learner.tree.sql("duckdb")}, trial, box)


def brought_from_steps(learner: Query, givers: Sequence[Query], trial: Trial, box: Box) -> list[Change]:
    """List what makes the answer right once a step's column is brought to where a right query has it."""
    edits = (edit for giver in givers for edit in _donated(QueryPair(learner, giver), HANDING_ON))
    return _tried(edits, learner, {learner.tree.sql("duckdb")}, trial, box)


def _tried(edits: Iterable[tuple[Maker, Edit]], learner: Query, seen: set[str], trial: Trial, box: Box) -> list[Change]:
    """The first changes that help; what the task gives is not looked at, as it is nobody's mistake."""
    found: list[Change] = []
    left = _MORE_AFTER_SUCCESS
    for maker, edit in edits:
        if learner.is_given(edit.node):
            continue
        sql = edit.tree.sql("duckdb", copy=False)
        if sql in seen:
            continue
        seen.add(sql)
        if not box.allows() or left <= 0 or len(found) >= _MOST_CHANGES:
            break
        if trial.agrees(sql):
            found.append(Change(edit, maker, sql, edit.clause))
        left -= bool(found)
    return found


def _donated(pair: QueryPair, makers: Iterable[Maker]) -> Iterator[tuple[Maker, Edit]]:
    for maker in makers:
        yield from _safely(maker, pair)


def _operated(learner: Query, pairs: list[QueryPair], later: list[tuple[Maker, Edit]]) -> Iterator[tuple[Maker, Edit]]:
    """Undo mistakes; changes of what stands in the solution as well are set aside, as they lead away from it."""
    for operator in UNDOING:
        for maker, edit in _safely(operator, learner):
            if not maker.moves and pairs and all(pair.shares(edit.node) for pair in pairs):
                later.append((maker, edit))
            else:
                yield maker, edit


def _safely(maker: Maker, *sources: object) -> Iterator[tuple[Maker, Edit]]:
    """Yield what a maker of changes makes until it meets a construct that it does not know."""
    try:
        for edit in maker.make(*sources):
            yield maker, edit
    except RULE_FAULTS:
        _log.warning("%s met a construct that it does not know", maker.name, exc_info=True)
