"""The databases that queries are tried on, with the solution's reference on each."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from sqlgrade.compare import Same, compare, fingerprint, order_counts, permuted
from sqlgrade.compare.cells import canonical, rounded
from sqlgrade.engine.sandbox import read_statement
from sqlgrade.outcomes.submission import foresee
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import Result, RunError

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

    from sqlgrade.compare import Reference
    from sqlgrade.engine.runner import Runner
    from sqlgrade.record import Rules


class Trial:
    """Runs queries on loaded databases and tells whether they agree with the solution there."""

    def __init__(
        self,
        runner: Runner,
        references: Mapping[str, Reference],
        rules: Rules,
        alone: Collection[str] = (),
        columns: tuple[int, ...] | None = None,
        known: Mapping[str, Mapping[str, Result]] | None = None,
    ) -> None:
        """Set up what queries are tried on.

        Args:
            runner: Holds the databases.
            references: The solution's result on each of them.
            rules: How results are compared.
            alone: Databases held for this trial alone, not run together with those that others use as well.
            columns: An order in which a query's columns may be read besides their own.
            known: Results that need no run, by query and database.
        """
        self.runner = runner
        self._alone = alone
        self._columns = columns
        self._known = dict(known or {})
        self.references = references
        self.rules = rules
        self.databases: tuple[str, ...] = tuple(references)
        self._deadliest: list[str] = list(references)
        self._agreements: dict[str, bool] = {}
        self._wrong: dict[str, tuple[str, ...]] = {}

    @property
    def reads_at_other_places(self) -> bool:
        """Whether a query's columns may be read in another order than their own."""
        return self._columns is not None

    def first(self, names: Sequence[str]) -> Trial:
        """The same trial with some databases tried before the others."""
        order = (*names, *(name for name in self.databases if name not in set(names)))
        references = {name: self.references[name] for name in order}
        return Trial(self.runner, references, self.rules, self._alone, self._columns, self._known)

    def take_for(self, sql: str, other: str) -> None:
        """Take what is known of one query's results for those of another that is the same query."""
        self._known[sql] = self._known.get(other, {})

    def same(self, outcome: Result | RunError, database: str) -> bool:
        """Tell whether a result is right on one database."""
        if isinstance(outcome, RunError):
            return False
        reference = self.references[database]
        if isinstance(compare(outcome, reference, self.rules), Same):
            return True
        if self._columns is None or len(self._columns) != len(outcome.columns):
            return False
        return isinstance(compare(permuted(outcome, self._columns), reference, self.rules), Same)

    def agrees(self, sql: str) -> bool:
        """Tell whether a query is right on every database; it stops at the first where it is not.

        Where the last wrong query failed, the next one is likely to fail, so that database comes first.
        """
        if sql not in self._agreements:
            killer = self._killer(sql)
            self._agreements[sql] = killer is None
            if killer is not None:
                self._deadliest.remove(killer)
                self._deadliest.insert(0, killer)
        return self._agreements[sql]

    def wrong_on(self, sql: str) -> tuple[str, ...]:
        """The databases on which a query is wrong, in order."""
        if sql not in self._wrong:
            self._wrong[sql] = tuple(name for name in self.databases if not self.same(self.run(sql, name), name))
        return self._wrong[sql]

    def right_columns(self, sql: str, names: Iterable[str]) -> frozenset[int]:
        """The places of the columns that hold the expected values on all of these databases, whatever row they stand in."""
        right: set[int] | None = None
        for name in names:
            found, asked = self.run(sql, name), self.references[name].result
            if isinstance(found, RunError) or len(found.columns) != len(asked.columns):
                return frozenset()
            held = {place for place in range(len(asked.columns)) if _column(found, place) == _column(asked, place)}
            right = held if right is None else right & held
        return frozenset(right or ())

    def right_on_some(self, sql: str, names: Sequence[str]) -> bool:
        """Tell whether a query is right on one of these databases; after the first they are run together."""
        if any(self.same(self.run(sql, name), name) for name in names[:1]):
            return True
        foreseen = self._foresee(sql) if len(names) > 1 else {}
        likely = (name for name in names[1:] if name not in foreseen or self.same(foreseen[name], name))
        return any(self.same(self.run(sql, name), name) for name in likely)

    def _killer(self, sql: str) -> str | None:
        """The first database on which a query is wrong; once it is right on one, the others are run together."""
        foreseen: Mapping[str, Result] = {}
        for place, name in enumerate(self._deadliest):
            if place == 1:
                foreseen = self._foresee(sql)
            if name in foreseen and self.same(foreseen[name], name):
                continue
            if not self.same(self.run(sql, name), name):
                return name
        return None

    def _foresee(self, sql: str) -> Mapping[str, Result]:
        statement = read_statement(sql, self.runner)
        names = [name for name in self.databases if name not in self._alone]
        ordered = any(order_counts(reference, self.rules) for reference in self.references.values())
        return {} if isinstance(statement, RunError) else foresee(statement, self.runner, names, ordered=ordered)

    def run(self, sql: str, database: str) -> Result | RunError:
        """What a query gives on one of the databases."""
        found = self._known.get(sql, {}).get(database)
        return found if found is not None else self.runner.run(sql, database)

    def binds(self, sql: str) -> bool:
        """Tell whether DuckDB takes a query at all."""
        outcome = self.run(sql, self.databases[0])
        return not (isinstance(outcome, RunError) and outcome.kind in {kinds.BIND, kinds.SYNTAX})

    def behaviour(self, sql: str) -> tuple[str, ...]:
        """The query's fingerprints on all databases, each marked if the result is wrong there."""
        return tuple(self.mark(self.run(sql, name), name) for name in self.databases)

    def mark(self, outcome: Result | RunError, database: str) -> str:
        """One database's part of a behaviour."""
        return fingerprint(outcome) + ("" if self.same(outcome, database) else "!")


def _column(result: Result, place: int) -> Counter[Hashable]:
    return Counter(rounded(canonical(row[place])) for row in result.rows)


class Box:
    """A limit on how long a stage may go on: a count of tries, and time as a backstop."""

    def __init__(self, tries: int, seconds: float) -> None:
        self._left = tries
        self._deadline = time.process_time() + seconds

    def allows(self) -> bool:
        """Take one try; False once the box is used up."""
        self._left -= 1
        return self._left >= 0 and time.process_time() < self._deadline
