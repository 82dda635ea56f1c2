"""How well a skill is remembered: one model for what is due, what is green and what a round asks.

The model is FSRS, as its maintained library has it (three numbers for each memory: stability, difficulty, and from both the chance of
recall on a day; Ye, Su and Cao, "A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling", KDD 2022).
Evidence has a weight: so much of what a right answer adds to stability is added. A mistake counts whole.

Its numbers are those of many learners. Who forgets faster shows it by mistakes at what the model took for known; then a day of theirs
counts as several (`haste_of`), which is fitted to their own answers once there are enough.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from fsrs import Card, Rating, Scheduler, State

WANTED = 0.93
"""Chance of recall below which a skill is due. Chosen by `bench/practice.py`: recall stays above 95 % on average at four drills a day."""
_LATEST = 365
"""A skill comes back after so many days at the latest."""
HASTES = (1, 2, 3, 4, 6, 8)
"""As how many of the model's days one of a learner's may count."""
LEAST_REPEATS = 20
"""Answers to what was practised on an earlier day, from which on a learner's own haste is fitted."""
_DOUBT = 0.7
"""Of the bell curve over log(haste) that a haste is held against: as good as few answers, nothing against many."""
_BEGIN = date(2020, 1, 1)
_MODEL = Scheduler(
    desired_retention=WANTED, learning_steps=(), relearning_steps=(), maximum_interval=_LATEST, enable_fuzzing=False
)


class Recall(StrEnum):
    """What an answer showed; exactly one holds."""

    WRITTEN = "written"
    """Right at the first try without a hint, in words of one's own."""
    HELPED = "helped"
    """Right at the first try after a hint."""
    CHOSEN = "chosen"
    """Right at the first try where the answer was one of a few, and could have been guessed."""
    MISSED = "missed"
    """Not right at the first try: a lapse."""

    @property
    def is_right(self) -> bool:
        """Whether it was remembered."""
        return self is not Recall.MISSED


_WEIGHT = {Recall.WRITTEN: 1.0, Recall.HELPED: 0.6, Recall.CHOSEN: 0.4, Recall.MISSED: 1.0}
"""How much of its effect each has: with three options a guess is right one time in three, and with a hint part was told."""


@dataclass(frozen=True)
class Memory:
    """What is known of one skill."""

    stability: float
    """Days until the chance of recall has fallen to 90 %."""
    due_on: date
    """The first day on which recall is less likely than `WANTED`."""
    chance: float
    """Of recall today, 0 to 1."""


Evidence = Iterable[tuple[date, Recall]]
"""Day and outcome of each answer about one skill."""


def remembered(evidence: Evidence, today: date, haste: int = 1) -> Memory | None:
    """Replay what was answered, in the order of its days; None if there is nothing.

    Args:
        evidence: Day and outcome of each answer.
        today: The day for which the chance of recall is told.
        haste: As how many days one counts.
    """
    card: Card | None = None
    last = date.min
    for day, recall in sorted(evidence, key=lambda each: each[0]):
        card, last = _after(card, _noon(day, haste), recall), day
    if card is None or card.stability is None:
        return None
    return Memory(card.stability / haste, _due_on(card, last, haste), _chance(card, max(today, last), haste))


def haste_of(skills: Iterable[Sequence[tuple[date, Recall]]]) -> int:
    """As how many days of the model's one of a learner's counts: the likeliest after their own answers; 1 as long as they are few.

    Args:
        skills: The evidence of each skill.
    """
    known = [sorted(each, key=lambda each: each[0]) for each in skills]
    repeats = sum(one[0] < other[0] for each in known for one, other in pairwise(each))
    return max(HASTES, key=lambda haste: _likelihood(known, haste)) if repeats >= LEAST_REPEATS else 1


def _likelihood(skills: Sequence[Sequence[tuple[date, Recall]]], haste: int) -> float:
    """The log of how likely a learner's answers are if they forget that fast."""
    total = -((math.log(haste) / _DOUBT) ** 2) / 2
    for evidence in skills:
        card: Card | None = None
        last = date.max
        for day, recall in evidence:
            if card is not None and last < day:
                chance = min(max(_chance(card, day, haste), 0.01), 0.99)
                total += math.log(chance if recall.is_right else 1 - chance)
            card, last = _after(card, _noon(day, haste), recall), day
    return total


def _after(card: Card | None, at: datetime, recall: Recall) -> Card:
    """The memory after one more answer."""
    # The library names a new card by the clock, and waits for it: nothing here asks for a name.
    before = card or Card(card_id=0, state=State.Learning)
    rating = Rating.Good if recall.is_right else Rating.Again
    after, _ = _MODEL.review_card(before, rating, at)
    weight = _WEIGHT[recall]
    if weight < 1 and after.stability is not None:
        nothing = before.stability
        if nothing is None:  # of a first answer that says nothing there would be as little left as after a mistake
            nothing = _MODEL.review_card(Card(card_id=0), Rating.Again, at)[0].stability or 0.0
        after.stability = nothing + weight * (after.stability - nothing)
    return after


def _due_on(card: Card, last: date, haste: int) -> date:
    """The first day after the last answer on which recall is less likely than wanted; its chance only falls."""
    low, high = 1, _LATEST
    while low < high:
        middle = (low + high) // 2
        if _chance(card, last + timedelta(middle), haste) < WANTED:
            high = middle
        else:
            low = middle + 1
    return last + timedelta(low)


def _chance(card: Card, day: date, haste: int) -> float:
    return float(_MODEL.get_card_retrievability(card, _noon(day, haste)))


def _noon(day: date, haste: int) -> datetime:
    """A business day as one moment: what matters is how many of the model's days lie between two answers."""
    return datetime.combine(_BEGIN, time(12), UTC) + timedelta(haste * (day - _BEGIN).days)
