"""Holes found in graders in production; each would come back as a wrong verdict here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.record import Exercise, RowOrder, Rules, Solution
from sqlgrade.verdict import Reason, Status, Verdict

if TYPE_CHECKING:
    from sqlgrade.pack.contents import Pack

DDL = """
CREATE TABLE shops (shop_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, city VARCHAR);
CREATE TABLE sales (sale_id INTEGER PRIMARY KEY, shop_id INTEGER NOT NULL REFERENCES shops (shop_id),
  day DATE NOT NULL, amount INTEGER, price DOUBLE);
"""


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


def pack(solution: str, order: RowOrder = RowOrder.IGNORED) -> Pack:
    return build_pack(Exercise("hole", DDL, (Solution(solution),), rules=Rules(order)))


def verdict(judge: Judge, solution: str, answer: str, order: RowOrder = RowOrder.IGNORED) -> Verdict:
    return judge.grade(pack(solution, order), answer, deep=True)


REFUTED = {
    "null is not the empty text": ("SELECT shop_id, city FROM shops", "SELECT shop_id, COALESCE(city, '') FROM shops"),
    "null is not zero": ("SELECT sale_id, amount FROM sales", "SELECT sale_id, COALESCE(amount, 0) FROM sales"),
    "an empty result has its width": (
        "SELECT shop_id, name FROM shops WHERE false",
        "SELECT shop_id FROM shops WHERE false",
    ),
    "extra rows are seen": ("SELECT shop_id FROM shops WHERE city = 'Oslo'", "SELECT shop_id FROM shops"),
    "duplicates are seen": ("SELECT DISTINCT city FROM shops", "SELECT city FROM shops"),
    "row pairing is kept": (
        "SELECT shop_id, amount FROM sales",
        """SELECT a.shop_id, b.amount FROM (SELECT shop_id, row_number() OVER (ORDER BY sale_id) n FROM sales) a
        JOIN (SELECT amount, row_number() OVER (ORDER BY sale_id DESC) n FROM sales) b USING (n)""",
    ),
    "letter case counts": (
        "SELECT shop_id FROM shops WHERE city = 'Oslo'",
        "SELECT shop_id FROM shops WHERE city ILIKE 'oslo'",
    ),
    "rounding more coarsely is seen": (
        "SELECT round(avg(price), 2) FROM sales",
        "SELECT round(avg(price), 0) FROM sales",
    ),
    "names that no solution reads may be equal": (
        "SELECT s.day, count(DISTINCT s.shop_id) AS n FROM sales s JOIN shops p USING (shop_id) WHERE amount > 5 GROUP BY s.day",
        "SELECT s.day, count(DISTINCT p.name) AS n FROM sales s JOIN shops p USING (shop_id) WHERE amount > 5 GROUP BY s.day",
    ),
    "a printed answer is seen": ("SELECT count(*) FROM shops", "SELECT 3"),
    "the words of the query decide nothing": (
        "SELECT shop_id FROM sales WHERE amount > 10 AND shop_id < 5",
        "SELECT shop_id FROM sales WHERE shop_id > 10 AND amount < 5",
    ),
    "overlapping ranges are seen": (
        "SELECT sale_id, CASE WHEN amount BETWEEN 0 AND 5 THEN 'low' WHEN amount BETWEEN 6 AND 10 THEN 'high' END FROM sales",
        "SELECT sale_id, CASE WHEN amount BETWEEN 0 AND 4 THEN 'low' WHEN amount BETWEEN 5 AND 10 THEN 'high' END FROM sales",
    ),
}

ACCEPTED = {
    "zero and null in either order": (
        "SELECT amount FROM sales",
        "SELECT amount FROM sales ORDER BY amount DESC NULLS LAST",
    ),
    "another name": ("SELECT count(*) AS n FROM shops", "SELECT count(*) AS how_many FROM shops"),
    "one name twice": ("SELECT shop_id AS a, city AS a FROM shops", "SELECT shop_id, city FROM shops"),
    "an empty right answer": ("SELECT shop_id FROM shops WHERE 1 = 0", "SELECT shop_id FROM shops WHERE false"),
    "an order nobody asked for": ("SELECT name FROM shops", "SELECT name FROM shops ORDER BY name DESC"),
    "integer for decimal": ("SELECT sum(amount) FROM sales", "SELECT CAST(sum(amount) AS DOUBLE) FROM sales"),
    "the unrounded value": ("SELECT round(avg(price), 2) FROM sales", "SELECT avg(price) FROM sales"),
    "swapped columns, when only one order fits": (
        "SELECT shop_id, name FROM shops",
        "SELECT name, shop_id FROM shops",
    ),
    "no keyword is asked for": ("SELECT DISTINCT city FROM shops", "SELECT city FROM shops GROUP BY city"),
    "midnight for a date": ("SELECT day FROM sales", "SELECT date_trunc('day', day) FROM sales"),
}


@pytest.mark.parametrize("case", REFUTED)
def test_a_wrong_answer_is_refuted(judge: Judge, case: str) -> None:
    assert verdict(judge, *REFUTED[case]).status is Status.REFUTED


@pytest.mark.parametrize("case", ACCEPTED)
def test_a_right_answer_is_accepted(judge: Judge, case: str) -> None:
    assert verdict(judge, *ACCEPTED[case]).status is Status.ACCEPTED


def test_a_missing_order_by_is_seen_when_the_task_asks(judge: Judge) -> None:
    ordered = "SELECT name FROM shops ORDER BY city, name"
    found = verdict(judge, ordered, "SELECT name FROM shops", RowOrder.AS_SOLUTION)
    assert found.status is not Status.ACCEPTED


def test_a_partial_order_leaves_ties_free(judge: Judge) -> None:
    answer = "SELECT name FROM shops ORDER BY city, name DESC"
    assert (
        verdict(judge, "SELECT name FROM shops ORDER BY city", answer, RowOrder.AS_SOLUTION).status is Status.ACCEPTED
    )


def test_a_tie_at_the_limit_is_free_for_both(judge: Judge) -> None:
    answer = "SELECT sale_id FROM sales ORDER BY amount DESC NULLS LAST, sale_id LIMIT 3"
    solution = "SELECT sale_id FROM sales ORDER BY amount DESC NULLS LAST LIMIT 3"
    assert verdict(judge, solution, answer, RowOrder.AS_SOLUTION).status is Status.ACCEPTED


def test_a_tie_break_that_is_asked_for_must_be_there(judge: Judge) -> None:
    solution = "SELECT sale_id FROM sales ORDER BY amount DESC NULLS LAST, sale_id LIMIT 3"
    answer = "SELECT sale_id FROM sales ORDER BY amount DESC NULLS LAST LIMIT 3"
    assert verdict(judge, solution, answer, RowOrder.AS_SOLUTION).status is not Status.ACCEPTED


def test_a_result_that_depends_on_row_order_is_called_so(judge: Judge) -> None:
    solution = "SELECT shop_id, min(day) FROM sales GROUP BY shop_id HAVING count(*) > 0"
    found = verdict(judge, solution, "SELECT shop_id, first(day) FROM sales GROUP BY shop_id")
    assert found.status is Status.REFUTED or found.reason is Reason.ORDER_DEPENDENT


def test_a_failing_query_never_equals_an_empty_result(judge: Judge) -> None:
    found = verdict(judge, "SELECT shop_id FROM shops WHERE false", "SELECT shop_id FROM shop")
    assert (found.status, found.reason) == (Status.INVALID, Reason.DOES_NOT_RUN)


def test_changing_the_test_tables_is_not_allowed(judge: Judge) -> None:
    found = verdict(
        judge, "SELECT shop_id FROM shops", "WITH gone AS (DELETE FROM shops RETURNING *) SELECT * FROM gone"
    )
    assert (found.status, found.reason) == (Status.INVALID, Reason.NOT_ALLOWED)
