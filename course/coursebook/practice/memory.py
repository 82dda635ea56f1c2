"""How well a skill is remembered: one model for what is due, what is green and what a round asks.

The model is FSRS, as its maintained library has it (three numbers for each memory: stability, difficulty, and from both the chance of
recall on a day; Ye, Su and Cao, "A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling", KDD 2022).
Evidence has a weight: so much of what a right answer adds to stability is added. A mistake counts whole.

Its numbers are those of many learners. Who forgets faster shows it by mistakes at what the model took for known; then a day of theirs
counts as several (`haste_of`), which is fitted to their own answers once there are enough. What is usual in a class is fitted to its
learners' (`usual_haste`), and stands for who has answered little yet.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from statistics import median_low

from fsrs import Card, Rating, Scheduler, State

WANTED = 0.93
"""Chance of recall below which a skill is due. Chosen by `bench/practice.py`: recall stays above 95 % on average at four drills a day."""
_LATEST = 365
"""A skill comes back after so many days at the latest."""
HASTES = (1, 2, 3, 4, 6, 8)
"""As how many of the model's days one of a learner's may count."""
LEAST_REPEATS = 20
"""Answers to what was practised on an earlier day, from which on a learner's own haste is fitted."""
LEAST_LEARNERS = 5
"""Learners with so many answers, from which on a class's usual haste is fitted."""
_DOUBT = 0.7
"""Of the bell curve over log(haste / usual) that a haste is held against: as good as few answers, nothing against many."""
_BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
_KEPT = 1 << 14
"""Steps of the model that are kept: learners' answers come in few patterns, and a mentor's page replays all of a class."""
_LEARNERS_KEPT = 1 << 10
"""Learners whose own haste is kept with the answers that it was fitted to."""
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
    trace: Trace | None = None
    last = date.min
    for day, recall in sorted(evidence, key=lambda each: each[0]):
        trace, last = _after(trace, haste * (day - last).days if trace else 0, recall), day
    if trace is None:
        return None
    lasts = _lasts(trace.stability, haste)
    return Memory(
        trace.stability / haste, last + timedelta(lasts), _chance(trace.stability, haste * (today - last).days)
    )


Skills = Iterable[Sequence[tuple[date, Recall]]]
"""The evidence of each of a learner's skills."""


def haste_of(skills: Skills, usual: int = 1) -> int:
    """As how many days of the model's one of a learner's counts: the likeliest after their own answers, as long as they are few `usual`.

    Args:
        skills: The learner's evidence.
        usual: The haste of people like them, one of `HASTES` (`usual_haste`).
    """
    known = [sorted(each, key=lambda each: each[0]) for each in skills]
    if usual not in HASTES:
        usual = 1
    return max(HASTES, key=lambda haste: _likelihood(known, haste, usual)) if _are_enough(known) else usual


def usual_haste(learners: Iterable[Skills]) -> int:
    """The middle one of a class's hastes, each fitted to its learner's own answers; 1 as long as few learners have answered enough.

    The middle, so that no single learner's answers, whatever they are, move the class.

    Args:
        learners: The evidence of each learner.
    """
    known = [tuple(tuple(sorted(each, key=lambda each: each[0])) for each in skills) for skills in learners]
    own = [_own_haste(each) for each in known if _are_enough(each)]
    return median_low(own) if len(own) >= LEAST_LEARNERS else 1


@lru_cache(maxsize=_LEARNERS_KEPT)
def _own_haste(skills: tuple[tuple[tuple[date, Recall], ...], ...]) -> int:
    """A class is counted every minute, and few of its learners have answered anything meanwhile."""
    return haste_of(skills)


def _are_enough(skills: Skills) -> bool:
    return sum(one[0] < other[0] for each in skills for one, other in pairwise(each)) >= LEAST_REPEATS


def _likelihood(skills: Skills, haste: int, usual: int) -> float:
    """The log of how likely a learner's answers are if they forget that fast, among people of a usual haste."""
    total = -((math.log(haste / usual) / _DOUBT) ** 2) / 2
    for evidence in skills:
        trace: Trace | None = None
        last = date.min
        for day, recall in evidence:
            passed = haste * (day - last).days if trace else 0
            if trace is not None and passed:
                chance = min(max(_chance(trace.stability, passed), 0.01), 0.99)
                total += math.log(chance if recall.is_right else 1 - chance)
            trace, last = _after(trace, passed, recall), day
    return total


@dataclass(frozen=True)
class Trace:
    """What the model keeps of a memory between two answers."""

    stability: float
    """Days of the model's until the chance of recall has fallen to 90 %."""
    difficulty: float
    """1 to 10."""


@lru_cache(maxsize=_KEPT)
def _after(before: Trace | None, passed: int, recall: Recall) -> Trace:
    """The memory after one more answer, so many of the model's days after the one before it."""
    rating = Rating.Good if recall.is_right else Rating.Again
    # The library names a new card by the clock, and waits for it: nothing here asks for a name.
    after, _ = _MODEL.review_card(_card(before), rating, _BEGIN + timedelta(passed))
    if after.stability is None or after.difficulty is None:
        raise ValueError("The model has kept nothing of an answer.")
    # Of a first answer that says nothing there would be as little left as after a mistake.
    nothing = before.stability if before else _MODEL.review_card(_card(None), Rating.Again, _BEGIN)[0].stability or 0.0
    return Trace(nothing + _WEIGHT[recall] * (after.stability - nothing), after.difficulty)


def _card(trace: Trace | None) -> Card:
    """A memory as the library has it, last asked at `_BEGIN`."""
    if trace is None:
        return Card(card_id=0)
    return Card(
        card_id=0, state=State.Review, stability=trace.stability, difficulty=trace.difficulty, last_review=_BEGIN
    )


@lru_cache(maxsize=_KEPT)
def _lasts(stability: float, haste: int) -> int:
    """After how many days recall is less likely than wanted, at least one; its chance only falls."""
    return bisect_left(range(_LATEST), True, lo=1, key=lambda days: _chance(stability, haste * days) < WANTED)


@lru_cache(maxsize=_KEPT)
def _chance(stability: float, passed: int) -> float:
    """That a memory of that stability is recalled so many of the model's days after it was last asked."""
    card = Card(card_id=0, state=State.Review, stability=stability, difficulty=1.0, last_review=_BEGIN)
    return float(_MODEL.get_card_retrievability(card, _BEGIN + timedelta(passed)))
