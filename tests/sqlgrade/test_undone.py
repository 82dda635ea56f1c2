"""Mistakes made at several places, or by another way than the right answer takes, are undone as a whole and named."""

import pytest

from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.record import Exercise, Solution

DDL = """
CREATE TABLE people (
  id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, city VARCHAR, grade VARCHAR NOT NULL, age INTEGER,
  joined_at TIMESTAMP NOT NULL, is_test BOOLEAN NOT NULL, CHECK (grade IN ('gold', 'silver', 'plain'))
);
CREATE TABLE visits (
  id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people (id), status VARCHAR NOT NULL, yen INTEGER,
  came_at TIMESTAMP NOT NULL, is_paid BOOLEAN NOT NULL, CHECK (status IN ('open', 'done', 'gone'))
);
"""
PAID = "SELECT p.id, p.name, COUNT(v.id) AS n FROM people p LEFT JOIN visits v ON v.person_id = p.id AND v.is_paid WHERE NOT p.is_test GROUP BY p.id, p.name"
SHARE = "SELECT person_id, COUNT(*) AS n, ROUND(AVG(CASE WHEN is_paid THEN 1 ELSE 0 END), 4) AS r FROM visits GROUP BY person_id"
LOCAL = (
    "SELECT CAST(came_at + INTERVAL 9 HOUR AS DATE) AS d, COUNT(*) AS n FROM visits "
    "WHERE CAST(came_at + INTERVAL 9 HOUR AS DATE) >= '2025-12-01' GROUP BY 1"
)
RATED = "SELECT person_id, COUNT(yen) AS n FROM visits GROUP BY person_id HAVING COUNT(yen) >= 2"
SUMS = (
    "SELECT p.id, v.y, q.n FROM people p LEFT JOIN (SELECT person_id, SUM(yen) AS y FROM visits GROUP BY 1) v "
    "ON v.person_id = p.id LEFT JOIN (SELECT city, COUNT(*) AS n FROM people GROUP BY 1) q ON q.city = p.city"
)
HALVES = (
    "WITH a AS (SELECT SUM(yen) AS y FROM visits WHERE is_paid), b AS (SELECT COUNT(*) AS n FROM visits WHERE is_paid) "
    "SELECT a.y, b.n FROM a CROSS JOIN b"
)
STAGES = (
    "WITH s AS (SELECT id FROM people WHERE NOT is_test), "
    "c AS (SELECT DISTINCT s.id FROM s JOIN visits v ON v.person_id = s.id), "
    "d AS (SELECT DISTINCT c.id FROM c JOIN visits v ON v.person_id = c.id AND v.is_paid) "
    "SELECT (SELECT COUNT(*) FROM s) AS a, (SELECT COUNT(*) FROM c) AS b, (SELECT COUNT(*) FROM d) AS e"
)
SUMS_BY_ROW = (
    "SELECT p.id, (SELECT COUNT(*) FROM visits v WHERE v.person_id = p.id) AS n, COUNT(DISTINCT q.id) AS m "
    "FROM people p LEFT JOIN people q ON q.city = p.city GROUP BY p.id"
)
TWICE_COUNTED = (
    "SELECT p.id, COUNT(v.id) AS n, COUNT(DISTINCT q.id) AS m FROM people p "
    "LEFT JOIN visits v ON v.person_id = p.id LEFT JOIN people q ON q.city = p.city GROUP BY p.id"
)
TWICE = (
    "SELECT p.id, SUM(v.yen) AS y, NULLIF(COUNT(DISTINCT q.id), 0) AS n FROM people p "
    "LEFT JOIN visits v ON v.person_id = p.id LEFT JOIN people q ON q.city = p.city GROUP BY p.id"
)
MEANS = (
    "SELECT p.grade, AVG(p.age) AS a, SUM(v.n) AS n FROM people p "
    "JOIN (SELECT person_id, COUNT(*) AS n FROM visits GROUP BY 1) v ON v.person_id = p.id GROUP BY p.grade"
)
MEANS_BY_ROW = "SELECT p.grade, AVG(p.age) AS a, COUNT(v.id) AS n FROM people p JOIN visits v ON v.person_id = p.id GROUP BY p.grade"
ALIKE = (
    "SELECT p.id, v.y, q.n FROM people p LEFT JOIN (SELECT person_id, AVG(yen) AS y FROM visits GROUP BY 1) v "
    "ON v.person_id = p.id LEFT JOIN (SELECT city, COUNT(*) AS n FROM people GROUP BY 1) q ON q.city = p.city"
)
ALIKE_BY_ROW = (
    "SELECT p.id, AVG(v.yen) AS y, NULLIF(COUNT(q.id), 0) AS n FROM people p "
    "LEFT JOIN visits v ON v.person_id = p.id LEFT JOIN people q ON q.city = p.city GROUP BY p.id"
)
MET_EACH = (
    "SELECT p.grade, COUNT(*) AS n, SUM(CASE WHEN EXISTS (SELECT 1 FROM visits v WHERE v.person_id = p.id AND v.is_paid) "
    "THEN 1 ELSE 0 END) AS met FROM people p WHERE NOT p.is_test GROUP BY p.grade"
)
MET_ROWS = (
    "SELECT p.grade, COUNT(*) AS n, SUM(CASE WHEN v.id IS NOT NULL THEN 1 ELSE 0 END) AS met FROM people p "
    "LEFT JOIN visits v ON v.person_id = p.id AND v.is_paid WHERE NOT p.is_test GROUP BY p.grade"
)
NUMBERED = "SELECT grade, n, id FROM (SELECT grade, id, ROW_NUMBER() OVER (PARTITION BY grade ORDER BY age DESC, id) AS n FROM people) AS p WHERE n <= 2"
FILLED = (
    "WITH met AS (SELECT person_id AS id, COUNT(*) AS n FROM visits GROUP BY 1), "
    "filled AS (SELECT p.id, COALESCE(m.n, 0) AS n FROM people p LEFT JOIN met m ON m.id = p.id), "
    "before AS (SELECT id, LAG(n) OVER (ORDER BY id) AS m FROM filled) "
    "SELECT f.id, f.n, b.m FROM filled f LEFT JOIN before b ON b.id = f.id"
)
TWINS = (
    "WITH b AS (SELECT id FROM people WHERE NOT is_test UNION ALL SELECT id FROM people WHERE NOT is_test AND age > 20), "
    "k AS (SELECT id, COUNT(*) AS n FROM b GROUP BY id) SELECT {} AS d FROM k WHERE n >= 2"
)
TWINS_ADDED = TWINS.format("COALESCE(SUM(n), 0)")
TWINS = TWINS.format("COUNT(*)")
OF_THOSE = (
    "SELECT COUNT(CASE WHEN p.age > 20 THEN 1 END) AS a, COUNT(CASE WHEN p.age > 20 AND EXISTS "
    "(SELECT 1 FROM visits v WHERE v.person_id = p.id) THEN 1 END) AS b FROM people p"
)
OF_ALL = OF_THOSE.replace("p.age > 20 AND EXISTS", "EXISTS")
PROVED = {
    "both conditions of an outer join's table in WHERE": (
        PAID.replace("v.is_paid", "v.is_paid AND v.status = 'done'"),
        PAID.replace(" AND v.is_paid", "").replace("WHERE", "WHERE v.is_paid AND v.status = 'done' AND"),
        "filter_in_where",
    ),
    "a condition on the left table in ON": (
        PAID,
        PAID.replace(" WHERE NOT p.is_test", "").replace("v.is_paid", "v.is_paid AND NOT p.is_test"),
        "filter_in_on",
    ),
    "an inner join with its conditions in WHERE and COUNT(*)": (
        PAID,
        PAID.replace("LEFT JOIN", "JOIN").replace("COUNT(v.id)", "COUNT(*)"),
        "partners_dropped",
    ),
    "a condition on the other table's column of that name": (
        PAID.replace("v.is_paid", "v.is_paid AND v.id > 3"),
        PAID.replace("v.is_paid", "v.is_paid AND p.id > 3"),
        "condition_column",
    ),
    "a share in percent": (SHARE, SHARE.replace("AVG(", "100.0 * AVG("), "times_too_large"),
    "a share rounded in the step before it is reckoned with": (
        "WITH r AS (SELECT person_id, AVG(yen) AS y FROM visits GROUP BY 1) SELECT person_id, ROUND(100 * y, 1) AS s FROM r",
        "WITH r AS (SELECT person_id, ROUND(AVG(yen), 0) AS y FROM visits GROUP BY 1) SELECT person_id, ROUND(100 * y, 1) AS s FROM r",
        "round_early",
    ),
    "the rows of groups added up that are always in twos": (TWINS, TWINS_ADDED, "group_sizes_added"),
    "a count of others than those counted before": (OF_THOSE, OF_ALL, "counted_beside"),
    "the same clock at two places": (LOCAL, LOCAL.replace("came_at + INTERVAL 9 HOUR", "came_at"), "clock_unshifted_behind"),
    "rows counted at two places": (RATED, RATED.replace("COUNT(yen)", "COUNT(*)"), "blanks_counted"),
    "a condition too many at both of its places": (
        HALVES,
        HALVES.replace("is_paid", "is_paid AND status = 'done'"),
        "condition_extra",
    ),
    "both ends of a period too many in an inner block": (
        STAGES,
        STAGES.replace("= s.id", "= s.id AND v.came_at >= '2025-12-01' AND v.came_at < '2026-01-01'"),
        "condition_extra",
    ),
    "DISTINCT missing in every stage": (STAGES, STAGES.replace("DISTINCT ", ""), "rows_repeated_in"),
    "a bound inside of a CASE where the right answer has none": (
        "SELECT id, hour(came_at - INTERVAL 5 HOUR) + 5 AS h FROM visits",
        "SELECT id, CASE WHEN hour(came_at) <= 5 THEN hour(came_at) + 24 ELSE hour(came_at) END AS h FROM visits",
        "bound_included",
    ),
    "a count that a join multiplies, where the right one is a sub-query": (
        SUMS_BY_ROW,
        TWICE_COUNTED,
        "join_multiplied",
    ),
    "the first rows taken before those that do not count are left out": (
        "SELECT id, name FROM people WHERE NOT is_test ORDER BY age, id LIMIT 3",
        "WITH f AS (SELECT * FROM people ORDER BY age, id LIMIT 3) SELECT id, name FROM f WHERE NOT is_test ORDER BY age, id",
        "limit_before_filter",
    ),
    "rows taken from a step in which some are missing": (
        FILLED,
        FILLED.replace("LAG(n) OVER (ORDER BY id) AS m FROM filled", "LAG(n) OVER (ORDER BY id) AS m FROM met"),
        "table_other_in",
    ),
    "a number that ties in a window leave to chance": (NUMBERED, NUMBERED.replace("age DESC, id", "age DESC"), "window_ties"),
    "rows counted after an outer join that repeats them": (MET_EACH, MET_ROWS, "join_multiplied"),
    "two tables with several rows each joined before they are added up": (SUMS, TWICE, "join_multiplied"),
    "a condition the wrong way round beside an OR that brackets would not help": (
        "SELECT id FROM people WHERE city IS NULL AND NOT is_test",
        "SELECT id FROM people WHERE grade = 'none' OR city IS NULL AND is_test",
        "condition_inverted",
    ),
    "_ for % in each pattern of an OR": (
        "SELECT id FROM people WHERE name LIKE 'A%' OR name LIKE 'B%'",
        "SELECT id FROM people WHERE name LIKE 'A_' OR name LIKE 'B_'",
        "pattern_one_character",
    ),
    "a divisor without the condition of the rows above the line": (
        "SELECT COUNT(*) AS n, ROUND(COUNT(city) * 1.0 / COUNT(*), 3) AS r FROM people WHERE grade = 'gold' AND NOT is_test",
        "SELECT COUNT(*) AS n, ROUND(COUNT(city) * 1.0 / (SELECT COUNT(*) FROM people WHERE grade = 'gold'), 3) AS r FROM people WHERE grade = 'gold' AND NOT is_test",
        "condition_only_around",
    ),
    "means of groups that weigh the same, however many rows they have": (
        "SELECT p.grade, ROUND(AVG(CASE WHEN v.is_paid THEN 1.0 ELSE 0 END), 3) AS r FROM people p JOIN visits v ON v.person_id = p.id GROUP BY 1",
        ("WITH each_one AS (SELECT p.grade, p.id, COUNT(*) AS n, AVG(CASE WHEN v.is_paid THEN 1.0 ELSE 0 END) AS rate FROM people p "
        "JOIN visits v ON v.person_id = p.id GROUP BY 1, 2) SELECT grade, ROUND(AVG(rate), 3) AS r FROM each_one GROUP BY grade"),
        "mean_of_rates",
    ),
    "a mean over rows that a join repeats does not grow": (MEANS, MEANS_BY_ROW, "join_weighs"),
    "nor does it change where all are repeated alike": (ALIKE, ALIKE_BY_ROW, "join_multiplied"),
}  # fmt: skip


def test_a_factor_of_two_is_no_unit():
    solution, answer = "SELECT id, height AS h FROM t", "SELECT id, height + height AS h FROM t"
    pack = build_pack(
        Exercise("p", "CREATE TABLE t (id INTEGER PRIMARY KEY, height INTEGER NOT NULL)", (Solution(solution),))
    )
    verdict = Judge().grade(pack, answer, deep=True)
    assert [finding.mistake for finding in verdict.findings if finding.mistake.startswith("times")] == []


@pytest.mark.parametrize("case", PROVED)
def test_a_mistake_of_several_places_is_undone_as_a_whole(case):
    solution, answer, mistake = PROVED[case]
    verdict = Judge().grade(build_pack(Exercise("p", DDL, (Solution(solution),))), answer, deep=True)
    assert [finding.mistake for finding in verdict.findings[:1]] == [mistake]


def test_brackets_are_not_what_is_wrong_where_they_leave_more_rows_wrong():
    pack = build_pack(Exercise("p", DDL, (Solution("SELECT id FROM people WHERE city IS NULL AND NOT is_test"),)))
    verdict = Judge().grade(pack, "SELECT id FROM people WHERE city = 'b' OR city IS NULL AND is_test", deep=True)
    assert "or_unbracketed" not in [finding.mistake for finding in verdict.findings]


def test_only_the_side_of_an_or_that_differs_from_a_list_is_named():
    pack = build_pack(Exercise("p", DDL, (Solution("SELECT id FROM visits WHERE status IN ('done', 'gone')"),)))
    verdict = Judge().grade(pack, "SELECT id FROM visits WHERE status = 'done' OR yen IS NOT NULL", deep=True)
    assert [(finding.mistake, finding.params["condition"]) for finding in verdict.findings[:1]] == [
        ("condition_other", "yen IS NOT NULL")
    ]
