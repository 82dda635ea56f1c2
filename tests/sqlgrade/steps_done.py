"""Mistakes in what a step reads, in days and in parts, with the query in which each is undone (used by test_catalogue)."""

TIES = "SELECT v.id FROM visits v JOIN people p ON p.id = v.person_id AND CAST(v.came_at AS DATE) >= CAST(p.joined_at AS DATE)"
PAID = "WITH paid AS (SELECT * FROM visits WHERE is_paid)"
BEST = f"{PAID}, n AS (SELECT id, ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY id) AS place FROM paid) SELECT id FROM n"
SUMS = f"{PAID}, sums AS (SELECT SUM(yen) AS s FROM paid) SELECT s FROM sums"
PAIRED = (
    "SELECT COUNT(DISTINCT b.person_id) AS n FROM visits a JOIN visits b ON b.yen = a.yen AND b.person_id > a.person_id"
)
LISTED = "SELECT t.n FROM (VALUES (1), (3), (5)) AS t(n)"
WEEKDAYS = "SELECT EXTRACT(isodow FROM came_at) AS d FROM visits"
BY_YEAR = "SELECT COUNT(*) AS n FROM visits"
SUMS_EACH = (
    "WITH s AS (SELECT person_id, SUM(yen) AS y FROM visits GROUP BY person_id) "
    "SELECT person_id, MAX(y) AS m FROM s GROUP BY person_id"
)
OF_STEPS = {
    "group_sizes_added": (
        "WITH k AS (SELECT person_id, COUNT(*) AS n FROM visits GROUP BY person_id) SELECT SUM(n) AS d FROM k",
        "WITH k AS (SELECT person_id, COUNT(*) AS n FROM visits GROUP BY person_id) SELECT COUNT(*) AS d FROM k",
    ),
    "not_both": (
        "SELECT id FROM people WHERE NOT (age > 20 AND city = 'x')", "SELECT id FROM people WHERE NOT (age > 20 OR city = 'x')",
    ),
    "not_either": (
        "SELECT id FROM people WHERE NOT (age > 20 OR city = 'x')", "SELECT id FROM people WHERE NOT (age > 20 AND city = 'x')",
    ),
    "month_number": ("SELECT month(came_at) AS m FROM visits", "SELECT date_trunc('month', came_at) AS m FROM visits"),
    "counted_beside": (
        "SELECT COUNT(CASE WHEN age > 20 THEN 1 END) AS a, COUNT(CASE WHEN city = 'x' THEN 1 END) AS b FROM people",
        "SELECT COUNT(CASE WHEN age > 20 THEN 1 END) AS a, COUNT(CASE WHEN age > 20 AND city = 'x' THEN 1 END) AS b FROM people",
    ),
    "compared_with_itself": (
        "SELECT v.id FROM visits v JOIN people p ON p.id = v.person_id WHERE v.came_at < v.came_at + INTERVAL 14 DAY",
        "SELECT v.id FROM visits v JOIN people p ON p.id = v.person_id WHERE v.came_at < p.joined_at + INTERVAL 14 DAY",
    ),
    "matched_kept": (
        "SELECT p.id FROM people p LEFT JOIN visits v ON v.person_id = p.id WHERE NOT p.is_test",
        "SELECT p.id FROM people p LEFT JOIN visits v ON v.person_id = p.id WHERE NOT p.is_test AND v.person_id IS NULL",
    ),
    "before_taking": (
        "WITH f AS (SELECT person_id, MIN(came_at) AS first FROM visits WHERE came_at >= '2025-12-01' GROUP BY person_id) SELECT person_id FROM f",
        "WITH f AS (SELECT person_id, MIN(came_at) AS first FROM visits GROUP BY person_id) SELECT person_id FROM f WHERE first >= '2025-12-01'",
    ),
    "condition_missing_in": (
        "WITH a AS (SELECT id FROM visits), b AS (SELECT id FROM visits WHERE yen > 5) SELECT a.id FROM a JOIN b ON b.id = a.id",
        "WITH a AS (SELECT id FROM visits WHERE is_paid), b AS (SELECT id FROM visits WHERE yen > 5) SELECT a.id FROM a JOIN b ON b.id = a.id",
    ),
    "join_unequal": (TIES.replace(">=", "<=", 1), TIES.replace(">=", "=", 1)),
    "smallest_left_out": (PAIRED, PAIRED.replace("b.person_id) AS", "b.person_id) + 1 AS")),
    "largest_left_out": (PAIRED.replace("DISTINCT b", "DISTINCT a"), PAIRED.replace("DISTINCT b.person_id)", "DISTINCT a.person_id) + 1")),
    "value_listed": (LISTED.replace("3", "4"), LISTED),
    "bound_for_equals": ("SELECT id FROM people WHERE age >= 20", "SELECT id FROM people WHERE age = 20"),
    "median_for_mean": ("SELECT MEDIAN(yen) AS m FROM visits", "SELECT AVG(yen) AS m FROM visits"),
    "parts_turned": (
        "SELECT id, 4 - NTILE(3) OVER (ORDER BY id DESC) AS part FROM visits",
        "SELECT id, NTILE(3) OVER (ORDER BY id) AS part FROM visits",
    ),
    "one_for_all": (
        "SELECT COUNT(*) * MAX(yen) / 100.0 AS s FROM visits",
        "SELECT SUM(yen / 100.0) AS s FROM visits",
    ),
    "weekday_from_sunday": (WEEKDAYS.replace("isodow", "dow"), WEEKDAYS),
    "weekday_from_monday": (WEEKDAYS, WEEKDAYS.replace("isodow", "dow")),
    "table_other_in": ("SELECT (SELECT MAX(id) FROM people) AS last", "SELECT (SELECT MAX(id) FROM visits) AS last"),
    "table_for_step": (f"{PAID} SELECT SUM(yen) AS s FROM visits", f"{PAID} SELECT SUM(yen) AS s FROM paid"),
    "table_for_step_in": (SUMS.replace("FROM paid)", "FROM visits)"), SUMS),
    "group_coarser": (f"{BY_YEAR} GROUP BY year(came_at)", f"{BY_YEAR} GROUP BY year(came_at), month(came_at)"),
    "no_grouping_in": (SUMS_EACH.replace(" GROUP BY person_id)", ")"), SUMS_EACH),
    "else_counted_once": (
        "SELECT COUNT(DISTINCT CASE WHEN is_paid THEN person_id ELSE 0 END) AS n FROM visits",
        "SELECT COUNT(DISTINCT CASE WHEN is_paid THEN person_id END) AS n FROM visits",
    ),
    "not_grouped": ("SELECT person_id, yen AS n FROM visits", "SELECT person_id, SUM(yen) AS n FROM visits GROUP BY person_id"),
    "not_grouped_in": (SUMS_EACH.replace("SUM(yen)", "yen").replace(" GROUP BY person_id)", ")"), SUMS_EACH),
    "limit_for_each": (f"{BEST} ORDER BY id LIMIT 3", f"{BEST} WHERE place <= 3 ORDER BY id"),
    "days_for_moments": (TIES, TIES.replace("CAST(v.came_at AS DATE) >= CAST(p.joined_at AS DATE)", "v.came_at >= p.joined_at")),
    "moments_for_days": (TIES.replace("CAST(v.came_at AS DATE) >= CAST(p.joined_at AS DATE)", "v.came_at >= p.joined_at"), TIES),
    "text_for_date": (
        "SELECT strftime(came_at, '%Y-%m') AS m FROM visits",
        "SELECT CAST(date_trunc('month', came_at) AS DATE) AS m FROM visits",
    ),
    "condition_missing_of": (
        "SELECT v.id FROM visits v JOIN people p ON p.id = v.person_id WHERE p.id > 3 AND v.yen > 1",
        "SELECT v.id FROM visits v JOIN people p ON p.id = v.person_id WHERE p.id > 3 AND v.yen > 1 AND v.id > 3",
    ),
    "values_counted": ("SELECT COUNT(city) AS n FROM people", "SELECT COUNT(CASE WHEN city IS NULL THEN 1 END) AS n FROM people"),
    "ones_of_others": (
        "SELECT SUM(CASE WHEN yen > 5 THEN 1 ELSE 0 END) AS n FROM visits",
        "SELECT COUNT(before_id) AS n FROM visits",
    ),
    "count_for_value": (
        f"{PAID} SELECT p.id, COUNT(*) AS n FROM people p LEFT JOIN paid v ON v.person_id = p.id GROUP BY p.id",
        f"{PAID} SELECT p.id, COALESCE(v.yen, 0) AS n FROM people p LEFT JOIN paid v ON v.person_id = p.id",
    ),
    "mean_of_rates": ("SELECT AVG(age / id) AS r FROM people", "SELECT SUM(age) / SUM(id) AS r FROM people"),
    "parts_by_hand": (
        "SELECT id, CASE WHEN ROW_NUMBER() OVER (ORDER BY id) <= COUNT(*) OVER () / 10 THEN 1 ELSE 2 END AS part FROM visits",
        "SELECT id, NTILE(10) OVER (ORDER BY id) AS part FROM visits",
    ),
}  # fmt: skip
