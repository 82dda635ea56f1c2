"""Solutions are tried with their columns exchanged and with a text for a number."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import sqlgrade
from coursebook import Course
from coursebook.checks.examined import Examined, Variation, examine
from coursebook.checks.variations_judged import explaining_whole, variations_judged
from coursebook.checks.varied import exchanged, with_text
from sqlgrade.verdict import SqlError, Status, Verdict

FILE = Path("solution.sql")
ACCEPTED, REFUTED = Verdict(Status.ACCEPTED), Verdict(Status.REFUTED)
FAULT = Verdict(Status.AUTHOR_FAULT, error=SqlError("internal", "KeyError('x')"))
UNBOUND = Verdict(Status.INVALID, error=SqlError("bind", "no such column"))


@pytest.fixture(scope="module")
def grader() -> Iterator[sqlgrade.Grader]:
    with sqlgrade.Grader(workers=1) as started:
        yield started


@pytest.mark.parametrize(
    ("sql", "varied"),
    [
        ("SELECT a, b AS c FROM t", "SELECT b AS c, a FROM t"),
        ("SELECT a, b, n FROM t GROUP BY 1, 2 ORDER BY 3 DESC", "SELECT n, b, a FROM t GROUP BY 3, 2 ORDER BY 1 DESC"),
        ("SELECT 1, 2 UNION (SELECT 3, 4) ORDER BY 1", "SELECT 2, 1 UNION (SELECT 4, 3) ORDER BY 2"),
        ("WITH x AS (SELECT a, b FROM t) SELECT a, b FROM x", "WITH x AS (SELECT a, b FROM t) SELECT b, a FROM x"),
    ],
)
def test_columns_are_exchanged_and_nothing_else(sql: str, varied: str) -> None:
    assert exchanged(sql) == varied


@pytest.mark.parametrize("sql", ["SELECT a FROM t", "SELECT * FROM t", "SELECT", "FROM t"])
def test_where_there_is_nothing_to_exchange_nothing_is_tried(sql: str) -> None:
    assert exchanged(sql) is None


def test_a_number_becomes_a_text_under_its_own_name() -> None:
    assert with_text("SELECT a, COUNT(*) AS n FROM t", 1) == 'SELECT a, CAST(COUNT(*) AS TEXT) AS "n" FROM t'


def test_a_solution_passes_with_its_columns_exchanged_and_fails_as_a_text(
    sample: Course, grader: sqlgrade.Grader
) -> None:
    seen = examine(sample.exercise("L1-02"), grader)
    first = [(each.exchanged, each.verdict.status) for each in seen.variations][:2]
    assert first == [(True, Status.ACCEPTED), (False, Status.REFUTED)]
    assert [*variations_judged(seen), *explaining_whole(seen)] == []


@pytest.mark.parametrize(
    ("is_exchanged", "verdict", "told"),
    [
        (True, ACCEPTED, []),
        (True, UNBOUND, []),
        (True, REFUTED, ["exchanged_not_accepted"]),
        (True, FAULT, ["variation_not_judged"]),
        (False, REFUTED, []),
        (False, ACCEPTED, ["text_accepted"]),
        (False, FAULT, ["variation_not_judged"]),
        (False, replace(REFUTED, lost=("facts: row_facts",)), ["explaining_failed"]),
    ],
)
def test_what_the_judge_makes_of_a_variation_is_told(
    sample: Course, is_exchanged: bool, verdict: Verdict, told: list[str]
) -> None:
    variation = Variation(FILE, "SELECT 1, 2", is_exchanged, verdict)
    seen = Examined(sample.exercise("L1-02"), {}, variations=(variation,))
    problems = [*variations_judged(seen), *explaining_whole(seen)]
    assert [each.code for each in problems] == told
    assert all(
        each.sentence(part, lang) for each in problems for part in ("problem", "remedy") for lang in ("ja", "en")
    )
