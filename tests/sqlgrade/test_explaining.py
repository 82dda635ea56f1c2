"""A fault of ours inside the explaining of an answer costs the sentence it would have said, and nothing else."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from sqlgrade import Exercise, Reason, Solution, Status, build_pack
from sqlgrade.diagnose import diagnosis
from sqlgrade.diagnose.facts import shape
from sqlgrade.diagnose.repairs import search
from sqlgrade.diagnose.repairs.maker import Maker
from sqlgrade.engine.ddl import read_schema
from sqlgrade.judging.judge import Judge
from sqlgrade.messages import LANGUAGES, verdict_sentences
from sqlgrade.mutate import SchemaColumns, mutate
from sqlgrade.query.lint import lint

if TYPE_CHECKING:
    from sqlgrade import Pack, Verdict

DDL = "CREATE TABLE users (user_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, age INTEGER)"
SOLUTION = "SELECT user_id, name FROM users WHERE age >= 20 ORDER BY user_id"
WRONG = SOLUTION.replace(">=", ">")
ERRORS = (AttributeError, RecursionError, MemoryError)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return build_pack(Exercise("adults", DDL, (Solution(SOLUTION),)))


@pytest.fixture(scope="module")
def sound(pack: Pack) -> Verdict:
    return Judge().grade(pack, WRONG)


def failing(error: type[Exception]) -> Any:
    def fails(*_: Any, **__: Any) -> NoReturn:
        raise error("a fault of ours")

    return fails


STEPS = {
    "shrink": "sqlgrade.judging.refutation.shrink_any",
    "diagnose": "sqlgrade.judging.refutation.diagnose",
    "findings": "sqlgrade.diagnose.diagnosis.single_changes",
    "praise": "sqlgrade.diagnose.diagnosis.praise_wrong",
    "facts": "sqlgrade.judging.refutation.shape_facts",
    "lint": "sqlgrade.judging.refutation.lint",
}


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("step", STEPS)
def test_a_wrong_answer_stays_refuted_whatever_fails(
    pack: Pack, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, step: str, error: type[Exception]
) -> None:
    monkeypatch.setattr(STEPS[step], failing(error))
    verdict = Judge().grade(pack, WRONG)
    assert (verdict.status, verdict.lost) == (Status.REFUTED, (step,))
    assert "a fault of ours" in caplog.text
    for lang in LANGUAGES:
        assert "a fault of ours" not in "".join(verdict_sentences(verdict, lang, 2, WRONG))


def test_one_kind_of_facts_costs_no_other(pack: Pack, sound: Verdict, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = failing(KeyError)
    rows.__name__ = "row_facts"
    facts = tuple(rows if each.__name__ == "row_facts" else each for each in shape.FACTS)
    monkeypatch.setattr(shape, "FACTS", facts)
    verdict = Judge().grade(pack, WRONG)
    assert verdict.lost == ("facts: row_facts",)
    assert verdict.findings == sound.findings
    assert verdict.diff is not None
    assert verdict.diff.facts


def test_a_mistake_that_cannot_be_named_costs_no_points_for_what_is_right(
    pack: Pack, sound: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sqlgrade.judging.refutation.diagnose", failing(KeyError))
    assert Judge().grade(pack, WRONG).credit.share == sound.credit.share > 0


def test_a_right_answer_stays_accepted_without_its_praise(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlgrade.judging.judge.praise_right", failing(RecursionError))
    verdict = Judge().grade(pack, SOLUTION)
    assert (verdict.status, verdict.lost) == (Status.ACCEPTED, ("praise",))


def test_what_python_cannot_walk_through_is_told_as_that(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlgrade.judging.judge._heard", failing(RecursionError))
    verdict = Judge().grade(pack, SOLUTION)
    assert (verdict.status, verdict.reason) == (Status.INVALID, Reason.DOES_NOT_RUN)
    assert "100" in verdict_sentences(verdict, "en")[-1]


def test_an_error_without_its_card_keeps_the_engine_s_own_words(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqlgrade.judging.invalid.explain_run_error", failing(IndexError))
    verdict = Judge().grade(pack, "SELECT nobody FROM users")
    assert verdict.status is Status.INVALID
    assert verdict.error is not None
    assert "nobody" in verdict.error.message


def test_what_a_rule_swallows_is_logged(
    pack: Pack, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = failing(RecursionError)
    broken.__name__ = "broken_rule"
    columns = SchemaColumns.of(read_schema(DDL))
    monkeypatch.setattr("sqlgrade.query.lint.CHECKS", (broken,))
    monkeypatch.setattr(search, "UNDOING", (Maker(broken),))
    with caplog.at_level(logging.WARNING):
        assert lint(WRONG, columns) == ()
        assert mutate(SOLUTION, columns, lambda _: True, (broken,)).skipped == ("broken_rule",)
        query = diagnosis.Query(WRONG, columns)
        assert list(search._operated(query, [], [])) == []
    assert [record.name for record in caplog.records] == [
        "sqlgrade.query.lint",
        "sqlgrade.mutate",
        "sqlgrade.diagnose.repairs.search",
    ]
    assert all("broken_rule" in record.getMessage() and record.exc_info for record in caplog.records)
