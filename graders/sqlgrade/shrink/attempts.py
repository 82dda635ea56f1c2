"""Puts smaller databases to the answer, and counts what that costs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlgrade.outcomes.standing import Standing, wrong_on_plain_engine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.outcomes.submission import RunOutcome, Submission
    from sqlgrade.tables.result import Database


@dataclass(frozen=True)
class Effort:
    """How much shrinking may cost: tests first, time only as a backstop."""

    tests: int = 220
    plainer: int = 40
    seconds: float = 4.0


class Attempts:
    """Puts databases to the submission and counts what that costs."""

    def __init__(self, submission: Submission, plain: Runner, effort: Effort, *, by_order: bool) -> None:
        self._submission, self._plain = submission, plain
        self._shown: dict[int, tuple[Database, RunOutcome | None]] = {}
        self._by_order = by_order
        self._effort = effort
        self._deadline = time.process_time() + effort.seconds
        self.order_matters = submission.statement.order_sensitive
        self.queries = submission.queries
        self.tests = 0
        self.spent = False

    def standing(self, database: Database) -> Standing:
        """The database held ready for many tests; to be closed."""
        return Standing(self._submission, database)

    def wrong(self, database: Database) -> RunOutcome | None:
        """How the answer is wrong on a database; None if it is right, nothing can be said, or the effort is spent."""
        with self.standing(database) as standing:
            return self.wrong_without(standing, {})

    def shown(self, database: Database) -> RunOutcome | None:
        """As wrong, on an engine as anybody starts it; asked of a database once."""
        if id(database) not in self._shown:
            self._shown[id(database)] = database, wrong_on_plain_engine(self._submission, database, self._plain)
        return self._shown[id(database)][1]

    def shown_anew(self, database: Database) -> RunOutcome | None:
        """As shown, counted as a test."""
        if self._is_spent():
            return None
        self.tests += 1
        return self.shown(database)

    def wrong_without(self, standing: Standing, gone: Mapping[str, Sequence[int]]) -> RunOutcome | None:
        """As wrong, on a database that is held, some of its rows gone."""
        if self._is_spent():
            return None
        self.tests += 1
        return standing.wrong(gone, by_order=self._by_order)

    def _is_spent(self) -> bool:
        self.spent = self.spent or self.tests >= self._effort.tests or time.process_time() > self._deadline
        return self.spent

    def holds(self, database: Database) -> bool:
        """Tell whether an engine as anybody starts it shows the difference, whatever the effort left."""
        return self.shown(database) is not None

    def plain_tests(self) -> int:
        """The count of tests at which making values plain has to stop."""
        return min(self.tests + self._effort.plainer, self._effort.tests)
