"""Where each skill stands, and which are worth practising: by skill, never by question; pure functions of what was practised."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from coursebook.practice.memory import Recall, haste_of, remembered, usual_haste

BUSINESS_ZONE = timezone(timedelta(hours=9 - 5))
"""A clock that shows midnight at 05:00 JST."""
NEW_IN_FOUR = 1
"""Of four drills in a row so many may be of a skill that was never practised, as long as others are due."""


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
    """S01 to S39."""
    day: date
    """The business day of the first answer."""
    recall: Recall
    """What it showed."""
    mixed: bool
    """Part of a mixed set: a round or a review."""


@dataclass(frozen=True)
class SkillState:
    """What is known of one skill on one day."""

    skill: str
    phase: SkillPhase
    due_on: date | None = None
    """When it comes back; None as long as it is new."""
    chance: float = 0.0
    """That it is remembered today."""


def business_day(at: datetime) -> date:
    """The day that began at 05:00 JST; `at` has a time zone."""
    return at.astimezone(BUSINESS_ZONE).date()


def days_practised(days: Iterable[date]) -> int:
    """On how many days something was practised; a pause takes nothing away."""
    return len(set(days))


def week_of(day: date) -> tuple[date, ...]:
    """The seven days of its week, Monday first."""
    monday = day - timedelta(day.weekday())
    return tuple(monday + timedelta(each) for each in range(7))


def haste_from(practised: Iterable[Practised], usual: int = 1) -> int:
    """How fast a learner forgets beside the model, from all that they practised and what is usual in their class (`memory.haste_of`)."""
    return haste_of(_by_skill(practised), usual)


def usual_haste_from(learners: Iterable[Iterable[Practised]]) -> int:
    """How fast a class forgets beside the model, from all that each of its learners practised (`memory.usual_haste`)."""
    return usual_haste(map(_by_skill, learners))


def _by_skill(practised: Iterable[Practised]) -> Collection[list[tuple[date, Recall]]]:
    found: dict[str, list[tuple[date, Recall]]] = {}
    for each in practised:
        found.setdefault(each.skill, []).append((each.day, each.recall))
    return found.values()


def state_of(skill: str, practised: Iterable[Practised], today: date, haste: int = 1) -> SkillState:
    """The state of a skill today.

    It is due once it is likely enough to be forgotten (`memory.WANTED`). Until then it is green if it was right on two days, once at
    least in a mixed set and without a hint, and right on a later day than any mistake.
    """
    own = sorted((each for each in practised if each.skill == skill), key=lambda each: each.day)
    memory = remembered([(each.day, each.recall) for each in own], today, haste)
    if memory is None:
        return SkillState(skill, SkillPhase.NEW)
    known = SkillPhase.GREEN if _is_shown(own) else SkillPhase.LEARNING
    return SkillState(skill, SkillPhase.DUE if memory.due_on <= today else known, memory.due_on, memory.chance)


def _is_shown(own: Sequence[Practised]) -> bool:
    """Whether what was practised of one skill, in the order of its days, makes it green as long as it is not due."""
    right = [each for each in own if each.recall.is_right]
    missed = max((each.day for each in own if not each.recall.is_right), default=date.min)
    alone = any(each.mixed and each.recall is not Recall.HELPED for each in right)
    return len({each.day for each in right}) > 1 and alone and right[-1].day > missed


def in_order(states: Sequence[SkillState], seed: int, open_skills: Collection[str]) -> tuple[str, ...]:
    """The skills that are worth practising now, each once: the most likely forgotten first, a new one among each four.

    Args:
        states: every skill that has drills.
        seed: decides between equals.
        open_skills: skills that a lesson which was begun has taught; no other new one is asked for.

    Returns:
        Nothing where nothing is due and nothing new is open.
    """
    known = [state for state in states if state.due_on is not None]
    due = [each.skill for each in _by_chance(known, seed) if each.phase is SkillPhase.DUE]
    new = [each.skill for each in states if each.due_on is None and each.skill in open_skills]
    mixed: list[str] = []
    while due or new:
        mixed += [due.pop(0) for _ in range(min(len(due), 4 - NEW_IN_FOUR))]
        mixed += [new.pop(0) for _ in range(min(len(new), NEW_IN_FOUR))]
    return tuple(mixed)


def ahead_of_time(states: Sequence[SkillState], seed: int) -> tuple[str, ...]:
    """The skills that were practised, for who wants to go on though nothing is due: the most likely forgotten first."""
    return tuple(each.skill for each in _by_chance([state for state in states if state.due_on is not None], seed))


def next_due(states: Iterable[SkillState]) -> date | None:
    """The day on which the first of them comes back."""
    return min((state.due_on for state in states if state.due_on), default=None)


def _by_chance(states: Sequence[SkillState], seed: int) -> list[SkillState]:
    return sorted(states, key=lambda each: (each.chance, _number(seed, each.skill)))


def _number(*parts: object) -> int:
    return int.from_bytes(hashlib.blake2b(repr(parts).encode(), digest_size=8).digest())
