"""The pack of an exercise with parameters: one set of databases, and on it what the queries give with each setting."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlgrade.compare import Same, compare
from sqlgrade.pack.as_run import as_run
from sqlgrade.pack.behaviours import Behaviours
from sqlgrade.pack.contents import KnownMistake, Pack, PackDatabase
from sqlgrade.pack.settling import settle_loaded
from sqlgrade.parameters import BadTemplate, fill, names_in
from sqlgrade.populate import Generator
from sqlgrade.record import ExerciseFault
from sqlgrade.tables.result import SYNTAX, RunError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from sqlgrade.engine.runner import Runner
    from sqlgrade.outcomes.submission import PlannedSolution
    from sqlgrade.pack.report import AdequacyReport
    from sqlgrade.record import Alternative, Exercise, NearMiss, Solution
    from sqlgrade.tables.result import Database

    Query = TypeVar("Query", Solution, Alternative, NearMiss)

_ENOUGH_FRUITFUL, _MOST_FRUITFUL, _MOST_EMPTY = 4, 8, 3
"""Databases on which a further setting gives rows, and on which it gives none: mistakes of other sorts show with the first setting."""
_MOST_TRIED = 40
_SEED_STEP = 101


def in_setting(exercise: Exercise, setting: Mapping[str, str]) -> Exercise:
    """The exercise with these values in its queries; near misses that cannot be filled in are left out.

    Raises:
        ExerciseFault: a solution cannot be filled in.
    """

    def filled(query: Query) -> Query:
        return replace(query, sql=fill(query.sql, setting).sql)

    try:
        return replace(
            exercise,
            solutions=tuple(map(filled, exercise.solutions)),
            alternatives=tuple(map(filled, exercise.alternatives)),
            near_misses=tuple(filled(each) for each in exercise.near_misses if _unfilled(each, setting) is None),
            settings=(),
        )
    except BadTemplate as bad:
        raise ExerciseFault(f"a right query cannot be filled in: {bad}") from bad


def seen_elsewhere(exercise: Exercise) -> frozenset[str]:
    """The names of near misses that lack a parameter: with their own values they may be right, and show with others."""
    wanted = set(exercise.settings[0])
    return frozenset(each.name for each in exercise.near_misses if set(names_in(each.sql)) != wanted)


def with_settings(
    exercise: Exercise,
    first: Pack,
    runner: Runner,
    plan: Callable[[Solution, Runner, Exercise], PlannedSolution],
) -> Pack:
    """The pack of the exercise, from that of its first setting.

    Args:
        exercise: as authored, its parameters not filled in.
        first: the pack of its first setting, whose databases serve all.
        runner: where they are loaded.
        plan: makes a solution ready to run.

    Raises:
        ExerciseFault: a solution does not run with another setting.
    """
    rooms = [replace(first, setting=exercise.settings[0])]
    hidden = seen_elsewhere(exercise) - _refuted(rooms[0])
    for number, setting in enumerate(exercise.settings[1:], 1):
        filled = as_run(in_setting(exercise, setting), first.schema)
        planned = tuple(plan(each, runner, filled) for each in filled.solutions)
        room = _Room(filled, planned, first, runner, hidden)
        room.take_over()
        room.look_for_more(first.seed + number * _SEED_STEP)
        rooms.append(replace(room.pack(), setting=setting))
        hidden -= _refuted(rooms[-1])
    return replace(
        first,
        exercise=exercise,
        near_misses=(*first.near_misses, *_that_never_run(exercise, len(first.databases))),
        faults=tuple(dict.fromkeys(fault for room in rooms for fault in room.faults)),
        report=_told_by_all(rooms),
        by_setting=tuple(rooms),
    )


class _Room:
    """The databases for one further setting: those of the first that tell something, and some made for it."""

    def __init__(
        self,
        exercise: Exercise,
        planned: tuple[PlannedSolution, ...],
        first: Pack,
        runner: Runner,
        awaited: frozenset[str],
    ) -> None:
        self._exercise, self._planned, self._first, self._runner = exercise, planned, first, runner
        others = frozenset(each.name for each in exercise.near_misses) - awaited
        self._known = Behaviours(exercise, runner, others)
        self._databases: list[PackDatabase] = []
        self._errors: list[RunError] = []
        self._fruitful = self._empty = 0

    def take_over(self) -> None:
        """Takes from the first setting's databases some fruitful ones, a few on which nothing is found, and what shows a mistake."""
        for entry in self._first.databases:
            self._try(entry.database, handmade=entry.handmade, most_empty=_MOST_EMPTY)

    def look_for_more(self, seed: int) -> None:
        """Makes databases until enough are fruitful and every awaited near miss has shown itself, as far as tries go."""
        exercise = self._exercise
        every = (exercise.solutions, exercise.alternatives, exercise.near_misses)
        queries = [query.sql for queries in every for query in queries]
        generator = Generator(self._first.schema, queries, self._runner, seed=seed, authored=exercise.pools)
        for database in itertools.islice(generator.databases(), _MOST_TRIED):
            if self._fruitful >= _ENOUGH_FRUITFUL and not self._known.hidden():
                return
            self._try(database)

    def pack(self) -> Pack:
        """The setting's own pack; raises ExerciseFault where its solution gives no one result anywhere."""
        exercise, first = self._exercise, self._first
        if not self._databases:
            raise ExerciseFault("with one of the values of its parameters the solution gives no one result")
        near = tuple(
            KnownMistake(
                each.name, each.sql, each.code, each.clause, authored=True, outcomes=self._known.outcomes(place)
            )
            for place, each in enumerate(exercise.near_misses)
        )
        faults = (f"the solution fails on some valid data: {self._errors[0].message}",) if self._errors else ()
        found = tuple(self._databases)
        return Pack(exercise, first.schema, first.seed, first.depth, self._planned, found, near, faults=faults)

    def _try(self, database: Database, *, handmade: bool = False, most_empty: int = 0) -> None:
        with self._runner.loaded(database) as name:
            references = settle_loaded(self._planned, database, name, self._runner, self._exercise, self._errors)
            if not references:
                return
            entry = PackDatabase(database, references, handmade)
            fruitful = any(each.result.rows for each in references.values())
            full = self._fruitful >= _MOST_FRUITFUL if fruitful else self._empty >= most_empty
            if full and not self._known.reveals(entry, name):
                return
            self._fruitful, self._empty = self._fruitful + fruitful, self._empty + (not fruitful)
            self._databases.append(entry)
            self._known.add(entry, name)


def _told_by_all(rooms: list[Pack]) -> AdequacyReport | None:
    """A full report in which near misses that are wrong with another setting alone are refuted too."""
    report = rooms[0].report
    if report is None:
        return None
    found = {name for room in rooms[1:] for name in _refuted(room)}
    accepted = tuple(name for name in report.near_misses_accepted if name not in found)
    refuted = tuple(name for name in report.near_misses_accepted if name in found)
    return replace(report, near_misses_accepted=accepted, near_misses_refuted=(*report.near_misses_refuted, *refuted))


def _refuted(room: Pack) -> frozenset[str]:
    """The near misses that some database of a room shows to be wrong."""
    return frozenset(
        known.name
        for known in room.near_misses
        for outcome, entry in zip(known.outcomes, room.databases, strict=True)
        if entry.references
        and not any(isinstance(compare(outcome, each, room.exercise.rules), Same) for each in entry.references.values())
    )


def _that_never_run(exercise: Exercise, databases: int) -> tuple[KnownMistake, ...]:
    """The near misses that cannot be filled in, each with the same error everywhere."""
    broken = ((each, _unfilled(each, exercise.settings[0])) for each in exercise.near_misses)
    return tuple(
        KnownMistake(each.name, each.sql, each.code, each.clause, authored=True, outcomes=(error,) * databases)
        for each, error in broken
        if error is not None
    )


def _unfilled(near_miss: NearMiss, setting: Mapping[str, str]) -> RunError | None:
    """Why a near miss cannot be filled in; None if it can."""
    try:
        fill(near_miss.sql, setting)
    except BadTemplate as bad:
        return RunError(SYNTAX, str(bad), bad.start)
    return None
