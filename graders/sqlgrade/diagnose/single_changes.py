"""The single changes that mend an answer: what was done is read off the likeliest of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.diagnose.parts import telling_changes
from sqlgrade.diagnose.refuted import box, short_box
from sqlgrade.diagnose.repairs.maker import Change, Maker
from sqlgrade.diagnose.repairs.minimal import distil
from sqlgrade.diagnose.repairs.search import brought_from_steps, find_changes, moved_bounds, undone_slips
from sqlgrade.mutate.mutant import Edit

if TYPE_CHECKING:
    from sqlgrade.diagnose.refuted import RefutedAnswer
    from sqlgrade.diagnose.repairs.minimal import Distilled

_DISTILLED = Maker(distil)
_FEW = 6
"""A difference in one place in which more things differ is a part built anew: its name tells of one of them only."""


def single_changes(case: RefutedAnswer) -> list[Change]:
    """Single changes that mend the answer: slips, then where it differs from a right one, then all over it if it is short."""
    if slips := undone_slips(case.learner, case.clock, case.trial, box()):
        return slips
    single = _single(case.distilled)
    if single and case.tells(single[0].sql, _FEW):
        return single
    if case.long and case.distilled is not None:
        return (telling_changes(case) if single else _of_bounds(case)) or single
    if case.distilled is None and (brought := brought_from_steps(case.learner, case.givers, case.trial, box())):
        return brought
    found = find_changes(case.learner, case.givers, case.trial, box(), case.tells)
    return [each for each in found if not case.is_roundabout(each.sql)] or single


def _of_bounds(case: RefutedAnswer) -> list[Change]:
    """Of a long answer that differs in several things from a right one, a bound that mends it by itself: there are few."""
    return [each for each in moved_bounds(case.learner, case.trial, short_box()) if case.tells(each.sql)]


def _single(distilled: Distilled | None) -> list[Change]:
    if distilled is None or len(distilled.steps) > 1:
        return []
    step = distilled.steps[0]
    return [Change(Edit(step.node, distilled.tree, step.code, step.clause), _DISTILLED, distilled.sql, step.clause)]
