"""What an Expo is worth: the mentors' means, whether it passes, and where mentors are far apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from statistics import mean
from typing import TYPE_CHECKING

from classroom.mentor.expo.kappa import weighted_kappa

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from classroom.mentor.place.expo_store import ExpoMark
    from coursebook.expo import ExpoTexts

FAR_APART = 1
"""A difference in one row beyond which two mentors should talk."""


@dataclass(frozen=True)
class ExpoResult:
    """One Expo's marks, of one mentor or several."""

    mentors: tuple[str, ...]
    """Who have marked all rows."""
    points: Mapping[str, float]
    """The mean of each row's points, by its letter, to two decimals; 0 in a row of `missing`."""
    missing: tuple[str, ...]
    """Rows that must not have 0 and were given it by a mentor."""
    total: float
    """Of all rows, to two decimals; rounded once, after the means were added up."""
    passes: bool


@dataclass(frozen=True)
class RowDifference:
    """A row that two mentors see differently."""

    learner: str
    letter: str
    points: Mapping[str, int]
    """By mentor."""


def result_of(marks: Iterable[ExpoMark], texts: ExpoTexts) -> ExpoResult | None:
    """The result of one learner's marks; None while no mentor has marked all rows.

    A 0 where it must not be counts, even if another mentor gives more: they are to talk about it first.
    """
    by_mentor = _by_mentor(marks)
    letters = [row.letter for row in texts.rubric]
    whole = {mentor: given for mentor, given in by_mentor.items() if set(letters) <= set(given)}
    if not whole:
        return None
    missing = tuple(
        row.letter for row in texts.rubric if row.must and any(given[row.letter] == 0 for given in whole.values())
    )
    means = {
        letter: 0.0 if letter in missing else mean(given[letter] for given in whole.values()) for letter in letters
    }
    total = round(sum(means.values()), 2)
    points = {letter: round(each, 2) for letter, each in means.items()}
    return ExpoResult(tuple(sorted(whole)), points, missing, total, not missing and total >= texts.passes_with)


def differences(marks: Iterable[ExpoMark]) -> tuple[RowDifference, ...]:
    """Rows in which two mentors are more than FAR_APART points from each other."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for each in marks:
        found.setdefault((each.learner, each.letter), {})[each.mentor] = each.points
    far = [(key, points) for key, points in found.items() if max(points.values()) - min(points.values()) > FAR_APART]
    return tuple(RowDifference(*key, points) for key, points in sorted(far, key=lambda each: each[0]))


@dataclass(frozen=True)
class Agreement:
    """How two mentors agree over all rows that both have marked."""

    one: str
    other: str
    rows: int
    kappa: float | None
    """Weighted; None where it says nothing."""


def agreements(marks: Iterable[ExpoMark]) -> tuple[Agreement, ...]:
    """Of each two mentors who have marked an Expo in common."""
    given: dict[str, dict[tuple[str, str], int]] = {}
    for each in marks:
        given.setdefault(each.mentor, {})[each.learner, each.letter] = each.points
    found = []
    for one, other in combinations(sorted(given), 2):
        common = sorted(given[one].keys() & given[other].keys())
        if common:
            kappa = weighted_kappa([(given[one][key], given[other][key]) for key in common])
            found.append(Agreement(one, other, len(common), kappa))
    return tuple(found)


def _by_mentor(marks: Iterable[ExpoMark]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for each in marks:
        found.setdefault(each.mentor, {})[each.letter] = each.points
    return found
