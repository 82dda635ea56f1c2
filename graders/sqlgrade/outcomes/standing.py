"""How an answer stands on one database, whole or with rows taken out (what shrinking asks again and again)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

import duckdb

from sqlgrade.compare import Reference, Same, compare
from sqlgrade.outcomes.solution import solve
from sqlgrade.outcomes.submission import RunOutcome
from sqlgrade.tables.result import Database, RunError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from sqlgrade.engine.runner import Runner
    from sqlgrade.outcomes.submission import Submission

_WHOLE: Mapping[str, Sequence[int]] = {}


class Standing:
    """Holds a database in both row orders, so that many of its parts can be put to an answer without loading them.

    Only for an answer that has run before: see Runner.prune.
    """

    def __init__(self, submission: Submission, database: Database) -> None:
        self._submission, self._runner, self._database = submission, submission.runner, database
        self._names: dict[bool, str] = {}
        probes = [each.plan.probe for each in submission.solutions if each.plan.probe is not None]
        self._queries = (*submission.queries, *probes)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in self._names.values():
            self._runner.drop(name)

    def wrong(self, gone: Mapping[str, Sequence[int]] = _WHOLE, *, by_order: bool = True) -> RunOutcome | None:
        """As outcome, but None as well if the answer is right."""
        found = self.outcome(gone, by_order=by_order)
        return found if found is not None and found.genuine else None

    def outcome(self, gone: Mapping[str, Sequence[int]] = _WHOLE, *, by_order: bool = True) -> RunOutcome | None:
        """How the answer fares once some rows, by table and number, are gone; None if the solutions are not settled.

        The cheap comparison comes first; row orders are looked at only if it shows a difference, or if by_order says
        that a difference in another row order counts as well.
        """
        outcome = self.as_it_stands(gone)
        sensitive = by_order and self._submission.statement.order_sensitive
        if outcome is None or (outcome.diff is None and not sensitive):
            return outcome
        return self._in_another_order(gone, outcome)

    def as_it_stands(self, gone: Mapping[str, Sequence[int]] = _WHOLE) -> RunOutcome | None:
        """As outcome, in the order in which the rows stand."""
        submission = self._submission
        name = self._take_out(gone, turned=False)
        try:
            reference = self._reference(name)
            if reference is None:
                return None
            learner = submission.run(name, reference)
            diff = submission.difference(learner, reference)
            shows = submission.shows(name, reference, diff)
        finally:
            self._runner.restore()
        turned = submission.turned(learner, reference) if diff is None else None
        return turned or RunOutcome(learner, reference, diff, shows=shows)

    def _take_out(self, gone: Mapping[str, Sequence[int]], *, turned: bool) -> str:
        """The name of the database, or of its rows in reverse, with the rows taken out."""
        if not gone and turned not in self._names and self._runner.lends:
            return self._runner.lend(self._database, self._queries, 0 if turned else None)
        if turned not in self._names:
            self._names[turned] = self._runner.load(self._database, 0 if turned else None)
        if turned:
            sizes = {table: len(self._database.tables.get(table, ())) for table in gone}
            gone = {table: [sizes[table] - 1 - number for number in numbers] for table, numbers in gone.items()}
        self._runner.prune(self._names[turned], self._queries, gone)
        return self._names[turned]

    def _reference(self, name: str) -> Reference | None:
        """What the solutions agree on; None if they fail or do not agree."""
        first, *others = self._submission.solutions
        found = solve(first.plan, self._runner, name, self._submission.rules, trusted=first.trusted)
        if isinstance(found, RunError):
            return None
        agreeing = (
            isinstance(compare(self._runner.recall(other.plan.sql, name), found, self._submission.rules), Same)
            for other in others
        )
        return found if all(agreeing) else None

    def _in_another_order(self, gone: Mapping[str, Sequence[int]], outcome: RunOutcome) -> RunOutcome | None:
        """The outcome once the rows have been turned round; None if that changes what the solution gives."""
        submission, solution = self._submission, self._submission.solutions[0]
        learner_sensitive = submission.statement.order_sensitive and not isinstance(outcome.learner, RunError)
        if not learner_sensitive and not solution.order_sensitive:
            return outcome
        name = self._take_out(gone, turned=True)
        try:
            if solution.order_sensitive:
                again = compare(self._runner.recall(solution.plan.sql, name), outcome.reference, submission.rules)
                if not isinstance(again, Same):
                    return None
            if not learner_sensitive:
                return outcome
            other = submission.run(name, outcome.reference)
        finally:
            self._runner.restore()
        diff = submission.difference(other, outcome.reference)
        if (diff is None) == (outcome.diff is None):
            return outcome
        worse = outcome.learner if outcome.diff else other
        wrong = outcome.diff or diff
        return RunOutcome(worse, outcome.reference, wrong, order_dependent=True, shows=outcome.shows)


def wrong_on_plain_engine(submission: Submission, database: Database, plain: Runner) -> RunOutcome | None:
    """How the answer is wrong on an engine as anybody starts it, its rows in the order in which they stand."""
    with Standing(replace(submission, runner=plain), database) as standing:
        try:
            found = standing.as_it_stands()
        except duckdb.Error:
            plain.restore()
            return None
    return found if found is not None and found.genuine else None


def wrong_outcome(submission: Submission, database: Database, *, by_order: bool = True) -> RunOutcome | None:
    """How the answer is wrong on a database; None if it is right there or there is nothing to compare with."""
    with Standing(submission, database) as standing:
        return standing.wrong(by_order=by_order)
