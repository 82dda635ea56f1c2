"""What a cell says is true: of the query in it, of what was kept before, of a disk that takes nothing, of a number of one."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

import pytest

import classroom
import coursebook
import sqlgrade
from classroom.learner.state.desk import Desk
from classroom.messages import say, say_in
from classroom.session.limits import QueryLimits
from classroom.unwritten import why_unwritten
from coursebook.messages import counted, filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any


@pytest.fixture
def hidden(in_folder: Path) -> Path:
    (in_folder / ".penguin").mkdir()
    return in_folder / ".penguin"


@pytest.fixture
def desk(hidden: Path, practice: Path) -> Iterator[Desk]:
    desk = Desk(lang="ja", practice=practice)
    yield desk
    desk.close()


@pytest.mark.parametrize("line", ["%steps", "%bigquery", "%query 件数"])
def test_a_line_above_a_query_is_about_that_query(line: str, run: Callable[..., Any], desk: Desk) -> None:
    run("SELECT cast_id AS before FROM casts")
    ran = run(f"{line}\nSELECT count(*) AS of_this_cell FROM guests")
    assert ran.trouble is None
    assert desk.last_sql.endswith("of_this_cell FROM guests")
    if not line.startswith("%query"):
        assert "of_this_cell" in ran.plain.split("\n", 4)[-1]
        assert "before" not in ran.plain
    else:
        kept = sqlite3.connect(desk.progress_path.with_name("bi.sqlite"))  # type: ignore[union-attr]
        assert "of_this_cell" in str(kept.execute("SELECT * FROM queries").fetchall())
        kept.close()


def test_a_line_below_a_query_and_one_with_its_own_stay_where_they_are(run: Callable[..., Any]) -> None:
    ran = run("%steps SELECT cast_id AS own FROM casts\nSELECT count(*) AS below FROM guests")
    assert "own" in ran.displays[0].data["text/plain"]
    assert "below" in ran.displays[-1].data["text/plain"]


def test_earlier_tries_are_shown_in_a_session_that_has_seen_none(
    run: Callable[..., Any], desk: Desk, practice: Path, at: Callable[..., Any]
) -> None:
    run("-- 解答 L1-07\nSELECT nonsense FROM guests")
    desk.close()
    fresh = Desk(lang="ja", practice=practice)
    try:
        assert "nonsense" in at(fresh, "%tries L1-07").plain
        assert say_in("classroom.learner.panel", "tries.none", "ja") in at(fresh, "%tries L1-05").plain
    finally:
        fresh.close()


def test_a_question_in_an_answer_cell_without_an_answer_gets_no_verdict(run: Callable[..., Any]) -> None:
    ran = run("-- 解答 L1-07\n%ask 新しい順とは？")
    assert say_in("classroom.learner.panel", "ask.title", "ja") in ran.plain
    assert len(ran.shown) == 1


def test_a_plan_is_shown_whole(run: Callable[..., Any]) -> None:
    ran = run("EXPLAIN SELECT count(*) FROM guests JOIN talks USING (guest_id) WHERE prefecture = '東京都'")
    assert "…" not in ran.plain
    assert ran.plain.count("\n") > 8
    assert "<pre>" in ran.html


def test_tables_that_nothing_joins_are_named_when_the_time_is_up(run: Callable[..., Any], desk: Desk) -> None:
    desk.session.limits = QueryLimits(seconds=0.5)
    with pytest.MonkeyPatch.context() as starved:
        starved.setattr("time.process_time", lambda: 0.0)
        ran = run("SELECT COUNT(*) FROM talks a, talks b, talks c, talks d")
    assert ran.trouble.advice == say("out_of_time.unjoined", "ja", tables="talks a, talks b, talks c, talks d")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", b"\x80", b"\x00" * 5000, "\ufeffbigquery".encode()])
def test_bad_bytes_in_a_small_file_stop_nothing(content: bytes, run: Callable[..., Any], hidden: Path) -> None:
    from classroom.folder import Folder, language_of
    from classroom.session.lab import token_of

    names = ("language", "dialect", "class.json", "mail.json", "mail-read.json", "settings.toml", "laid-out.json")
    for name in names:
        (hidden / name).write_bytes(content)
    (hidden / "jupyter").mkdir()
    (hidden / "jupyter" / "token").write_bytes(content)
    assert run("SELECT 1 AS n").trouble is None
    assert run("%home").trouble is None
    assert run("%dialect").trouble is None
    folder = Folder(hidden.parent)
    assert language_of(folder) in {"ja", "en"}
    assert re.fullmatch("[0-9a-f]{48}", token_of(folder))


def test_a_damaged_file_of_own_tables_is_put_aside_and_told(run: Callable[..., Any], hidden: Path) -> None:
    (hidden / "my.sqlite").write_bytes(b"no database" * 1000)
    ran = run("%my")
    assert ran.trouble.cause == say("own.broken", "ja")
    (aside,) = hidden.glob("my-broken-*.sqlite")
    assert aside.name in ran.trouble.advice
    assert run("%my").trouble is None


def test_rows_that_cannot_be_read_any_more_cost_their_table_alone(run: Callable[..., Any], hidden: Path) -> None:
    run("CREATE TABLE my.good AS SELECT 1 AS x")
    run("CREATE TABLE my.bad AS SELECT 2 AS x")
    with sqlite3.connect(hidden / "my.sqlite") as kept:
        kept.execute("UPDATE objects SET rows = x'00ff', number = number + 10 WHERE name = 'bad'")
    kept.close()
    assert run("SELECT x FROM my.good").trouble is None
    assert run("SELECT x FROM my.bad").trouble is not None


def full(*_: object, **__: object) -> None:
    import errno

    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_told_as_what_it_is(
    run: Callable[..., Any], desk: Desk, hidden: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reason = say("unwritten.full", "ja", place=hidden)
    run("SELECT 1 AS n")
    with monkeypatch.context() as broken:
        broken.setattr("classroom.unwritten.tempfile.NamedTemporaryFile", full)
        fails = sqlite3.OperationalError("disk I/O error")
        broken.setattr("classroom.sqlite_file.sqlite3.connect", _raising(fails))
        told = {
            "%ask どちらが先ですか": reason,
            "%my": reason,
            "%home": reason,
            "CREATE TABLE my.t AS SELECT 1 AS x": reason,
            "%practice": reason,
            "%query 件数": reason,
        }
        (hidden / "my.sqlite").touch()
        for cell, expected in told.items():
            assert expected in run(cell).plain, cell
    with monkeypatch.context() as broken:
        broken.setattr("classroom.learner.panel.result_files._write_new", full)
        assert say("unwritten.full", "ja", place=hidden.parent) in run("%save xlsx").plain
    run("%dialect bigquery")
    with monkeypatch.context() as broken:
        broken.setattr("sqlgrade.whole_file.os.replace", full)
        broken.setattr("pathlib.Path.write_text", full)
        said = run("%dialect duckdb").plain
    assert reason in said
    assert "-- dialect: duckdb" in said
    assert (hidden / "dialect").read_text(encoding="utf-8").strip() == "bigquery"


def _raising(fault: Exception) -> Callable[..., Any]:
    def fails(*_: object, **__: object) -> Any:
        raise fault

    return fails


def test_a_place_that_takes_what_is_written_is_not_blamed(tmp_path: Path) -> None:
    assert why_unwritten("en", tmp_path / "not" / "there") == ""
    assert [*tmp_path.iterdir()] == []
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
    assert why_unwritten("en", tmp_path, busy) == say("unwritten.busy", "en", place=tmp_path)


_COUNTED = re.compile(
    r"\{(?!name|condition|own|column|columns|cap)\w+(?::[^}/]*)?\} (?:\w+ )?(?:rows|learners|exercises|queries|minutes|seconds|points|characters|items|answers|"
    r"hand-ins|nights|gaps|mentors|groups|sets|clicks|tries|places)\b"
)
_NEVER_ONE = {"own.too_many", "own.too_wide", "error.several_statements.cause"}
"""What a limit is said with, or two statements: it is more than one."""


def english() -> Iterator[tuple[str, str]]:
    from importlib.resources import files
    from pathlib import Path

    from coursebook.messages import sentences_in

    for package in (classroom, coursebook, sqlgrade):
        root = Path(str(files(package)))
        for found in root.rglob("messages/en.toml"):
            name = ".".join([package.__name__, *found.parent.parent.relative_to(root).parts])
            yield from ((f"{name}:{code}", text) for code, text in sentences_in(name, "en").items())


def test_every_english_sentence_with_a_number_has_a_form_for_one() -> None:
    without = [code for code, text in english() if _COUNTED.search(text) and code.rpartition(":")[2] not in _NEVER_ONE]
    assert without == []


def test_one_is_not_told_as_many() -> None:
    assert say("own.made_table", "en", name="t", rows="1") == "The table my.t is made (1 row)"
    assert say("own.made_table", "en", name="t", rows="1,200") == "The table my.t is made (1,200 rows)"
    assert counted(1, "row/rows") == "1 row"
    assert counted(0, "row/rows") == "0 rows"
    assert filled("{n:learner is/learners are} late", {"n": 12345}) == "12,345 learners are late"
