"""Texts and messages of any length: a list pasted from a spreadsheet, a value of megabytes that the engine quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from sqlgrade import Exercise, Reason, Solution, Status, build_pack
from sqlgrade.engine.runner import Runner
from sqlgrade.engine.sandbox import read_statement
from sqlgrade.errors import explain_error
from sqlgrade.errors import refusals as refusals_module
from sqlgrade.judging.judge import Judge
from sqlgrade.messages import render
from sqlgrade.record import LONGEST_ANSWER
from sqlgrade.tables.result import LONGEST_MESSAGE, TIMEOUT, RunError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade import Pack

DDL = "CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR);"
EXERCISE = Exercise("all", DDL, (Solution("SELECT id, name FROM t"),))


def asking_for(count: int) -> str:
    return f"SELECT id, name FROM t WHERE id NOT IN ({', '.join(str(1_000_000 + at) for at in range(count))})"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return build_pack(EXERCISE)


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


@pytest.fixture
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.close()


def test_a_list_of_ten_thousand_ids_is_judged(judge: Judge, pack: Pack) -> None:
    assert judge.grade(pack, asking_for(10_000)).status is Status.ACCEPTED


def test_a_longer_list_is_refused_and_told_how_long_it_may_be(judge: Judge, pack: Pack) -> None:
    text = asking_for(20_000)
    verdict = judge.grade(pack, text)
    assert (verdict.status, verdict.reason, verdict.error.params["card"]) == (  # type: ignore[union-attr]
        Status.INVALID,
        Reason.NOT_ALLOWED,
        "too_long",
    )
    cause = render("error.too_long.cause", verdict.error.params, "en")  # type: ignore[union-attr]
    assert f"{len(text):,}" in cause
    assert f"{LONGEST_ANSWER:,}" in cause


def test_what_is_refused_unread_is_not_read_for_its_refusal_either(
    judge: Judge, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_: str) -> None:
        raise AssertionError

    monkeypatch.setattr(refusals_module, "tokenize", read)
    assert judge.grade(pack, asking_for(200_000)).status is Status.INVALID


def test_a_text_that_takes_too_long_to_be_read_is_no_fault_of_the_exercise(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: str) -> None:
        raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")

    monkeypatch.setattr(runner, "tree", interrupted)
    found = read_statement("SELECT 1", runner)
    assert isinstance(found, RunError)
    assert found.kind == TIMEOUT


def test_a_message_that_quotes_megabytes_is_kept_short(runner: Runner) -> None:
    found = runner.run("SELECT CAST(repeat('x', 8000000) AS INTEGER)", "main")
    assert isinstance(found, RunError)
    assert len(found.message) < LONGEST_MESSAGE + 10
    assert found.message.startswith("Conversion Error: Could not convert string")


def test_a_sentence_quotes_no_more_than_a_reader_reads() -> None:
    name = "x" * 50_000
    card = explain_error(
        f"Catalog Error: Table with name {name} does not exist!\nLINE 1: SELECT", f"SELECT * FROM {name}"
    )
    assert max(len(str(value)) for value in card.params.values()) <= 300


def test_a_verdict_shows_of_a_value_of_megabytes_no_more_than_its_beginning(judge: Judge, pack: Pack) -> None:
    verdict = judge.grade(pack, "SELECT id, repeat('x', 2000000) AS name FROM t")
    assert verdict.status is Status.REFUTED
    assert len(verdict.to_json()) < 20_000
