"""The same answer, pack and seed give the same verdict: with any number of workers, in any order, in any process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from sqlgrade import Exercise, Grader, NearMiss, Solution, build_pack

DDL = """CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, city VARCHAR);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id),
    ordered_at TIMESTAMP NOT NULL, status VARCHAR NOT NULL CHECK (status IN ('paid', 'open')), amount INTEGER)"""
PAID = (
    "SELECT c.id, c.name, COUNT(o.id) AS n FROM customers c "
    "LEFT JOIN orders o ON o.customer_id = c.id AND o.status = 'paid' GROUP BY c.id, c.name"
)
LATEST = "SELECT DISTINCT ON (customer_id) customer_id, id FROM orders ORDER BY customer_id, ordered_at DESC, id"
ANSWERS = {
    PAID: (
        "SELECT id, name, (SELECT COUNT(*) FROM orders WHERE customer_id = c.id AND status = 'paid') FROM customers c",
        PAID.replace("LEFT JOIN", "JOIN"),
        PAID.replace("AND o.status = 'paid'", "").replace("COUNT(o.id)", "COUNT(*)"),
        PAID.replace("c.name,", "c.nmae,"),
        PAID.replace("GROUP", "WHERE random() < 0.5 GROUP"),
        PAID.replace("COUNT(o.id)", "SUM(1 // (o.amount - 1))"),
    ),
    LATEST: (
        "SELECT customer_id, arg_max(id, ordered_at) FROM orders GROUP BY 1",
        "SELECT customer_id, any_value(id) FROM orders GROUP BY 1",
        LATEST.replace("DESC, id", "DESC"),
        "SELECT customer_id, id FROM orders USING SAMPLE 3",
    ),
}


def judged(workers: int, *, backwards: bool) -> dict[str, Any]:
    """The verdict on every answer, without its times."""
    near = NearMiss("inner", PAID.replace("LEFT JOIN", "JOIN"), "E27", "FROM")
    packs = {
        sql: build_pack(Exercise("same", DDL, (Solution(sql),), near_misses=(near,) * (sql == PAID))) for sql in ANSWERS
    }
    asked = [(packs[sql], answer) for sql, answers in ANSWERS.items() for answer in answers]
    asked = asked[::-1] if backwards else asked
    with Grader(workers=workers) as grader:
        verdicts = list(grader.grade_batch(asked))
    return {answer: {**json.loads(v.to_json()), "ms": 0} for (_, answer), v in zip(asked, verdicts, strict=True)}


@pytest.fixture(scope="module")
def first() -> dict[str, Any]:
    return judged(1, backwards=False)


def test_another_process_with_two_workers_in_another_order_says_the_same(first: dict[str, Any]) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "77", "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run([sys.executable, __file__], env=environment, capture_output=True, check=True, encoding="utf-8")
    assert json.loads(ran.stdout) == first


def test_verdicts_of_all_sorts_were_among_them(first: dict[str, Any]) -> None:
    sorts = {(verdict["status"], verdict["reason"]) for verdict in first.values()}
    assert sorts >= {
        ("accepted", None),
        ("refuted", None),
        ("invalid", "does_not_run"),
        ("invalid", "not_allowed"),
    }


if __name__ == "__main__":
    print(json.dumps(judged(2, backwards=True)))
