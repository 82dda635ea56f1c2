"""The search for a counterexample to one submission that agrees on the whole pack (pass 8)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlglot
from sqlglot.errors import SqlglotError

from sqlgrade.populate import Generator, Harvest
from sqlgrade.verdict import Search

if TYPE_CHECKING:
    from sqlgrade.prepared import Prepared
    from sqlgrade.result import Database
    from sqlgrade.submission import Outcome, Submission


@dataclass(frozen=True)
class Box:
    """How far a search may go: databases first, time only as a backstop."""

    databases: int
    seconds: float

    @classmethod
    def inline(cls) -> Box:
        """Inside the accept path."""
        return cls(12, 0.08)

    @classmethod
    def deep(cls) -> Box:
        """After acceptance, and always in batch mode; the time is only a backstop against slow answers."""
        return cls(90, 5.0)


@dataclass(frozen=True)
class Found:
    """The end of a search: a database on which the submission is wrong, or how far it went."""

    report: Search
    database: Database | None = None
    outcome: Outcome | None = None


def search(ready: Prepared, submission: Submission, variant: str, box: Box) -> Found:
    """Looks for a database on which the submission differs, made for its own constants and conditions too."""
    pack = ready.pack
    if any(same_query(submission.statement.sql, s.plan.sql) for s in pack.of_variant(variant)):
        return Found(Search(0, "same_query"))
    deadline = time.monotonic() + box.seconds
    queries = [submission.statement.sql, *(s.plan.sql for s in pack.of_variant(variant))]
    generator = Generator(pack.schema, queries, ready.runner, seed=pack.seed + 7, authored=pack.exercise.pools)
    harvest = Harvest(generator)
    tried = 0
    for made, database in enumerate(generator.databases()):
        if tried >= box.databases or made >= 2 * box.databases:
            return Found(Search(tried, "databases"))
        if time.monotonic() > deadline:
            return Found(Search(tried, "time"))
        outcome = submission.outcome(database)
        if outcome is None:
            continue
        tried += 1
        harvest.note(database, fruitful=bool(outcome.reference.result.rows))
        if outcome.genuine:
            return Found(Search(tried, "found"), database, outcome)
    return Found(Search(tried, "databases"))


def same_query(left: str, right: str) -> bool:
    """True if two texts are one query but for layout, comments and letter case of keywords."""
    if left.strip() == right.strip():
        return True
    try:
        trees = [sqlglot.parse_one(text, dialect="duckdb") for text in (left, right)]
        return trees[0] == trees[1]
    except (SqlglotError, RecursionError):
        return False
