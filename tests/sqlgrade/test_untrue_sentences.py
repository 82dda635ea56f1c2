"""Sentences that were said of answers of which they are not true: each kind, what is said now, and what is not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple, cast

import pytest
from sqlglot import parse_one
from test_true_of_the_answer import DDL

from sqlgrade.diagnose.classifier import Classifier
from sqlgrade.diagnose.facts.known_values import KnownValues
from sqlgrade.diagnose.mistakes import KNOWN
from sqlgrade.diagnose.mistakes.clocks import other_clock
from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.record import Exercise, Solution

if TYPE_CHECKING:
    from sqlgrade.diagnose.mistakes.scene import Scene


class Case(NamedTuple):
    """An answer, a right one, what is said, and what was said."""

    answer: str
    right: str
    said: str
    untrue: str


MET = "SELECT p.id, COUNT(v.id) AS n FROM people p LEFT JOIN visits v ON v.person_id = p.id"
STEP = "WITH s AS (SELECT DISTINCT person_id FROM visits WHERE is_paid) SELECT "
HELD = "SELECT id FROM people p WHERE "
NUMBERED = "SELECT id, {} OVER (ORDER BY yen) AS r FROM visits WHERE yen IS NOT NULL"
MONTHS = "SELECT strftime(came_at, '{0}') AS m, COUNT(*) AS n FROM visits GROUP BY m"
BOTH = (
    "SELECT p.id, COUNT(DISTINCT v.id) AS a, COUNT(DISTINCT w.id) AS b FROM people p LEFT JOIN visits v ON v.person_id = p.id{} "
    "LEFT JOIN visits w ON w.before_id = v.id GROUP BY p.id"
)

CASES = {
    "a step holds that column, and other rows": Case(f"{STEP}COUNT(*) AS n FROM s", f"{STEP}COUNT(person_id) AS n FROM visits WHERE is_paid", "rows_merged", "step_has_it"),
    "no list holds a blank": Case(f"{HELD}id NOT IN (SELECT person_id FROM visits WHERE is_paid)", f"{HELD}id NOT IN (SELECT person_id FROM visits)", "condition_extra", "not_in_null"),
    "the step that the list is made of leaves blanks out": Case(
        f"WITH s AS (SELECT before_id AS k FROM visits WHERE before_id IS NOT NULL) {HELD}id NOT IN (SELECT k FROM s)",
        "SELECT id FROM people p",
        "condition_extra",
        "not_in_null",
    ),
    "a list of what is above a value holds no blank": Case(
        f"{HELD}id NOT IN (SELECT before_id FROM visits WHERE before_id > 1)", "SELECT id FROM people p", "condition_extra", "not_in_null"
    ),
    "a condition looks into the table already": Case(f"{HELD}id IN (SELECT person_id FROM visits)", f"{HELD}EXISTS (SELECT 1 FROM visits v WHERE v.person_id = p.id AND v.is_paid)", "condition_missing", "condition_on_table"),
    "one column asks for the condition": Case("SELECT COUNT(*) AS a, SUM(yen) AS b FROM visits WHERE is_paid", "SELECT COUNT(*) AS a, SUM(CASE WHEN is_paid THEN yen END) AS b FROM visits", "filter_for_one", "condition_extra"),
    "one column asks for it in a FILTER, group by group": Case(
        "SELECT person_id, COUNT(*) AS a, SUM(yen) AS b FROM visits WHERE is_paid GROUP BY person_id",
        "SELECT person_id, COUNT(*) AS a, SUM(yen) FILTER (WHERE is_paid) AS b FROM visits GROUP BY person_id",
        "filter_for_one",
        "condition_extra",
    ),
    "COUNT(DISTINCT) counts each once": Case(BOTH.format(""), BOTH.format(" AND v.is_paid"), "condition_missing_on", "join_multiplied"),
    "another way to number is no other column": Case(NUMBERED.format("ROW_NUMBER()"), NUMBERED.format("DENSE_RANK()"), "ties_numbered_apart", "column_other"),
    "columns stand where they are asked for": Case("SELECT id, yen AS a, person_id AS b FROM visits WHERE is_paid", "SELECT id, yen AS a, person_id AS b FROM visits", "condition_extra", "columns_exchanged"),
    "a text's format makes no other groups": Case(MONTHS.format("%Y%m"), MONTHS.format("%Y-%m"), "calculation_part", "group_extra"),
    "a condition that stands in WHERE": Case(f"{MET} WHERE v.is_paid GROUP BY p.id", f"{MET} AND v.is_paid GROUP BY p.id", "filter_in_where", "condition_missing_on"),
    "a condition that stands in WHERE with the rows without a match": Case(
        f"{MET} WHERE v.is_paid OR v.id IS NULL GROUP BY p.id", f"{MET} AND v.is_paid GROUP BY p.id", "filter_or_blank", "condition_missing_on"
    ),
    "a period that stands there with them": Case(
        f"{MET} WHERE v.id IS NULL OR (v.came_at >= '2025-12-01' AND v.came_at < '2026-01-01') GROUP BY p.id",
        f"{MET} AND v.came_at >= TIMESTAMP '2025-12-01' AND v.came_at < TIMESTAMP '2026-01-01' GROUP BY p.id",
        "filter_or_blank",
        "condition_missing_on",
    ),
}  # fmt: skip
SHARES = (
    "SELECT {} AS n, SUM(CASE WHEN city = 'Kobe' THEN 1 ELSE 0 END) * 1.0 / NULLIF({}, 0) AS r FROM people WHERE {}"
)
ONES = "SUM(CASE WHEN city {} THEN 1 ELSE 0 END)"
SPENT = (
    "WITH s AS (SELECT p.id, {1} AS yen FROM people p {0} visits v ON v.person_id = p.id AND v.is_paid GROUP BY p.id) "
    "SELECT p.grade, {2} AS m FROM people p LEFT JOIN s ON s.id = p.id GROUP BY p.grade"
)
BEFORE = "{} SELECT id, came_at, LAG(yen) OVER (ORDER BY came_at, id) AS b FROM {}) SELECT id, b FROM l"
JUNE = (
    "WITH j AS (SELECT id, came_at, yen FROM visits WHERE came_at >= '2025-06-01' AND came_at <= '2025-06-30'), l AS ("
)
OLDEST = "SELECT id, age FROM (SELECT id, age FROM people ORDER BY id{}) s ORDER BY age, id{}"
CASES |= {
    "what has no decimals any more": Case("SELECT id, FLOOR(year(joined_at) / 10) AS b FROM people", "SELECT id, year(joined_at) // 10 * 10 AS b FROM people", "times_too_small", "division_real"),
    "nothing but the order comes after LIMIT": Case(OLDEST.format(" LIMIT 5", ""), OLDEST.format("", " LIMIT 5"), "limit_before_order", "limit_early"),
    "a LEFT JOIN keeps what a step drops": Case(
        SPENT.format("JOIN", "SUM(v.yen)", "AVG(s.yen)"), SPENT.format("LEFT JOIN", "COALESCE(SUM(v.yen), 0)", "AVG(s.yen)"), "mean_leaves_blanks", "partners_dropped"
    ),
    "every output asks for it": Case(
        SHARES.format(ONES.format("IS NOT NULL"), ONES.format("= 'Kyoto'"), "is_test"), SHARES.format("COUNT(*)", "COUNT(*)", "is_test AND city IS NOT NULL"), "zero_missing", "blanks_kept"
    ),
    "every output asks for one of two values": Case(
        SHARES.format(ONES.format("IN ('Kobe', 'Kyoto')"), ONES.format("= 'Kyoto'"), "age > 20"),
        SHARES.format("COUNT(*)", "COUNT(*)", "age > 20 AND city IN ('Kobe', 'Kyoto')"),
        "zero_missing",
        "condition_besides",
    ),
    "a period is cut out before a window looks back": Case(
        BEFORE.format(JUNE, "j"), f"{BEFORE.format('WITH l AS (', 'visits')} WHERE came_at BETWEEN '2025-06-01' AND '2025-06-30'", "filter_before_window", "condition_missing_of"
    ),
    "a period is asked for, of another column": Case(
        f"{MET.replace('visits', 'stays')} WHERE v.left_at >= '2025-12-01' GROUP BY p.id", f"{MET.replace('visits', 'stays')} AND v.came_at >= '2025-12-01' GROUP BY p.id", "period_of_other", "condition_extra"
    ),
}  # fmt: skip
STAYS = "CREATE TABLE stays (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people (id), came_at TIMESTAMP NOT NULL, left_at TIMESTAMP);"


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


@pytest.mark.parametrize("kind", CASES)
def test_what_was_untrue_is_not_said_any_more(kind: str, judge: Judge) -> None:
    case = CASES[kind]
    found = judge.grade(build_pack(Exercise("x", DDL + STAYS, (Solution(case.right),))), case.answer, deep=True)
    said = [each.mistake for each in found.findings]
    assert case.untrue in KNOWN
    assert said[0] == case.said
    assert case.untrue not in said


@pytest.mark.parametrize(
    "step",
    [
        "s AS (SELECT id AS k FROM people WHERE id = 1 UNION ALL SELECT before_id FROM visits)",
        "s AS (SELECT v.before_id AS k FROM people p LEFT JOIN visits v ON v.person_id = p.id)",
        "s AS (SELECT t.k FROM people p LEFT JOIN (SELECT person_id, id AS k FROM visits) t ON t.person_id = p.id)",
        "visits AS (SELECT before_id FROM visits), s AS (SELECT before_id AS k FROM visits)",
    ],
)
def test_a_list_that_may_hold_a_blank_is_told_to(judge: Judge, step: str) -> None:
    right = f"WITH {step} {HELD}NOT EXISTS (SELECT 1 FROM s WHERE s.k = p.id)"
    found = judge.grade(
        build_pack(Exercise("x", DDL + STAYS, (Solution(right),))),
        f"WITH {step} {HELD}id NOT IN (SELECT k FROM s)",
        deep=True,
    )
    assert found.findings[0].mistake == "not_in_null"


def test_all_that_a_window_is_to_be_split_by_is_named(judge: Judge) -> None:
    window = "SELECT id, ROW_NUMBER() OVER ({}ORDER BY came_at, id) AS n FROM visits"
    right = window.format("PARTITION BY year(came_at), month(came_at) ")
    found = judge.grade(build_pack(Exercise("x", DDL, (Solution(right),))), window.format(""), deep=True).findings[0]
    assert found.mistake == "partition_missing"
    assert found.params["column"].lower() == "year(came_at), month(came_at)"


def test_a_window_is_not_said_to_be_split_by_what_it_sorts_by() -> None:
    window = "SELECT id, AVG(yen) OVER ({}ORDER BY came_at ROWS BETWEEN 4 PRECEDING AND 1 PRECEDING) AS m FROM visits"
    assert named(window.format(""), window.format("PARTITION BY came_at ")) != "partition_missing"
    assert named(window.format(""), window.format("PARTITION BY person_id ")) == "partition_missing"


@pytest.mark.parametrize(
    "counted", ["COUNT(*) FILTER (WHERE city IS NULL)", "COUNT(CASE WHEN city IS NULL THEN 1 END)"]
)
def test_of_a_share_of_the_wrong_rows_these_are_told_and_not_a_divisor_of_0(counted: str) -> None:
    share = "SELECT ROUND({} * 1.0 / {}, 3) AS r FROM people"
    assert named(share.format(counted, "COUNT(*)"), share.format("COUNT(city)", "COUNT(*)")) == "blank_inverted"
    both = share.format("COUNT(city)", "NULLIF(COUNT(*), 0)")
    assert named(share.format(counted, "COUNT(*)"), both) != "division_by_zero"
    assert named(share.format("COUNT(city)", "COUNT(*)"), both) == "division_by_zero"


def test_a_tie_that_is_asked_for_among_other_joins_is_not_said_to_be_extra() -> None:
    own = "SELECT k.id, p.id, v.yen FROM visits v JOIN visits k ON k.id = v.before_id RIGHT JOIN people p ON p.id = v.person_id"
    right = "SELECT k.id, p.id, v.yen FROM visits k CROSS JOIN people p LEFT JOIN visits v ON v.before_id = k.id AND v.person_id = p.id"
    assert named(own, right) != "condition_extra"


def named(answer: str, mended: str) -> str:
    pack = build_pack(Exercise("x", DDL, (Solution("SELECT id FROM people"),)))
    found = Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack)).name(mended)
    return found.mistake.key if found is not None else ""


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("v.came_at - INTERVAL 9 HOUR < p.joined_at + INTERVAL 30 DAY", []),
        ("v.came_at < p.joined_at + INTERVAL 30 DAY", ["clock_behind"]),
        ("v.came_at - INTERVAL 5 HOUR < p.joined_at + INTERVAL 30 DAY", ["clock_behind", "clock_behind"]),
    ],
)
def test_what_is_moved_on_both_sides_of_a_comparison_is_not_moved(written: str, said: list[str]) -> None:
    assert clocks_told(written, "v.came_at < p.joined_at + INTERVAL 9 HOUR + INTERVAL 30 DAY") == said


def test_days_of_one_clock_are_not_those_of_another_though_both_sides_are_off_by_as_much() -> None:
    written = "CAST({0} AS DATE) = CAST({1} AS DATE)"
    asked = written.format("v.came_at + INTERVAL 9 HOUR", "p.joined_at + INTERVAL 9 HOUR")
    assert clocks_told(written.format("v.came_at", "p.joined_at"), asked) == ["clock_unshifted_behind"] * 2


def clocks_told(written: str, asked: str) -> list[str]:
    own, wanted = (parse_one(each, read="duckdb") for each in (written, asked))
    scene = cast("Scene", SimpleNamespace(quote=lambda node: node.sql("duckdb")))
    return [each.mistake.key for each in other_clock(own, wanted, scene)]
