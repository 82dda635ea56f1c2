"""Learners who made the same rare mistakes: a reason to ask, never a verdict.

Right answers to short exercises are alike by nature, so they tell nothing, and likeness of texts tells next to nothing. What two
people seldom share is a wrong answer that hardly anybody else wrote. How seldom is counted in bits: an answer that k of n handed in
is shared by chance with log2(n / k) bits, those of different exercises add up, and a pair is told once they are `_SPARE_BITS` more
than the class has pairs, so that of thirty-two classes that worked alone one shows a pair.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from math import log2
from typing import TYPE_CHECKING

from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place.class_store import class_file
from coursebook.judgement import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from classroom.mentor.grading.store import DeskAnswer
    from classroom.mentor.place.folder import MentorFolder

_SPARE_BITS = 5
_FEWEST = 2
"""One wrong answer alone is a coincidence, however rare it is."""
_WRONG = frozenset({Outcome.PARTLY, Outcome.REFUTED, Outcome.INVALID})


@dataclass(frozen=True)
class SharedSlips:
    """Two learners with wrong answers that are the same, and that few others gave."""

    one: str
    other: str
    exercises: tuple[str, ...]
    """Where, in the order of the lesson."""
    bits: float
    """How seldom that happens to two who don't know of one another."""
    apart: dt.timedelta | None
    """Between their hand-ins; None where a time is not known."""


def shared_slips(folder: MentorFolder, assignment: str) -> tuple[SharedSlips, ...]:
    """The pairs of learners to ask about, the rarest first; who hand in together are not asked."""
    partners = class_file(folder).partners()
    found = slips_among(DeskStore(folder.store_path).answers(assignment))
    return tuple(each for each in found if partners.get((each.one, assignment)) != each.other)


def slips_among(answers: Sequence[DeskAnswer]) -> tuple[SharedSlips, ...]:
    """The same of one lesson's latest answers; what was left as it was given is no answer."""
    shared: dict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)
    for exercise, given in _by_exercise(answers).items():
        for students in _slips(given):
            rarity = log2(len(given) / len(students))
            for pair in combinations(students, 2):
                shared[pair].append((exercise, rarity))
    learners = {each.student for each in answers}
    needed = log2(max(len(learners) * (len(learners) - 1) / 2, 1)) + _SPARE_BITS
    times = {each.student: _moment(each.submitted_at) for each in answers}
    found = [
        SharedSlips(one, other, tuple(name for name, _ in slips), bits, _apart(times[one], times[other]))
        for (one, other), slips in shared.items()
        if len(slips) >= _FEWEST and (bits := sum(rarity for _, rarity in slips)) >= needed
    ]
    return tuple(sorted(found, key=lambda each: (-each.bits, each.one, each.other)))


def _by_exercise(answers: Iterable[DeskAnswer]) -> dict[str, list[DeskAnswer]]:
    """Exercise -> what was handed in for it, one answer a learner."""
    found: dict[str, list[DeskAnswer]] = defaultdict(list)
    for each in sorted(answers, key=lambda each: (each.exercise, each.student)):
        if each.normal and each.outcome != Outcome.REFUSED:
            found[each.exercise].append(each)
    return found


def _slips(given: Iterable[DeskAnswer]) -> list[list[str]]:
    """The learners of each wrong answer that more than one gave."""
    by_text: dict[str, list[str]] = defaultdict(list)
    for each in given:
        if each.outcome in _WRONG:
            by_text[each.normal].append(each.student)
    return [students for students in by_text.values() if len(students) > 1]


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _apart(one: dt.datetime | None, other: dt.datetime | None) -> dt.timedelta | None:
    return abs(one - other) if one is not None and other is not None else None
