"""What all learners of a hub share: made once, read by all, changed by nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from classroom.commands import hub, start
from classroom.folder import DATA_VARIABLE, Folder, find_practice, shared_practice
from classroom.hub.prepared import prepare
from classroom.learner.bi.asking import DeskAsker
from classroom.learner.bi.place import BiRoom
from classroom.learner.bi.records import Query, Schedule
from classroom.learner.bi.store import NAME, BiStore
from classroom.learner.page.bi_room import done
from classroom.learner.start.practice_data import practice_data
from classroom.learner.state.desk import Desk
from coursebook.location import course_root
from marketplace.nights import night_path

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("shared")
    list(prepare(place, ["ja"], "tiny", nights=2))
    return place


def test_nobody_can_change_what_all_read_and_the_answer_key_is_not_among_it(shared: Path) -> None:
    files = [each for each in shared.rglob("*") if each.is_file()]
    assert len(files) >= 4
    rights = {each.suffix: each.stat().st_mode & 0o777 for each in files}
    assert rights == {".duckdb": 0o444, ".json": 0o400}


def test_the_nights_are_there_for_those_who_cannot_make_them(shared: Path) -> None:
    data = shared / "marketplace-ja.duckdb"
    assert [night_path(data, night).is_file() for night in (1, 2, 3)] == [True, True, False]


def test_what_is_there_is_not_made_again(shared: Path) -> None:
    before = {each: each.stat().st_mtime_ns for each in shared.rglob("*")}
    assert [data.built for data in prepare(shared, ["ja"], "tiny", nights=2)] == [False]
    assert {each: each.stat().st_mtime_ns for each in shared.rglob("*")} == before


def test_the_variable_names_a_folder_of_both_languages_or_one_file(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(shared))
    assert find_practice("ja") == shared / "marketplace-ja.duckdb"
    monkeypatch.setenv(DATA_VARIABLE, str(shared / "marketplace-ja.duckdb"))
    assert shared_practice("en") == shared / "marketplace-ja.duckdb"


def test_a_learner_takes_the_shared_data_and_makes_none(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(shared))
    data = practice_data(Folder(tmp_path), "ja")
    assert (data.path, data.built) == (shared / "marketplace-ja.duckdb", False)
    assert data.rows > 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("lang", "said"), [("ja", "がありません"), ("en", "is not there")])
def test_a_missing_file_is_told_in_the_learners_language(
    lang: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "nowhere.duckdb"))
    told = CliRunner().invoke(start.app, ["--dir", str(tmp_path / "room"), "--lang", lang, "--prepare-only"])
    assert told.exit_code == 1
    assert "nowhere.duckdb" in told.output
    assert said in told.output


def test_a_group_that_is_not_there_is_told_and_nothing_is_closed_to_anybody(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PENGUIN_LANG", "en")
    options = ["prepare", str(shared), "--scale", "tiny", "--nights", "1", "--seal", "no-such-group"]
    told = CliRunner().invoke(hub.app, options)
    assert told.exit_code == 1
    assert "no-such-group" in told.output
    assert course_root().joinpath("lessons").stat().st_mode & 0o007


def test_a_bi_room_lives_on_what_all_share_and_says_where_the_nights_that_are_prepared_end(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(shared))
    monkeypatch.setattr("os.access", lambda *_: False)  # whoever runs this test may write anywhere
    desk = Desk(lang="ja", practice=find_practice("ja", tmp_path))
    room = BiRoom(BiStore(Folder(tmp_path).hidden / NAME), DeskAsker(desk), "ja")
    query = room.store.keep_query(Query(0, "q", "SELECT count(*) AS n FROM talks", schedule=Schedule.DAILY))
    done(room, "alert/new", "", {"query": str(query)})
    done(room, "alert/save", "", {"alert": "1", "column": "n", "operator": ">", "threshold": "0"})
    before = {each: each.stat().st_mtime_ns for each in shared.rglob("*")}
    for seen in range(2):
        done(room, "night", "log", {"seen": str(seen)})
    told = done(room, "night", "log", {"seen": "2"})["html"]
    assert "2 晩目まで" in told
    assert [each.problem for each in room.store.runs()] == ["", ""]
    assert [each.rang for each in room.store.looks()] == [False, True]
    assert {each: each.stat().st_mtime_ns for each in shared.rglob("*")} == before
    desk.close()
