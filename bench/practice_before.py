"""How practice chose its drills before it had a model of memory, kept to be compared with: `bench/practice.py` plays it as `before`.

A skill came back after fixed days; green lasted 21 days whatever was missed; a round was six drills, three due, two weak and one new
one, filled up with whatever came next where that was too few.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from coursebook.practice.spacing import Practised

INTERVALS = (3, 3, 3, 7, 7, 7, 21)
AFTER_MISTAKE = 1
FADES_AFTER = 21
ROUND = 6
DUE_IN_ROUND, WEAK_IN_ROUND, NEW_IN_ROUND, FIRST_SKILLS = 3, 2, 1, 3


@dataclass(frozen=True)
class StateBefore:
    """What was known of one skill on one day."""

    skill: str
    is_green: bool = False
    is_due: bool = False
    """Whether home counted it as due."""
    due_on: date | None = None
    share: float = 0.0


def state_before(skill: str, own: Sequence[Practised], today: date) -> StateBefore:
    """The state of a skill by what was practised of it, in the order of its days."""
    if not own:
        return StateBefore(skill)
    due_on, last = _due_on(own), own[-5:]
    share = sum(each.recall.is_right for each in last) / len(last)
    right = [each for each in own if each.recall.is_right]
    if len({each.day for each in right}) > 1 and any(each.mixed for each in right):
        faded = today - right[-1].day >= timedelta(FADES_AFTER)
        return StateBefore(skill, not faded, faded, due_on, share)
    return StateBefore(skill, is_green=False, is_due=due_on <= today, due_on=due_on, share=share)


def round_before(states: Sequence[StateBefore], today: date, open_skills: Collection[str]) -> list[str]:
    """The skills of a round."""
    known = [state for state in states if state.due_on is not None]
    due = sorted((each for each in known if _due(each) <= today), key=_due)
    weak = sorted((each for each in known if not each.is_green), key=lambda each: each.share)
    new = [state for state in states if state.due_on is None]
    new = [each for each in new if each.skill in open_skills] or new[:FIRST_SKILLS]
    chosen: list[str] = []
    for pool, wanted in ((due, DUE_IN_ROUND), (weak, WEAK_IN_ROUND), (new, NEW_IN_ROUND)):
        chosen += [each.skill for each in pool if each.skill not in chosen][:wanted]
    rest = dict.fromkeys(each.skill for pool in (due, weak, new, known) for each in pool)
    chosen += [skill for skill in rest if skill not in chosen][: ROUND - len(chosen)]
    while chosen and len(chosen) < ROUND and len(set(chosen)) > 1:
        chosen.append(min(dict.fromkeys(chosen), key=chosen.count))
    return chosen[:ROUND]


def _due(state: StateBefore) -> date:
    return state.due_on or date.max


def _due_on(own: Sequence[Practised]) -> date:
    step, due = 0, own[0].day
    for day in sorted({each.day for each in own}):
        if all(each.recall.is_right for each in own if each.day == day):
            due = day + timedelta(INTERVALS[min(step, len(INTERVALS) - 1)])
            step += 1
        else:
            due, step = day + timedelta(AFTER_MISTAKE), 0
    return due
