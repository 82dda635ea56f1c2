"""A counterexample made as small as it gets while the answer stays wrong on it in the same way (pass 9).

Rows go first, by delta debugging (Zeller & Hildebrandt 2002, doi:10.1109/32.988498) over rows with all that refers to
them, then by handing the partners of a row to another one (`merge`). Cells are then made plain by `simplify`.
"""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from sqlgrade.engine.checker import stays_valid, violations
from sqlgrade.outcomes.standing import Standing, wrong_on_plain_engine
from sqlgrade.shrink.dress import Familiar, dressed
from sqlgrade.shrink.merge import merged_databases
from sqlgrade.shrink.simplify import plainer_databases
from sqlgrade.tables.result import Database, RunError
from sqlgrade.verdict import DiffKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.outcomes.submission import Outcome, Submission
    from sqlgrade.tables.model import SchemaModel, Table
    from sqlgrade.tables.result import Row

Place: TypeAlias = tuple[str, int]
"""A row of the database to shrink: its table and its number there."""

Places: TypeAlias = frozenset[Place]

_NONE: Familiar = {}
_SMALL = 3
_FEW = 5
_MOST_MERGED = 100
"""Merging tries every pair of rows; a database of more rows than this no reader takes in anyway."""
_MOST_STARTS = 12
_ROW_KINDS = frozenset(
    [DiffKind.MISSING_ROWS, DiffKind.EXTRA_ROWS, DiffKind.BOTH, DiffKind.VALUES, DiffKind.DUPLICATES_ONLY]
)


@dataclass(frozen=True)
class Effort:
    """How much shrinking may cost: tests first, time only as a backstop."""

    tests: int = 220
    plainer: int = 40
    seconds: float = 4.0


_SECOND_EFFORT = Effort(tests=50, plainer=20, seconds=1.5)
"""What a further start may cost, the first one having ended with more rows than a reader takes in at a glance.

Further starts seldom end with fewer rows: 6 of 47 did, at three times the tests of the first ones."""


@dataclass(frozen=True)
class Shrunk:
    """The smallest database found, how the answer fares on it, and whether every row of it is needed."""

    database: Database
    outcome: Outcome
    tests: int
    minimal: bool
    genuine: bool = True
    """True if an engine as anybody starts it, with every optimizer and constraint, shows the difference as well."""


def shrink(
    database: Database,
    outcome: Outcome,
    submission: Submission,
    schema: SchemaModel,
    plain: Runner,
    effort: Effort | None = None,
    familiar: Familiar = _NONE,
) -> Shrunk:
    """Shrink a valid database on which the submission is wrong; familiar values are put where nothing depends on them.

    The result is valid, wrong in the same way (see `same_way`), and, if `minimal`, not so without any one of its rows.
    """
    trial = _Trial(submission, plain, effort or Effort(), by_order=outcome.order_dependent)
    database, outcome = _Rows(database, outcome, schema, trial).fewest()
    while _SMALL < database.total_rows <= _MOST_MERGED and not trial.spent:
        merged = _merged(database, outcome, schema, trial)
        if merged is None:
            break
        fewer = _Rows(*merged, schema, trial).fewest()
        if not trial.holds(fewer[0]) and trial.holds(database):
            break
        database, outcome = fewer
    plainer, outcome = _plainer(database, outcome, schema, trial)
    if trial.holds(plainer) or not trial.holds(database):
        database = plainer
    database, outcome = _dressed(database, outcome, schema, trial, familiar)
    database = _as_it_shows(database, outcome, schema, trial)
    shown = trial.shown(database)
    return Shrunk(database, shown or outcome, trial.tests, not trial.spent, shown is not None)


def shrink_any(
    starts: Sequence[tuple[Database, Outcome]],
    submission: Submission,
    schema: SchemaModel,
    plain: Runner,
    effort: Effort | None = None,
    familiar: Familiar = _NONE,
) -> Shrunk:
    """Shrink the first of several such databases, and the next ones as long as the smallest so far is not small.

    Args:
        starts: Databases on which the submission is wrong, the most promising first; at least one.
        submission: The answer and the solutions it is held against.
        schema: What valid databases must keep.
        plain: An engine as anybody starts it; a start that it does not show as wrong serves only if there is no other.
        effort: How much each start may cost.
        familiar: Rows whose values are put where nothing depends on them.
    """
    shown = (start for start in starts[:_MOST_STARTS] if wrong_on_plain_engine(submission, start[0], plain))
    chosen = list(itertools.islice(shown, 1)) or [starts[0]]
    best = shrink(*chosen[0], submission, schema, plain, effort, familiar)
    if best.database.total_rows > _FEW:
        for start in itertools.islice(shown, 1):
            other = shrink(*start, submission, schema, plain, effort or _SECOND_EFFORT, familiar)
            best = min(best, other, key=lambda found: (not found.genuine, found.database.total_rows))
    return best


def _as_it_shows(database: Database, outcome: Outcome, schema: SchemaModel, trial: _Trial) -> Database:
    """The rows turned round if only that shows the difference, and fewer of them where their order decides."""
    if not trial.holds(database):
        turned = database.shuffled(0)
        return turned if not violations(schema, turned) and trial.holds(turned) else database
    if trial.order_matters or outcome.diff is None or outcome.diff.kind is DiffKind.ORDER_ONLY:
        return _Rows(database, outcome, schema, trial).needed()
    return database


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

    def __init__(self, submission: Submission, plain: Runner, effort: Effort, *, by_order: bool) -> None:
        self._submission, self._plain = submission, plain
        self._shown: dict[int, tuple[Database, Outcome | None]] = {}
        self._by_order = by_order
        self._effort = effort
        self._deadline = time.process_time() + effort.seconds
        self.order_matters = submission.statement.order_sensitive
        self.queries = (submission.statement.sql, *(s.plan.sql for s in submission.solutions))
        self.tests = 0
        self.spent = False

    def standing(self, database: Database) -> Standing:
        """The database held ready for many tests; to be closed."""
        return Standing(self._submission, database)

    def wrong(self, database: Database) -> Outcome | None:
        """How the answer is wrong on a database; None if it is right, nothing can be said, or the effort is spent."""
        with self.standing(database) as standing:
            return self.wrong_without(standing, {})

    def shown(self, database: Database) -> Outcome | None:
        """As wrong, on an engine as anybody starts it; asked of a database once."""
        if id(database) not in self._shown:
            self._shown[id(database)] = database, wrong_on_plain_engine(self._submission, database, self._plain)
        return self._shown[id(database)][1]

    def shown_anew(self, database: Database) -> Outcome | None:
        """As shown, counted as a test."""
        if self._is_spent():
            return None
        self.tests += 1
        return self.shown(database)

    def wrong_without(self, standing: Standing, gone: Mapping[str, Sequence[int]]) -> Outcome | None:
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


def _merged(
    database: Database, outcome: Outcome, schema: SchemaModel, trial: _Trial
) -> tuple[Database, Outcome] | None:
    """The first database with a row fewer, its partners handed to another row, on which the answer stays wrong."""
    for proposal in merged_databases(database, schema, trial.queries):
        if violations(schema, proposal):
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
        found = _wrong_and_needed(proposal, outcome, schema, trial) if not violations(schema, proposal) else None
        if found is not None:
            database, outcome = proposal, found
        try:
            proposal = proposals.send(found is not None)
        except StopIteration:
            break
    return database, outcome


def _dressed(
    database: Database, outcome: Outcome, schema: SchemaModel, trial: _Trial, familiar: Familiar
) -> tuple[Database, Outcome]:
    """The same rows with familiar values, if the answer stays wrong in the same way.

    Every row stays needed, as nothing depends on what has changed.
    """
    proposal = dressed(database, schema, trial.queries, familiar) if familiar else database
    if proposal == database or violations(schema, proposal) or not trial.holds(database):
        return database, outcome
    found = trial.shown(proposal)
    return (proposal, found) if found is not None and same_way(outcome, found) else (database, outcome)


def _wrong_and_needed(database: Database, outcome: Outcome, schema: SchemaModel, trial: _Trial) -> Outcome | None:
    """How the answer is wrong on a database, if it is so in the same way and without any row no longer."""
    with trial.standing(database) as standing:
        found = trial.wrong_without(standing, {})
        if found is None or not same_way(outcome, found):
            return None
        for name, rows in database.tables.items():
            for number in range(len(rows)):
                if schema.foreign_key_violations(database.replace(name, rows[:number] + rows[number + 1 :])):
                    continue
                less = trial.wrong_without(standing, {name: (number,)})
                if trial.spent or (less is not None and _still_counts(outcome, less)):
                    return None
    return found


class _Rows:
    """One round of leaving out rows: the rows to choose from and what has been tried."""

    def __init__(self, database: Database, outcome: Outcome, schema: SchemaModel, trial: _Trial) -> None:
        self._whole = database
        self._outcome = outcome
        self._schema = schema
        self._trial = trial
        self._all: Places = frozenset((name, i) for name, rows in database.tables.items() for i in range(len(rows)))
        self._parents = _parents(database, schema)
        self._dependents: dict[Place, list[Place]] = {}
        for child, parents in self._parents.items():
            for parent in parents:
                self._dependents.setdefault(parent, []).append(child)
        self._found: dict[Places, Outcome | None] = {self._all: outcome}
        self._standing = trial.standing(database)
        self._afresh = False

    def fewest(self) -> tuple[Database, Outcome]:
        """The database with the fewest rows found on which the answer stays wrong."""
        with self._standing:
            places = self._fewest_places()
        database = self._database(places)
        if places != self._all and not self._trial.holds(database) and self._trial.holds(self._whole):
            # planned otherwise, or with other rows beside, a query may meet another error or give another order
            self._found, self._afresh = {self._all: self._outcome}, True
            places = self._fewest_places()
            database = self._database(places)
        return database, self._found[places] or self._outcome

    def needed(self) -> Database:
        """The rows without those that an engine as anybody starts it can spare."""
        self._afresh = True
        return self._database(self._drop_any_way(self._all))

    def _fewest_places(self) -> Places:
        places = self._drop_tables(self._all)
        size = max(1, len(places) // 2)
        while True:
            fewer = self._drop_chunks(places, size)
            if fewer == places and size == 1:
                break
            places, size = fewer, max(1, min(size // 2, len(fewer) // 2))
        return self._drop_any_way(places)

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
        if places not in self._found:
            if self._trial.spent or not self._is_valid(places):
                return False
            self._found[places] = (
                self._shown(places) if self._afresh else self._trial.wrong_without(self._standing, self._gone(places))
            )
        found = self._found[places]
        if found is None:
            return False
        return _still_counts(self._outcome, found) if any_way else places == self._all or same_way(self._outcome, found)

    def _shown(self, places: Places) -> Outcome | None:
        found = self._trial.shown_anew(self._database(places))
        return found and replace(found, order_dependent=self._outcome.order_dependent)

    def _is_valid(self, places: Places) -> bool:
        """Tell whether the rows have their parents, and keep the assumptions if there are any."""
        if any(parent not in places for place in places for parent in self._parents.get(place, ())):
            return False
        return not self._schema.assume or stays_valid(self._schema, self._database(places))

    def _gone(self, places: Places) -> dict[str, list[int]]:
        gone: dict[str, list[int]] = {}
        for table, number in sorted(self._all - places):
            gone.setdefault(table, []).append(number)
        return gone

    def _database(self, places: Places) -> Database:
        if places == self._all:
            return self._whole
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


def _parents(database: Database, schema: SchemaModel) -> dict[Place, list[Place]]:
    """For each row the rows that its foreign keys name."""
    found: dict[Place, list[Place]] = {}
    for table in schema.tables:
        for parent, child in _references(table, database, schema):
            found.setdefault(child, []).append(parent)
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
