"""A LIMIT that lets fewer rows through than the solution's, of rows in no order: as many as the solution lets through must be there."""

import pytest

from sqlgrade import judge_line

SCHEMA = "CREATE TABLE sales (person VARCHAR, sold DATE, yen INTEGER NOT NULL);"
ABOVE = (
    "WITH t AS (SELECT person, SUM(yen) AS total FROM sales WHERE person NOT LIKE 'Z%' GROUP BY person) "
    "SELECT person, total FROM t WHERE total >= (SELECT AVG(total) FROM t)"
)


@pytest.mark.parametrize(("asked", "given"), [(10, 5), (8, 7)])
def test_a_shorter_limit_is_refuted(asked: int, given: int) -> None:
    line = {"id": 1, "schema": SCHEMA, "solutions": [f"{ABOVE} LIMIT {asked}"]}
    assert judge_line({**line, "answer": f"{ABOVE} LIMIT {given}"})["verdict"] == "refuted"


def test_the_same_limit_is_not() -> None:
    told = judge_line({"id": 1, "schema": SCHEMA, "solutions": [f"{ABOVE} LIMIT 10"], "answer": f"{ABOVE} LIMIT 10"})
    assert told["verdict"] == "accepted"
