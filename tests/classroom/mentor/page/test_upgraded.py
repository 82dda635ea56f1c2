"""A class folder of an earlier version, opened by this one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from classroom.mentor.grading.states import hand_in_states
from classroom.mentor.grading.store import MIGRATIONS

if TYPE_CHECKING:
    from classroom.mentor.place.folder import MentorFolder

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning", "ignore::ResourceWarning")


def test_what_was_graded_before_the_desk_kept_what_it_saw_is_graded_until_it_is_handed_in_anew(
    folder: MentorFolder,
) -> None:
    before = hand_in_states(folder, "L1", None)
    assert {student: each.value for student, each in before.items()}["endo"] == "to_grade"
    with closing(sqlite3.connect(folder.store_path)) as connection, connection:
        connection.execute("ALTER TABLE submissions DROP COLUMN seen")
        connection.execute(
            "UPDATE submissions SET graded_at = '2999-01-01T00:00:00+00:00'"
        )  # after the fixture's copying
        connection.execute("PRAGMA user_version = 1")
    assert hand_in_states(folder, "L1", None) == before
    with closing(sqlite3.connect(folder.store_path)) as connection, connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        connection.execute("UPDATE submissions SET graded_at = '2020-01-01T00:00:00+00:00'")
    assert {each.value for each in hand_in_states(folder, "L1", None).values()} == {"to_grade"}
