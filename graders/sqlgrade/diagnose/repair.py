"""The search for a change of the learner's own query that makes it right (the first part of pass 10c)."""

from __future__ import annotations

import itertools
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from sqlgrade.diagnose.bench import Bench
from sqlgrade.diagnose.donors import ADDING, HANDING_ON, REPLACING, Donor
from sqlgrade.diagnose.guided import rescaled
from sqlgrade.diagnose.other_steps import other_steps
from sqlgrade.diagnose.outer_joins import sides_exchanged
from sqlgrade.diagnose.slips import slips
from sqlgrade.mutate import OPERATORS
from sqlgrade.parse import RULE_FAULTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlgrade.mutate.mutant import Edit, Operator
    from sqlgrade.outcomes.trial import Box, Trial
    from sqlgrade.query.clause import Clause
    from sqlgrade.query.query import Query

T = TypeVar("T")
_log = logging.getLogger(__name__)

_MORE_AFTER_SUCCESS, _MOST_CHANGES = 10, 4
_INVERTING = (
    "on_where join_type conj_drop sel_distinct agg_distinct union_all count_form pred_move pred_level ts_between "
    "conn_swap paren_drop reassoc not_toggle rank_fn win_part win_order win_frame rows_range lag_lead touch_tie "
    "coalesce_drop else_drop arith_op div_kind round_early trunc_unit diff_unit tz_shift month_arith anti_form tab_drop "
    "agg_fn cmp_op limit_step col_swap const_step null_test like_pos denom_level avg_ratio clause_drop grp_drop col_drop agg_arg join_col"
).split()

_ADDING = frozenset({"add_missing_condition", "link_sources", "tie_cross_joins", "add_join", "add_output"})
_MOVING = frozenset({"on_where", "pred_move", "pred_level"})
"""Operators that put a condition elsewhere, right as it may be in itself."""
VARIANTS = {
    "drop_extra_condition": "extra",
    "conj_drop": "extra",
    "clause_drop": "extra",
    "tab_drop": "extra",
    "join_type": "partner",
    "sides_exchanged": "partner",
}
"""By the operator that undoes a mistake: something was too much, or rows without a partner stayed or went."""
_BY_NAME = {operator.__name__: operator for operator in OPERATORS}

INVERTING: tuple[Operator, ...] = tuple(_BY_NAME[name] for name in _INVERTING)
"""Operators that also undo a mistake, the likeliest first; the others only bring in something new."""


@dataclass(frozen=True)
class Change:
    """A change of the learner's query after which it is right on every database."""

    edit: Edit
    maker: str
    sql: str
    clause: Clause

    @property
    def variant(self) -> str:
        """Which way round the mistake was made, where its code says only what it is about."""
        partners = self.maker == "zero_for_null" and self.edit.code == "E27"
        return "partner" if partners else VARIANTS.get(self.maker, "")

    @property
    def adds(self) -> bool:
        """True if the change puts in what is missing, so that there is no place to point at."""
        return self.maker in _ADDING


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
    nearest = [Bench(learner, giver) for giver in givers[:1]]
    of_shared_parts: list[tuple[str, Edit]] = []
    operated = _operated(learner, nearest, of_shared_parts)
    stages = itertools.chain(
        (rescaled(learner, trial),),
        (_safely(sides_exchanged.__name__, sides_exchanged, learner),),
        (_safely(other_steps.__name__, other_steps, learner),),
        (_donated(bench, REPLACING) for bench in nearest),
        (operated,),
        (_donated(bench, ADDING) for bench in nearest),
        (of_shared_parts,),
        (_donated(Bench(learner, giver), (*REPLACING, *ADDING)) for giver in givers[1:]),
    )
    for stage in stages:
        if found := _tried(stage, seen, trial, box):
            undone = [] if any(telling(each.sql) for each in found) else _tried(operated, seen, trial, box)
            return _as_asked([*(each for each in undone if telling(each.sql)), *found], givers)
    return []


def _as_asked(found: list[Change], givers: Sequence[Query]) -> list[Change]:
    """Without the order turned where LAG and LEAD exchanged mend as well, or without that: as right queries have it."""
    exchanged = next((each.edit.node for each in found if each.maker == "lag_lead"), None)
    if exchanged is None or not any(each.maker == "win_order" for each in found):
        return found
    asked = any(next(giver.find(type(exchanged)), None) is not None for giver in givers)
    return [each for each in found if each.maker != ("lag_lead" if asked else "win_order")]


def undone_slips(learner: Query, trial: Trial, box: Box) -> list[Change]:
    """List the slips that make the answer right when they are undone; no right answer is looked at."""
    return _tried(_safely(slips.__name__, slips, learner), {learner.tree.sql("duckdb")}, trial, box)


def brought_from_steps(learner: Query, givers: Sequence[Query], trial: Trial, box: Box) -> list[Change]:
    """List what makes the answer right once a step's column is brought to where a right query has it."""
    edits = (edit for giver in givers for edit in _donated(Bench(learner, giver), HANDING_ON))
    return _tried(edits, {learner.tree.sql("duckdb")}, trial, box)


def _tried(edits: Iterable[tuple[str, Edit]], seen: set[str], trial: Trial, box: Box) -> list[Change]:
    found: list[Change] = []
    left = _MORE_AFTER_SUCCESS
    for maker, edit in edits:
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


def _donated(bench: Bench, donors: tuple[Donor, ...]) -> Iterator[tuple[str, Edit]]:
    for donor in donors:
        yield from _safely(donor.__name__, donor, bench)


def _operated(learner: Query, benches: list[Bench], later: list[tuple[str, Edit]]) -> Iterator[tuple[str, Edit]]:
    """Undo mistakes; changes of what stands in the solution as well are set aside, as they lead away from it."""
    for operator in INVERTING:
        for name, edit in _safely(operator.__name__, operator, learner):
            if name not in _MOVING and benches and all(bench.shares(edit.node) for bench in benches):
                later.append((name, edit))
            else:
                yield name, edit


def _safely(name: str, make: Callable[[T], Iterator[Edit]], source: T) -> Iterator[tuple[str, Edit]]:
    """Yield what a maker of changes makes until it meets a construct that it does not know."""
    try:
        for edit in make(source):
            yield name, edit
    except RULE_FAULTS:
        _log.warning("%s met a construct that it does not know", name, exc_info=True)
