"""Where a learner stands in the stretches of a lesson, and what they have shown to be able to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from coursebook import Lesson


@dataclass(frozen=True)
class StretchStanding:
    """One stretch of a lesson."""

    question: str
    ability: str
    """What one can do after it."""
    exercises: tuple[str, ...]
    """Their ids, in order."""
    minutes: int
    """What all of it takes, reading included."""
    open: tuple[str, ...]
    """The exercises that are left to do."""
    left: int
    """Minutes that they take, with what is read before them."""


def stretches_of(lesson: Lesson, done: Collection[str], lang: str) -> tuple[StretchStanding, ...]:
    """The stretches of a lesson for who has done these exercises."""
    found = []
    for stretch in lesson.stretches:
        left = [each for each in stretch.exercises if each.id not in done]
        found.append(
            StretchStanding(
                stretch.record.question[lang],
                stretch.record.ability[lang],
                tuple(each.id for each in stretch.exercises),
                stretch.minutes,
                tuple(each.id for each in left),
                stretch.minutes_left(done),
            )
        )
    return tuple(found)


def next_stretch(stretches: Sequence[StretchStanding], last: str) -> int:
    """The number of the stretch to go on with, from 0: that of the last try, or the next one in which something is open.

    Args:
        stretches: Those of one lesson.
        last: The exercise of the last try; any other than the lesson's leads to its first open stretch.

    Returns:
        -1 where nothing is open.
    """
    at = next((number for number, each in enumerate(stretches) if last in each.exercises), 0)
    ahead = [*range(at, len(stretches)), *range(at)]
    return next((number for number in ahead if stretches[number].open), -1)
