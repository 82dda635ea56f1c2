"""A pack made ready in one process: its databases loaded, the other row orders on demand."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.compare import Same, compare, fingerprint, same_sequence
from sqlgrade.engine.connection import new_runner
from sqlgrade.hearing.bank import Bank
from sqlgrade.hearing.telling import is_telling
from sqlgrade.outcomes.submission import SHUFFLES, RunOutcome, Submission
from sqlgrade.parse import UNREADABLE
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.query.surgery import output_place
from sqlgrade.record import ExerciseFault
from sqlgrade.shrink.dress import Familiar, familiar_rows
from sqlgrade.tables.result import BIND, LIMIT_KINDS, NOT_ALLOWED, SYNTAX, TOO_LARGE, Result, RunError
from sqlgrade.verdict import DiffKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.compare import Reference
    from sqlgrade.engine.runner import Runner
    from sqlgrade.pack.contents import KnownMistake, Pack, PackDatabase
    from sqlgrade.verdict import DataAdequacy

INLINE_RESERVES = 14
"""Databases of the bank that are tried before an answer is accepted."""

_FINAL = {SYNTAX, BIND, NOT_ALLOWED, *LIMIT_KINDS} - {TOO_LARGE}
"""Errors that every other database would give as well, or that cost too much to see twice."""


class Prepared:
    """Holds a pack's connection; the databases stay loaded between answers."""

    def __init__(self, pack: Pack, host: Prepared | None = None) -> None:
        """A pack of one setting is prepared on the connections of its host, where the databases are loaded already."""
        self.pack, self._host = pack, host
        self.runner: Runner = host.runner if host is not None else new_runner(pack.exercise, pack.schema)
        self.by_setting = tuple(Prepared(each, host=self) for each in pack.by_setting) or (self,)
        self.bank = Bank(pack, self.runner)
        self.adequacy: DataAdequacy | None = None
        """What its data can tell, once that has been measured."""
        self._names: dict[int, str] = {}
        self._moved: dict[tuple[int, int], str] = {}
        self._queries: dict[str, tuple[Query, ...]] = {}
        self._telling: dict[tuple[int, int], bool] = {}
        if not pack.databases:
            raise ExerciseFault("the pack holds no database")

    @cached_property
    def plain(self) -> Runner:
        """An engine as anybody starts it, on which counterexamples are tried once more."""
        if self._host is not None:
            return self._host.plain
        return new_runner(self.pack.exercise, self.pack.schema, plain=True)

    def warm(self) -> None:
        """Loads the pack's databases and the part of the bank that the accept path looks at."""
        if self.by_setting[0] is not self:
            self.by_setting[0].warm()
            return
        for solution in self.pack.solutions:
            names = [self.name(place) for place, _ in self.settled(solution.variant)]
            self.runner.foresee(solution.plan.probe or solution.plan.sql, names)
        for _ in self.bank.chunks(INLINE_RESERVES):
            pass

    def name(self, place: int) -> str:
        """The loaded name of the pack's database at that place."""
        if place not in self._names:
            self._names[place] = self.runner.load(self.pack.databases[place].database)
        return self._names[place]

    def moved(self, place: int) -> Iterator[str]:
        """The loaded names of that database in other row orders."""
        for seed in SHUFFLES:
            if (place, seed) not in self._moved:
                self._moved[place, seed] = self.runner.load(self.pack.databases[place].database, seed)
            yield self._moved[place, seed]

    def settled(self, variant: str) -> list[tuple[int, PackDatabase]]:
        """The databases on which the variant's solutions agree, with their places."""
        return [(place, d) for place, d in enumerate(self.pack.databases) if variant in d.references]

    def outcomes(
        self, submission: Submission, variant: str, known: Result | None = None
    ) -> list[tuple[int, RunOutcome]]:
        """How a submission fares on every database of the pack that is settled for the variant.

        Where it is known to run, from what it gave with other values of its parameters, it need not run by itself first.
        """
        found: list[tuple[int, RunOutcome]] = []
        foreseen: dict[str, Result] = self._foreseen(submission, variant, known) if known is not None else {}
        proved = False
        for place, entry in self.settled(variant):
            name = self.name(place)
            told, reference, moved = foreseen.get(name), entry.references[variant], self.moved(place)
            outcome = submission.outcome_against(reference, name, moved, told, proved=proved)
            found.append((place, outcome))
            if isinstance(outcome.learner, RunError) and outcome.learner.kind in _FINAL:
                break
            if len(found) == 1 and known is None:  # it runs by itself
                foreseen = self._foreseen(submission, variant, outcome.learner)
                told = foreseen.get(name)
            if not proved and outcome.diff is not None and told is not None:
                proved = fingerprint(outcome.learner) == fingerprint(told)
                foreseen = foreseen if proved else {}
        return found

    def is_telling(self, place: int, reference: Reference) -> bool:
        """Whether the pack's database at that place is telling with one of its references; asked once."""
        asked = place, id(reference)
        if asked not in self._telling:
            self._telling[asked] = is_telling(self.pack.databases[place].database, reference)
        return self._telling[asked]

    def _foreseen(self, submission: Submission, variant: str, known: Result | RunError) -> dict[str, Result]:
        """What one run on all settled databases tells, its columns as a run by itself has them."""
        if isinstance(known, RunError):
            return {}
        found = submission.foresee([self.name(place) for place, _ in self.settled(variant)])
        return {name: replace(each, columns=known.columns, types=known.types) for name, each in found.items()}

    @cached_property
    def columns(self) -> SchemaColumns:
        """The schema as queries are read over it."""
        return SchemaColumns.of(self.pack.schema, self.pack.exercise.given)

    @cached_property
    def familiar(self) -> Familiar:
        """The rows of the hand-made databases."""
        handmade = (entry.database for entry in self.pack.databases if entry.handmade)
        return familiar_rows(handmade, self.pack.schema)

    def queries(self, variant: str) -> tuple[Query, ...]:
        """The trees of a variant's solutions.

        Raises:
            SqlglotError: sqlglot cannot read one of them.
        """
        if variant not in self._queries:
            self._queries[variant] = tuple(Query(s.plan.sql, self.columns) for s in self.pack.of_variant(variant))
        return self._queries[variant]

    def behaves_like(self, outcomes: Sequence[tuple[int, RunOutcome]]) -> Iterator[KnownMistake]:
        """The near misses whose outcomes are the submission's on every database.

        Where nothing but the order of rows is wrong, the rows have to stand in the same order too, or in one that the near
        miss may give as well, as its ORDER BY leaves it open. A submission that is wrong only on rows in another order is
        like a near miss that is right on them as they stand, and the other way round, as long as both are wrong somewhere.
        """
        marks = [(place, o, (fingerprint(o.learner), o.diff is not None)) for place, o in outcomes]
        for mistake in self.pack.near_misses:
            known = self._marks[mistake.name]
            alike = [(place, o) for place, o, mark in marks if known[place] == mark]
            by_chance = sum(
                (o.order_dependent and not known[place][1])
                or (known[place] == (mark[0], not mark[1]) and self._may_stand_so(mistake, place, o.learner))
                for place, o, mark in marks
            )
            wrong = any(o.diff is not None for _, o in alike)
            if (
                len(alike) + by_chance == len(marks)
                and (wrong or not by_chance)
                and all(self._wrong_alike(mistake, place, o) for place, o in alike if o.diff is not None)
            ):
                yield mistake

    def _wrong_alike(self, mistake: KnownMistake, place: int, outcome: RunOutcome) -> bool:
        """Whether what is wrong with the order or the names of the same rows is the same."""
        known, kind = mistake.outcomes[place], outcome.diff.kind if outcome.diff is not None else None
        if kind is DiffKind.ORDER_ONLY:
            return same_sequence(outcome.learner, known) or self._may_stand_so(mistake, place, outcome.learner)
        return kind is not DiffKind.NAMES_ONLY or self._named_alike(outcome.learner, known)

    def _may_stand_so(self, mistake: KnownMistake, place: int, learner: Result | RunError) -> bool:
        """Whether the same rows stand in another order that a near miss's ORDER BY allows: what it sorts by is the same, row by row."""
        known, by = mistake.outcomes[place], self._sorted_by.get(mistake.name, ())
        return bool(by) and not same_sequence(learner, known) and same_sequence(learner, known, by)

    @cached_property
    def _sorted_by(self) -> dict[str, tuple[int, ...]]:
        """The places of the columns that each near miss sorts by; none where it sorts by what it does not show."""
        return {each.name: self._places_of_order(each.sql) for each in self.pack.near_misses}

    def _places_of_order(self, sql: str) -> tuple[int, ...]:
        try:
            tree = Query(sql, self.columns).tree
        except UNREADABLE:
            return ()
        order = tree.args.get("order")
        outputs = tree.selects if isinstance(tree, exp.Query) else []
        places = [output_place(key.this, outputs) for key in order.expressions] if order is not None else []
        return tuple(places) if all(0 <= each < len(outputs) for each in places) else ()

    def _named_alike(self, learner: Result | RunError, known: Result | RunError) -> bool:
        """Whether the columns that are named otherwise than the task says have the same names in both results."""
        asked = {name.casefold() for name in self.pack.exercise.rules.column_names}
        ours, theirs = (
            {name.casefold() for name in each.columns} - asked if isinstance(each, Result) else None
            for each in (learner, known)
        )
        return ours == theirs

    def avoided(self, outcomes: Sequence[tuple[int, RunOutcome]]) -> Iterator[KnownMistake]:
        """The near misses that are wrong somewhere the submission is right, and whose wrong results it never has."""
        right = {place for place, outcome in outcomes if outcome.diff is None}
        failed = {place: fingerprint(o.learner) for place, o in outcomes if place >= 0 and o.diff is not None}
        for mistake in self.pack.near_misses:
            wrong = {place: mark for place, (mark, wrong) in enumerate(self._marks[mistake.name]) if wrong}
            if right & wrong.keys() and all(wrong.get(place) != mark for place, mark in failed.items()):
                yield mistake

    @cached_property
    def _marks(self) -> dict[str, list[tuple[str, bool]]]:
        return {
            m.name: [self._mark(o, d) for o, d in zip(m.outcomes, self.pack.databases, strict=True)]
            for m in self.pack.near_misses
        }

    def _mark(self, outcome: Result | RunError, entry: PackDatabase) -> tuple[str, bool]:
        references = list(entry.references.values())
        wrong = not any(isinstance(compare(outcome, r, self.pack.exercise.rules), Same) for r in references)
        return fingerprint(outcome), wrong

    def close(self) -> None:
        """Ends the connections."""
        self.runner.close()
        if "plain" in self.__dict__:
            self.plain.close()
