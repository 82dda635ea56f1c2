"""The pack of a watching exercise: what the solution says of each night, and how each near miss does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.engine.sandbox import read_statement
from sqlgrade.pack.contents import Pack, WatchedNights
from sqlgrade.query.constructs import check_constructs
from sqlgrade.record import ExerciseFault
from sqlgrade.tables.result import Result, RunError
from sqlgrade.watching.marks import marked, observed
from sqlgrade.watching.nights import Nights

if TYPE_CHECKING:
    from sqlgrade.pack.keys import Depth
    from sqlgrade.record import Exercise
    from sqlgrade.tables.model import SchemaModel
    from sqlgrade.verdict import NightMark


def build_watch_pack(exercise: Exercise, schema: SchemaModel, seed: int, depth: Depth) -> Pack:
    """Runs the solution and the near misses over all nights.

    Raises:
        ExerciseFault: there is no solution, it does not run, or the script of the nights does not.
    """
    watch = exercise.watch
    if watch is None or len(exercise.solutions) != 1:
        raise ExerciseFault("an exercise with nights has one solution")
    check_constructs(exercise)
    nights = Nights(exercise, schema)
    try:
        found = _run(nights, exercise.solutions[0].sql, "the solution")
        names = exercise.rules.column_names
        own = [marked(night, each, None, watch, names) for night, each in zip(nights.all, found, strict=True)]
        faults = tuple(_fault(mark) for mark in own if not mark.is_right)
        expected = tuple(each.rows[0] if isinstance(each, Result) and each.rows else () for each in found)
        near: dict[str, tuple[NightMark, ...]] = {}
        for known in exercise.near_misses:
            theirs = observed(nights, known.sql)
            if len(theirs) == len(nights.all):
                rows = zip(nights.all, theirs, expected, strict=True)
                near[known.name] = tuple(marked(night, each, row, watch, names) for night, each, row in rows)
    finally:
        nights.close()
    return Pack(exercise, schema, seed, depth, (), (), faults=faults, watched=WatchedNights(expected, near))


def _run(nights: Nights, sql: str, whose: str) -> list[Result | RunError]:
    statement = read_statement(sql, nights.runner)
    if isinstance(statement, RunError):
        raise ExerciseFault(f"{whose} cannot be read: {statement.message}")
    found = observed(nights, statement.sql)
    if isinstance(found[-1], RunError):
        raise ExerciseFault(f"{whose} does not run: {found[-1].message}")
    return found


def _fault(mark: NightMark) -> str:
    told = f"{mark.outcome} {mark.flaw}".strip()
    return f"the solution is wrong on night {mark.day} of run {mark.run} ({mark.sort}): {told}"
