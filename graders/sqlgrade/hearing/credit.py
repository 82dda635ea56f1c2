"""Points for a wrong answer: what its nearest repair costs, and the databases it is right on (pass 11)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlgrade.compare.cells import canonical, rounded
from sqlgrade.record import DEFAULT_WEIGHTS
from sqlgrade.verdict import Credit, Repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlgrade.compare import Reference
    from sqlgrade.hearing.prepared import Prepared
    from sqlgrade.outcomes.submission import RunOutcome
    from sqlgrade.record import Exercise
    from sqlgrade.tables.result import Database

REPAIR_SHARE, DATABASE_SHARE = 0.8, 0.2
_HIGHEST = 0.99
"""A refuted answer stays below full points."""


def weigh(clauses: Iterable[str], weights: Mapping[str, float]) -> tuple[Repair, ...]:
    """Give each clause that has to change its weight, each once, the author's before the default."""
    known = {**DEFAULT_WEIGHTS, **weights}
    return tuple(Repair(clause, known.get(clause, known["BLOCK"])) for clause in dict.fromkeys(clauses))


def award(points: float, repairs: Sequence[Repair] | None, share: float) -> Credit:
    """Work out the points of a refuted answer.

    Args:
        points: Full points of the exercise.
        repairs: The fewest clauses that have to change; None if no repair was found.
        share: Part of the telling databases on which the answer is right, from 0 to 1.
    """
    kept = 0.0 if repairs is None else max(0.0, 1.0 - sum(repair.weight for repair in repairs))
    part = min(REPAIR_SHARE * kept + DATABASE_SHARE * min(max(share, 0.0), 1.0), _HIGHEST)
    return Credit(round(points * part, 2), round(share, 4), tuple(repairs or ()))


def accepted_credit(exercise: Exercise, *, in_form: bool) -> Credit:
    """Give full points to a right answer; what the task demands of its form costs the weight REQUIRE if it is not met."""
    if in_form:
        return Credit(exercise.points, 1.0)
    (repair,) = weigh(["REQUIRE"], exercise.weights)
    return Credit(round(exercise.points * max(0.0, 1.0 - repair.weight), 2), 1.0, (repair,))


def halved(credit: Credit) -> Credit:
    """Give half of the points: the query had to be repaired before it ran."""
    return replace(credit, points=round(credit.points / 2, 2))


def share_passed(ready: Prepared, outcomes: Iterable[tuple[int, RunOutcome]]) -> float:
    """Part of the telling databases of the pack on which the answer is right."""
    telling = [
        outcome.diff is None
        for place, outcome in outcomes
        if place >= 0 and is_telling(ready.pack.databases[place].database, outcome.reference)
    ]
    return sum(telling) / len(telling) if telling else 0.0


def is_telling(database: Database, reference: Reference) -> bool:
    """Tell whether neither an empty result nor the columns of one whole table would pass on a database."""
    rows = reference.result.rows
    if not rows:
        return False
    wanted = [_bag(row[place] for row in rows) for place in range(len(reference.result.columns))]
    return not any(
        len(table) == len(rows) and all(bag in _column_bags(table) for bag in wanted)
        for table in database.tables.values()
    )


def _column_bags(table: Sequence[Sequence[object]]) -> list[Counter[object]]:
    return [_bag(row[place] for row in table) for place in range(len(table[0]))] if table else []


def _bag(values: Iterable[object]) -> Counter[object]:
    return Counter(repr(rounded(canonical(value), 9)) for value in values)
