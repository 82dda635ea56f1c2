"""The findings on one refuted answer: near miss, named mutant, repaired clause; first success wins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot.errors import SqlglotError

from sqlgrade.clause import STAGES, Clause, clause_of
from sqlgrade.diagnose.repair import Change, find_changes
from sqlgrade.mutate.columns import SchemaColumns
from sqlgrade.mutate.query import Query
from sqlgrade.span import SqlText
from sqlgrade.trial import Box, Trial
from sqlgrade.verdict import Finding, Level, Site

if TYPE_CHECKING:
    from sqlgrade.judging import Hearing
    from sqlgrade.prepared import Prepared
    from sqlgrade.result import Database

_TRIES, _SECONDS = 400, 0.3


@dataclass(frozen=True)
class Case:
    """One refuted answer: its text, its tree, and the databases it can be tried on."""

    text: str
    learner: Query
    solutions: tuple[Query, ...]
    trial: Trial


def diagnose(ready: Prepared, hearing: Hearing, text: str, database: Database | None = None) -> tuple[Finding, ...]:
    """Name the mistake in an answer as far as running queries makes it certain; a clause is never guessed.

    Args:
        ready: The exercise's pack, loaded.
        hearing: How the answer fared on it.
        text: The learner's own text, into which sites point.
        database: The counterexample, if the search found one outside the pack.
    """
    inside = [(place, outcome) for place, outcome in hearing.outcomes if place >= 0]
    mistake = ready.behaves_like(inside) if database is None else None
    case = _case(ready, hearing, text, database)
    changes = find_changes(case.learner, case.solutions, case.trial, Box(_TRIES, _SECONDS)) if case else []
    change = min(changes, key=_rank) if changes else None
    if mistake is not None:
        site = _site(case, change) if case and change and change.clause == mistake.clause else None
        return (Finding(Level.CERTAIN, mistake.code, mistake.clause, site, near_miss=mistake.name),)
    if case is None or change is None:
        return ()
    return (Finding(Level.CLAUSE, change.edit.code, change.clause, _site(case, change)),)


def _case(ready: Prepared, hearing: Hearing, text: str, database: Database | None) -> Case | None:
    """Parse the answer and set up its trial; None if its tree does not stand for it."""
    columns = SchemaColumns.of(ready.pack.schema)
    try:
        learner = Query(text, columns)
        solutions = tuple(Query(s.plan.sql, columns) for s in ready.pack.of_variant(hearing.variant))
    except (SqlglotError, RecursionError):
        return None
    trial = _trial(ready, hearing, database)
    printed = learner.tree.sql("duckdb")
    first = trial.databases[0]
    if trial.mark(trial.run(printed, first), first) != trial.mark(trial.run(hearing.submission.statement.sql, first), first):
        return None
    return Case(text, learner, solutions, trial)


def _trial(ready: Prepared, hearing: Hearing, database: Database | None) -> Trial:
    """Try the smallest database on which the answer is wrong first, then the other such ones, then the rest."""
    entries = ready.settled(hearing.variant)
    references = {ready.name(place): entry.references[hearing.variant] for place, entry in entries}
    wrong = [place for place, _ in hearing.wrong if place >= 0]
    wrong.sort(key=lambda place: ready.pack.databases[place].database.total_rows)
    first = [ready.name(place) for place in wrong]
    for place, outcome in hearing.wrong:
        if place < 0 and database is not None:
            name = ready.runner.load(database)
            references[name] = outcome.reference
            first.insert(0, name)
    return Trial(ready.runner, references, ready.pack.exercise.rules).first(first)


def _rank(change: Change) -> tuple[int, int]:
    return (0, STAGES.index(change.clause))


def _site(case: Case | None, change: Change) -> Site | None:
    return SqlText(case.text).site(change.edit.node) if case is not None else None
