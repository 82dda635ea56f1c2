"""One submission in front of one exercise: how it fares on any database that is put to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlgrade import result as kinds
from sqlgrade.compare import Reference, Same, compare, permuted
from sqlgrade.result import Database, Result, RunError
from sqlgrade.solution import SolutionPlan, solve
from sqlgrade.verdict import Diff, DiffKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlgrade.record import Rules
    from sqlgrade.runner import Runner
    from sqlgrade.sandbox import Statement
    from sqlgrade.verdict import Remark

SHUFFLES = (0,)
"""Seeds of the other row orders that an order-sensitive query is run in; 0 reverses, which turns every tie round."""


@dataclass(frozen=True)
class PlannedSolution:
    """A solution of one variant, ready to run."""

    variant: str
    plan: SolutionPlan
    order_sensitive: bool
    """True if its result may depend on the physical order of rows, beyond ties that the rules leave free."""
    trusted: bool = False
    """True if its rows before LIMIT and its sort keys explained its result wherever it was tried."""


@dataclass(frozen=True)
class Outcome:
    """What happened on one database: the learner's result, the expected one, and how they differ (None if not)."""

    learner: Result | RunError
    reference: Reference
    diff: Diff | None
    order_dependent: bool = False
    """True if the physical order of rows decides whether the answer is right."""
    notes: tuple[Remark, ...] = ()
    """What is worth saying though it is right."""

    @property
    def only_declared(self) -> bool:
        """True if two empty results differ in nothing but their columns' declared types."""
        diff = self.diff
        return diff is not None and diff.kind is DiffKind.TYPES and not diff.learner_rows and not diff.expected_rows

    @property
    def genuine(self) -> bool:
        """True if the answer is wrong here for what it says, not for a limit it hit."""
        limits = kinds.LIMIT_KINDS - {kinds.TOO_LARGE}
        return (
            self.diff is not None
            and not self.only_declared
            and not (isinstance(self.learner, RunError) and self.learner.kind in limits)
        )


def expected(
    solutions: Sequence[PlannedSolution], database: Database, name: str, runner: Runner, rules: Rules
) -> Reference | RunError | None:
    """The reference that all solutions of one variant agree on; None if they do not, or if row order decides."""
    first = solve(solutions[0].plan, runner, name, rules, trusted=solutions[0].trusted)
    if isinstance(first, RunError):
        return first
    for other in solutions[1:]:
        found = runner.recall(other.plan.sql, name)
        if not isinstance(compare(found, first, rules), Same):
            return found if isinstance(found, RunError) else None
    if solutions[0].order_sensitive and not _stable(solutions[0].plan.sql, first, database, runner, rules):
        return None
    return first


def _stable(sql: str, reference: Reference, database: Database, runner: Runner, rules: Rules) -> bool:
    for seed in SHUFFLES:
        with runner.loaded(database, seed) as moved:
            found = runner.recall(sql, moved)
        if not isinstance(compare(found, reference, rules), Same):
            return False
    return True


def _types_of_nothing(found: Diff) -> bool:
    """True for two empty results of unlike types: where rows come out equal on other data, that rejects no answer."""
    return found.kind is DiffKind.TYPES and not found.learner_rows and not found.expected_rows


@dataclass(frozen=True)
class Submission:
    """An answer, the solutions of the variant it is held against, and the connection both run on."""

    statement: Statement
    solutions: tuple[PlannedSolution, ...]
    rules: Rules
    runner: Runner
    columns: tuple[int, ...] | None = None
    """The permutation under which the answer's columns are read."""

    def outcome_against(self, reference: Reference, name: str, moved: Iterable[str]) -> Outcome:
        """How the answer fares on a loaded database whose reference is known, and in other row orders."""
        learner = self.run(name, reference)
        found = compare(learner, reference, self.rules)
        diff, notes = (None, found.notes) if isinstance(found, Same) else (found, ())
        if not self.statement.order_sensitive or isinstance(learner, RunError):
            return Outcome(learner, reference, diff, notes=notes)
        for other_name in moved:
            shuffled = self.run(other_name, reference)
            other = self.difference(shuffled, reference)
            if (other is None) != (diff is None):
                worse = learner if diff else shuffled
                return Outcome(worse, reference, diff or other, order_dependent=True)
        return Outcome(learner, reference, diff, notes=notes)

    def run(self, name: str, reference: Reference) -> Result | RunError:
        """The answer's result on a loaded database, given up once it is far larger than expected."""
        cap = max(10_000, 50 * len(reference.result.rows))
        found = self.runner.run(self.statement.sql, name, cap=cap)
        if self.columns is not None and isinstance(found, Result):
            return permuted(found, self.columns)
        return found

    def difference(self, learner: Result | RunError, reference: Reference) -> Diff | None:
        """The difference under the exercise's rules, None if there is none."""
        found = compare(learner, reference, self.rules)
        return None if isinstance(found, Same) or _types_of_nothing(found) else found
