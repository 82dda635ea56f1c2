"""What is right about an answer is said from executed facts, on right answers and on wrong ones."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from sqlgrade.diagnose.praise import praise_wrong
from sqlgrade.judging.judge import Judge
from sqlgrade.messages import LANGUAGES, verdict_sentences
from sqlgrade.pack.building import build_pack
from sqlgrade.record import Exercise, NearMiss, Solution
from sqlgrade.verdict import Finding, Level, Status

if TYPE_CHECKING:
    from sqlgrade.pack.contents import Pack
    from sqlgrade.verdict import Verdict

DDL = """CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), amount INTEGER)"""
COUNTED = (
    "SELECT c.id, COUNT(o.id) AS orders FROM customers c "
    "LEFT JOIN orders o ON o.customer_id = c.id AND o.amount >= 5 GROUP BY c.id"
)
NEAR = (
    NearMiss("on_where", COUNTED.replace("AND o", "WHERE o"), "E29", "FROM"),
    NearMiss("stars", COUNTED.replace("COUNT(o.id)", "COUNT(*)"), "E30", "SELECT"),
)
LARGEST = "SELECT id, amount FROM orders ORDER BY amount DESC, id LIMIT 2"


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


@pytest.fixture(scope="module")
def counting() -> Pack:
    return build_pack(Exercise("counting", DDL, (Solution(COUNTED),), near_misses=NEAR))


@pytest.fixture(scope="module")
def ranking() -> Pack:
    return build_pack(Exercise("ranking", DDL, (Solution(LARGEST),)))


def said(verdict: Verdict) -> dict[str, object]:
    return {remark.code: remark.params for remark in verdict.good}


def test_rows_with_zero_that_were_kept_are_praised(judge: Judge, counting: Pack) -> None:
    right = "SELECT id, (SELECT COUNT(*) FROM orders o WHERE o.customer_id = c.id AND amount >= 5) FROM customers c"
    wrong = COUNTED.replace(">= 5", ">= 5 AND o.id > 1")
    assert said(judge.grade(counting, right))["kept_zero"] == {"column": "orders", "table": "customers"}
    assert judge.grade(counting, wrong).status is Status.REFUTED
    assert "kept_zero" not in said(judge.grade(counting, wrong))
    assert "kept_zero" not in said(judge.grade(counting, NEAR[0].sql))


def test_a_right_answer_has_avoided_the_first_near_miss(judge: Judge, counting: Pack) -> None:
    assert said(judge.grade(counting, COUNTED))["avoided"] == {"mistake": "E29"}


def test_a_wrong_answer_is_praised_for_what_it_avoided_not_for_what_it_did(judge: Judge, counting: Pack) -> None:
    assert said(judge.grade(counting, COUNTED.replace(">= 5", "> 5")))["avoided"] == {"mistake": "E30"}
    assert said(judge.grade(counting, NEAR[1].sql)).get("avoided") != {"mistake": "E30"}


def test_a_right_answer_has_avoided_a_near_miss_that_only_orders_otherwise(judge: Judge) -> None:
    right = "SELECT id, name FROM customers ORDER BY name, id"
    near = NearMiss("turned", "SELECT id, name FROM customers ORDER BY name DESC, id", "E23", "ORDER BY")
    pack = build_pack(Exercise("in order", DDL, (Solution(right),), near_misses=(near,)))
    assert said(judge.grade(pack, right))["avoided"] == {"mistake": "E23"}


def test_a_wrong_answer_with_a_near_miss_s_wrong_result_has_not_avoided_it(judge: Judge) -> None:
    right, named = "SELECT COUNT(*) AS n FROM customers", "name <> ''"
    near = NearMiss("named", f"{right} WHERE {named} AND id > 1", "E40", "WHERE")
    pack = build_pack(Exercise("all", DDL, (Solution(right),), near_misses=(near,)))
    also_loses_the_unnamed = judge.grade(pack, f"SELECT COUNT(CASE WHEN {named} THEN 1 END) AS n FROM customers")
    assert also_loses_the_unnamed.status is Status.REFUTED
    assert "avoided" not in said(also_loses_the_unnamed)
    assert "avoided" in said(judge.grade(pack, right))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_avoided_mistake_is_told_in_words(lang: str, judge: Judge, counting: Pack) -> None:
    assert "E29" not in " ".join(verdict_sentences(judge.grade(counting, COUNTED), lang))


def test_ties_that_the_answer_decides_are_praised(judge: Judge, ranking: Pack) -> None:
    right = "SELECT id, amount FROM (SELECT *, row_number() OVER (ORDER BY amount DESC, id) AS n FROM orders)"
    assert "ties" in said(judge.grade(ranking, right + " WHERE n <= 2 ORDER BY n"))
    undecided = judge.grade(ranking, LARGEST.replace(", id LIMIT", " LIMIT"))
    assert undecided.status is not Status.ACCEPTED
    assert "ties" not in said(undecided)


def test_where_no_tie_can_be_nothing_is_said_of_ties(judge: Judge) -> None:
    pack = build_pack(Exercise("keys", DDL, (Solution("SELECT id FROM orders ORDER BY id LIMIT 2"),)))
    assert "ties" not in said(judge.grade(pack, "SELECT id FROM orders ORDER BY 1 LIMIT 2"))


def test_on_how_much_data_it_is_right_is_said_only_where_no_mistake_is_named(counting: Pack) -> None:
    with_rows = SimpleNamespace(result=SimpleNamespace(rows=((1,),)))
    runs = [(-1, SimpleNamespace(diff=diff, learner=None, reference=with_rows)) for diff in (None, "rows")]
    ready, hearing = SimpleNamespace(pack=counting, avoided=lambda _: ()), SimpleNamespace(outcomes=runs)
    named = (Finding(Level.CLAUSE, "E29", "WHERE", mistake="condition_missing"),)
    assert [each.params for each in praise_wrong(ready, hearing, None, None, ())] == [{"passed": 1, "n": 2}]
    assert praise_wrong(ready, hearing, None, None, named) == ()


def clauses_said(verdict: Verdict) -> list[str]:
    found = said(verdict).get("clauses_right", {})
    assert isinstance(found, dict)
    return str(found.get("clauses", "")).split(", ")


def graded(judge: Judge, right: str, wrong: str) -> Verdict:
    verdict = judge.grade(build_pack(Exercise("clauses", DDL, (Solution(right),))), wrong)
    assert verdict.status is Status.REFUTED
    return verdict


def test_a_clause_in_which_the_told_words_stand_once_more_is_not_called_right(judge: Judge) -> None:
    right = "SELECT customer_id, amount, COUNT(*) AS n FROM orders WHERE id > 3 GROUP BY 1, 2 HAVING COUNT(*) < 5"
    wrong = right.replace("COUNT(*)", "COUNT(amount)")
    assert clauses_said(graded(judge, right, wrong)) in (["FROM", "WHERE", "GROUP BY"], [""])
    assert clauses_said(graded(judge, right, right.replace("COUNT(*) AS", "COUNT(amount) AS")))[-1] == "HAVING"


def test_a_clause_around_the_told_place_is_not_called_right(judge: Judge) -> None:
    right = "SELECT id, amount FROM orders WHERE amount = (SELECT MAX(amount) FROM orders) ORDER BY id"
    assert set(clauses_said(graded(judge, right, right.replace("MAX", "MIN")))) <= {"FROM", "ORDER BY", ""}


def test_a_clause_in_other_words_than_a_right_one_s_is_not_called_right(judge: Judge) -> None:
    right = "SELECT COUNT(*) AS n FROM orders WHERE amount // 1000 = 21 AND id > 3"
    wrong = "SELECT COUNT(amount) + 1 AS n FROM orders WHERE amount // 1000 BETWEEN 21 AND 21 AND id > 3"
    assert clauses_said(graded(judge, right, wrong)) == ["FROM"]
    assert clauses_said(graded(judge, right, right.replace("COUNT(*)", "COUNT(*) + 1"))) == ["FROM", "WHERE"]


def test_a_where_inside_filter_is_no_where(judge: Judge) -> None:
    right = "SELECT COUNT(*) FILTER (WHERE amount > 5) AS n, COUNT(*) AS m FROM orders"
    assert clauses_said(graded(judge, right, right.replace("COUNT(*) AS m", "COUNT(*) + 1 AS m"))) == ["FROM"]
