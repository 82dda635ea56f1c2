"""How well a skill is remembered: one model for what is due, what is green and what a round asks.

The model is FSRS, as its maintained library has it (three numbers for each memory: stability, difficulty, and from both the chance of
recall on a day; Ye, Su and Cao, "A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling", KDD 2022).
Evidence has a weight: so much of what a right answer adds to stability is added. A mistake counts whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from fsrs import Card, Rating, Scheduler, State

WANTED = 0.93
"""Chance of recall below which a skill is due. Chosen by `bench/practice.py`: recall stays above 95 % on average at four drills a day."""
_LATEST = 365
"""A skill comes back after so many days at the latest."""
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


def remembered(evidence: Iterable[tuple[date, Recall]], today: date) -> Memory | None:
    """Replay what was answered, in the order of its days; None if there is nothing.

    Args:
        evidence: Day and outcome of each answer.
        today: The day for which the chance of recall is told.
    """
    card: Card | None = None
    for day, recall in sorted(evidence, key=lambda each: each[0]):
        card = _after(card, _noon(day), recall)
    if card is None or card.stability is None or card.last_review is None:
        return None
    last = card.last_review.date()
    return Memory(card.stability, _due_on(card, last), _chance(card, max(today, last)))


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


def _due_on(card: Card, last: date) -> date:
    """The first day after the last answer on which recall is less likely than wanted; its chance only falls."""
    low, high = 1, _LATEST
    while low < high:
        middle = (low + high) // 2
        if _chance(card, last + timedelta(middle)) < WANTED:
            high = middle
        else:
            low = middle + 1
    return last + timedelta(low)


def _chance(card: Card, day: date) -> float:
    return float(_MODEL.get_card_retrievability(card, _noon(day)))


def _noon(day: date) -> datetime:
    """A business day as one moment: what matters is how many days lie between two answers."""
    return datetime.combine(day, time(12), UTC)
