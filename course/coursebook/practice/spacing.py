"""When a skill comes back: even spacing by skill, never by question; pure functions of what was practised."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

INTERVALS = (3, 3, 3, 7, 7, 7, 21)
"""Days until a skill is due again, after one right answer, two, … ; the last one stays."""
AFTER_MISTAKE = 1
"""Days until a skill is due again after a mistake."""
FADES_AFTER = 21
"""Days without a right answer after which green becomes due."""
BUSINESS_ZONE = timezone(timedelta(hours=9 - 5))
"""A clock that shows midnight at 05:00 JST."""
ROUND = 6
"""Drills of a round, if there are so many."""
FIRST_SKILLS = 3
"""New skills that a round may take where no lesson has been begun."""
DUE_IN_ROUND, WEAK_IN_ROUND, NEW_IN_ROUND = 3, 2, 1
"""How a round is made up where there is enough of each."""


class SkillPhase(StrEnum):
    """How well a skill is known; exactly one holds."""

    NEW = "new"
    LEARNING = "learning"
    GREEN = "green"
    DUE = "due"


@dataclass(frozen=True)
class Practised:
    """One exercise or drill that was answered."""

    skill: str
    """S01 to S38."""
    day: date
    """The business day of the first answer."""
    alone: bool
    """Right at the first try without a hint."""
    mixed: bool
    """Part of a mixed set: a round or a review."""


@dataclass(frozen=True)
class SkillState:
    """What is known of one skill on one day."""

    skill: str
    phase: SkillPhase
    due_on: date | None = None
    """When it comes back; None as long as it is new."""
    share: float = 0.0
    """Right answers among the last five."""


def business_day(at: datetime) -> date:
    """The day that began at 05:00 JST; `at` has a time zone."""
    return at.astimezone(BUSINESS_ZONE).date()


def days_practised(days: Iterable[date]) -> int:
    """On how many days something was practised; a pause takes nothing away."""
    return len(set(days))


def state_of(skill: str, practised: Iterable[Practised], today: date) -> SkillState:
    """The state of a skill today.

    Green is a right first answer without a hint on two different days, one of them at least in a mixed set; it lasts
    `FADES_AFTER` days from the last one.
    """
    own = sorted((each for each in practised if each.skill == skill), key=lambda each: each.day)
    if not own:
        return SkillState(skill, SkillPhase.NEW)
    due_on = _due_on(own)
    last = own[-5:]
    share = sum(each.alone for each in last) / len(last)
    right = [each for each in own if each.alone]
    if len({each.day for each in right}) > 1 and any(each.mixed for each in right):
        faded = today - right[-1].day >= timedelta(FADES_AFTER)
        phase = SkillPhase.DUE if faded else SkillPhase.GREEN
    else:
        phase = SkillPhase.DUE if due_on <= today else SkillPhase.LEARNING
    return SkillState(skill, phase, due_on, share)


def compose_round(
    states: Sequence[SkillState], today: date, seed: int, open_skills: Collection[str]
) -> tuple[str, ...]:
    """The skills of a round in order: three due, two weak, one new, filled up from the others; no two alike in a row.

    Args:
        states: every skill that has drills.
        today: the business day.
        seed: decides between equals.
        open_skills: skills whose lesson has been begun; a new one is taken from these, else it is the next in order.

    Returns:
        Six skills; fewer only when a single skill has drills.
    """
    known = [state for state in states if state.due_on is not None]
    due = sorted(
        (each for each in known if each.due_on and each.due_on <= today), key=lambda each: each.due_on or today
    )
    weak = sorted((each for each in known if each.phase is not SkillPhase.GREEN), key=lambda each: each.share)
    new = [state for state in states if state.due_on is None]
    new = [each for each in new if each.skill in open_skills] or new[:FIRST_SKILLS]
    chosen: list[str] = []
    for pool, wanted in ((due, DUE_IN_ROUND), (weak, WEAK_IN_ROUND), (new, NEW_IN_ROUND)):
        fresh = [each.skill for each in pool if each.skill not in chosen]
        chosen += fresh[:wanted]
    rest = [each.skill for pool in (due, weak, new, known) for each in pool]
    chosen += [skill for skill in dict.fromkeys(rest) if skill not in chosen][: ROUND - len(chosen)]
    while chosen and len(chosen) < ROUND and len(set(chosen)) > 1:
        chosen.append(min(dict.fromkeys(chosen), key=chosen.count))
    return _apart(chosen[:ROUND], seed)


def _apart(skills: Sequence[str], seed: int) -> tuple[str, ...]:
    """The skills in an order of the seed's, the commonest first wherever two alike would meet."""
    left, placed = sorted(skills, key=lambda skill: _number(seed, skill)), list[str]()
    while left:
        fitting = [skill for skill in left if not placed or skill != placed[-1]]
        if not fitting:
            break
        most = max(left.count(skill) for skill in fitting)
        placed.append(next(skill for skill in fitting if left.count(skill) == most))
        left.remove(placed[-1])
    return tuple(placed)


def _due_on(own: Sequence[Practised]) -> date:
    """Each day counts once: right on it moves the skill one interval on, a mistake back to the beginning."""
    step, due = 0, own[0].day
    for day in sorted({each.day for each in own}):
        if all(each.alone for each in own if each.day == day):
            due = day + timedelta(INTERVALS[min(step, len(INTERVALS) - 1)])
            step += 1
        else:
            due, step = day + timedelta(AFTER_MISTAKE), 0
    return due


def _number(*parts: object) -> int:
    return int.from_bytes(hashlib.blake2b(repr(parts).encode(), digest_size=8).digest())
