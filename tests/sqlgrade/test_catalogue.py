"""Each mistake of the catalogue is told from the answer and the same answer with the mistake undone."""

import ast
from pathlib import Path

import pytest
from calculations_done import OF_CALCULATIONS
from joins_done import OF_JOINS
from steps_done import OF_STEPS
from windows_done import OF_WINDOWS, WINDOW

import sqlgrade.diagnose.mistakes as catalogue
from sqlgrade.diagnose.known_values import KnownValues
from sqlgrade.diagnose.namer import Namer
from sqlgrade.messages import keys, render
from sqlgrade.pack.building import build_pack
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.record import Exercise, Solution

DDL = """
CREATE TABLE people (
  id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, city VARCHAR, grade VARCHAR NOT NULL, age INTEGER,
  joined_at TIMESTAMP NOT NULL, is_test BOOLEAN NOT NULL, CHECK (grade IN ('gold', 'silver', 'plain'))
);
CREATE TABLE visits (
  id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people (id), status VARCHAR NOT NULL, yen INTEGER,
  came_at TIMESTAMP NOT NULL, is_paid BOOLEAN NOT NULL, before_id INTEGER REFERENCES visits (id), CHECK (status IN ('open', 'done', 'gone'))
);
"""
OUTER = "SELECT p.id, COUNT(v.id) AS n FROM people p LEFT JOIN visits v ON v.person_id = p.id GROUP BY p.id"
PERIOD = (
    "SELECT id FROM visits WHERE came_at >= TIMESTAMP '2025-12-01 05:00' AND came_at < TIMESTAMP '2026-01-01 05:00'"
)
BY_DAY = "SELECT id FROM visits WHERE CAST(came_at + INTERVAL 9 HOUR - INTERVAL 5 HOUR AS DATE) BETWEEN '2025-12-01' AND '2025-12-31'"

DONE = {
    "no_where": ("SELECT id FROM people", "SELECT id FROM people WHERE age > 20"),
    "condition_missing": ("SELECT id FROM people WHERE age > 20", "SELECT id FROM people WHERE age > 20 AND NOT is_test"),
    "condition_besides": ("SELECT id FROM people WHERE city <> 'Kobe'", "SELECT id FROM people WHERE city <> 'Kobe' AND city LIKE 'K%'"),
    "filter_for_all": (
        "SELECT COUNT(CASE WHEN yen > 5 THEN 1 END) AS n, COUNT(*) AS a FROM visits WHERE is_paid AND yen > 5",
        "SELECT COUNT(CASE WHEN yen > 5 THEN 1 END) AS n, COUNT(*) AS a FROM visits WHERE is_paid",
    ),
    "condition_on_table": (
        "SELECT id FROM people p WHERE NOT is_test",
        "SELECT id FROM people p WHERE NOT is_test AND EXISTS (SELECT 1 FROM visits v WHERE v.person_id = p.id)",
    ),
    "having_missing": ("SELECT person_id FROM visits GROUP BY person_id", "SELECT person_id FROM visits GROUP BY person_id HAVING COUNT(*) > 2"),
    "bound_missing_ends": ("SELECT id FROM people WHERE age >= 20", "SELECT id FROM people WHERE age >= 20 AND age < 30"),
    "bound_missing_begins": ("SELECT id FROM people WHERE age < 30", "SELECT id FROM people WHERE age >= 20 AND age < 30"),
    "blanks_kept": ("SELECT id FROM people WHERE is_test", "SELECT id FROM people WHERE is_test AND city IS NOT NULL"),
    "blanks_unlike": ("SELECT CASE WHEN city <> 'Kobe' THEN 1 ELSE 0 END AS k FROM people", "SELECT CASE WHEN city IS DISTINCT FROM 'Kobe' THEN 1 ELSE 0 END AS k FROM people"),
    "filled_for_compared": ("SELECT CASE WHEN city IS NOT NULL THEN 1 ELSE 0 END AS k FROM people", "SELECT CASE WHEN age > 3 THEN 1 ELSE 0 END AS k FROM people"),
    "never_blank": ("SELECT id FROM people WHERE is_test IS NULL", "SELECT id FROM people WHERE NOT is_test"),
    "always_filled": ("SELECT id FROM people WHERE is_test IS NOT NULL", "SELECT id FROM people WHERE NOT is_test"),
    "blank_in_text": ("SELECT COUNT(DISTINCT city || '-' || id) AS n FROM people", "SELECT COUNT(DISTINCT COALESCE(city, '?') || '-' || id) AS n FROM people"),
    "operand_not_added": ("SELECT age * 2 AS r FROM people", "SELECT (age + id) * 2 AS r FROM people"),
    "operand_not_taken_off": ("SELECT age - 3 * 2 AS r FROM people", "SELECT age - id - 3 * 2 AS r FROM people"),
    "blanks_dropped": ("SELECT id FROM people WHERE is_test AND city IS NOT NULL", "SELECT id FROM people WHERE is_test"),
    "condition_extra": ("SELECT id FROM people WHERE age > 20 AND NOT is_test", "SELECT id FROM people WHERE age > 20"),
    "condition_other": ("SELECT id FROM people WHERE id % 2 = age", "SELECT id FROM people WHERE name LIKE 'A%'"),
    "value_case": ("SELECT id FROM people WHERE grade = 'Gold'", "SELECT id FROM people WHERE grade = 'gold'"),
    "value_width": ("SELECT id FROM people WHERE grade = 'ｇｏｌｄ'", "SELECT id FROM people WHERE grade = 'gold'"),
    "value_near": ("SELECT id FROM people WHERE grade = 'glod'", "SELECT id FROM people WHERE grade = 'gold'"),
    "value_unknown": ("SELECT id FROM people WHERE grade = '金'", "SELECT id FROM people WHERE grade = 'gold'"),
    "value_other": ("SELECT id FROM people WHERE grade = 'silver'", "SELECT id FROM people WHERE grade = 'gold'"),
    "all_but_one": ("SELECT id FROM people WHERE grade <> 'plain'", "SELECT id FROM people WHERE grade = 'gold'"),
    "all_but_few": ("SELECT id FROM visits WHERE status <> 'open'", "SELECT id FROM visits WHERE status IN ('done', 'gone')"),
    "value_list": ("SELECT id FROM people WHERE grade IN ('gold, silver')", "SELECT id FROM people WHERE grade IN ('gold', 'silver')"),
    "list_lacks": ("SELECT id FROM people WHERE grade = 'gold'", "SELECT id FROM people WHERE grade IN ('gold', 'silver')"),
    "list_extra": ("SELECT id FROM people WHERE grade IN ('gold', 'plain')", "SELECT id FROM people WHERE grade IN ('gold')"),
    "equals_blank": ("SELECT id FROM people WHERE city = NULL", "SELECT id FROM people WHERE city IS NULL"),
    "blank_inverted": ("SELECT id FROM people WHERE city IS NOT NULL", "SELECT id FROM people WHERE city IS NULL"),
    "condition_inverted": ("SELECT id FROM people WHERE is_test", "SELECT id FROM people WHERE is_test = FALSE"),
    "exists_inverted": (
        "SELECT id FROM people p WHERE EXISTS (SELECT 1 FROM visits v WHERE v.person_id = p.id)",
        "SELECT id FROM people p WHERE NOT EXISTS (SELECT 1 FROM visits v WHERE v.person_id = p.id)",
    ),
    "exists_untied": (
        "SELECT id FROM people p WHERE EXISTS (SELECT 1 FROM visits v)",
        "SELECT id FROM people p WHERE EXISTS (SELECT 1 FROM visits v WHERE v.person_id = p.id)",
    ),
    "bound_excluded": ("SELECT id FROM people WHERE age > 20", "SELECT id FROM people WHERE 20 <= age"),
    "bound_included": ("SELECT id FROM people WHERE age <= 20", "SELECT id FROM people WHERE age < 20"),
    "side_turned": ("SELECT id FROM people WHERE age < 20", "SELECT id FROM people WHERE age > 20"),
    "last_day_lost": (
        "SELECT id FROM visits WHERE came_at BETWEEN '2025-12-01' AND '2025-12-31'",
        "SELECT id FROM visits WHERE came_at >= '2025-12-01' AND came_at < '2026-01-01'",
    ),
    "days_early": (PERIOD.replace("2026-01-01", "2025-12-31"), PERIOD),
    "days_late": (PERIOD.replace("12-01 05", "12-02 05"), PERIOD),
    "hours_late": (PERIOD.replace("12-01 05", "12-01 08"), PERIOD),
    "clock_unshifted_ahead": ("SELECT id FROM visits WHERE came_at >= '2025-12-01' AND came_at < '2026-01-01'", PERIOD),
    "clock_ahead": (BY_DAY.replace(" - INTERVAL 5 HOUR", ""), BY_DAY),
    "clock_behind": (BY_DAY.replace("INTERVAL 9", "INTERVAL 6"), BY_DAY),
    "shift_turned": (BY_DAY.replace("- INTERVAL 5", "+ INTERVAL 5"), BY_DAY),
    "month_without_year": ("SELECT id FROM visits WHERE EXTRACT(month FROM came_at) = 12", PERIOD),
    "condition_column": ("SELECT id FROM people WHERE name IS NULL", "SELECT id FROM people WHERE city IS NULL"),
    "equals_pattern": ("SELECT id FROM people WHERE name = 'A%'", "SELECT id FROM people WHERE name LIKE 'A%'"),
    "in_pattern": ("SELECT id FROM people WHERE name IN ('A%', 'B%')", "SELECT id FROM people WHERE name LIKE 'A%' OR name LIKE 'B%'"),
    "equals_for_bound": ("SELECT id FROM people WHERE age = 30", "SELECT id FROM people WHERE age >= 30"),
    "sum_for_count": ("SELECT SUM(yen) AS n FROM visits", "SELECT COUNT(*) AS n FROM visits"),
    "count_for_sum": ("SELECT COUNT(yen) AS n FROM visits", "SELECT SUM(yen) AS n FROM visits"),
    "mean_for_median": ("SELECT AVG(yen) AS m FROM visits", "SELECT MEDIAN(yen) AS m FROM visits"),
    "cast_rounds": (
        "SELECT CAST(age / 10 AS INTEGER) * 10 AS band FROM people",
        "SELECT CAST(FLOOR(age / 10) AS INTEGER) * 10 AS band FROM people",
    ),
    "floor_for_round": ("SELECT FLOOR(AVG(yen)) AS r FROM visits", "SELECT ROUND(AVG(yen)) AS r FROM visits"),
    "round_for_floor": ("SELECT ROUND(age / 10) AS r FROM people", "SELECT age // 10 AS r FROM people"),
    "pattern_without_wildcard": ("SELECT id FROM people WHERE name LIKE 'A'", "SELECT id FROM people WHERE name LIKE 'A%'"),
    "text_range": ("SELECT id FROM people WHERE name BETWEEN 'A.' AND 'B'", "SELECT id FROM people WHERE name LIKE 'A.%'"),
    "text_range_listed": ("SELECT id FROM people WHERE grade BETWEEN 'gold' AND 'silver'", "SELECT id FROM people WHERE grade IN ('gold', 'silver')"),
    "columns_exchanged": ("SELECT age - 1 AS low, age + 1 AS high FROM people", "SELECT age + 1 AS low, age - 1 AS high FROM people"),
    "calculation_part": ("SELECT 3 * age - 2 * (age - id) AS net FROM people", "SELECT 3 * age - 2 * id AS net FROM people"),
    "else_blank": (
        "SELECT AVG(CASE WHEN is_paid THEN 1 ELSE NULL END) AS r FROM visits",
        "SELECT AVG(CASE WHEN is_paid THEN 1 ELSE 0 END) AS r FROM visits",
    ),
    "case_narrows": (
        "SELECT COUNT(CASE WHEN yen > 0 THEN 1 END) AS n FROM visits",
        "SELECT COUNT(yen) AS n FROM visits",
    ),
    "else_value": (
        "SELECT CASE WHEN is_test THEN 'a' ELSE name END AS k FROM people",
        "SELECT CASE WHEN is_test THEN 'a' WHEN city IS NULL THEN 'b' ELSE city END AS k FROM people",
    ),
    "branch_missing": (
        "SELECT CASE WHEN is_test THEN 'a' ELSE 'c' END AS k FROM people",
        "SELECT CASE WHEN is_test THEN 'a' WHEN city IS NULL THEN 'b' ELSE 'c' END AS k FROM people",
    ),
    "branch_extra": (
        "SELECT CASE WHEN is_test THEN 'a' WHEN city IS NULL THEN 'b' ELSE 'c' END AS k FROM people",
        "SELECT CASE WHEN is_test THEN 'a' ELSE 'c' END AS k FROM people",
    ),
    "last_of_alphabet": (
        "SELECT person_id, MAX(status) AS s FROM visits GROUP BY person_id",
        "SELECT person_id, FIRST_VALUE(status) OVER (PARTITION BY person_id ORDER BY id) AS s FROM visits",
    ),
    "first_of_alphabet": (
        "SELECT person_id, MIN(status) AS s FROM visits GROUP BY person_id",
        "SELECT person_id, status AS s FROM visits QUALIFY ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY id) = 1",
    ),
    "order_key_after": ("SELECT id, age, city FROM people ORDER BY age, id", "SELECT id, age, city FROM people ORDER BY age, city"),
    "order_key_twice": (
        "SELECT id, age, city FROM people ORDER BY age, age DESC, id",
        "SELECT id, age, city FROM people ORDER BY age, city DESC, id",
    ),
    "pattern_other": ("SELECT id FROM people WHERE name LIKE 'B%'", "SELECT id FROM people WHERE name LIKE 'A%'"),
    "pattern_loose": ("SELECT id FROM people WHERE name LIKE '%A%'", "SELECT id FROM people WHERE name LIKE 'A%'"),
    "pattern_tight": ("SELECT id FROM people WHERE name LIKE 'A%B%'", "SELECT id FROM people WHERE name LIKE 'A%'"),
    "pattern_surplus": ("SELECT id FROM people WHERE name LIKE 'A@%'", "SELECT id FROM people WHERE name LIKE 'A%'"),
    "or_unbracketed": (
        "SELECT id FROM people WHERE grade = 'gold' OR grade = 'silver' AND NOT is_test",
        "SELECT id FROM people WHERE (grade = 'gold' OR grade = 'silver') AND NOT is_test",
    ),
    "or_bracketed_elsewhere": (
        "SELECT id FROM people WHERE grade = 'gold' OR (grade = 'silver' AND NOT is_test)",
        "SELECT id FROM people WHERE (grade = 'gold' OR grade = 'silver') AND NOT is_test",
    ),
    "or_extra": (
        "SELECT id FROM people WHERE city IS NULL OR joined_at > '2026-01-01'", "SELECT id FROM people WHERE city IS NULL"
    ),
    "or_missing": ("SELECT id FROM people WHERE age > 20", "SELECT id FROM people WHERE age > 20 OR is_test"),
    "or_one_side": (
        "SELECT id FROM people WHERE (grade = 'gold' AND is_test) OR (grade = 'silver' AND is_test AND age > 20)",
        "SELECT id FROM people WHERE grade IN ('gold', 'silver') AND is_test AND age > 20",
    ),
    "or_for_and": ("SELECT id FROM people WHERE grade = 'gold' OR NOT is_test", "SELECT id FROM people WHERE grade = 'gold' AND NOT is_test"),
    "and_for_or": ("SELECT id FROM people WHERE grade = 'gold' AND grade = 'silver'", "SELECT id FROM people WHERE grade IN ('gold', 'silver')"),
    "minutes_counted": ("SELECT id FROM visits WHERE date_diff('minute', came_at, TIMESTAMP '2025-01-01') <= 240", "SELECT id FROM visits WHERE TIMESTAMP '2025-01-01' < came_at + INTERVAL 4 HOUR"),
    "boundaries_counted": ("SELECT date_diff('hour', came_at, came_at) AS h FROM visits", "SELECT date_diff('minute', came_at, came_at) / 60.0 AS h FROM visits"),
    "brackets_missing": ("SELECT 2025 - age // 10 * 10 AS a FROM people", "SELECT (2025 - age) // 10 * 10 AS a FROM people"),
    "window_reversed": (WINDOW.replace("came_at)", "came_at DESC)"), WINDOW),
    "value_of_other_row": (
        "SELECT person_id, MIN(yen) AS y FROM visits GROUP BY person_id",
        "SELECT person_id, ARG_MIN(yen, came_at) AS y FROM visits GROUP BY person_id",
    ),
    "having_missing_on": ("SELECT person_id FROM visits GROUP BY person_id", "SELECT person_id FROM visits GROUP BY person_id HAVING MIN(yen) > 2"),
    "before_grouping": (
        "SELECT person_id FROM visits WHERE yen < 3 GROUP BY person_id",
        "SELECT person_id FROM visits GROUP BY person_id HAVING AVG(yen) < 3",
    ),
    "grouping_needless": ("SELECT person_id, SUM(yen) AS y FROM visits GROUP BY person_id", "SELECT person_id, yen AS y FROM visits"),
    "rows_repeated_in": (
        "WITH c AS (SELECT person_id FROM visits) SELECT COUNT(*) AS n FROM c",
        "WITH c AS (SELECT DISTINCT person_id FROM visits) SELECT COUNT(*) AS n FROM c",
    ),
    "column_order": ("SELECT age, id FROM people", "SELECT id, age FROM people"),
    "join_key_blank": (
        "SELECT a.id FROM visits a JOIN visits b ON b.id = a.before_id",
        "SELECT a.id FROM visits a JOIN visits b ON b.person_id = a.person_id",
    ),
    "join_on_blank_side": (
        "SELECT p.id FROM people p LEFT JOIN visits v ON v.person_id = p.id LEFT JOIN visits w ON w.person_id = v.person_id",
        "SELECT p.id FROM people p LEFT JOIN visits v ON v.person_id = p.id LEFT JOIN visits w ON w.person_id = p.id",
    ),
    "sum_without_else": ("SELECT SUM(CASE WHEN is_paid THEN 1 END) AS n FROM visits", "SELECT COUNT(CASE WHEN is_paid THEN 1 END) AS n FROM visits"),
    "case_of_blank": ("SELECT CASE city WHEN NULL THEN '-' ELSE city END AS c FROM people", "SELECT COALESCE(city, '-') AS c FROM people"),
    "else_catches": (
        "SELECT CASE WHEN age < 30 THEN 20 ELSE 30 END AS a FROM people",
        "SELECT CASE WHEN age < 30 THEN 20 ELSE (age // 10 * 10) END AS a FROM people",
    ),
    "else_needless": (
        "SELECT AVG(CASE WHEN is_paid THEN yen ELSE 0 END) AS a FROM visits",
        "SELECT AVG(CASE WHEN is_paid THEN yen END) AS a FROM visits",
    ),
    "else_counted": (
        "SELECT COUNT(CASE WHEN is_paid THEN 1 ELSE 0 END) AS n FROM visits",
        "SELECT SUM(CASE WHEN is_paid THEN 1 ELSE 0 END) AS n FROM visits",
    ),
    "branch_late": (
        "SELECT CASE WHEN age > 20 THEN 'a' WHEN age > 60 THEN 'b' ELSE 'c' END AS k FROM people",
        "SELECT CASE WHEN age > 60 THEN 'b' WHEN age > 20 THEN 'a' ELSE 'c' END AS k FROM people",
    ),
    "branch_value": (
        "SELECT CASE WHEN age < 30 THEN 10 ELSE age END AS a FROM people",
        "SELECT CASE WHEN age < 30 THEN (age // 10) ELSE age END AS a FROM people",
    ),
    "order_key_missing": (
        "SELECT city, grade, COUNT(*) AS n FROM people GROUP BY 1, 2 ORDER BY city, grade",
        "SELECT city, grade, COUNT(*) AS n FROM people GROUP BY 1, 2 ORDER BY city, n DESC, grade",
    ),
    "filter_in_where": (
        OUTER.replace("GROUP", "WHERE v.is_paid GROUP"),
        OUTER.replace("= p.id", "= p.id AND v.is_paid"),
    ),
    "blank_side_asked": (
        OUTER.replace("GROUP", "WHERE v.id > 3 GROUP"),
        OUTER.replace("GROUP", "WHERE p.id > 3 GROUP"),
    ),
    "filter_in_on": (OUTER.replace("= p.id", "= p.id AND p.is_test"), OUTER.replace("GROUP", "WHERE p.is_test GROUP")),
    "partners_dropped": (OUTER.replace("LEFT JOIN", "JOIN"), OUTER),
    "partners_kept": (OUTER, OUTER.replace("LEFT JOIN", "JOIN")),
    "join_key": (OUTER.replace("v.person_id", "v.id"), OUTER),
    "join_key_loose": ("SELECT a.id FROM visits a JOIN visits b ON b.person_id = a.person_id", "SELECT a.id FROM visits a JOIN visits b ON b.id = a.id"),
    "join_key_elsewhere": ("SELECT v.id FROM visits v JOIN visits w ON w.id = v.before_id JOIN people p ON p.id = v.person_id", "SELECT v.id FROM visits v JOIN visits w ON w.id = v.before_id JOIN people p ON p.id = w.person_id"),
    "join_key_itself": ("SELECT id FROM people p WHERE NOT EXISTS (SELECT 1 FROM visits v WHERE v.person_id = v.person_id)", "SELECT id FROM people p WHERE NOT EXISTS (SELECT 1 FROM visits v WHERE v.person_id = p.id)"),
    "filter_in_aggregate": ("SELECT city, COUNT(*) FILTER (WHERE age > 20) AS n FROM people GROUP BY city", "SELECT city, COUNT(*) FILTER (WHERE age > 20) AS n FROM people WHERE age > 20 GROUP BY city"),
    "join_untied": ("SELECT p.id FROM people p, visits v WHERE v.is_paid", "SELECT p.id FROM people p, visits v WHERE v.is_paid AND v.person_id = p.id"),
    "not_in_null": ("SELECT id FROM people WHERE id NOT IN (SELECT yen FROM visits)", "SELECT people.id FROM people WHERE NOT EXISTS (SELECT 1 FROM visits WHERE visits.yen = people.id)"),
    "partners_dropped_here": ("SELECT p.id FROM visits v JOIN people p ON v.person_id = p.id", "SELECT p.id FROM visits v RIGHT JOIN people p ON v.person_id = p.id"),
    "blanks_never_meet": ("SELECT p.id FROM (SELECT DISTINCT city FROM people) AS c JOIN people p ON p.city = c.city", "SELECT p.id FROM (SELECT DISTINCT city FROM people) AS c RIGHT JOIN people p ON p.city = c.city"),
    "begins_at_some": ("SELECT a.person_id, b.yen FROM visits a LEFT JOIN visits b ON b.person_id = a.person_id AND b.status = 'done' WHERE a.status = 'open'", "SELECT a.person_id, b.yen FROM visits a LEFT JOIN visits b ON b.person_id = a.person_id AND b.status = 'done'"),
    "join_extra": ("SELECT p.id FROM people p JOIN (SELECT person_id FROM visits) v ON v.person_id = p.id", "SELECT p.id FROM people p"),
    "join_extra_both": ("SELECT p.id FROM people p JOIN visits v ON v.person_id = p.id", "SELECT p.id FROM people p"),
    "join_extra_drops": ("SELECT v.id FROM visits v JOIN visits b ON b.id = v.before_id", "SELECT v.id FROM visits v"),
    "join_extra_repeats": ("SELECT p.id FROM people p LEFT JOIN visits v ON v.person_id = p.id", "SELECT p.id FROM people p"),
    "join_missing": ("SELECT p.id FROM people p", "SELECT p.id FROM people p JOIN visits v ON v.person_id = p.id"),
    "step_has_it": (
        "WITH s AS (SELECT id, age FROM people) SELECT s.id, q.age FROM s JOIN people q ON q.id = s.id",
        "WITH s AS (SELECT id, age FROM people) SELECT s.id, q.age FROM s JOIN s q ON q.id = s.id",
    ),
    "table_other": ("SELECT id FROM people", "SELECT id FROM visits"),
    "pairs_twice": ("SELECT a.id, b.id FROM people a JOIN people b ON a.id <> b.id", "SELECT a.id, b.id FROM people a JOIN people b ON a.id < b.id"),
    "rows_for_people": ("SELECT COUNT(person_id) AS n FROM visits", "SELECT COUNT(DISTINCT person_id) AS n FROM visits"),
    "distinct_merges": ("SELECT COUNT(DISTINCT person_id) AS n FROM visits", "SELECT COUNT(*) AS n FROM visits"),
    "distinct_of_other": ("SELECT COUNT(DISTINCT id) AS n FROM visits", "SELECT COUNT(DISTINCT person_id) AS n FROM visits"),
    "outer_rows_counted": (OUTER.replace("COUNT(v.id)", "COUNT(*)"), OUTER),
    "blanks_counted": ("SELECT COUNT(*) AS n FROM visits", "SELECT COUNT(yen) AS n FROM visits"),
    "other_column_decides": (
        "SELECT COUNT(city) AS n FROM people",
        "SELECT COUNT(CASE WHEN is_test THEN 1 END) AS n FROM people",
    ),
    "filter_beside_window": (
        "SELECT id FROM (SELECT id, city, ROW_NUMBER() OVER (ORDER BY age) AS n FROM people) AS s WHERE city = 'Kobe'",
        "SELECT id FROM (SELECT id, city, ROW_NUMBER() OVER (ORDER BY age) AS n FROM people WHERE city = 'Kobe') AS s",
    ),
    "filter_in_other_block": (
        "SELECT n FROM (SELECT city, COUNT(*) AS n FROM people GROUP BY city) AS s WHERE city = 'Kobe'",
        "SELECT n FROM (SELECT city, COUNT(*) AS n FROM people WHERE city = 'Kobe' GROUP BY city) AS s",
    ),
    "count_leaves_blanks": ("SELECT COUNT(city) AS n FROM people", "SELECT COUNT(*) AS n FROM people"),
    "count_narrowed": ("SELECT COUNT(CASE WHEN id = 1 THEN 1 END) AS n FROM people", "SELECT COUNT(*) AS n FROM people"),
    "truth_counted": ("SELECT COUNT(is_paid) AS n FROM visits", "SELECT SUM(CASE WHEN is_paid THEN 1 ELSE 0 END) AS n FROM visits"),
    "amounts_merged": ("SELECT SUM(DISTINCT yen) AS y FROM visits", "SELECT SUM(yen) AS y FROM visits"),
    "aggregate_max": ("SELECT MAX(yen) AS y FROM visits", "SELECT AVG(yen) AS y FROM visits"),
    "middle_is_smaller": ("SELECT quantile_disc(yen, 0.5) AS m FROM visits", "SELECT MEDIAN(yen) AS m FROM visits"),
    "quantile_of_values": ("SELECT quantile_disc(yen, 0.9) AS m FROM visits", "SELECT quantile_cont(yen, 0.9) AS m FROM visits"),
    "aggregate_of_other": ("SELECT SUM(id) AS y FROM visits", "SELECT SUM(yen) AS y FROM visits"),
    "filter_missing": ("SELECT COUNT(*) AS n FROM visits", "SELECT COUNT(*) FILTER (WHERE is_paid) AS n FROM visits"),
    "zero_missing": ("SELECT SUM(yen) AS y FROM visits", "SELECT COALESCE(SUM(yen), 0) AS y FROM visits"),
    "label_missing": ("SELECT city FROM people", "SELECT COALESCE(city, '?') AS city FROM people"),
    "label_other": ("SELECT COALESCE(city, '-') AS c FROM people", "SELECT COALESCE(city, '?') AS c FROM people"),
    "blanks_made": ("SELECT NULLIF(city, '?') AS c FROM people", "SELECT COALESCE(city, '?') AS c FROM people"),
    "coalesce_turned": ("SELECT COALESCE('?', city) AS c FROM people", "SELECT COALESCE(city, '?') AS c FROM people"),
    "blank_replaced": ("SELECT AVG(COALESCE(yen, 0)) AS y FROM visits", "SELECT AVG(yen) AS y FROM visits"),
    "case_without_else": (
        "SELECT AVG(CASE WHEN is_paid THEN 1 END) AS r FROM visits",
        "SELECT AVG(CASE WHEN is_paid THEN 1 ELSE 0 END) AS r FROM visits",
    ),
    "division_whole": ("SELECT SUM(yen) // COUNT(*) AS r FROM visits", "SELECT SUM(yen) / COUNT(*) AS r FROM visits"),
    "division_by_zero": ("SELECT yen / id AS r FROM visits", "SELECT yen / NULLIF(id, 0) AS r FROM visits"),
    "nullif_above": ("SELECT NULLIF(yen, 0) / id AS r FROM visits", "SELECT yen / NULLIF(id, 0) AS r FROM visits"),
    "division_turned": ("SELECT COUNT(*) / SUM(yen) AS r FROM visits", "SELECT SUM(yen) / COUNT(*) AS r FROM visits"),
    "denominator": ("SELECT SUM(yen) / COUNT(*) AS r FROM visits", "SELECT SUM(yen) / MAX(id) AS r FROM visits"),
    "division_real": ("SELECT SUM(yen) / COUNT(*) AS r FROM visits", "SELECT SUM(yen) // COUNT(*) AS r FROM visits"),
    "numerator": ("SELECT MAX(yen) / COUNT(*) AS r FROM visits", "SELECT SUM(yen) / COUNT(*) AS r FROM visits"),
    "round_early": ("SELECT SUM(ROUND(yen / 3)) AS r FROM visits", "SELECT SUM(yen / 3) AS r FROM visits"),
    "round_missing": ("SELECT AVG(yen) AS r FROM visits", "SELECT ROUND(AVG(yen), 2) AS r FROM visits"),
    "round_digits": ("SELECT ROUND(AVG(yen), 2) AS r FROM visits", "SELECT ROUND(AVG(yen), 4) AS r FROM visits"),
    "times_too_large": ("SELECT 100.0 * SUM(yen) / COUNT(*) AS r FROM visits", "SELECT SUM(yen) / COUNT(*) AS r FROM visits"),
    "times_too_small": ("SELECT age // 10 AS b FROM people", "SELECT age // 10 * 10 AS b FROM people"),
    "amount_too_small": ("SELECT age AS b FROM people", "SELECT age + 5 AS b FROM people"),
    "number_other": ("SELECT 2026 - age AS b FROM people", "SELECT 2025 - age AS b FROM people"),
    "difference_turned": ("SELECT id - age AS d FROM people", "SELECT age - id AS d FROM people"),
    "column_other": ("SELECT id, name AS x FROM people", "SELECT id, city AS x FROM people"),
    "column_in_calculation": ("SELECT id, ROUND(yen - before_id, 1) AS x FROM visits", "SELECT id, ROUND(id - before_id, 1) AS x FROM visits"),
    "column_quoted": ("SELECT id, 'city' AS city FROM people", "SELECT id, city FROM people"),
    "calculation_other": ("SELECT age * id AS x FROM people", "SELECT length(name) AS x FROM people"),
    "column_missing": ("SELECT id FROM people", "SELECT id, name FROM people"),
    "every_column": ("SELECT * FROM people ORDER BY id LIMIT 5", "SELECT id, name FROM people ORDER BY id LIMIT 5"),
    "column_extra": ("SELECT id, name FROM people", "SELECT id FROM people"),
    "rows_merged": ("SELECT DISTINCT city FROM people", "SELECT city FROM people"),
    "rows_repeated": ("SELECT city FROM people", "SELECT DISTINCT city FROM people"),
    "union_merges": ("SELECT city FROM people UNION SELECT name FROM people", "SELECT city FROM people UNION ALL SELECT name FROM people"),
    "no_grouping": ("SELECT COUNT(*) AS n FROM people", "SELECT COUNT(*) AS n FROM people GROUP BY city"),
    "group_missing": ("SELECT COUNT(*) AS n FROM people GROUP BY city", "SELECT COUNT(*) AS n FROM people GROUP BY city, grade"),
    "group_finer": (
        "SELECT age >= 20 AS grown, COUNT(*) AS n FROM people GROUP BY age",
        "SELECT age >= 20 AS grown, COUNT(*) AS n FROM people GROUP BY age >= 20",
    ),
    "group_other": ("SELECT COUNT(*) AS n FROM people GROUP BY city", "SELECT COUNT(*) AS n FROM people GROUP BY grade"),
    "group_extra": ("SELECT COUNT(*) AS n FROM people GROUP BY city, grade", "SELECT COUNT(*) AS n FROM people GROUP BY city"),
    "order_missing": ("SELECT id FROM people", "SELECT id FROM people ORDER BY id"),
    "order_ascending": ("SELECT id FROM people ORDER BY id", "SELECT id FROM people ORDER BY 1 DESC"),
    "order_descending": ("SELECT id FROM people ORDER BY id DESC", "SELECT id FROM people ORDER BY id"),
    "order_key": ("SELECT id, name FROM people ORDER BY name", "SELECT id, name FROM people ORDER BY id"),
    "order_sequence": ("SELECT id, name FROM people ORDER BY name, id", "SELECT id, name FROM people ORDER BY id, name"),
    "order_ties": ("SELECT id, name FROM people ORDER BY name", "SELECT id, name FROM people ORDER BY name, id"),
    "order_blanks": ("SELECT id FROM people ORDER BY city", "SELECT id FROM people ORDER BY city NULLS FIRST"),
    "limit_missing": ("SELECT id FROM people ORDER BY id", "SELECT id FROM people ORDER BY id LIMIT 3"),
    "limit_number": ("SELECT id FROM people ORDER BY id LIMIT 2", "SELECT id FROM people ORDER BY id LIMIT 3"),
    "limit_extra": ("SELECT id FROM people ORDER BY id LIMIT 2", "SELECT id FROM people ORDER BY id"),
    "limit_before_filter": (
        "SELECT id FROM (SELECT * FROM people ORDER BY id LIMIT 3) WHERE NOT is_test ORDER BY id",
        "SELECT id FROM (SELECT * FROM people ORDER BY id) WHERE NOT is_test ORDER BY id LIMIT 3",
    ),
    "limit_before_window": (
        "WITH f AS (SELECT id, age FROM people ORDER BY id LIMIT 3) SELECT id, RANK() OVER (ORDER BY age, id) AS n FROM f ORDER BY id",
        "WITH f AS (SELECT id, age FROM people ORDER BY id) SELECT id, RANK() OVER (ORDER BY age, id) AS n FROM f ORDER BY id LIMIT 3",
    ),
    "week_from_sunday": (
        "SELECT date_trunc('week', came_at + INTERVAL 1 DAY) - INTERVAL 1 DAY AS d FROM visits",
        "SELECT date_trunc('week', came_at) AS d FROM visits",
    ),
    "week_from_other": (
        "SELECT date_trunc('week', came_at) AS d FROM visits",
        "SELECT date_trunc('week', came_at + INTERVAL 1 DAY) - INTERVAL 1 DAY AS d FROM visits",
    ),
    "unit_other": ("SELECT date_trunc('day', came_at) AS d FROM visits", "SELECT date_trunc('week', came_at) AS d FROM visits"),
    "qualify_missing": ("SELECT id FROM visits", "SELECT id FROM visits QUALIFY ROW_NUMBER() OVER (ORDER BY id) = 1"),
} | OF_WINDOWS | OF_STEPS | OF_JOINS | OF_CALCULATIONS  # fmt: skip


@pytest.fixture(scope="module")
def pack():
    return build_pack(Exercise("x", DDL, (Solution("SELECT id FROM people"),)))


@pytest.mark.parametrize("mistake", DONE)
def test_a_mistake_is_named_by_what_undoing_it_changes(mistake, pack):
    answer, repaired = DONE[mistake]
    named = Namer(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack)).name(repaired)
    assert named is not None
    assert named.mistake.key == mistake
    for lang in ("ja", "en"):  # with everything that the sentences speak of
        assert render(f"mistake.{mistake}.said", {"place": "SELECT", **named.mistake.params}, lang)


def written_out(name: ast.expr) -> set[str]:
    """The keys that an argument of Mistake(...) spells; none for one that is worked out."""
    if isinstance(name, ast.IfExp):
        return written_out(name.body) | written_out(name.orelse)
    return {str(name.value)} if isinstance(name, ast.Constant) else set()


def named_in_code() -> set[str]:
    """The first arguments of every Mistake(...) in the catalogue, as far as they are written out."""
    root = Path(catalogue.__file__).parent
    calls = [
        node
        for path in root.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Mistake"
    ]
    return {key for call in calls for key in written_out(call.args[0])}


def test_every_name_of_the_catalogue_has_its_sentence():
    assert len(named_in_code()) > 60
    assert {f"mistake.{key}.said" for key in named_in_code() | DONE.keys()} <= keys("en")


def test_every_name_of_the_catalogue_is_told_of_a_query_here():
    assert named_in_code() - DONE.keys() == set()
