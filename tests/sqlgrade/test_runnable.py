"""An answer that does not run for one name or one grouping column earns half of what it would be worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sqlgrade.judging.judge import Judge
from sqlgrade.messages import LANGUAGES, verdict_sentences
from sqlgrade.pack.building import build_pack
from sqlgrade.record import Exercise, Solution
from sqlgrade.verdict import Reason, Status

if TYPE_CHECKING:
    from sqlgrade.pack.contents import Pack

DDL = """CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, city VARCHAR);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), status VARCHAR)"""
PAID = (
    "SELECT c.id, c.name, COUNT(o.id) AS n FROM customers c "
    "LEFT JOIN orders o ON o.customer_id = c.id AND o.status = 'paid' GROUP BY c.id, c.name"
)
ONE_REPAIR_AWAY = {
    "a misspelt column": ("c.name,", "c.nmae,"),
    "a misspelt table": ("JOIN orders o", "JOIN ordres o"),
    "a table called by its name though it has an alias": ("c.name,", "customers.name,"),
    "a column that two tables have": ("SELECT c.id", "SELECT id"),
    "a text in double quotes": ("'paid'", '"paid"'),
    "a misspelt function": ("COUNT(", "COUNTT("),
    "a function of Excel": ("COUNT(", "COUNTA("),
    "a column that is not grouped": ("GROUP BY c.id, c.name", "GROUP BY c.id"),
}
FURTHER_AWAY = {
    "two misspelt columns": PAID.replace("c.name,", "c.nmae,").replace("o.status", "o.statsu"),
    "two columns that are not grouped": PAID.replace(" GROUP BY c.id, c.name", ""),
    "a name like no other": PAID.replace("c.name", "c.zzzz"),
    "no query": "SELECT FROM WHERE",
    "a write": "DELETE FROM orders",
}


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


@pytest.fixture(scope="module")
def pack() -> Pack:
    return build_pack(Exercise("half", DDL, (Solution(PAID),)))


@pytest.mark.parametrize("case", ONE_REPAIR_AWAY)
def test_a_right_answer_but_for_one_repair_has_half_of_the_points(case: str, judge: Judge, pack: Pack) -> None:
    verdict = judge.grade(pack, PAID.replace(*ONE_REPAIR_AWAY[case], 1))
    assert (verdict.status, verdict.reason) == (Status.INVALID, Reason.DOES_NOT_RUN)
    assert verdict.credit.points == 5.0


@pytest.mark.parametrize("case", ONE_REPAIR_AWAY)
def test_a_wrong_answer_behind_the_repair_has_half_of_its_own_points(case: str, judge: Judge, pack: Pack) -> None:
    wrong = PAID.replace("LEFT JOIN", "JOIN")
    running, failing = judge.grade(pack, wrong), judge.grade(pack, wrong.replace(*ONE_REPAIR_AWAY[case], 1))
    assert 0 < running.credit.points < 10
    assert failing.credit.points == round(running.credit.points / 2, 2)
    assert failing.credit.repairs == running.credit.repairs


@pytest.mark.parametrize("case", FURTHER_AWAY)
def test_what_is_further_away_earns_nothing(case: str, judge: Judge, pack: Pack) -> None:
    verdict = judge.grade(pack, FURTHER_AWAY[case])
    assert verdict.status is Status.INVALID
    assert verdict.credit.points == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reading_is_told(lang: str, judge: Judge, pack: Pack) -> None:
    answer = PAID.replace("c.name,", "c.nmae,")
    *_, last = verdict_sentences(judge.grade(pack, answer), lang, answer=answer)
    assert "nmae" in last
    assert "name" in last.replace("nmae", "")
