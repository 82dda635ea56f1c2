"""What is shown as a counterexample shows itself on an engine as anybody starts it, and without any one row does not."""

from __future__ import annotations

import duckdb
import pytest

from sqlgrade import judge_line

DDL = """
CREATE TABLE staff (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, wage INTEGER NOT NULL, boss INTEGER REFERENCES staff (id));
CREATE TABLE sales (sold_on DATE NOT NULL, product VARCHAR NOT NULL);
"""
WRONG = {
    "no order at all": ("SELECT sold_on, count(*) FROM sales GROUP BY 1 ORDER BY 1", "SELECT sold_on, count(*) FROM sales GROUP BY 1"),
    "no tie-break": ("SELECT name FROM staff ORDER BY wage, name LIMIT 1", "SELECT name FROM staff ORDER BY wage LIMIT 1"),
    "no tie-break in three": ("SELECT name, wage FROM staff ORDER BY wage DESC, name LIMIT 3", "SELECT name, wage FROM staff ORDER BY wage DESC LIMIT 3"),
    "a tie-break the other way": ("SELECT name FROM staff ORDER BY wage, id LIMIT 1", "SELECT name FROM staff ORDER BY wage, id DESC LIMIT 1"),
    "a sum over rows in no order": (
        "SELECT id, sum(wage) OVER (ORDER BY wage, id) FROM staff",
        "SELECT id, sum(wage) OVER (ORDER BY wage ROWS UNBOUNDED PRECEDING) FROM staff",
    ),
    "a row before its parent": (
        "SELECT s.name FROM staff s JOIN staff b ON b.id = s.boss WHERE s.wage > b.wage",
        "SELECT s.name FROM staff s JOIN staff b ON b.id = s.boss WHERE s.wage >= b.wage",
    ),
}  # fmt: skip


def differs(solution: str, answer: str, tables: dict[str, list[list[object]]]) -> bool:
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(DDL)
        for name, rows in tables.items():
            for row in rows:
                connection.execute(f"INSERT INTO {name} VALUES ({', '.join('?' for _ in row)})", row)
        expected, found = (connection.execute(sql).fetchall() for sql in (solution, answer))
    ordered = "ORDER BY" in solution.rsplit("FROM", maxsplit=1)[-1]
    return expected != found if ordered else sorted(expected) != sorted(found)


@pytest.mark.parametrize(("solution", "answer"), WRONG.values(), ids=WRONG.keys())
def test_a_counterexample_is_genuine_and_has_no_row_to_spare(solution: str, answer: str) -> None:
    found = judge_line({"id": 1, "schema": DDL, "solutions": [solution], "answer": answer})
    assert found["verdict"] in {"refuted", "invalid"}
    tables = found["counterexample"]["tables"]
    assert differs(solution, answer, tables)
    named = {row[3] for row in tables["staff"]}
    for name, rows in tables.items():
        for place in (i for i, row in enumerate(rows) if name != "staff" or row[0] not in named):
            fewer = {**tables, name: [row for i, row in enumerate(rows) if i != place]}
            assert not differs(solution, answer, fewer)
