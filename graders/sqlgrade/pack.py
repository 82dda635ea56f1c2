"""The built form of an exercise: databases with their references and the behaviours of known mistakes."""

from __future__ import annotations

import datetime as dt
import itertools
import pickle
import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Literal

import duckdb

from sqlgrade.behaviours import Behaviours
from sqlgrade.compare import Reference, Same, compare
from sqlgrade.constructs import check_constructs
from sqlgrade.ddl import read_schema
from sqlgrade.handmade import read_filling
from sqlgrade.populate import Generator, Harvest
from sqlgrade.record import Exercise, ExerciseFault, RowOrder, Solution
from sqlgrade.result import Database, Result, RunError
from sqlgrade.runner import Runner
from sqlgrade.sandbox import read_statement
from sqlgrade.solution import plan_solution
from sqlgrade.submission import PlannedSolution, expected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sqlgrade.schema import SchemaModel

FORMAT = "5"
DEFAULT_NOW = dt.datetime(2024, 7, 15, 10, 30)  # noqa: DTZ001  (the connection's own zone)
_QUICK_DATABASES = 24
_QUICK_CANDIDATES = 54
_EMPTY_SHARE = 5
_MOST_REVEALING = 120
_MOST_FRUITLESS = 60
"""Databases in a row that reveal nothing, after which no more are tried: some near misses no data tells apart."""

Depth = Literal["quick", "full"]


@dataclass(frozen=True)
class PackDatabase:
    """One filling with the reference of each variant that is settled on it."""

    database: Database
    references: Mapping[str, Reference]
    handmade: bool = False


@dataclass(frozen=True)
class KnownMistake:
    """The behaviour of a near miss or mutant: its outcome on each database of the pack, in order."""

    name: str
    sql: str
    code: str
    clause: str | None
    authored: bool
    outcomes: tuple[Result | RunError, ...] = ()


@dataclass(frozen=True)
class Pack:
    """Everything that judging an answer to one exercise needs."""

    exercise: Exercise
    schema: SchemaModel
    seed: int
    depth: Depth
    solutions: tuple[PlannedSolution, ...]
    databases: tuple[PackDatabase, ...]
    near_misses: tuple[KnownMistake, ...] = ()
    mutants: tuple[KnownMistake, ...] = ()
    faults: tuple[str, ...] = ()
    """What the author should know: databases on which the solutions fail, disagree or depend on row order."""
    report: object = field(default=None)
    """The adequacy report of a full pack."""

    @property
    def variants(self) -> tuple[str, ...]:
        """The variants' names in the author's order."""
        return tuple(dict.fromkeys(s.variant for s in self.solutions))

    def of_variant(self, variant: str) -> tuple[PlannedSolution, ...]:
        """The solutions of one variant."""
        return tuple(s for s in self.solutions if s.variant == variant)

    @property
    def publishable(self) -> bool:
        """True if nothing stands against publishing; only a full pack's report can say more than "no fault"."""
        good = getattr(self.report, "publishable", True)
        return bool(good) and not self.faults

    @cached_property
    def key(self) -> str:
        """Names the pack's content: equal keys judge alike."""
        return f"{FORMAT}-{self.depth}-{self.seed}-{self.exercise.fingerprint()}"

    def to_bytes(self) -> bytes:
        """The pack as bytes for the cache."""
        return pickle.dumps(self)

    @staticmethod
    def from_bytes(data: bytes) -> Pack:
        """A pack from bytes that to_bytes made; only for the program's own cache."""
        pack = pickle.loads(data)  # noqa: S301  (the program's own cache, keyed by content)
        if not isinstance(pack, Pack):
            raise TypeError("not a pack")
        return pack


def new_runner(exercise: Exercise, schema: SchemaModel, *, plain: bool = False) -> Runner:
    """A connection for the exercise's small databases, its clock frozen; see Runner for what a plain one is."""
    return Runner(
        schema,
        seconds=exercise.limits.seconds,
        memory_mb=exercise.limits.memory_mb,
        now=exercise.now or DEFAULT_NOW,
        timezone=exercise.timezone,
        plain=plain,
    )


def build_pack(exercise: Exercise, seed: int = 0, depth: Depth = "quick") -> Pack:
    """Builds the databases, references and behaviours of an exercise.

    Raises:
        ExerciseFault: the schema or a solution does not run, or solutions of one variant contradict each other.
    """
    schema = read_schema(exercise.ddl, exercise.assume, exercise.fixed)
    runner = new_runner(exercise, schema)
    try:
        pack = _quick_pack(exercise, schema, seed, runner)
        if depth == "full":
            from sqlgrade.adequacy import deepen_pack

            pack = deepen_pack(replace(pack, depth="full"), runner)
    finally:
        runner.close()
    return pack


def pack_for(exercise: Exercise, seed: int = 0, cache_dir: Path | None = None, depth: Depth = "quick") -> Pack:
    """The exercise's pack, from the cache if its content has not changed."""
    if cache_dir is None:
        return build_pack(exercise, seed, depth)
    stamp = f"{FORMAT}-{depth}-{seed}-{exercise.fingerprint()[:40]}-{_code_version()}"
    file = cache_dir / f"{re.sub(r'[^A-Za-z0-9_-]', '_', exercise.id)}-{stamp}.pack"
    if file.is_file():
        try:
            return Pack.from_bytes(file.read_bytes())
        except (pickle.UnpicklingError, EOFError, AttributeError, TypeError, ImportError):
            file.unlink(missing_ok=True)
    pack = build_pack(exercise, seed, depth)
    cache_dir.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_bytes(pack.to_bytes())
    part.replace(file)
    return pack


def _code_version() -> str:
    try:
        own = version("second-penguin")
    except PackageNotFoundError:
        own = "0"
    return f"{own}-{duckdb.__version__}"


def _quick_pack(exercise: Exercise, schema: SchemaModel, seed: int, runner: Runner) -> Pack:
    if not exercise.solutions:
        raise ExerciseFault("the exercise has no solution")
    check_constructs(exercise)
    planned = tuple(_planned(s, runner, exercise) for s in exercise.solutions)
    queries = [
        *(s.sql for s in exercise.solutions),
        *(a.sql for a in exercise.alternatives),
        *(n.sql for n in exercise.near_misses),
    ]
    generator = Generator(schema, queries, runner, seed=seed, authored=exercise.pools)
    faults: list[str] = []
    chosen = _chosen(planned, generator, runner, exercise, faults)
    known = Behaviours(exercise, runner)
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


def settle(
    planned: tuple[PlannedSolution, ...],
    database: Database,
    runner: Runner,
    exercise: Exercise,
    errors: list[RunError],
) -> dict[str, Reference]:
    """The reference of each variant on a database; variants whose solutions are not settled there are left out.

    Raises:
        ExerciseFault: solutions of one variant give different results.
    """
    with runner.loaded(database) as name:
        return settle_loaded(planned, database, name, runner, exercise, errors)


def settle_loaded(
    planned: tuple[PlannedSolution, ...],
    database: Database,
    name: str,
    runner: Runner,
    exercise: Exercise,
    errors: list[RunError],
) -> dict[str, Reference]:
    """As settle, on a database that is loaded already."""
    references: dict[str, Reference] = {}
    for variant in dict.fromkeys(s.variant for s in planned):
        solutions = tuple(s for s in planned if s.variant == variant)
        found = expected(solutions, database, name, runner, exercise.rules)
        if isinstance(found, RunError):
            errors.append(found)
        elif found is not None:
            references[variant] = found
        elif len(solutions) > 1:
            _refuse_contradiction(solutions, database, name, runner, exercise)
    return references


def _refuse_contradiction(
    solutions: tuple[PlannedSolution, ...], database: Database, name: str, runner: Runner, exercise: Exercise
) -> None:
    alone = [expected((s,), database, name, runner, exercise.rules) for s in solutions]
    settled = [(s, r) for s, r in zip(solutions, alone, strict=True) if isinstance(r, Reference)]
    for (_, first), (_, other) in itertools.pairwise(settled):
        if not isinstance(compare(other.result, first, exercise.rules), Same):
            raise ExerciseFault(f"two solutions of one variant disagree on {dict(database.tables)}")
