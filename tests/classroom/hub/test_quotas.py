"""What a learner may keep at the hub's service: letters and progress files of their own, so many and so large."""

from __future__ import annotations

import errno
import os
import socket
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from classroom.exchange.envelope import seal
from classroom.exchange.hub_line import Answer, HubLine
from classroom.exchange.outbox import MOST_PROGRESS
from classroom.exchange.over_hub import ask
from classroom.exchange.records import ClassState, HandIn
from classroom.exchange.shared_folder import FolderForDesk
from classroom.exchange.transport import Unreachable
from classroom.hub.exchange_service import ActRefused, ExchangeService
from classroom.hub.quotas import Quotas, is_progress, quotas_set
from classroom.learner.progress import ProgressStore, Try
from classroom.unwritten import is_full

if TYPE_CHECKING:
    from pathlib import Path

    from service_alone import Service

NOW = datetime(2026, 11, 30, tzinfo=UTC)
SMALL = Quotas(of_one=60_000, letters=12, progress_files=2, in_all=200_000, left_free=0)


def desk_with(place: Path, quotas: Quotas = SMALL) -> ExchangeService:
    place.mkdir(exist_ok=True)
    FolderForDesk(place, "sql").release(ClassState("sql", "sato", NOW.isoformat()))
    return ExchangeService(place, frozenset({"sato"}), quotas)


def letter(who: str = "hanako", lesson: str = "L1", text: str = "") -> bytes:
    cells = {"cells": [{"cell_type": "raw", "metadata": {}, "source": text}]}
    return seal(HandIn("sql", lesson, who, "a1", NOW.isoformat(), "x.ipynb", cells), NOW)


def progress(place: Path, size: int = 0) -> bytes:
    store = ProgressStore(place / "p.sqlite")
    store.record(Try("L1-01", NOW, "x" * size, "refuted", 0.0))
    return (place / "p.sqlite").read_bytes()


def held(place: Path, who: str = "hanako") -> list[Path]:
    return sorted(place.glob(f"*/from/x{who}/*"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"anything",
        b"SQLite format 3\0" + b"x" * 5_000,
        b"x" * 33_000_000,
        b"SQLite format 3\0" + b"\0" * MOST_PROGRESS,
    ],
)
def test_only_a_progress_file_is_kept_as_one(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ActRefused):
        desk_with(tmp_path / "hub").do("progress", "hanako", "sql", "a1", content)
    assert held(tmp_path / "hub") == []


def test_a_database_of_something_else_is_no_progress_file(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other") as connection:
        connection.execute("CREATE TABLE films (x)")
    connection.close()
    assert not is_progress((tmp_path / "other").read_bytes())
    cut = progress(tmp_path)
    assert is_progress(cut)
    assert not is_progress(cut[:-4096])


@pytest.mark.parametrize("name", ["", "ANYTHING", "../x", "a/b", "a" * 33, "a1.sqlite", "日本", "a1\n"])
def test_a_progress_file_has_the_number_of_a_folder_for_its_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ActRefused):
        desk_with(tmp_path / "hub").do("progress", "hanako", "sql", name, progress(tmp_path))


def test_a_further_computer_takes_the_place_of_the_oldest(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "hub", Quotas(progress_files=2, left_free=0))
    for number, name in enumerate(("a1", "b2", "c3", "c3")):
        desk.do("progress", "hanako", "sql", name, progress(tmp_path))
        newest = next(each for each in held(tmp_path / "hub") if name in each.name)
        os.utime(newest, (number, number))
    assert [each.name for each in held(tmp_path / "hub")] == ["progress-xb2.sqlite", "progress-xc3.sqlite"]


@pytest.mark.parametrize("act", ["submit", "ask", "progress"])
def test_nothing_is_kept_for_a_class_that_is_not_out(tmp_path: Path, act: str) -> None:
    desk = desk_with(tmp_path / "hub")
    for body in (b"", letter(), progress(tmp_path)):
        with pytest.raises(ActRefused):
            desk.do(act, "hanako", "no-such-class", "a1", body)
    assert [each.name for each in (tmp_path / "hub").iterdir()] == ["xsql"]


def test_a_full_place_takes_no_letter_and_loses_none(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "hub")
    for number in range(5):
        desk.do(
            "submit", "hanako", "sql", f"l{number}-hand-in-{number}", letter(lesson=f"L{number}", text="x" * 10_000)
        )
    before = held(tmp_path / "hub")
    with pytest.raises(Unreachable) as full:
        desk.do("submit", "hanako", "sql", "l9-hand-in-9", letter(lesson="L9", text="x" * 10_000))
    assert full.value.errno == errno.EDQUOT
    assert held(tmp_path / "hub") == before
    desk.do("submit", "taro", "sql", "l1-hand-in-1", letter("taro"))
    assert len(held(tmp_path / "hub", "taro")) == 1


def test_what_many_later_hand_ins_of_a_lesson_have_replaced_makes_room(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "hub")
    for number in range(20):
        desk.do("submit", "hanako", "sql", f"l1-hand-in-{number:02}", letter(text=str(number)))
    assert [each.stem[-2:] for each in held(tmp_path / "hub")] == [f"{number:02}" for number in range(8, 20)]


def test_the_same_letter_again_counts_once(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "hub", Quotas(of_one=15_000, left_free=0))
    for _ in range(3):
        desk.do("submit", "hanako", "sql", "l1-hand-in-1", letter(text="x" * 10_000))
    assert len(held(tmp_path / "hub")) == 1


def test_all_learners_together_leave_room_on_the_disk(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "hub")
    with pytest.raises(Unreachable, match="all learners"):  # noqa: PT012  (whoever comes last)
        for number in range(10):
            desk.do("submit", f"l{number}", "sql", "l1-hand-in-1", letter(f"l{number}", text="x" * 50_000))
    assert sum(each.stat().st_size for each in (tmp_path / "hub").rglob("*.json")) < 210_000
    full = desk_with(tmp_path / "full", Quotas(left_free=1 << 62))
    with pytest.raises(Unreachable) as refused:
        full.do("submit", "hanako", "sql", "l1-hand-in-1", letter())
    assert refused.value.errno == errno.ENOSPC


def test_what_lay_there_before_the_service_started_counts(tmp_path: Path) -> None:
    desk_with(tmp_path / "hub").do("submit", "hanako", "sql", "l1-hand-in-1", letter(text="x" * 50_000))
    again = desk_with(tmp_path / "hub", Quotas(of_one=60_000, in_all=70_000, left_free=0))
    with pytest.raises(Unreachable, match="all learners"):
        again.do("submit", "taro", "sql", "l1-hand-in-1", letter("taro", text="x" * 50_000))


def test_room_that_an_operator_has_made_is_used_without_a_restart(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "hub", Quotas(of_one=60_000, in_all=70_000, left_free=0))
    desk.do("submit", "hanako", "sql", "l1-hand-in-1", letter(text="x" * 50_000))
    with pytest.raises(Unreachable, match="all learners"):
        desk.do("submit", "taro", "sql", "l1-hand-in-1", letter("taro", text="x" * 50_000))
    for each in held(tmp_path / "hub"):
        each.unlink()
    desk.do("submit", "taro", "sql", "l1-hand-in-1", letter("taro", text="x" * 50_000))
    assert len(held(tmp_path / "hub", "taro")) == 1


@pytest.mark.parametrize(
    "trap",
    [
        "CREATE TABLE tries (x CHECK (length(hex(zeroblob(400000000))) > 0)); INSERT INTO tries VALUES (1), (2), (3)",
        "CREATE TABLE tries (x); INSERT INTO tries VALUES (1), (2), (3); ALTER TABLE tries ADD COLUMN y AS (length(hex(zeroblob(400000000))))",
        "CREATE TABLE tries (x); CREATE VIEW v AS SELECT count(*) FROM tries a, tries b, tries c, tries d",
    ],
)
def test_looking_into_a_file_runs_nothing_that_stands_in_it(tmp_path: Path, trap: str) -> None:
    with closing(sqlite3.connect(tmp_path / "trap")) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.executescript(trap)
        connection.commit()
    begun = time.monotonic()
    is_progress((tmp_path / "trap").read_bytes())
    assert time.monotonic() - begun < 10


def test_many_who_write_at_once_get_no_more_than_one_after_the_other(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "hub", Quotas(of_one=60_000, letters=8, left_free=0))

    def send(number: int) -> None:
        with suppress(Unreachable):
            desk.do("submit", "hanako", "sql", f"l{number}-hand-in-1", letter(lesson=f"L{number}", text="x" * 9_000))

    with ThreadPoolExecutor(12) as hands:
        list(hands.map(send, range(40)))
    assert sum(each.stat().st_size for each in held(tmp_path / "hub")) <= 60_000
    assert 1 <= len(held(tmp_path / "hub")) <= 8


def test_quotas_are_settings_with_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    assert quotas_set() == Quotas()
    monkeypatch.setenv("PENGUIN_MOST_MB", "50")
    monkeypatch.setenv("PENGUIN_MOST_COMPUTERS", "3")
    assert quotas_set() == Quotas(of_one=50_000_000, progress_files=3)


@pytest.mark.parametrize("written", ["0", "-1", "many", "1e9", "50 MB", "٣"])
def test_a_quota_that_is_no_number_is_said(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENGUIN_MOST_MB", written)
    with pytest.raises(ValueError, match="PENGUIN_MOST_MB"):
        quotas_set()


def test_a_full_place_is_told_as_full_and_a_closed_way_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    line = HubLine("http://127.0.0.1:9", "t")
    for status, full in ((507, True), (500, False), (403, False)):
        answer = Answer(status, b"")
        monkeypatch.setattr(line, "post", lambda *_, said=answer: said)
        with pytest.raises(Unreachable) as told:
            ask(line, "sql", "submit", b"x")
        assert is_full(told.value) is full


def test_nothing_is_read_of_what_a_stranger_sends(service: Service) -> None:
    """The service answers after the head, while the body of 33 MB that it announces never comes."""
    host, _, port = service.address.removeprefix("http://").partition(":")
    wait_for(service)
    strange = "Authorization: token nobody\r\n"
    for path, token, status in (("/judge", "", b"403"), ("/judge", strange, b"403"), ("/x", strange, b"404")):
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 33000000\r\n"
        with socket.create_connection((host, int(port)), timeout=30) as line:
            line.sendall(f"{head}{token}\r\n".encode())
            assert line.recv(12).split()[1] == status


def test_an_answer_longer_than_any_is_refused_before_it_has_come(service: Service) -> None:
    host, _, port = service.address.removeprefix("http://").partition(":")
    wait_for(service)
    with socket.create_connection((host, int(port)), timeout=30) as line:
        head = "POST /judge HTTP/1.1\r\nHost: x\r\nAuthorization: token token-learner00\r\nContent-Length: 33000000\r\n"
        line.sendall(f"{head}\r\n".encode())
        assert line.recv(12).split()[1] == b"413"


def wait_for(service: Service) -> None:
    from service_alone import wait_until

    host, _, port = service.address.removeprefix("http://").partition(":")

    def answers() -> bool:
        with suppress(OSError):
            socket.create_connection((host, int(port)), timeout=5).close()
            return True
        return False

    wait_until(answers)
