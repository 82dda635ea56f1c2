"""A counterexample made as small as it gets while the answer stays wrong on it in the same way (pass 9).

Rows go first, by delta debugging (Zeller & Hildebrandt 2002, doi:10.1109/32.988498) over rows with all that refers to
them, then by trying every subset of up to three of the last eight rows. Cells are then made plain by `simplify`.
"""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from sqlgrade.compare import Same, compare
from sqlgrade.merge import merged_databases
from sqlgrade.result import Database, RunError
from sqlgrade.simplify import plainer_databases
from sqlgrade.solution import solve
from sqlgrade.submission import Outcome
from sqlgrade.verdict import DiffKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlgrade.result import Row
    from sqlgrade.schema import SchemaModel, Table
    from sqlgrade.submission import Submission

Place: TypeAlias = tuple[str, int]
"""A row of the database to shrink: its table and its number there."""

Places: TypeAlias = frozenset[Place]

_SMALL = 3
_MOST_STARTS = 3
_ALL_SUBSETS_OF = 8
_LARGEST_SUBSET = 3
_ROW_KINDS = frozenset(
    [DiffKind.MISSING_ROWS, DiffKind.EXTRA_ROWS, DiffKind.BOTH, DiffKind.VALUES, DiffKind.DUPLICATES_ONLY]
)


@dataclass(frozen=True)
class Effort:
    """How much shrinking may cost: tests first, time only as a backstop."""

    tests: int = 220
    plainer: int = 40
    seconds: float = 4.0


_SECOND_EFFORT = Effort(tests=80, plainer=20, seconds=1.5)
"""What a further start may cost, the first one having ended with more rows than a reader takes in at a glance."""


@dataclass(frozen=True)
class Shrunk:
    """The smallest database found, how the answer fares on it, and whether every row of it is needed."""

    database: Database
    outcome: Outcome
    tests: int
    minimal: bool


def shrink(
    database: Database, outcome: Outcome, submission: Submission, schema: SchemaModel, effort: Effort | None = None
) -> Shrunk:
    """Shrink a valid database on which the submission is wrong.

    The result is valid, wrong in the same way (see `same_way`), and, if `minimal`, not so without any one of its rows.
    """
    trial = _Trial(submission, effort or Effort(), by_order=outcome.order_dependent)
    database, outcome = _Rows(database, outcome, schema, trial).fewest()
    while database.total_rows > _SMALL:
        merged = _merged(database, outcome, schema, trial)
        if merged is None:
            break
        database, outcome = _Rows(*merged, schema, trial).fewest()
    database, outcome = _plainer(database, outcome, schema, trial)
    return Shrunk(database, outcome, trial.tests, not trial.spent)


def shrink_any(
    starts: Sequence[tuple[Database, Outcome]],
    submission: Submission,
    schema: SchemaModel,
    effort: Effort | None = None,
) -> Shrunk:
    """Shrink the first of several such databases, and the next ones as long as the smallest so far is not small.

    Args:
        starts: Databases on which the submission is wrong, the most promising first; at least one.
        submission: The answer and the solutions it is held against.
        schema: What valid databases must keep.
        effort: How much each start may cost.
    """
    best: Shrunk | None = None
    for number, (database, outcome) in enumerate(starts[:_MOST_STARTS]):
        found = shrink(database, outcome, submission, schema, effort or (_SECOND_EFFORT if number else None))
        if best is None or found.database.total_rows < best.database.total_rows:
            best = found
        if best.database.total_rows <= _SMALL:
            break
    if best is None:
        raise ValueError("nothing to shrink")
    return best


def same_way(outcome: Outcome, other: Outcome) -> bool:
    """Tell whether two outcomes are wrong in the same way: the kind of difference, or the kind of failure, agrees.

    A difference of both missing and extra rows may shrink to either of them.
    """
    if other.diff is None or outcome.diff is None or other.order_dependent != outcome.order_dependent:
        return False
    if isinstance(outcome.learner, RunError) or isinstance(other.learner, RunError):
        return _failure(outcome) == _failure(other)
    if shows_rows(outcome) and not shows_rows(other):
        return False
    if outcome.diff.kind is DiffKind.BOTH:
        return other.diff.kind in _ROW_KINDS
    return other.diff.kind is outcome.diff.kind


def shows_rows(outcome: Outcome) -> bool:
    """Tell whether one of the two results has a row to look at."""
    learner = outcome.learner.rows if not isinstance(outcome.learner, RunError) else ()
    return bool(learner or outcome.reference.result.rows)


def _failure(outcome: Outcome) -> str | None:
    return outcome.learner.kind if isinstance(outcome.learner, RunError) else None


class _Trial:
    """Puts databases to the submission and counts what that costs."""

    def __init__(self, submission: Submission, effort: Effort, *, by_order: bool) -> None:
        self._submission = submission
        self._by_order = by_order
        self._effort = effort
        self._deadline = time.monotonic() + effort.seconds
        self.queries = (submission.statement.sql, *(s.plan.sql for s in submission.solutions))
        self.tests = 0
        self.spent = False

    def wrong(self, database: Database) -> Outcome | None:
        """How the answer is wrong on a database; None if it is right, nothing can be said, or the effort is spent."""
        if self.tests >= self._effort.tests or time.monotonic() > self._deadline:
            self.spent = True
            return None
        self.tests += 1
        return wrong_outcome(self._submission, database, by_order=self._by_order)

    def plain_tests(self) -> int:
        """The count of tests at which making values plain has to stop."""
        return min(self.tests + self._effort.plainer, self._effort.tests)


def _merged(
    database: Database, outcome: Outcome, schema: SchemaModel, trial: _Trial
) -> tuple[Database, Outcome] | None:
    """The first database with a row fewer, its partners handed to another row, on which the answer stays wrong."""
    for proposal in merged_databases(database, schema, trial.queries):
        if schema.violations(proposal):
            continue
        found = trial.wrong(proposal)
        if found is not None and same_way(outcome, found):
            return proposal, found
        if trial.spent:
            return None
    return None


def _plainer(database: Database, outcome: Outcome, schema: SchemaModel, trial: _Trial) -> tuple[Database, Outcome]:
    """The same rows with plainer values, as far as the answer stays wrong in the same way and every row is needed."""
    limit = trial.plain_tests()
    proposals = plainer_databases(database, schema, trial.queries)
    proposal = next(proposals, None)
    while proposal is not None and trial.tests < limit:
        found = trial.wrong(proposal) if not schema.violations(proposal) else None
        fits = found is not None and same_way(outcome, found) and _needs_every_row(proposal, outcome, schema, trial)
        if fits and found is not None:
            database, outcome = proposal, found
        try:
            proposal = proposals.send(fits)
        except StopIteration:
            break
    return database, outcome


def _needs_every_row(database: Database, outcome: Outcome, schema: SchemaModel, trial: _Trial) -> bool:
    for name, rows in database.tables.items():
        for number in range(len(rows)):
            smaller = database.replace(name, rows[:number] + rows[number + 1 :])
            if schema.foreign_key_violations(smaller):
                continue
            found = trial.wrong(smaller)
            if trial.spent or (found is not None and _still_counts(outcome, found)):
                return False
    return True


class _Rows:
    """One round of leaving out rows: the rows to choose from and what has been tried."""

    def __init__(self, database: Database, outcome: Outcome, schema: SchemaModel, trial: _Trial) -> None:
        self._whole = database
        self._outcome = outcome
        self._schema = schema
        self._trial = trial
        self._all: Places = frozenset((name, i) for name, rows in database.tables.items() for i in range(len(rows)))
        self._dependents = _dependents(database, schema)
        self._tried: dict[Places, bool] = {}
        self._kept: dict[Places, tuple[Database, Outcome]] = {self._all: (database, outcome)}

    def fewest(self) -> tuple[Database, Outcome]:
        """The database with the fewest rows found on which the answer stays wrong."""
        return self._kept[self._fewest_places()]

    def _fewest_places(self) -> Places:
        places = self._drop_tables(self._all)
        pool = None
        size = max(1, len(places) // 2)
        while True:
            if pool is None and len(places) <= _ALL_SUBSETS_OF:
                pool = places
            fewer = self._drop_chunks(places, size)
            if fewer == places and size == 1:
                break
            places, size = fewer, max(1, min(size // 2, len(fewer) // 2))
        return self._drop_any_way(self._smaller_subset(pool or places, places))

    def _drop_tables(self, places: Places) -> Places:
        for table in reversed(self._schema.tables):
            rows = frozenset(place for place in places if place[0] == table.name)
            if rows:
                places = self._without(places, rows) or places
        return places

    def _drop_chunks(self, places: Places, size: int) -> Places:
        """Try to drop runs of `size` rows, last tables first: children before the parents they name."""
        order = self._in_order(places)
        for start in range(0, len(order), size):
            chunk = frozenset(order[start : start + size]) & places
            if chunk:
                places = self._without(places, chunk) or places
        return places

    def _smaller_subset(self, pool: Places, best: Places) -> Places:
        """The first subset of the pool, in growing size up to three rows, that is smaller than the best so far."""
        order = self._in_order(pool)
        for size in range(min(len(best), _LARGEST_SUBSET + 1)):
            for chosen in itertools.combinations(order, size):
                if self._keeps(frozenset(chosen)):
                    return frozenset(chosen)
        return best

    def _drop_any_way(self, places: Places) -> Places:
        """Drop single rows as long as the answer stays wrong in whatever way, so that every row left is needed."""
        for place in self._in_order(places):
            fewer = places - self._dependents_of(place, places)
            if fewer != places and self._keeps(fewer, any_way=True):
                return self._drop_any_way(fewer)
        return places

    def _without(self, places: Places, dropped: Places) -> Places | None:
        gone = frozenset().union(*(self._dependents_of(place, places) for place in dropped))
        fewer = places - gone
        return fewer if fewer != places and self._keeps(fewer) else None

    def _keeps(self, places: Places, *, any_way: bool = False) -> bool:
        """Tell whether the answer stays wrong on these rows alone."""
        if places in self._kept:
            return True
        if self._tried.get(places) is False and not any_way:
            return False
        database = self._database(places)
        if self._schema.foreign_key_violations(database) or (self._schema.assume and self._schema.violations(database)):
            return False
        found = self._trial.wrong(database)
        fits = found is not None and (
            _still_counts(self._outcome, found) if any_way else same_way(self._outcome, found)
        )
        if fits and found is not None:
            self._kept[places] = (database, found)
        self._tried[places] = fits
        return fits

    def _database(self, places: Places) -> Database:
        tables = {
            name: tuple(row for i, row in enumerate(rows) if (name, i) in places)
            for name, rows in self._whole.tables.items()
        }
        return Database(tables, (*self._whole.strategies, "shrunk"))

    def _dependents_of(self, place: Place, places: Places) -> Places:
        """The row and every row that, directly or not, refers to it."""
        gone, queue = {place}, [place]
        while queue:
            for child in self._dependents.get(queue.pop(), ()):
                if child in places and child not in gone:
                    gone.add(child)
                    queue.append(child)
        return frozenset(gone)

    def _in_order(self, places: Places) -> list[Place]:
        rank = {table.name: -number for number, table in enumerate(self._schema.tables)}
        return sorted(places, key=lambda place: (rank.get(place[0], 0), -place[1]))


def _still_counts(outcome: Outcome, found: Outcome) -> bool:
    """Tell whether a smaller database may stand for the first one though the answer is wrong there in another way."""
    if found.order_dependent and not outcome.order_dependent:
        return False
    if shows_rows(outcome) and not shows_rows(found):
        return False
    return not isinstance(found.learner, RunError) or isinstance(outcome.learner, RunError)


def wrong_outcome(submission: Submission, database: Database, *, by_order: bool = True) -> Outcome | None:
    """How the answer is wrong on a database; None if it is right there or there is nothing to compare with.

    The cheap comparison comes first; row orders are looked at only if it shows a difference, or if by_order says that
    a difference in another row order counts as well.
    """
    if len(submission.solutions) > 1:
        outcome = submission.outcome(database)
        return outcome if outcome is not None and outcome.genuine else None
    runner, solution = submission.runner, submission.solutions[0]
    name = runner.load(database)
    try:
        reference = solve(solution.plan, runner, name, submission.rules, trusted=solution.trusted)
        if isinstance(reference, RunError):
            return None
        learner = submission.run(name, reference)
    finally:
        runner.drop(name)
    outcome = Outcome(learner, reference, submission.difference(learner, reference))
    if outcome.diff is None and not (by_order and submission.statement.order_sensitive):
        return None
    settled = _in_another_order(submission, database, outcome)
    return settled if settled is not None and settled.genuine else None


def _in_another_order(submission: Submission, database: Database, outcome: Outcome) -> Outcome | None:
    """The outcome once the rows have been turned round; None if that changes what the solution gives."""
    runner, solution = submission.runner, submission.solutions[0]
    learner_sensitive = submission.statement.order_sensitive and not isinstance(outcome.learner, RunError)
    if not learner_sensitive and not solution.order_sensitive:
        return outcome
    moved = runner.load(database.shuffled(0))
    try:
        if solution.order_sensitive:
            again = compare(runner.run(solution.plan.sql, moved), outcome.reference, submission.rules)
            if not isinstance(again, Same):
                return None
        if not learner_sensitive:
            return outcome
        other = submission.run(moved, outcome.reference)
        diff = submission.difference(other, outcome.reference)
    finally:
        runner.drop(moved)
    if (diff is None) == (outcome.diff is None):
        return outcome
    worse = outcome.learner if outcome.diff else other
    return Outcome(worse, outcome.reference, outcome.diff or diff, order_dependent=True)


def _dependents(database: Database, schema: SchemaModel) -> Mapping[Place, Sequence[Place]]:
    """For each row the rows whose foreign keys name it."""
    found: dict[Place, list[Place]] = {}
    for table in schema.tables:
        for parent, child in _references(table, database, schema):
            found.setdefault(parent, []).append(child)
    return found


def _references(table: Table, database: Database, schema: SchemaModel) -> Iterator[tuple[Place, Place]]:
    rows = database.tables.get(table.name, ())
    for link in table.foreign_keys:
        parent = schema.table(link.parent)
        parents: dict[Row, Place] = {
            parent.pick(row, link.parent_columns): (parent.name, i)
            for i, row in enumerate(database.tables.get(parent.name, ()))
        }
        for number, row in enumerate(rows):
            value = table.pick(row, link.columns)
            if value in parents and parents[value] != (table.name, number):
                yield parents[value], (table.name, number)
