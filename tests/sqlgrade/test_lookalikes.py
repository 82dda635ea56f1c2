"""Mistakes that look like another one are told by their own name, or by a general one: never by the other's."""

import pytest

from sqlgrade.diagnose.classifier import Classifier
from sqlgrade.diagnose.facts.known_values import KnownValues
from sqlgrade.diagnose.repairs.from_text.rescaled import _patterns
from sqlgrade.judging.judge import Judge
from sqlgrade.messages import LANGUAGES, finding_sentences, render
from sqlgrade.pack.building import build_pack
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.record import Exercise, NearMiss, Solution
from sqlgrade.verdict import Finding, Level

DDL = """
CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, age INTEGER, is_test BOOLEAN NOT NULL);
CREATE TABLE visits (
  id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people (id), yen INTEGER,
  came_at TIMESTAMP NOT NULL, is_paid BOOLEAN NOT NULL
);
"""
OUTER = "SELECT p.id, COUNT(v.id) AS n FROM people p LEFT JOIN visits v ON v.person_id = p.id GROUP BY p.id"
PERIOD = (
    "SELECT id FROM visits WHERE came_at >= TIMESTAMP '2025-12-01 05:00' AND came_at < TIMESTAMP '2026-01-01 05:00'"
)
HOURS = "SELECT CASE WHEN hour(came_at + INTERVAL 9 HOUR) <= 5 THEN 24 ELSE 0 END AS h FROM visits"
DAYS = (
    "WITH p AS (SELECT DATE '2025-12-31' AS day) SELECT id FROM visits CROSS JOIN p "
    "WHERE CAST(came_at AS DATE) BETWEEN p.day - 6 AND p.day"
)
MOMENTS = "SELECT id FROM visits WHERE came_at >= '2025-12-01 05:00' AND came_at <= '2025-12-31 23:59:59'"
LIMITED = OUTER.replace("= p.id", "= p.id AND v.is_paid")
MET = "SELECT a.id FROM visits a LEFT JOIN visits t ON t.id = a.yen JOIN people p ON p.id = a.person_id"
MET_PAID = "SELECT p.id FROM people p JOIN visits v ON v.person_id = p.id WHERE v.is_paid"
SURER = {
    "a condition that loses the blanks is told by them": (
        "SELECT id FROM people WHERE age <> 20",
        "SELECT id FROM people WHERE age <> 20 OR age IS NULL",
        "blanks_dropped",
    ),
    "a month that lacks its year is not a column without a condition": (
        "SELECT id FROM visits WHERE month(came_at) = 7",
        "SELECT id FROM visits WHERE month(came_at) = 7 AND year(came_at) = 2025",
        "month_without_year",
    ),
    "a condition drops the same rows in the ON of an inner join as in WHERE": (
        MET_PAID.replace("p.id WHERE v.is_paid", "p.id AND v.is_paid WHERE p.age IS NOT NULL"),
        MET_PAID,
        "blanks_dropped",
    ),
    "a blank that was filled says nothing about the division beside it": (
        "SELECT COALESCE(age // 10 * 10, 0) AS b FROM people",
        "SELECT CAST(age / 10 AS INTEGER) * 10 AS b FROM people",
        "calculation_other",
    ),
    "one column is one sort key, shown or not": (
        "SELECT * FROM people ORDER BY id LIMIT 3",
        "SELECT id, name FROM people ORDER BY id LIMIT 2",
        "every_column",
    ),
    "a CASE that makes up for the hours is no other clock": (
        HOURS,
        HOURS.replace("<= 5 THEN 24 ELSE 0 END", "< 5 THEN 24 ELSE 0 END"),
        "bound_included",
    ),
    "nor is one that the right answer does without": (
        HOURS,
        "SELECT hour(came_at + INTERVAL 4 HOUR) + 5 AS h FROM visits",
        "calculation_other",
    ),
    "nor are whole days": (
        "SELECT came_at - INTERVAL 6 DAY AS d FROM visits",
        "SELECT came_at AS d FROM visits",
        "calculation_other",
    ),
    "a period that ends with its last second ends hours early": (MOMENTS, PERIOD, "hours_early"),
    "a moment compared with a bare day is after its midnight, whatever is subtracted from it": (
        DAYS.replace("CAST(came_at AS DATE)", "came_at").replace("p.day - 6", "p.day - INTERVAL 6 DAY"),
        DAYS,
        "last_day_lost",
    ),
    "a sub-query counts other rows, so it says nothing about blanks": (
        "SELECT COUNT(yen) AS n FROM visits",
        "SELECT (SELECT COUNT(*) FROM visits) AS n FROM visits",
        "calculation_other",
    ),
    "a mean that leaves out what it should is not mended by ELSE": (
        "SELECT AVG(CASE WHEN is_paid THEN yen END) AS r FROM visits",
        "SELECT SUM(yen) / SUM(CASE WHEN is_paid THEN 1 ELSE 0 END) AS r FROM visits",
        "numerator_narrowed",
    ),
    "COUNT(*) after an outer join is limited by its ON": (
        LIMITED.replace("COUNT(v.id)", "COUNT(*)"),
        LIMITED.replace("COUNT(v.id)", "COUNT(*) FILTER (WHERE v.is_paid)"),
        "outer_rows_counted",
    ),
    "the same key taken from an outer join's table drops the rows that it kept": (
        MET.replace("a.yen", "a.id"),
        MET.replace("a.yen", "a.id").replace("= a.person_id", "= t.person_id"),
        "partners_kept",
    ),
    "what an outer join leaves blank is not lacking in a count of people": (
        OUTER,
        OUTER.replace("COUNT(v.id)", "COUNT(DISTINCT v.person_id)"),
        "rows_for_people",
    ),
    "one end off beside a right one is no other clock": (
        PERIOD.replace("12-01 05", "12-01 00"),
        PERIOD,
        "hours_early",
    ),
    "both ends on another column are that column's fault": (
        "SELECT id FROM visits WHERE yen >= 5 AND yen < 9",
        "SELECT id FROM visits WHERE person_id >= 5 AND person_id < 9",
        "condition_column",
    ),
    "one end of a BETWEEN written by itself": (
        "SELECT id FROM visits WHERE yen > 5 AND yen < 9",
        "SELECT id FROM visits WHERE yen BETWEEN 5 AND 9",
        "bound_excluded",
    ),
    "a blank that was filled is not one that was kept": (
        "SELECT person_id, AVG(COALESCE(yen, 0)) AS m FROM visits GROUP BY person_id",
        "SELECT person_id, AVG(COALESCE(yen, 0)) AS m FROM visits WHERE yen IS NOT NULL GROUP BY person_id",
        "blank_replaced",
    ),
    "a mean worked out by hand has another denominator": (
        "SELECT SUM(yen) / COUNT(DISTINCT person_id) AS m FROM visits",
        "SELECT AVG(yen) AS m FROM visits",
        "denominator",
    ),
    "two keys for one tie rows that do not belong together": (
        "SELECT a.id FROM visits a JOIN visits b ON b.person_id = a.person_id AND b.came_at = a.came_at",
        "SELECT a.id FROM visits a JOIN visits b ON b.id = a.id",
        "join_key_loose",
    ),
    "a condition on a mean is no other end of a condition on a count": (
        "SELECT person_id FROM visits GROUP BY person_id HAVING COUNT(yen) >= 3",
        "SELECT person_id FROM visits GROUP BY person_id HAVING COUNT(yen) >= 3 AND AVG(yen) < 3",
        "having_missing_on",
    ),
    "a condition on one side of OR that both sides need": (
        "SELECT id FROM visits WHERE (yen = 1 AND is_paid) OR (yen = 2 AND is_paid AND id > 3)",
        "SELECT id FROM visits WHERE (yen = 1 AND is_paid AND id > 3) OR (yen = 2 AND is_paid AND id > 3)",
        "or_one_side",
    ),
    "ones added up where each is to be counted once are no total of values": (
        "SELECT SUM(CASE WHEN is_paid THEN 1 ELSE 0 END) AS n FROM visits",
        "SELECT COUNT(DISTINCT CASE WHEN is_paid THEN person_id END) AS n FROM visits",
        "rows_for_people",
    ),
    "a key that something is made of first ties rows that do not belong together": (
        "SELECT p.id FROM people p JOIN visits v ON date_trunc('month', v.came_at) = p.joined_at",
        "SELECT p.id FROM people p JOIN visits v ON v.came_at = p.joined_at",
        "join_key",
    ),
    "both sides of a difference rounded in the middle are no other calculation": (
        "SELECT ROUND(ROUND(yen / 3, 2) - ROUND(id / 3, 2), 4) AS d FROM visits",
        "SELECT ROUND(yen / 3 - id / 3, 4) AS d FROM visits",
        "round_early",
    ),
    "a CAST that rounds in place of FLOOR is no other calculation": (
        "SELECT CAST(age / 10 AS INTEGER) * 10 AS band FROM people",
        "SELECT FLOOR(age / 10) * 10 AS band FROM people",
        "cast_rounds",
    ),
    "an order of two keys of which the second is turned": (
        "SELECT id, ROW_NUMBER() OVER (ORDER BY yen DESC, came_at DESC, id) AS n FROM visits",
        "SELECT id, ROW_NUMBER() OVER (ORDER BY yen DESC, came_at, id) AS n FROM visits",
        "window_reversed",
    ),
    "the first of all moments is moved by as much as each of them": (
        "SELECT CAST(MIN(came_at) AS DATE) AS d FROM visits",
        "SELECT CAST(MIN(came_at) - INTERVAL 5 HOUR AS DATE) AS d FROM visits",
        "clock_unshifted_ahead",
    ),
    "the right column of too many rows is no other column": (
        "SELECT MAX(came_at) AS last FROM visits",
        "SELECT MAX(CASE WHEN is_paid THEN came_at END) AS last FROM visits",
        "filter_missing",
    ),
    "a bound counted from a column leaves out a day as a constant one does": (
        DAYS.replace("BETWEEN p.day - 6 AND p.day", "> p.day - 6 AND CAST(came_at AS DATE) <= p.day"),
        DAYS,
        "bound_excluded",
    ),
    "a day that is left out at the end is that day, and no bound a day too early": (
        "SELECT id FROM visits WHERE CAST(came_at AS DATE) < DATE '2025-12-31'",
        "SELECT id FROM visits WHERE CAST(came_at AS DATE) <= DATE '2025-12-31'",
        "bound_excluded",
    ),
    "an order that is turned back afterwards is not the wrong way round": (
        "SELECT id, 100 - ROW_NUMBER() OVER (ORDER BY yen DESC, id) AS n FROM visits",
        "SELECT id, ROW_NUMBER() OVER (ORDER BY yen, id) AS n FROM visits",
        "calculation_other",
    ),
    "one end of a range that has two is no other condition": (
        "SELECT id FROM people WHERE age >= 20",
        "SELECT id FROM people WHERE age BETWEEN 20 AND 29",
        "bound_missing_ends",
    ),
    "a tie that stands in WHERE does the same as in ON, and what it lacks is named": (
        "SELECT a.id FROM visits a JOIN visits b ON b.status = 'done' WHERE a.status = 'open'",
        "SELECT a.id FROM visits a JOIN visits b ON b.person_id = a.person_id WHERE a.status = 'open' AND b.status = 'done'",
        "join_untied",
    ),
    "a value that its column never has takes away the blanks, and empty texts": (
        "SELECT id FROM people WHERE city <> ''",
        "SELECT id FROM people",
        "empties_dropped",
    ),
    "a WHEN that gives what ELSE should give leaves the others blank": (
        "SELECT AVG(CASE WHEN status = 'done' THEN 1.0 WHEN status = 'gone' THEN 0 END) AS r FROM visits",
        "SELECT AVG(CASE WHEN status = 'done' THEN 1.0 ELSE 0 END) AS r FROM visits",
        "case_without_else",
    ),
    "ones added up under a condition are a count of fewer rows": (
        "SELECT SUM(CASE WHEN yen > 5 THEN 1 ELSE 0 END) AS n FROM visits",
        "SELECT COUNT(*) AS n FROM visits",
        "count_narrowed",
    ),
    "ones added up are a count, so its condition is what differs": (
        "SELECT SUM(CASE WHEN yen >= 5 THEN 1 ELSE 0 END) AS n FROM visits",
        "SELECT COUNT(CASE WHEN yen > 5 THEN 1 END) AS n FROM visits",
        "bound_included",
    ),
    "a total divided by hand is a mean that is cut off": (
        "SELECT SUM(yen) OVER (ORDER BY id ROWS 6 PRECEDING) // 7 AS m FROM visits",
        "SELECT ROUND(AVG(yen) OVER (ORDER BY id ROWS 6 PRECEDING), 1) AS m FROM visits",
        "floor_for_round",
    ),
    "a value of a step that is right but for its capitals": (
        "WITH s AS (SELECT COALESCE(name, 'none') AS c FROM people) SELECT COUNT(CASE WHEN c = 'None' THEN 1 END) AS n FROM s",
        "WITH s AS (SELECT COALESCE(name, 'none') AS c FROM people) SELECT COUNT(CASE WHEN c = 'none' THEN 1 END) AS n FROM s",
        "value_case",
    ),
    "another function in a window needs no frame": (
        "SELECT id, LAG(yen, 7) OVER (ORDER BY id) AS s FROM visits",
        "SELECT id, SUM(yen) OVER (ORDER BY id ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS s FROM visits",
        "window_function",
    ),
    "values rounded inside a window are no other values": (
        "SELECT id, AVG(ROUND(yen, 1)) OVER (ORDER BY id) AS m FROM visits",
        "SELECT id, ROUND(AVG(yen) OVER (ORDER BY id), 1) AS m FROM visits",
        "round_early",
    ),
    "rows that other totals take in as well are not what COUNT(*) counts": (
        "SELECT person_id, COUNT(*) AS n, SUM(id) AS s FROM visits WHERE is_paid GROUP BY person_id HAVING MAX(yen) > 1",
        "SELECT person_id, COUNT(*) AS n, SUM(id) AS s FROM visits WHERE is_paid AND yen IS NOT NULL GROUP BY person_id HAVING MAX(yen) > 1",
        "blanks_kept",
    ),
    "a condition on a truth moves to ON however it is written": (
        "SELECT p.id FROM people p LEFT JOIN visits v ON v.person_id = p.id WHERE v.is_paid = FALSE",
        "SELECT p.id FROM people p LEFT JOIN visits v ON v.person_id = p.id AND NOT v.is_paid",
        "filter_in_where",
    ),
    "one column for another is told beside a column that both have": (
        "SELECT v.id FROM visits v JOIN people p ON p.id = v.person_id WHERE v.yen - 9 >= p.age",
        "SELECT v.id FROM visits v JOIN people p ON p.id = v.person_id WHERE v.id >= p.age",
        "condition_column",
    ),
    "a number taken for all rows is told as one value": (
        "SELECT COUNT(*) * 0.5 AS s FROM visits",
        "SELECT SUM(yen / 100.0) AS s FROM visits",
        "one_for_all",
    ),
    "one number of a numerator that differs is named itself": (
        "SELECT (SUM(yen) + 0.14) / (COUNT(*) + 100) AS s FROM visits",
        "SELECT (SUM(yen) + 100 * 0.14) / (COUNT(*) + 100) AS s FROM visits",
        "calculation_part",
    ),
    "a column that makes the groups too fine is not computed in another way": (
        "SELECT person_id, status, COUNT(*) AS n FROM visits GROUP BY person_id, status",
        "SELECT person_id, MIN(status), COUNT(*) AS n FROM visits GROUP BY person_id",
        "group_extra",
    ),
    "`= FALSE` is NOT, and stands on the wrong side of a LEFT JOIN": (
        "SELECT v.id FROM visits v LEFT JOIN people p ON p.id = v.person_id WHERE p.is_test = FALSE",
        "SELECT v.id FROM visits v LEFT JOIN people p ON p.id = v.person_id AND NOT p.is_test",
        "filter_in_where",
    ),
    "another column of two that are compared, whatever is made of it": (
        "SELECT v.id FROM visits v JOIN people p ON p.id = v.person_id WHERE p.joined_at - INTERVAL 9 HOUR >= v.came_at",
        "SELECT v.id FROM visits v JOIN people p ON p.id = v.person_id WHERE v.last_at >= v.came_at",
        "condition_column",
    ),
    "DISTINCT over a key merges nothing": (
        "SELECT COUNT(DISTINCT id) AS n, COUNT(DISTINCT yen) AS m FROM visits",
        "SELECT COUNT(*) AS n, COUNT(DISTINCT person_id) AS m FROM visits",
        "distinct_of_other",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def pack():
    return build_pack(Exercise("x", DDL, (Solution("SELECT id FROM people"),)))


@pytest.mark.parametrize("claim", SURER)
def test_a_mistake_is_not_taken_for_one_that_looks_like_it(claim, pack):
    answer, repaired, mistake = SURER[claim]
    named = Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack)).name(repaired)
    assert named.mistake.key == mistake


def test_a_near_miss_that_behaves_alike_goes_before_a_repair_that_has_no_name():
    """A join's key exchanged for the whole answer mends it too, and says nothing of what was done."""
    solution = "SELECT id FROM people WHERE id IN (SELECT person_id FROM visits WHERE is_paid)"
    near = NearMiss("unpaid", solution.replace(" WHERE is_paid", ""), "E20", "WHERE")
    pack = build_pack(Exercise("n", DDL, (Solution(solution),), near_misses=(near,)))
    answer = "SELECT DISTINCT p.id FROM people p JOIN visits v ON v.person_id = p.id"
    assert Judge().grade(pack, answer, deep=True).findings[0].near_miss == "unpaid"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_tables_that_differ_in_an_unknown_way_are_not_said_to_lack_rows(lang):
    """Rows may as well come too often; which of both it is was not found out."""
    said = finding_sentences(Finding(Level.CLAUSE, "E27", "FROM"), lang)
    assert said == [render("E27.FROM", {}, lang)]
    assert said != [render("E27.idea", {}, lang)]


@pytest.mark.parametrize(
    ("ours", "theirs", "told"),
    [((11, 22), (7, 14), []), ((200, 100), (2, 1), [("/", 100)]), ((15, 30), (60, 120), [("/", 0.25)])],
)
def test_a_factor_that_nobody_would_write_is_there_by_chance(ours, theirs, told):
    assert list(_patterns(list(zip(map(float, ours), map(float, theirs), strict=True)))) == told


def test_what_is_counted_once_each_is_named_and_not_what_it_depends_on(pack):
    answer = "SELECT COUNT(CASE WHEN is_paid THEN person_id END) AS n FROM visits"
    repaired = answer.replace("CASE", "DISTINCT CASE")
    named = Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack)).name(repaired)
    assert (named.mistake.key, named.mistake.params["key"]) == ("rows_for_people", "person_id")


def test_a_row_for_each_group_where_one_row_is_asked_for_is_told_as_such():
    twice = "(SELECT person_id FROM visits GROUP BY person_id HAVING COUNT(*) >= 2)"
    solution = f"SELECT (SELECT COUNT(*) FROM {twice}) AS n, (SELECT MAX(came_at) FROM visits) AS last"
    pack = build_pack(Exercise("one", DDL, (Solution(solution),)))
    answer = "SELECT COUNT(*) AS n, (SELECT MAX(came_at) FROM visits) AS last FROM visits GROUP BY person_id HAVING COUNT(*) >= 2"
    assert Judge().grade(pack, answer, deep=True).findings[0].mistake == "groups_for_one"


def test_numbers_that_belong_side_by_side_are_told_as_such_where_they_stand_in_a_row_for_each_group():
    solution = "SELECT COUNT(CASE WHEN is_paid THEN 1 END) AS paid, COUNT(CASE WHEN NOT is_paid THEN 1 END) AS open FROM visits"
    pack = build_pack(Exercise("beside", DDL, (Solution(solution),)))
    answer = "SELECT is_paid, COUNT(*) AS n FROM visits GROUP BY is_paid"
    found = Judge().grade(pack, answer, deep=True).findings[0]
    assert (found.mistake, found.params["own"]) == ("groups_side_by_side", "is_paid")


def test_a_left_join_that_where_undoes_is_told_where_no_single_change_mends_the_answer():
    """The days are there once the condition stands in ON, and what is counted on them is wrong besides."""
    solution = (
        "WITH c AS (SELECT v.came_at, COUNT(*) AS n FROM visits v JOIN people p ON p.id = v.person_id AND p.age > 20 GROUP BY v.came_at) "
        "SELECT p.id, COALESCE(SUM(c.n), 0) AS n FROM people p LEFT JOIN c ON hour(c.came_at) = p.age GROUP BY p.id"
    )
    pack = build_pack(Exercise("undone", DDL, (Solution(solution),)))
    answer = (
        "SELECT p.id, COUNT(*) AS n FROM people p LEFT JOIN visits v ON hour(v.came_at) = p.age "
        "LEFT JOIN people q ON q.id = v.person_id WHERE q.age > 20 GROUP BY p.id"
    )
    assert Judge().grade(pack, answer, deep=True).findings[0].mistake == "filter_in_where"
