"""The marks of a class are read once of a gradebook, and anew as soon as anybody has written to it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from classroom.mentor.classpage.groups import comment_on
from classroom.mentor.grading import marks
from classroom.mentor.grading.marks import all_marks
from classroom.sqlite_file import connected, stamp_of

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A line for each time that the gradebook is read."""
    found: list[str] = []
    before = marks._read
    monkeypatch.setattr(marks, "_read", lambda *asked: found.append("read") or before(*asked))
    return found


def test_marks_are_read_once_until_somebody_writes(folder: MentorFolder, read: list[str]) -> None:
    first = all_marks(folder)
    assert all_marks(folder) == first
    assert read == ["read"]
    comment_on(folder, "L1", "L1-07", ["learner00"], comment="もう一度", points=3)
    again = all_marks(folder)["L1", "learner00"].exercises["L1-07"]
    assert (again.comment, again.points) == ("もう一度", 3.0)
    assert read == ["read", "read"]


def test_two_writes_at_one_moment_of_the_disks_clock_are_two(folder: MentorFolder) -> None:
    path = folder.own_gradebook
    assert path is not None
    for points in (1.0, 2.0):
        with closing(sqlite3.connect(path)) as gradebook, gradebook:
            gradebook.execute("UPDATE grade SET manual_score = ?", (points,))
        os.utime(path, ns=(0, 0))
        assert {each.points for each in all_marks(folder)["L1", "learner00"].exercises.values()} == {points}


def test_a_gradebook_with_a_log_beside_it_or_elsewhere_is_read_each_time(folder: MentorFolder, read: list[str]) -> None:
    path = folder.own_gradebook
    assert path is not None
    with connected(path, 5.0) as gradebook:  # which turns the log on
        gradebook.execute("UPDATE grade SET manual_score = 1")
        assert stamp_of(path) == ()
        assert all_marks(folder) == all_marks(folder)
    assert read == ["read", "read"]
    with (folder.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("c.CourseDirectory.db_url = 'postgresql://elsewhere/gradebook'\n")
    assert type(folder)(folder.root).own_gradebook is None


def test_what_is_no_database_has_no_stamp(tmp_path: Path) -> None:
    assert stamp_of(tmp_path / "absent.db") == ()
    (tmp_path / "short.db").write_bytes(b"SQLite")
    assert stamp_of(tmp_path / "short.db") == ()
