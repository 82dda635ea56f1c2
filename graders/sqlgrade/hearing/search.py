"""The search for a counterexample to one submission that agrees on the whole pack."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.hearing.bank import CHUNK
from sqlgrade.hearing.prepared import INLINE_RESERVES
from sqlgrade.outcomes.standing import Standing, wrong_outcome
from sqlgrade.parse import all_parsed, same_tree
from sqlgrade.populate import Generator, Harvest
from sqlgrade.populate.atoms import read_conditions
from sqlgrade.populate.bundles import COMPARED
from sqlgrade.populate.contrasts import differ
from sqlgrade.verdict import Search

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.hearing.bank import Reserve
    from sqlgrade.hearing.prepared import Prepared
    from sqlgrade.outcomes.submission import RunOutcome, Submission
    from sqlgrade.populate.columns_used import ColumnId
    from sqlgrade.tables.model import SchemaModel
    from sqlgrade.tables.result import Database


_MOST_APART = 60
_IN_BOTH_ORDERS = INLINE_RESERVES
"""Databases of the bank that are run in both row orders: a result that hangs on the order shows itself early."""


@dataclass(frozen=True)
class SearchBudget:
    """How far a search may go: databases first, time only as a backstop."""

    reserves: int
    """Databases of the reserve bank, on which only the submission runs."""
    directed: int
    """Databases made for the submission's own conditions, if the bank was not made for them."""
    seconds: float

    @classmethod
    def inline(cls) -> SearchBudget:
        """Inside the accept path; the time is only a backstop against slow answers."""
        return cls(INLINE_RESERVES, 0, 0.2)

    @classmethod
    def deep(cls) -> SearchBudget:
        """After acceptance, and always in batch mode; the time is only a backstop against slow answers."""
        return cls(48, 40, 6.0)


@dataclass(frozen=True)
class Found:
    """The end of a search: a database on which the submission is wrong, or how far it went."""

    report: Search
    database: Database | None = None
    outcome: RunOutcome | None = None


def search(ready: Prepared, submission: Submission, variant: str, box: SearchBudget) -> Found:
    """Looks for a database on which the submission differs: in the bank, then among some made for its own text."""
    own = submission.statement.sql
    if any(own == s.plan.sql or same_tree(own, s.plan.sql) for s in ready.pack.of_variant(variant)):
        return Found(Search(0, "same_query"))
    deadline = time.process_time() + box.seconds
    tried = 0
    for database, outcome in _outcomes(ready, submission, variant, box):
        tried += 1
        if outcome.genuine:
            return Found(Search(tried, "found"), database, outcome)
        if time.process_time() > deadline:
            return Found(Search(tried, "time"))
    return Found(Search(tried, "databases"))


def _outcomes(
    ready: Prepared, submission: Submission, variant: str, box: SearchBudget
) -> Iterator[tuple[Database, RunOutcome]]:
    numbers = itertools.count()
    for chunk in ready.bank.chunks(box.reserves):
        foreseen = submission.foresee(chunk.names)
        for reserve, number in zip(chunk.reserves, numbers, strict=False):
            reference = reserve.references.get(variant)
            if reference is None:
                continue
            moved = reserve.moved() if number < _IN_BOTH_ORDERS else ()
            outcome = submission.outcome_against(reference, reserve.name, moved, foreseen.get(reserve.name))
            if not outcome.genuine or _stands(ready, submission, reserve, by_order=outcome.order_dependent):
                yield reserve.database, outcome
    own = read_conditions(submission.statement.sql, ready.pack.schema)
    solutions = [s.plan.sql for s in ready.pack.of_variant(variant)]
    limits = _limits(solutions, ready)
    cut = own.limits ^ limits
    known = ready.bank.conditions
    strange = any(not _is_key(column, ready.pack.schema) for column in own.columns - known.columns)
    new = bool(box.directed) and (strange or not own.within(known))
    apart = bool(box.directed) and bool(_spans(submission.statement.sql) - set().union(*map(_spans, solutions)))
    unlike = bool(box.directed) and differ(submission.statement.sql, solutions, ready.pack.schema)
    generator = ready.bank.generator
    if cut or new or apart:
        pack, queries = ready.pack, [submission.statement.sql, *solutions]
        generator = Generator(pack.schema, queries, ready.runner, seed=pack.seed + 13, authored=pack.exercise.pools)
    for limit in sorted(cut):
        yield from _beyond(generator, submission, limit, _next(limit, limits))
    if apart:
        yield from _directed(generator, submission, itertools.islice(generator.apart(), _MOST_APART))
    if new:
        yield from _directed(generator, submission, itertools.islice(generator.databases(), box.directed))
    if unlike:
        yield from _directed(generator, submission, generator.contrasted(submission.statement.sql, solutions))


def _limits(queries: list[str], ready: Prepared) -> set[int]:
    """The LIMITs of some queries."""
    return set[int]().union(*(read_conditions(sql, ready.pack.schema).limits for sql in queries))


def _next(limit: int, limits: set[int]) -> int:
    """The smallest of them that lets more through; 0 where none does."""
    return min((each for each in limits if each > limit), default=0)


def _is_key(column: ColumnId, schema: SchemaModel) -> bool:
    """Whether a column holds another value in each row of its table, so that nothing is to be tried about it."""
    return (column[1],) in schema.table(column[0]).uniques


def _spans(sql: str) -> set[str]:
    """The conditions that hold several columns against each other by a length of time, without the names of tables."""
    found = set()
    for node in (node for tree in all_parsed(sql) for node in tree.find_all(*COMPARED)):
        if node.find(exp.Interval) is not None and len({each.sql() for each in node.find_all(exp.Column)}) > 1:
            bare = node.copy()
            for column in bare.find_all(exp.Column):
                column.set("table", None)
            found.add(bare.sql("duckdb"))
    return found


def _beyond(
    generator: Generator, submission: Submission, limit: int, most: int
) -> Iterator[tuple[Database, RunOutcome]]:
    """Databases with more rows than a LIMIT lets through that the submission alone has, or the solutions alone; not than another of theirs."""
    for database in generator.beyond(limit, most):
        outcome = _alone(submission, database)
        if outcome is not None:
            yield database, outcome


def _directed(
    generator: Generator, submission: Submission, source: Iterator[Database]
) -> Iterator[tuple[Database, RunOutcome]]:
    """Databases for what the submission says and the author's queries do not."""
    harvest = Harvest(generator)
    while chunk := list(itertools.islice(source, CHUNK)):
        for database, right in zip(chunk, submission.right_together(chunk), strict=True):
            outcome = right or _alone(submission, database)
            if outcome is not None:
                harvest.note(database, fruitful=bool(outcome.reference.result.rows))
                yield database, outcome


def _stands(ready: Prepared, submission: Submission, reserve: Reserve, *, by_order: bool) -> bool:
    """True if the answer is wrong on a database that its solutions have been run on by themselves."""
    ready.runner.forget(reserve.name)
    return wrong_outcome(submission, reserve.database, by_order=by_order) is not None


def _alone(submission: Submission, database: Database) -> RunOutcome | None:
    with Standing(submission, database) as standing:
        return standing.outcome(by_order=False)
