"""One submission in front of one exercise: how it fares on any database that is put to it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlgrade.compare import Reference, Same, compare, order_counts, permuted
from sqlgrade.outcomes.solution import SolutionPlan, order_of_output, solve
from sqlgrade.record import RowOrder
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import Database, Result, RunError
from sqlgrade.verdict import Diff, DiffKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.engine.sandbox import Statement
    from sqlgrade.record import Rules
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

    def foresee(self, runner: Runner, names: Sequence[str]) -> bool:
        """Finds the results that solve asks for on many databases at once; False where it has to ask for each."""
        plan = self.plan
        asked = [] if self.trusted and plan.probe is not None else [plan.sql]
        if self.order_sensitive or (plan.ordered and not plan.order) or (asked and (plan.limited or plan.further)):
            return False
        if plan.probe is not None:
            asked.append(plan.probe)
        return all(runner.foresee_solution(sql, names, plan.order or None) for sql in asked)


@dataclass(frozen=True)
class RunOutcome:
    """What happened on one database: the learner's result, the expected one, and how they differ (None if not)."""

    learner: Result | RunError
    reference: Reference
    diff: Diff | None
    order_dependent: bool = False
    """True if the physical order of rows decides whether the answer is right."""
    notes: tuple[Remark, ...] = ()
    """What is worth saying though it is right."""
    shows: bool = True
    """False if undoing the mistake that is told would leave the difference as it is."""

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
            and self.shows
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


def foresee(statement: Statement, runner: Runner, names: Sequence[str], *, ordered: bool) -> dict[str, Result]:
    """Runner.foresee for a text that has been read; nothing if it sees the order of rows or sorts by what it hides.

    Ordered says whether the order of rows counts in the result.
    """
    order = order_of_output(statement.sorted_as or statement.sql) if statement.sorts else ""
    if statement.order_sensitive or order is None:
        return {}
    return runner.foresee(statement.sql, names, order if ordered else None)


def _types_of_nothing(found: Diff) -> bool:
    """True for two empty results of unlike types: where rows come out equal on other data, that rejects no answer."""
    return found.kind is DiffKind.TYPES and not found.learner_rows and not found.expected_rows


def _most_rows(reference: Reference) -> int:
    return max(10_000, 50 * len(reference.result.rows))


@dataclass(frozen=True)
class Undone:
    """An answer of several mistakes with the one that is told undone."""

    sql: str
    mends: bool
    """Whether data is wanted on which that alone gives the expected result, rather than a change of the difference."""


@dataclass(frozen=True)
class Submission:
    """An answer, the solutions of the variant it is held against, and the connection both run on."""

    statement: Statement
    solutions: tuple[PlannedSolution, ...]
    rules: Rules
    runner: Runner
    columns: tuple[int, ...] | None = None
    """The permutation under which the answer's columns are read."""
    undone: Undone | None = None
    """What databases have to show besides that the answer is wrong."""
    by_chance: bool = False
    """Whether its rows are read from the end as well where the task asks for an order: nothing sorts them."""

    @property
    def queries(self) -> tuple[str, ...]:
        """All that is run to tell whether the answer is wrong, and shows what is told of it."""
        undone = (self.undone.sql,) if self.undone is not None else ()
        return (self.statement.sql, *(solution.plan.sql for solution in self.solutions), *undone)

    def foresee(self, names: Sequence[str]) -> dict[str, Result]:
        """The answer's results on many loaded databases, if one run can tell them: see Runner.foresee."""
        order = self.rules.row_order
        sorted_ones = any(solution.plan.ordered for solution in self.solutions)
        ordered = order is RowOrder.CHECKED or (order is RowOrder.AS_SOLUTION and sorted_ones)
        found = {} if self.by_chance else foresee(self.statement, self.runner, names, ordered=ordered)
        return {name: self._permuted(result) for name, result in found.items()}

    def right_together(self, databases: Sequence[Database]) -> list[RunOutcome | None]:
        """For each of some new databases the outcome where a few runs on all of them show that the answer is right.

        None stands for a database on which answer and solutions have to be run by themselves.
        """
        with contextlib.ExitStack() as held:
            names = [held.enter_context(self.runner.loaded(database)) for database in databases]
            foreseen = self.foresee(names) if all(s.foresee(self.runner, names) for s in self.solutions) else {}
            if not foreseen:
                return [None] * len(names)
            return [self._right(*each, foreseen) for each in zip(databases, names, strict=True)]

    def _right(self, database: Database, name: str, foreseen: Mapping[str, Result]) -> RunOutcome | None:
        reference = expected(self.solutions, database, name, self.runner, self.rules)
        if not isinstance(reference, Reference):
            return None
        found = compare(foreseen[name], reference, self.rules)
        return RunOutcome(foreseen[name], reference, None, notes=found.notes) if isinstance(found, Same) else None

    def outcome_against(
        self,
        reference: Reference,
        name: str,
        moved: Iterable[str],
        foreseen: Result | None = None,
        *,
        proved: bool = False,
    ) -> RunOutcome:
        """How the answer fares on a loaded database whose reference is known, and in other row orders.

        A foreseen result saves a run if it is right. It saves one as well if it is wrong, once it is proved that a run by
        itself gives what was foreseen wrong, and as long as the order of rows decides nothing.
        """
        found = compare(foreseen, reference, self.rules) if foreseen is not None else None
        if foreseen is not None and isinstance(found, Same):
            return RunOutcome(foreseen, reference, None, notes=found.notes)
        if foreseen is not None and isinstance(found, Diff) and proved and self._tells(found, reference):
            return RunOutcome(foreseen, reference, found)
        learner = self.run(name, reference)
        found = compare(learner, reference, self.rules)
        diff, notes = (None, found.notes) if isinstance(found, Same) else (found, ())
        turned = self.turned(learner, reference) if diff is None else None
        if turned is not None or not self.statement.order_sensitive or isinstance(learner, RunError):
            return turned or RunOutcome(learner, reference, diff, notes=notes)
        return self._in_other_orders(learner, diff, reference, moved) or RunOutcome(
            learner, reference, diff, notes=notes
        )

    def _in_other_orders(
        self, learner: Result, diff: Diff | None, reference: Reference, moved: Iterable[str]
    ) -> RunOutcome | None:
        """The outcome where the order of rows decides whether the answer is right; None if it does not."""
        for name in moved:
            shuffled = self.run(name, reference)
            other = self.difference(shuffled, reference)
            if (other is None) != (diff is None):
                worse = learner if diff else shuffled
                return RunOutcome(worse, reference, diff or other, order_dependent=True)
        return None

    def _tells(self, found: Diff, reference: Reference) -> bool:
        """True if a run by itself could not show another difference: not by its order, nor by having too many rows."""
        of_order = found.kind is DiffKind.ORDER_ONLY or self.rules.columns == "named"
        return found.learner_rows <= _most_rows(reference) and not (of_order and order_counts(reference, self.rules))

    def run(self, name: str, reference: Reference) -> Result | RunError:
        """The answer's result on a loaded database, given up once it is far larger than expected."""
        found = self.runner.run(self.statement.sql, name, cap=_most_rows(reference))
        return found if isinstance(found, RunError) else self._permuted(found)

    def shows(self, name: str, reference: Reference, found: Diff | None) -> bool:
        """Whether a difference is gone, or another one, once the mistake that is told is undone."""
        if self.undone is None or found is None:
            return True
        without = self.runner.run(self.undone.sql, name, cap=_most_rows(reference))
        if self.columns is not None and isinstance(without, Result) and len(without.columns) == len(self.columns):
            without = self._permuted(without)
        left = self.difference(without, reference)
        return left is None if self.undone.mends else left != found

    def turned(self, learner: Result | RunError, reference: Reference) -> RunOutcome | None:
        """How an answer that is right fares with its rows the other way round, if nothing sorts them; None if that is right too.

        DuckDB leaves many a result in order after a window or a table that is, which nobody promises.
        """
        if not self.by_chance or isinstance(learner, RunError):
            return None
        other = replace(learner, rows=learner.rows[::-1])
        diff = self.difference(other, reference)
        return RunOutcome(other, reference, diff, order_dependent=True) if diff is not None else None

    def _permuted(self, found: Result) -> Result:
        return found if self.columns is None else permuted(found, self.columns)

    def difference(self, learner: Result | RunError, reference: Reference) -> Diff | None:
        """The difference under the exercise's rules, None if there is none."""
        found = compare(learner, reference, self.rules)
        return None if isinstance(found, Same) or _types_of_nothing(found) else found
