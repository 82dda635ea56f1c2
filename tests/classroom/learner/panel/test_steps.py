"""A query is taken apart clause by clause, and each step's rows are the real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from classroom.learner.panel.steps import StepKind, StepResult, plan_steps, walk_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from classroom.learner.state.desk import Desk

ROWS = """
CREATE TABLE guests (guest_id INTEGER, name VARCHAR, is_test BOOLEAN);
INSERT INTO guests VALUES (1, 'a', FALSE), (2, 'b', FALSE), (3, 'c', TRUE);
CREATE TABLE talks (talk_id INTEGER, guest_id INTEGER);
INSERT INTO talks VALUES (1, 1), (2, 1), (3, 2);
CREATE TABLE payments (payment_id INTEGER, guest_id INTEGER, amount INTEGER);
INSERT INTO payments VALUES (1, 1, 100), (2, 1, 200), (3, 1, 300);
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute(ROWS)
        yield opened


def walked(connection: duckdb.DuckDBPyConnection, sql: str) -> list[StepResult]:
    def run(statement: str) -> tuple[list[str], list[str], list[tuple[object, ...]]]:
        cursor = connection.execute(statement)
        described = cursor.description or []
        return [column[0] for column in described], [str(column[1]) for column in described], cursor.fetchall()

    return list(walk_steps(plan_steps(sql), run))


def counts(results: list[StepResult]) -> list[tuple[StepKind, int]]:
    return [(result.step.kind, result.row_count) for result in results]


def test_a_fan_out_is_seen_in_the_counts_and_in_the_spread(connection: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT SUM(amount) FROM guests g JOIN talks t ON t.guest_id = g.guest_id JOIN payments p ON p.guest_id = g.guest_id"
    results = walked(connection, sql)
    assert counts(results)[:3] == [(StepKind.FROM, 3), (StepKind.JOIN, 3), (StepKind.JOIN, 6)]
    assert [result.spread for result in results[:3]] == [None, 2, 6]
    assert results[2].added == 3


def test_every_clause_is_a_step_in_the_order_of_execution(connection: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT guest_id, COUNT(*) AS n FROM talks WHERE talk_id > 0 GROUP BY guest_id HAVING COUNT(*) > 1 ORDER BY n LIMIT 1"
    kinds = [kind for kind, _ in counts(walked(connection, sql))]
    assert kinds == [StepKind.FROM, StepKind.WHERE, StepKind.GROUP, StepKind.HAVING, StepKind.SELECT, StepKind.ORDER]


def test_a_cte_is_stepped_through_before_the_query_that_uses_it(connection: duckdb.DuckDBPyConnection) -> None:
    results = walked(
        connection, "WITH t AS (SELECT guest_id FROM talks) SELECT name FROM guests JOIN t USING (guest_id)"
    )
    assert [result.step.block for result in results] == ["t", "t", "", "", ""]


def test_groups_are_shown_with_the_rows_they_are_made_of(connection: duckdb.DuckDBPyConnection) -> None:
    grouped = walked(connection, "SELECT COUNT(*), is_test FROM guests GROUP BY 2")[1]
    assert grouped.columns == ("is_test", "rows")
    assert sorted(grouped.rows) == [(False, 2), (True, 1)]


def test_a_window_function_is_no_grouping(connection: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT name, SUM(guest_id) OVER () AS total FROM guests QUALIFY total > 0"
    assert [kind for kind, _ in counts(walked(connection, sql))] == [StepKind.FROM, StepKind.SELECT, StepKind.QUALIFY]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT guest_id FROM talks UNION SELECT guest_id FROM payments",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 2) SELECT n FROM r",
        "SELECT 1 AS a UNION ALL SELECT 2",
    ],
)
def test_a_query_that_has_no_clauses_to_step_through_is_one_step(
    connection: duckdb.DuckDBPyConnection, sql: str
) -> None:
    assert counts(walked(connection, sql)) == [(StepKind.WHOLE, 2)]


@pytest.mark.parametrize(("lesson", "beside"), [("L1", True), ("L4", True), ("L5", False), ("", False)])
def test_excel_s_words_stand_beside_the_steps_in_the_first_lessons(
    lesson: str, beside: bool, desk: Desk, run: Callable[..., Any]
) -> None:
    desk.lesson = lesson
    plain = run("SELECT guest_id FROM guests WHERE is_test\n%steps").plain
    assert ("Excel なら: フィルターで行を絞る" in plain) is beside


def test_a_join_is_vlookup_until_joins_are_known(desk: Desk, run: Callable[..., Any]) -> None:
    joined = "SELECT g.guest_id FROM guests AS g JOIN talks AS t ON t.guest_id = g.guest_id\n%steps"
    for lesson, beside in (("L6", True), ("L8", False)):
        desk.lesson = lesson
        assert ("VLOOKUP" in run(joined).plain) is beside
