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


SHOP = (
    "CREATE TABLE guests (guest_id INTEGER PRIMARY KEY, channel VARCHAR NOT NULL, is_test BOOLEAN NOT NULL);"
    "CREATE TABLE payments (payment_id INTEGER PRIMARY KEY, guest_id INTEGER NOT NULL REFERENCES guests (guest_id), "
    "kind VARCHAR NOT NULL, status VARCHAR NOT NULL, yen INTEGER NOT NULL, paid_at TIMESTAMP NOT NULL, "
    "CHECK (kind IN ('purchase', 'refund')), CHECK (status IN ('succeeded', 'failed')));"
)
BEST = (
    "SELECT p.guest_id, COUNT(*) AS n, SUM(p.yen) AS yen FROM payments p JOIN guests g ON g.guest_id = p.guest_id "
    "WHERE NOT g.is_test AND g.channel = 'ad' AND p.kind = 'purchase' AND p.status = 'succeeded' "
    "AND p.paid_at < TIMESTAMP '2025-04-01' GROUP BY p.guest_id ORDER BY yen DESC, p.guest_id"
)


@pytest.mark.parametrize("given", ["", " LIMIT 30"])
def test_a_limit_that_is_forgotten_or_longer_is_refuted(given: str) -> None:
    """Twenty groups that meet five conditions do not come about by themselves."""
    line = {"id": 1, "schema": SHOP, "solutions": [f"{BEST} LIMIT 20"], "answer": f"{BEST}{given}"}
    assert judge_line(line)["verdict"] == "refuted"
