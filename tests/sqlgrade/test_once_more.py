"""One mistake that stands at two places is told as one, and nothing that is no mistake of its own is announced beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sqlgrade.judging.judge import Judge
from sqlgrade.messages import LANGUAGES, further_sentences
from sqlgrade.pack.building import build_pack
from sqlgrade.record import Alternative, Exercise, Solution
from sqlgrade.verdict import Status

if TYPE_CHECKING:
    from sqlgrade.verdict import Verdict

DDL = """
CREATE TABLE people (id INTEGER PRIMARY KEY, city VARCHAR, born INTEGER NOT NULL, joined_at TIMESTAMP NOT NULL);
CREATE TABLE visits (
  id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL, place VARCHAR NOT NULL, asked_at TIMESTAMP NOT NULL,
  came_at TIMESTAMP NOT NULL, clicked BOOLEAN NOT NULL
)
"""
BY_DAY = (
    "SELECT CAST(asked_at + INTERVAL 4 HOUR AS DATE) AS day, COUNT(*) AS n FROM visits "
    "WHERE CAST(asked_at + INTERVAL 4 HOUR AS DATE) BETWEEN DATE '2025-02-01' AND DATE '2025-02-28' GROUP BY day"
)
SHARES = (
    "SELECT place, COUNT(*) AS n, ROUND(AVG(CASE WHEN clicked THEN 1.0 ELSE 0 END), 4) AS rate FROM visits "
    "GROUP BY place ORDER BY place"
)
DECADES = (
    "SELECT city, (2025 - born) // 10 * 10 AS band, COUNT(*) AS n FROM people GROUP BY city, band HAVING COUNT(*) < 5"
)
ASKED = "SELECT id FROM people WHERE joined_at <= TIMESTAMP '2025-12-17 20:00'"
ASKED_MOVED = "SELECT id FROM people WHERE joined_at + INTERVAL 14 DAY <= TIMESTAMP '2025-12-31 20:00'"
BEST = (
    "SELECT place, COUNT(*) AS n, AVG(CASE WHEN clicked THEN 1.0 ELSE 0 END) AS rate FROM visits GROUP BY place "
    "HAVING COUNT(*) >= 20 ORDER BY rate DESC, place LIMIT 3"
)
BEST_IN_STEPS = (
    "WITH top AS (SELECT place, COUNT(*) AS n, SUM(CASE WHEN clicked THEN 1 ELSE 0 END) AS clicks FROM visits GROUP BY place) "
    "SELECT place, n, clicks * 1.0 / n AS rate FROM top WHERE n >= 20 ORDER BY rate DESC, place LIMIT 3"
)
CUT_FIRST = (
    "WITH top AS (SELECT place, COUNT(*) AS n, AVG(CASE WHEN clicked THEN 1.0 ELSE 0 END) AS rate FROM visits GROUP BY place "
    "ORDER BY rate DESC, place LIMIT 3) SELECT {what} FROM top WHERE n >= 20 ORDER BY rate DESC, place"
)


def judged(solution: str, answer: str, *others: str) -> Verdict:
    alternatives = tuple(Alternative(f"way-{place}", sql) for place, sql in enumerate(others))
    exercise = Exercise("more", DDL, (Solution(solution),), alternatives)
    verdict = Judge().grade(build_pack(exercise), answer, deep=True)
    assert verdict.status is Status.REFUTED
    return verdict


@pytest.mark.parametrize(
    ("solution", "answer", "first", "also"),
    [
        (
            SHARES,
            SHARES.replace("COUNT(*)", "COUNT(DISTINCT person_id)").replace(
                "AVG(CASE WHEN clicked THEN 1.0 ELSE 0 END)",
                "COUNT(CASE WHEN clicked THEN 1 END) / COUNT(DISTINCT person_id)",
            ),
            "distinct_merges",
            "And one more: the same has happened in the column rate.",
        ),
        (
            BY_DAY,
            BY_DAY.replace("asked_at + INTERVAL 4 HOUR", "came_at - INTERVAL 5 HOUR"),
            "condition_column",
            "And one more: the same has happened in SELECT.",
        ),
    ],
)
def test_the_same_words_at_two_places_are_one_mistake_made_twice(solution, answer, first, also):
    verdict = judged(solution, answer)
    assert verdict.findings[0].mistake == first
    assert further_sentences(verdict, "en") == [also]
    assert "同じ間違い" in further_sentences(verdict, "ja")[0]


def test_a_calculation_that_is_grouped_by_is_told_where_it_is_written():
    verdict = judged(
        DECADES, DECADES.replace("(2025 - born) // 10 * 10", "2025 - born").replace("city, band", "city, 2025 - born")
    )
    assert [(each.mistake, each.clause) for each in verdict.findings] == [("calculation_other", "SELECT")]


def test_of_two_right_bounds_the_one_that_needs_one_change_is_compared():
    wrong = "SELECT id FROM people WHERE joined_at <= DATE '2025-12-31' - INTERVAL 14 DAY"
    verdict = judged(ASKED, wrong, ASKED_MOVED)
    assert [each.params.get("hours") for each in verdict.findings] == [20]


@pytest.mark.parametrize("least", [3, 20])
def test_two_changes_that_make_up_for_each_other_are_no_mistake_beside_the_one_that_is_told(least):
    right, in_steps, wrong = (sql.replace("20", str(least)) for sql in (BEST, BEST_IN_STEPS, CUT_FIRST))
    verdict = judged(right, wrong.format(what="*"), in_steps)
    assert verdict.findings[0].mistake == "limit_before_filter"
    assert all(not further_sentences(verdict, lang) for lang in LANGUAGES)


@pytest.mark.parametrize(("least", "limit"), [(10, 3), (20, 10), (50, 10)])
def test_a_cut_before_a_condition_on_large_groups_is_refuted(least, limit):
    right, wrong = (sql.replace("20", str(least)).replace("LIMIT 3", f"LIMIT {limit}") for sql in (BEST, CUT_FIRST))
    judged(right, wrong.format(what="place, n, rate"))
