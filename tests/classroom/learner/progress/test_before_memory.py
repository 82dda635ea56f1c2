"""A progress file of before practice had one model of memory: its answers stay, and are replayed into the new state.

`files/before_memory.sqlite` was made by the program of that time: lesson 1 passed, a few of lesson 2, a round, half a review, a question of the day.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy

import pytest

from classroom.learner.page.records import read_progress
from classroom.learner.page.standing import standing
from classroom.learner.progress import ProgressStore
from classroom.learner.progress.rounds import ItemResult, RoundBook, RoundKind
from coursebook import load_course
from coursebook.practice import load_library
from coursebook.practice.spacing import SkillPhase

FILE = Path(__file__).parent / "files" / "before_memory.sqlite"
TABLES = ("tries", "rounds", "items", "cards", "rungs", "places", "questions")
COURSE, LIBRARY = load_course(), load_library()


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall() for table in TABLES}


@pytest.fixture
def carried(tmp_path: Path) -> Path:
    return Path(copy(FILE, tmp_path / "progress.sqlite"))


def test_nothing_that_was_kept_is_lost_or_changed(carried: Path) -> None:
    before = rows(FILE)
    assert len(before["tries"]) == 20
    store = ProgressStore(carried, COURSE.numbering)
    assert rows(carried) == before
    assert [each.answer for each in store.tries()] == [row[3] for row in before["tries"]]


def test_open_rounds_go_on_where_they_were(carried: Path) -> None:
    book = RoundBook(ProgressStore(carried, COURSE.numbering))
    practice, review = book.latest(RoundKind.PRACTICE), book.latest(RoundKind.REVIEW, name="R1")
    assert practice is not None
    assert review is not None
    assert [each.result for each in practice.items] == [ItemResult.RIGHT, ItemResult.LATER, ItemResult.OPEN]
    assert review.current is not None
    assert review.current.exercise_id == "P03a-2"


def test_what_was_answered_is_replayed_into_the_memory(carried: Path) -> None:
    store = ProgressStore(carried, COURSE.numbering)
    day = datetime(2026, 1, 14, 12, tzinfo=UTC)
    where = standing(COURSE, LIBRARY, *read_progress(store), day, "ja")
    phases = {each.id: each.phase for each in where.skills}
    assert phases["S01"] is SkillPhase.GREEN
    assert phases["S02"] is SkillPhase.DUE
    assert phases["S20"] is SkillPhase.NEW
    assert where.due == sum(each is SkillPhase.DUE for each in phases.values())
    assert where.days == 5
