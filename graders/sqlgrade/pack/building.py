"""The built form of an exercise: databases with their references and the behaviours of known mistakes."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlgrade.engine.connection import new_runner
from sqlgrade.engine.ddl import read_schema
from sqlgrade.engine.handmade import read_filling
from sqlgrade.engine.sandbox import read_statement
from sqlgrade.outcomes.solution import plan_solution
from sqlgrade.outcomes.submission import PlannedSolution
from sqlgrade.pack.as_run import as_run
from sqlgrade.pack.behaviours import Behaviours
from sqlgrade.pack.by_setting import in_setting, seen_elsewhere, with_settings
from sqlgrade.pack.contents import KnownMistake, Pack, PackDatabase
from sqlgrade.pack.settling import settle, settle_loaded
from sqlgrade.populate import Generator, Harvest
from sqlgrade.query.constructs import check_constructs
from sqlgrade.record import Exercise, ExerciseFault, RowOrder, Solution
from sqlgrade.tables.result import Database, RunError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.engine.runner import Runner
    from sqlgrade.pack.keys import Depth
    from sqlgrade.tables.model import SchemaModel

_QUICK_DATABASES = 24
_QUICK_CANDIDATES = 54
_EMPTY_SHARE = 5
_MOST_REVEALING = 120
_MOST_FRUITLESS = 60
"""Databases in a row that reveal nothing, after which no more are tried: some near misses no data tells apart."""


def build_pack(exercise: Exercise, seed: int = 0, depth: Depth = "quick") -> Pack:
    """Builds the databases, references and behaviours of an exercise.

    Raises:
        ExerciseFault: the schema or a solution does not run, or solutions of one variant contradict each other.
    """
    schema = read_schema(exercise.ddl, exercise.assume, exercise.fixed, exercise.dialect)
    if exercise.watch is not None:
        from sqlgrade.pack.watched import build_watch_pack

        return build_watch_pack(exercise, schema, seed, depth)
    if exercise.draft is not None:
        return _draft_pack(exercise, schema, seed, depth)
    filled = [as_run(in_setting(exercise, each), schema) for each in exercise.settings] or [as_run(exercise, schema)]
    aside = seen_elsewhere(exercise) if exercise.settings else frozenset[str]()
    runner = new_runner(exercise, schema)
    check_constructs(_as_written(exercise, filled[0], schema))
    try:
        pack = _quick_pack(filled[0], schema, seed, runner, _queries(filled), aside)
        if depth == "full":
            from sqlgrade.pack.adequacy import deepen_pack

            pack = deepen_pack(replace(pack, depth="full"), runner)
        if exercise.settings:
            pack = with_settings(exercise, pack, runner, _planned)
        elif filled[0] is not exercise:
            pack = replace(pack, asked=exercise)
    finally:
        runner.close()
    return pack


def _as_written(exercise: Exercise, filled: Exercise, schema: SchemaModel) -> Exercise:
    """The exercise as it is run, but for the views that it gives: they meet no demand on a query's form, and break none."""
    if not exercise.given:
        return filled
    bare = replace(exercise, given={})
    return as_run(in_setting(bare, exercise.settings[0]) if exercise.settings else bare, schema)


def _draft_pack(exercise: Exercise, schema: SchemaModel, seed: int, depth: Depth) -> Pack:
    """The pack of an exercise to whose draft rows are written: it holds none, for every answer brings its own."""
    if not exercise.solutions:
        raise ExerciseFault("the exercise has no solution")
    runner = new_runner(exercise, schema)
    try:
        return Pack(exercise, schema, seed, depth, tuple(_planned(s, runner, exercise) for s in exercise.solutions), ())
    finally:
        runner.close()


def _queries(exercises: list[Exercise]) -> list[str]:
    """All that the databases are made for, each query once."""
    found: dict[str, None] = {}
    for each in exercises:
        for queries in (each.solutions, each.alternatives, each.near_misses):
            found |= dict.fromkeys(query.sql for query in queries)
    return list(found)


def _quick_pack(
    exercise: Exercise,
    schema: SchemaModel,
    seed: int,
    runner: Runner,
    queries: list[str],
    aside: frozenset[str],
) -> Pack:
    if not exercise.solutions:
        raise ExerciseFault("the exercise has no solution")
    planned = tuple(_planned(s, runner, exercise) for s in exercise.solutions)
    generator = Generator(schema, queries, runner, seed=seed, authored=exercise.pools)
    faults: list[str] = []
    chosen = _chosen(planned, generator, runner, exercise, faults)
    known = Behaviours(exercise, runner, aside)
    for entry in chosen:
        with runner.loaded(entry.database) as name:
            known.add(entry, name)
    chosen += _revealing(planned, known, generator, runner, exercise)
    planned = tuple(replace(s, trusted=_explained(s, chosen)) for s in planned)
    near = tuple(
        KnownMistake(n.name, n.sql, n.code, n.clause, authored=True, outcomes=known.outcomes(place))
        for place, n in enumerate(exercise.near_misses)
    )
    return Pack(exercise, schema, seed, "quick", planned, tuple(chosen), near, faults=tuple(faults))


def _explained(solution: PlannedSolution, chosen: list[PackDatabase]) -> bool:
    """True if the solution's sort keys and rows before LIMIT explained its result on every database."""
    if solution.plan.probe is None:
        return False
    found = [d.references[solution.variant] for d in chosen if solution.variant in d.references]
    return len(found) > 2 and not any(r.plain for r in found)


def _planned(solution: Solution, runner: Runner, exercise: Exercise) -> PlannedSolution:
    statement = read_statement(solution.sql, runner)
    if isinstance(statement, RunError):
        raise ExerciseFault(f"the solution cannot be read: {statement.message} {statement.name}".strip())
    plan = plan_solution(statement.sql)
    if exercise.rules.row_order is RowOrder.CHECKED:
        plan = replace(plan, probe=None, limited=False)
    sensitive = statement.order_sensitive
    if plan.probe is not None:
        probed = read_statement(plan.probe, runner)
        sensitive = isinstance(probed, RunError) or probed.order_sensitive
    checked = exercise.rules.row_order is RowOrder.CHECKED
    return PlannedSolution(solution.variant, plan, sensitive or checked or (plan.limited and plan.probe is None))


def _chosen(
    planned: tuple[PlannedSolution, ...],
    generator: Generator,
    runner: Runner,
    exercise: Exercise,
    faults: list[str],
) -> list[PackDatabase]:
    """The hand-made databases and those generated ones on which the solutions say something."""
    handmade = [read_filling(generator.schema, script) for script in exercise.databases]
    chosen: list[PackDatabase] = []
    harvest = Harvest(generator)
    settled, empty, errors = 0, 0, list[RunError]()
    source: Iterator[tuple[bool, Database]] = itertools.chain(
        ((True, database) for database in handmade),
        ((False, database) for database in itertools.islice(generator.databases(), _QUICK_CANDIDATES)),
    )
    for authored, database in source:
        if settled >= _QUICK_DATABASES:
            break
        references = settle(planned, database, runner, exercise, errors)
        if not references:
            continue
        trivial = not any(r.result.rows for r in references.values())
        empty += trivial
        harvest.note(database, fruitful=not trivial)
        if trivial and not authored and empty > max(4, len(chosen) // _EMPTY_SHARE):
            continue
        settled += not authored
        chosen.append(PackDatabase(database, references, handmade=authored))
    if not chosen:
        raise ExerciseFault(_why_none(errors))
    if errors:
        faults.append(f"the solution fails on some valid data: {errors[0].message}")
    return chosen


def _revealing(
    planned: tuple[PlannedSolution, ...],
    known: Behaviours,
    generator: Generator,
    runner: Runner,
    exercise: Exercise,
) -> list[PackDatabase]:
    """Further databases, on which near misses that would pass, or look like one another, show themselves."""
    added: list[PackDatabase] = []
    fruitless = 0
    source = itertools.islice(generator.databases(first=_QUICK_CANDIDATES), _MOST_REVEALING)
    while known.hidden() and fruitless < _MOST_FRUITLESS and (database := next(source, None)) is not None:
        fruitless += 1
        with runner.loaded(database) as name:
            references = settle_loaded(planned, database, name, runner, exercise, [])
            if references and known.reveals(entry := PackDatabase(database, references), name):
                known.add(entry, name)
                added.append(entry)
                fruitless = 0
    return added


def _why_none(errors: list[RunError]) -> str:
    if errors:
        return f"the solution does not run: {errors[0].message}"
    return "the solution's result depends on row order, or the solutions disagree, on every database"
