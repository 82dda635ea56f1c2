"""The views that a lesson gives, in a learner's session: read, offered, explained, followed, handed over, and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from classroom.learner.kernel.inspection import inspect_at
from classroom.learner.state.completion import Completer
from classroom.learner.state.desk import Desk
from classroom.session.connection import Session
from coursebook import load_course

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

ASKED = "SELECT points, COUNT(*) AS guests FROM lesson.scored GROUP BY points ORDER BY points"


def test_a_query_reads_one(run: Callable[..., Any], desk: Desk) -> None:
    assert run(ASKED).trouble is None
    assert desk.last_result is not None
    assert desk.last_result.columns == ("points", "guests")


def test_stop_while_they_are_made_leaves_them_to_the_next_cell(practice: Path) -> None:
    asked: list[bool] = []

    def given() -> dict[str, str]:
        asked.append(True)
        if len(asked) == 1:
            raise KeyboardInterrupt
        return {"lesson.scored": "SELECT 1 AS points"}

    session = Session(practice, given=given)
    with pytest.raises(KeyboardInterrupt):
        session.statements("FROM lesson.scored")
    session.statements("FROM lesson.scored")
    assert session.connection.execute("FROM lesson.scored").fetchall() == [(1,)]
    session.close()


def test_it_is_read_in_bigquery_s_dialect_too(run: Callable[..., Any], desk: Desk) -> None:
    assert run(f"-- dialect: bigquery\n{ASKED.replace('lesson.scored', '`lesson.scored`')}").trouble is None
    assert desk.last_result is not None
    assert desk.last_result.columns == ("points", "guests")


@pytest.mark.parametrize(
    "text",
    [
        "DROP VIEW lesson.scored",
        "CREATE OR REPLACE VIEW lesson.scored AS SELECT 1 AS points",
        "CREATE TABLE lesson.mine AS SELECT 1 AS a",
        "INSERT INTO lesson.scored VALUES (1)",
        "DROP VIEW lesson.main.scored",
    ],
)
def test_nobody_changes_one(run: Callable[..., Any], text: str) -> None:
    assert run(text).trouble is not None
    assert run(ASKED).trouble is None


def test_a_wrong_column_is_explained_with_the_view_s_own(run: Callable[..., Any]) -> None:
    trouble = run("SELECT point FROM lesson.scored").trouble
    assert trouble is not None
    assert "points" in f"{trouble.cause} {trouble.advice}"


def test_tab_offers_it_and_its_columns(desk: Desk) -> None:
    def offered(code: str) -> list[str]:
        completer = Completer(desk.session)
        return [each.text for each in completer.complete(code.replace("¦", ""), code.index("¦"))[0]]

    assert "lesson.scored" in offered("SELECT * FROM les¦")
    assert "scored" in offered("SELECT * FROM lesson.sc¦")
    assert offered("SELECT s.poi¦ FROM lesson.scored AS s") == ["points"]
    assert offered("SELECT scored.poi¦ FROM lesson.scored") == ["points"]
    assert offered("SELECT poin¦ FROM lesson.scored")[0] == "points"


@pytest.mark.parametrize(("lang", "word"), [("ja", "兆候の点数"), ("en", "points for the signs")])
def test_shift_tab_tells_what_it_is(desk: Desk, lang: str, word: str) -> None:
    completer, course = Completer(desk.session), load_course()
    for code, at in (("SELECT 1 FROM lesson.scored", 22), ("SELECT s.points FROM lesson.scored AS s", 11)):
        assert word in (inspect_at(completer, course, code, at, lang) or ""), code


def test_the_dictionary_has_it_first_in_its_lesson_and_not_elsewhere(run: Callable[..., Any], desk: Desk) -> None:
    desk.lesson = "L12"
    listed = run("%schema").plain
    assert listed.index("lesson.scored") < listed.index("areas")
    assert "lesson.click_index" not in listed
    told = run("%schema lesson.scored")
    assert "兆候の点数" in told.plain
    assert "0 (" in told.plain
    desk.lesson = "L3"
    assert "lesson." not in run("%schema").plain


def test_it_is_one_table_in_the_steps(run: Callable[..., Any]) -> None:
    followed = run(f"{ASKED}\n%steps")
    assert followed.trouble is None
    assert "lesson.scored" in followed.plain
    assert "guest_devices" not in followed.plain


@pytest.mark.parametrize("head", ["", "-- dialect: bigquery\n"])
def test_what_is_handed_over_for_bigquery_has_it_written_out(run: Callable[..., Any], head: str) -> None:
    told = run(f"{head}{ASKED}\n%bigquery").plain
    assert "guest_devices" in told
    assert "lesson." not in told
    assert "lesson__signs" in told


def test_a_view_of_one_s_own_can_rest_on_it(
    run: Callable[..., Any], in_folder: Path, practice: Path, desk: Desk
) -> None:
    (in_folder / ".penguin").mkdir()
    assert run(f"CREATE VIEW my.by_points AS {ASKED}").trouble is None
    later = Desk(lang="ja", practice=practice)
    assert later.open_own()
    assert "my.by_points" in later.session.schema.tables
    later.close()


def test_after_some_nights_it_counts_what_came_in(run: Callable[..., Any], desk: Desk) -> None:
    run("SELECT COUNT(*) AS n FROM lesson.scored")
    before = desk.last_result.rows[0][0] if desk.last_result else 0
    run("%night 3")
    assert run("SELECT COUNT(*) AS n FROM lesson.scored").trouble is None
    assert desk.last_result is not None
    assert desk.last_result.rows[0][0] >= before > 0
