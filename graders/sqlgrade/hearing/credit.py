"""Points for an answer.

A right result earns all points, and half of them where the task asks for another form. A wrong result earns less than half,
so that no number of wrong answers reads as passing. What it earns of that half says how far it is from right:

- Each clause that has to change costs its weight; one that the answer lacks altogether costs twice as much. What is left
  counts for four fifths, the agreement of the results for one fifth.
- The agreement is the mean of two figures over the telling databases of the pack, those that neither an empty result nor a
  whole table would pass on: the share on which the answer is right, and the middle value of how alike the rows are (rows in
  common of all rows in either result).
- Where no change of clauses that mends the answer is known, half of the agreement is all that counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median_low
from typing import TYPE_CHECKING

from sqlgrade.record import DEFAULT_WEIGHTS
from sqlgrade.verdict import Credit, DiffKind, Repair

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlgrade.hearing.prepared import Prepared
    from sqlgrade.outcomes.submission import RunOutcome
    from sqlgrade.record import Exercise
    from sqlgrade.verdict import Diff

WRONG_SHARE = 0.5
"""What a wrong answer stays below, as a part of all points."""
REPAIR_SHARE, AGREEMENT_SHARE = 0.8, 0.2
_UNREPAIRED_SHARE = 0.5
_HIGHEST = 0.98
"""Of the half: a wrong answer with nothing to repair is still wrong."""
_ABSENT = 2.0
_INCOMPARABLE = frozenset({DiffKind.WIDTH, DiffKind.TYPES, DiffKind.ERROR})
_MOST_ALIKE = 0.99
"""Of a wrong result whose rows are all there, in another order."""


@dataclass(frozen=True)
class ResultAgreement:
    """How much the results of an answer are those of the solution, on the telling databases of the pack."""

    share: float = 0.0
    """Part of the databases on which it is right, from 0 to 1."""
    alike: float = 0.0
    """The middle one of the databases' rows in common, as parts of all rows in either result, from 0 to 1."""

    @property
    def mean(self) -> float:
        """Both figures in one, from 0 to 1."""
        return (min(max(self.share, 0.0), 1.0) + min(max(self.alike, 0.0), 1.0)) / 2


def weigh(clauses: Iterable[str], weights: Mapping[str, float], absent: Collection[str] = ()) -> tuple[Repair, ...]:
    """Give each clause that has to change its weight, each once, the author's before the default; twice that if it is absent."""
    known = {**DEFAULT_WEIGHTS, **weights}
    weight = {clause: known.get(clause, known["BLOCK"]) for clause in clauses}
    return tuple(
        Repair(clause, min(1.0, each * (_ABSENT if clause in absent else 1))) for clause, each in weight.items()
    )


def award(points: float, repairs: Sequence[Repair] | None, agreed: ResultAgreement) -> Credit:
    """Work out the points of a refuted answer.

    Args:
        points: Full points of the exercise.
        repairs: The fewest clauses that have to change; None if no repair was found.
        agreed: How much its results are the solution's.
    """
    if repairs is None:
        near = _UNREPAIRED_SHARE * agreed.mean
    else:
        kept = max(0.0, 1.0 - sum(repair.weight for repair in repairs))
        near = kept * (REPAIR_SHARE + AGREEMENT_SHARE * agreed.mean)
    part = WRONG_SHARE * min(near, _HIGHEST)
    return Credit(round(points * part, 2), round(agreed.share, 4), tuple(repairs or ()))


def accepted_credit(exercise: Exercise, *, in_form: bool, as_rounded: bool = True) -> Credit:
    """Give full points to a right answer.

    What the task demands of its form costs the weight REQUIRE if it is not met, values rounded otherwise than the solution's the
    weight ROUND.
    """
    lacking = [name for name, met in (("REQUIRE", in_form), ("ROUND", as_rounded)) if not met]
    if not lacking:
        return Credit(exercise.points, 1.0)
    repairs = tuple(weigh(lacking, exercise.weights))
    left = max(0.0, 1.0 - sum(repair.weight for repair in repairs))
    return Credit(round(exercise.points * left, 2), 1.0, repairs)


def halved(credit: Credit) -> Credit:
    """Give half of the points: the query had to be repaired before it ran."""
    return replace(credit, points=round(credit.points / 2, 2))


def agreement(ready: Prepared, outcomes: Iterable[tuple[int, RunOutcome]]) -> ResultAgreement:
    """How much the answer's results are the solution's on the telling databases of the pack."""
    telling = [
        1.0 if outcome.diff is None else _alike(outcome.diff)
        for place, outcome in outcomes
        if place >= 0 and ready.is_telling(place, outcome.reference)
    ]
    if not telling:
        return ResultAgreement()
    return ResultAgreement(telling.count(1.0) / len(telling), median_low(telling))


def _alike(difference: Diff) -> float:
    """Rows in common as a part of all rows in either result, below 1 for a wrong one; 0 where rows cannot be compared."""
    if difference.kind in _INCOMPARABLE or difference.uncounted:
        return 0.0
    common = difference.expected_rows - difference.missing_count
    every = difference.expected_rows + difference.extra_count
    return min(_MOST_ALIKE, max(0.0, common / every)) if every else 0.0
