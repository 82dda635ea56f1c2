"""What the solutions give on a database, where they give one thing only."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sqlgrade.compare import Reference, Same, compare
from sqlgrade.outcomes.submission import PlannedSolution, expected
from sqlgrade.record import Exercise, ExerciseFault
from sqlgrade.tables.result import Database, RunError

if TYPE_CHECKING:
    from sqlgrade.engine.runner import Runner


def settle(
    planned: tuple[PlannedSolution, ...],
    database: Database,
    runner: Runner,
    exercise: Exercise,
    errors: list[RunError],
) -> dict[str, Reference]:
    """The reference of each variant on a database; variants whose solutions are not settled there are left out.

    Raises:
        ExerciseFault: solutions of one variant give different results.
    """
    with runner.loaded(database) as name:
        return settle_loaded(planned, database, name, runner, exercise, errors)


def settle_loaded(
    planned: tuple[PlannedSolution, ...],
    database: Database,
    name: str,
    runner: Runner,
    exercise: Exercise,
    errors: list[RunError],
) -> dict[str, Reference]:
    """As settle, on a database that is loaded already."""
    references: dict[str, Reference] = {}
    for variant in dict.fromkeys(s.variant for s in planned):
        solutions = tuple(s for s in planned if s.variant == variant)
        found = expected(solutions, database, name, runner, exercise.rules)
        if isinstance(found, RunError):
            errors.append(found)
        elif found is not None:
            references[variant] = found
        elif len(solutions) > 1:
            _refuse_contradiction(solutions, database, name, runner, exercise)
    return references


def _refuse_contradiction(
    solutions: tuple[PlannedSolution, ...], database: Database, name: str, runner: Runner, exercise: Exercise
) -> None:
    alone = [expected((s,), database, name, runner, exercise.rules) for s in solutions]
    settled = [(s, r) for s, r in zip(solutions, alone, strict=True) if isinstance(r, Reference)]
    for (_, first), (_, other) in itertools.pairwise(settled):
        if not isinstance(compare(other.result, first, exercise.rules), Same):
            raise ExerciseFault(f"two solutions of one variant disagree on {dict(database.tables)}")
