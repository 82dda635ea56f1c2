"""Rounds of practice, reviews and placement tests, kept in the progress file."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from classroom.learner.progress.store import ProgressStore

_SEEDS = 10_000
"""Among so many a template's first seed is drawn, so that learners who sit side by side are asked different things."""


class RoundKind(StrEnum):
    """What a round is for."""

    PRACTICE = "practice"
    PAST = "past"
    """Past mistakes on new data."""
    REVIEW = "review"
    PLACEMENT = "placement"

    @property
    def is_test(self) -> bool:
        """Whether each item has one answer and no hints."""
        return self in (RoundKind.REVIEW, RoundKind.PLACEMENT)


class ItemResult(StrEnum):
    """What became of an item; exactly one holds."""

    OPEN = "open"
    RIGHT = "right"
    """At the first try, without a hint."""
    LATER = "later"
    """Right in the end."""
    WRONG = "wrong"
    UNKNOWN = "unknown"
    """Said to be not known yet, where one is asked what one knows."""
    SKIPPED = "skipped"


@dataclass(frozen=True)
class RoundItem:
    """One drill of a round."""

    exercise_id: str
    skill: str
    result: ItemResult
    at: datetime
    """When the result was last changed."""

    @property
    def template(self) -> str:
        """02a of P02a-17."""
        return self.exercise_id[1:].rpartition("-")[0]


@dataclass(frozen=True)
class Round:
    """Some drills in order."""

    id: int
    kind: RoundKind
    name: str
    """R1 for a review, what was said of one's experience for the placement test, otherwise empty."""
    at: datetime
    items: tuple[RoundItem, ...]

    @property
    def current(self) -> RoundItem | None:
        """The first item that is still open."""
        return next((item for item in self.items if item.result is ItemResult.OPEN), None)

    @property
    def right(self) -> tuple[bool, ...]:
        """One value for each item that was answered, in order."""
        closed = [item for item in self.items if item.result not in (ItemResult.OPEN, ItemResult.SKIPPED)]
        return tuple(item.result is ItemResult.RIGHT for item in closed)

    @property
    def line(self) -> str:
        """The % line, without its %, that goes on with it."""
        lines = {RoundKind.REVIEW: f"review {self.name}", RoundKind.PLACEMENT: "placement"}
        return lines.get(self.kind, "practice")

    def position(self, exercise_id: str) -> int:
        """The number of an item, from 1; 0 if the round has none such."""
        return next((at for at, item in enumerate(self.items, 1) if item.exercise_id == exercise_id), 0)


class RoundBook:
    """Reads and writes the rounds of one progress file; raises what `ProgressStore` raises."""

    def __init__(self, store: ProgressStore) -> None:
        self._store = store
        self._first = random.SystemRandom().randrange(_SEEDS)

    def begin(self, kind: RoundKind, name: str, drills: Sequence[tuple[str, str]]) -> Round:
        """Start a round of (exercise id, skill)."""
        now = datetime.now(UTC)
        with self._store.opened() as connection:
            cursor = connection.execute(
                "INSERT INTO rounds (kind, name, at) VALUES (?,?,?)", (kind, name, now.isoformat())
            )
            number = int(cursor.lastrowid or 0)
            rows = [
                (number, at, each, skill, ItemResult.OPEN, now.isoformat()) for at, (each, skill) in enumerate(drills)
            ]
            connection.executemany("INSERT INTO items VALUES (?,?,?,?,?,?)", rows)
        items = tuple(RoundItem(each, skill, ItemResult.OPEN, now) for each, skill in drills)
        return Round(number, kind, name, now, items)

    def rounds(self) -> tuple[Round, ...]:
        """All rounds, oldest first."""
        with self._store.opened() as connection:
            rows = connection.execute("SELECT round_id, kind, name, at FROM rounds ORDER BY round_id").fetchall()
            return tuple(_round(connection, *row) for row in rows)

    def latest(self, *kinds: RoundKind, name: str = "") -> Round | None:
        """The latest round of these kinds, and of this name if it is given."""
        fitting = [each for each in self.rounds() if each.kind in kinds and name in ("", each.name)]
        return fitting[-1] if fitting else None

    def closed_templates(self) -> frozenset[str]:
        """The templates that an open review asks: another drill of one of them would give its answer away."""
        reviews = [each for each in self.rounds() if each.kind is RoundKind.REVIEW and each.current]
        return frozenset(item.template for each in reviews for item in each.items)

    def of_exercise(self, exercise_id: str) -> Round | None:
        """The latest round that holds a drill."""
        query = (
            "SELECT round_id, kind, name, rounds.at FROM rounds JOIN items USING (round_id)"
            " WHERE exercise_id = ? ORDER BY round_id DESC LIMIT 1"
        )
        with self._store.opened() as connection:
            row = connection.execute(query, (exercise_id,)).fetchone()
            return _round(connection, *row) if row else None

    def add(self, to: Round, drill: str, skill: str) -> Round:
        """One more drill at the end of a round; one that it has stays where it is."""
        if to.position(drill):
            return to
        with self._store.opened() as connection:
            row = (to.id, len(to.items), drill, skill, ItemResult.OPEN, datetime.now(UTC).isoformat())
            connection.execute("INSERT INTO items VALUES (?,?,?,?,?,?)", row)
            return _round(connection, to.id, to.kind, to.name, to.at.isoformat())

    def close(self, round_id: int, exercise_id: str, result: ItemResult) -> Round:
        """Give an open item its result; one that has a result keeps it."""
        now = datetime.now(UTC).isoformat()
        with self._store.opened() as connection:
            connection.execute(
                "UPDATE items SET result = ?, at = ? WHERE round_id = ? AND exercise_id = ? AND result = ?",
                (result, now, round_id, exercise_id, ItemResult.OPEN),
            )
            row = connection.execute(
                "SELECT round_id, kind, name, at FROM rounds WHERE round_id = ?", (round_id,)
            ).fetchone()
            return _round(connection, *row)

    def finish(self, ended: Round) -> Round:
        """Skip whatever is still open."""
        for item in ended.items:
            if item.result is ItemResult.OPEN:
                ended = self.close(ended.id, item.exercise_id, ItemResult.SKIPPED)
        return ended

    def cards(self) -> tuple[tuple[str, datetime], ...]:
        """The questions of the day that were answered, by id, and when; oldest first."""
        with self._store.opened() as connection:
            rows = connection.execute("SELECT question_id, at FROM cards ORDER BY at").fetchall()
        return tuple((question, datetime.fromisoformat(at)) for question, at in rows)

    def seeds(self, template_id: str) -> list[int]:
        """The seeds with which drills of a template were drawn, lowest first."""
        prefix = f"P{template_id}-"
        with self._store.opened() as connection:
            rows = connection.execute(
                "SELECT DISTINCT exercise_id FROM items WHERE exercise_id LIKE ?", (f"{prefix}%",)
            ).fetchall()
        return sorted(int(row[0].removeprefix(prefix)) for row in rows)

    def next_seed(self, template_id: str) -> int:
        """A seed with which no drill of this template was drawn before; each learner's begin elsewhere."""
        drawn = self.seeds(template_id)
        return drawn[-1] + 1 if drawn else self._first


def _round(connection: sqlite3.Connection, number: int, kind: str, name: str, at: str) -> Round:
    query = "SELECT exercise_id, skill, result, at FROM items WHERE round_id = ? ORDER BY position"
    rows = connection.execute(query, (number,)).fetchall()
    items = tuple(RoundItem(row[0], row[1], ItemResult(row[2]), datetime.fromisoformat(row[3])) for row in rows)
    return Round(number, RoundKind(kind), name, datetime.fromisoformat(at), items)
