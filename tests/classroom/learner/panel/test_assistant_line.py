"""The line to a company's assistant, when it refuses, answers garbage, slowly, or never to an end; and its key."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

import pytest
from assistant_server import GOOD, KEY, Company, click, run, serving

from classroom.assistant.line import assistant_line

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk


@pytest.mark.parametrize(
    "address", ["ftp://assistant/v1", "assistant", "http://", "https://[", "file:///etc/passwd", "http://a:99999/"]
)
def test_an_address_that_is_none_switches_nothing_on(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENGUIN_ASSISTANT_URL", address)
    assert assistant_line() is None


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (500, "つながりません"),
        (404, "つながりません"),
        (401, "許可されません"),
        (429, "混み合って"),
        (503, "混み合って"),
    ],
)
def test_what_it_refuses_is_told(status: int, told: str, company: Company, judging_desk: Desk) -> None:
    company.status, company.says = status, GOOD
    shown = click(judging_desk)
    assert told in shown.plain
    assert "FROM casts" not in shown.all


def test_a_redirection_is_not_followed_so_that_the_key_goes_nowhere_else(company: Company, judging_desk: Desk) -> None:
    with serving(Company(says=GOOD)) as elsewhere:
        company.status, company.location = 307, f"{elsewhere.address}/chat/completions"
        assert "つながりません" in click(judging_desk).plain
        assert elsewhere.headers == []


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00garbage",
        b"<html>502</html>",
        b"[]",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        b'{"choices": [{"message": {"content": ["SELECT 1"]}}]}',
        b'{"choices": {"0": 1}}',
        b"[" * 100_000,
        b'{"choices": [{"message": {"content": "  "}}]}',
    ],
)
def test_garbage_is_told_and_costs_nothing_else(raw: bytes, company: Company, judging_desk: Desk) -> None:
    company.raw = raw
    assert "読み取れません" in click(judging_desk).plain
    assert "1" in run(judging_desk, "SELECT 1 AS one").plain


@pytest.mark.parametrize("endless", [b" " * 100, b"data: {}\n\n" * 10_000])
def test_a_stream_without_an_end_ends(
    endless: bytes, company: Company, judging_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PENGUIN_ASSISTANT_SECONDS", "1.5")
    judging_desk.__dict__.pop("assistant", None)
    company.endless = endless
    begun = time.monotonic()
    shown = click(judging_desk)
    assert time.monotonic() - begun < 15
    assert "時間内に" in shown.plain or "読み取れません" in shown.plain


def test_a_slow_answer_is_waited_for_so_long_and_stop_ends_it(
    company: Company, judging_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.pause, company.says = 30, GOOD
    monkeypatch.setenv("PENGUIN_ASSISTANT_SECONDS", "0.5")
    judging_desk.__dict__.pop("assistant", None)
    assert "時間内に" in click(judging_desk).plain
    monkeypatch.setenv("PENGUIN_ASSISTANT_SECONDS", "60")
    judging_desk.__dict__.pop("assistant", None)
    stopping = threading.Timer(0.5, judging_desk.stop)
    stopping.start()
    begun = time.monotonic()
    assert "停止しました" in click(judging_desk).plain
    assert time.monotonic() - begun < 10


def test_nobody_there_is_told(company: Company, judging_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENGUIN_ASSISTANT_URL", "http://127.0.0.1:9/v1")
    judging_desk.__dict__.pop("assistant", None)
    assert "つながりません" in click(judging_desk).plain


def test_the_key_stands_nowhere(company: Company, judging_desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for status, raw in ((200, None), (500, None), (401, KEY.encode()), (200, KEY.encode())):
            company.status, company.raw, company.says = status, raw, GOOD
            shown = click(judging_desk)
            assert KEY not in shown.all
            assert company.address not in shown.all
    assert KEY not in caplog.text
    assert KEY not in repr(judging_desk.assistant)
    assert company.headers[-1]["Authorization"].endswith(KEY)


def test_a_key_or_time_that_is_none_is_said_in_the_log_alone(
    company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PENGUIN_ASSISTANT_SECONDS", "soon")
    line = assistant_line()
    assert line is not None
    assert line.seconds == 60
    monkeypatch.setenv("PENGUIN_ASSISTANT_KEY", "two\nlines")
    assert assistant_line() is None
    assert "two" not in caplog.text
