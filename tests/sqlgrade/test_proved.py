"""What a name says of rows is said only where running the answer without it gives another result."""

from types import SimpleNamespace

import pytest

from sqlgrade.diagnose.classifier import Classifier
from sqlgrade.diagnose.facts.known_values import KnownValues
from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.record import Exercise, Solution

DDL = """
CREATE TABLE visits (
  id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL, yen INTEGER, came_at TIMESTAMP NOT NULL, is_paid BOOLEAN NOT NULL
);
"""
N = "SELECT {} AS n FROM visits"
RUNNING = "SELECT id, SUM(yen) OVER (ORDER BY came_at {}) AS n FROM visits"
NUMBERED = "SELECT id, ROW_NUMBER() OVER (ORDER BY came_at {}) AS n FROM visits"
UNCHANGED = SimpleNamespace(
    shows_blank=lambda *_: True, matters=lambda *_: False, tells_apart=lambda *_: False, mends=lambda _: False
)
"""A proof that whatever is put into a part's place changes no result."""


@pytest.fixture(scope="module")
def pack():
    return build_pack(Exercise("x", DDL, (Solution("SELECT id FROM visits"),)))


@pytest.mark.parametrize(
    ("answer", "mended", "untrue"),
    [
        (N.format("COUNT(DISTINCT yen)"), N.format("COUNT(yen)"), "distinct_merges"),
        (N.format("SUM(DISTINCT yen)"), N.format("SUM(yen)"), "amounts_merged"),
        (N.format("COUNT(yen)"), N.format("COUNT(*)"), "count_leaves_blanks"),
        (N.format("COUNT(*)"), N.format("COUNT(DISTINCT person_id)"), "rows_for_people"),
        (N.format("COUNT(is_paid)"), N.format("COUNT(CASE WHEN is_paid THEN 1 END)"), "truth_counted"),
        (
            N.format("COUNT(CASE WHEN yen > 5 THEN 1 ELSE 0 END)"),
            N.format("COUNT(CASE WHEN yen > 5 THEN 1 END)"),
            "else_counted",
        ),
        (RUNNING.format(""), RUNNING.format("ROWS UNBOUNDED PRECEDING"), "ties_together"),
        (NUMBERED.format(""), NUMBERED.format("DESC"), "window_reversed"),
    ],
)
def test_what_changes_no_result_when_it_is_undone_is_not_said(answer, mended, untrue, pack):
    learner = Query(answer, SchemaColumns.of(pack.schema))
    named = [Classifier(learner, answer, KnownValues(pack), proof).name(mended) for proof in (None, UNCHANGED)]
    told = [each.mistake.key if each is not None else "" for each in named]
    assert told[0] == untrue != told[1]


def test_a_window_of_a_window_clause_is_named_though_it_has_no_place_to_be_undone_in(pack):
    answer = "SELECT id, ROW_NUMBER() OVER w AS n FROM visits WINDOW w AS (ORDER BY came_at)"
    learner = Query(answer, SchemaColumns.of(pack.schema))
    proof = SimpleNamespace(
        shows_blank=lambda *_: True,
        matters=lambda query, own, wanted: query.replace(own, wanted) is not None,
        tells_apart=lambda *_: True,
        mends=lambda _: False,
    )
    named = Classifier(learner, answer, KnownValues(pack), proof).name(NUMBERED.format("DESC"))
    assert named is not None
    assert named.mistake.key == "window_reversed"


@pytest.mark.parametrize(
    ("asked", "told"),
    [("is_paid", "other_column_decides"), ("yen IS NULL", "values_counted")],
)
@pytest.mark.parametrize("counted", ["COUNT(*) FILTER (WHERE {})", "COUNT(CASE WHEN {} THEN 1 END)"])
def test_a_column_counted_for_the_rows_of_a_condition_is_no_matter_of_blanks_alone(counted, asked, told, pack):
    answer, mended = N.format("COUNT(yen)"), N.format(counted.format(asked))
    named = Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack)).name(mended)
    assert named.mistake.key == told


def test_a_month_is_without_its_year_though_its_day_ties_two_tables(pack):
    tied = "SELECT a.id FROM visits a, visits b WHERE b.came_at + INTERVAL 7 DAY = a.came_at AND "
    answer = f"{tied}month(a.came_at) = 6"
    mended = f"{tied}a.came_at >= TIMESTAMP '2025-06-01' AND a.came_at < TIMESTAMP '2025-07-01'"
    named = Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack)).name(mended)
    assert named.mistake.key == "month_without_year"


def test_a_column_that_is_right_but_for_blanks_lacks_zeros_in_whatever_way_it_is_computed():
    by_case = "SELECT person_id, {} AS n FROM visits WHERE yen > 0 GROUP BY person_id"
    pack = build_pack(Exercise("z", DDL, (Solution(by_case.format("SUM(CASE WHEN is_paid THEN yen ELSE 0 END)")),)))
    steps = (
        "WITH s AS (SELECT person_id, is_paid, SUM(yen) AS y FROM visits WHERE yen > 0 GROUP BY person_id, is_paid) "
        "SELECT person_id, MAX(CASE WHEN is_paid THEN y END) AS n FROM s GROUP BY person_id"
    )
    assert Judge().grade(pack, steps, deep=True).findings[0].mistake == "zero_missing"


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("", "bound_missing_ends"),
        ("WHERE is_paid", "bound_missing_ends"),
        ("WHERE CAST(came_at AS VARCHAR) LIKE '2024-%'", "filter_after_window"),
        ("WHERE '2024-12-31' >= came_at", "filter_after_window"),
        ("WHERE date_part('year', came_at) = 2024", "filter_after_window"),
    ],
)
def test_a_period_that_ends_nowhere_lacks_its_end_wherever_its_beginning_stands(inside, told):
    counted = "WITH m AS (SELECT CAST(came_at AS DATE) AS d, COUNT(*) AS n FROM visits {} GROUP BY 1), "
    summed = "w AS (SELECT d, n, SUM(n) OVER (ORDER BY d) AS s FROM m{}) SELECT d, s FROM w{}"
    solution = (counted + summed).format("WHERE year(came_at) = 2024", "", "")
    pack = build_pack(Exercise("p", DDL, (Solution(solution),)))
    begins = " WHERE d >= DATE '2024-01-01'"
    answer, moved = ((counted + summed).format(inside, *each) for each in (("", begins), (begins, "")))
    named = Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack)).name(moved)
    assert named.mistake.key == told


def test_an_hour_that_was_written_out_is_told_and_not_the_column_that_it_is_held_against(pack):
    begins = "SELECT id FROM visits WHERE came_at{} >= TIMESTAMP '2025-12-01 05:00'"
    answer, moved = begins.format(""), begins.format(" + INTERVAL 9 HOUR")
    named = Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack)).name(moved)
    assert named.mistake.key == "hours_late"
