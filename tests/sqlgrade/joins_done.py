"""Mistakes in which rows meet, stay and are listed, with the query in which each is undone (used by test_catalogue)."""

MET = "SELECT p.id, COUNT(v.id) AS n FROM people p LEFT JOIN visits v ON v.person_id = p.id"
LISTED = "SELECT t.n FROM (VALUES (1), (3), (5)) AS t(n)"
SERIES = "SELECT g.n FROM generate_series(1, 5) AS g(n)"
PAID = "WITH paid AS (SELECT * FROM visits WHERE is_paid) SELECT COUNT(*) AS n FROM paid WHERE yen > 5"
CUT = "SELECT CAST(came_at + INTERVAL 9 HOUR AS DATE) AS d FROM visits"
TO_BEFORE = "SELECT a.id FROM visits a JOIN visits b ON"
MADE = "SELECT p.id FROM people p LEFT JOIN visits v ON v.person_id = p.id"
BOTH = ") SELECT a.n, b.n AS m FROM a CROSS JOIN b"
TWO = f"WITH a AS (SELECT COUNT(*) AS n FROM visits WHERE is_paid), b AS (SELECT SUM(yen) AS n FROM visits{BOTH}"
BEST = (
    "WITH best AS (SELECT person_id, MIN(yen) AS yen FROM visits GROUP BY person_id), r AS (SELECT yen, AVG(id) AS n FROM visits GROUP BY yen) "
    "SELECT v.id, r.n FROM visits v JOIN best ON best.person_id = v.person_id JOIN r ON r.yen = {}.yen"
)
MEANS = "WITH m AS (SELECT {}AVG(yen) AS y FROM visits{}) SELECT v.id, m.y FROM visits v {}"
SHOWN = (
    "WITH n AS (SELECT person_id AS id, COUNT(*) AS c FROM visits GROUP BY person_id) "
    "SELECT {}.id, n.c FROM people p {}JOIN n ON n.id = p.id"
)

OF_JOINS = {
    "count_leaves_blanks_of": (
        "SELECT p.id, COUNT(v.yen) AS n FROM people p LEFT JOIN visits v ON v.person_id = p.id GROUP BY p.id",
        "SELECT p.id, COUNT(v.id) AS n FROM people p LEFT JOIN visits v ON v.person_id = p.id GROUP BY p.id",
    ),
    "limit_early": (
        "SELECT grade FROM (SELECT * FROM people ORDER BY id LIMIT 3) GROUP BY grade",
        "SELECT grade FROM (SELECT * FROM people ORDER BY id) GROUP BY grade LIMIT 3",
    ),
    "limit_early_joined": (
        "SELECT v.id FROM (SELECT * FROM people ORDER BY id LIMIT 3) AS p JOIN visits v ON v.person_id = p.id ORDER BY v.id",
        "SELECT v.id FROM (SELECT * FROM people ORDER BY id) AS p JOIN visits v ON v.person_id = p.id ORDER BY v.id LIMIT 3",
    ),
    "pattern_one_character": ("SELECT id FROM people WHERE name LIKE '3.4._'", "SELECT id FROM people WHERE name LIKE '3.4.%'"),
    "pattern_lets_in": ("SELECT id FROM people WHERE grade LIKE '%l%'", "SELECT id FROM people WHERE grade IN ('gold', 'silver')"),
    "blank_renamed": ("SELECT id FROM people WHERE COALESCE(city, '?') = 'Kobe'", "SELECT id FROM people WHERE city IS NULL"),
    "exists_some_other": (
        "SELECT id FROM people p WHERE EXISTS (SELECT 1 FROM visits v WHERE v.person_id = p.id AND v.status <> 'open')",
        "SELECT id FROM people p WHERE NOT EXISTS (SELECT 1 FROM visits v WHERE v.person_id = p.id AND v.status = 'open')",
    ),
    "join_missing_step": (
        "WITH a AS (SELECT p.id FROM people p), b AS (SELECT v.id FROM visits v) SELECT a.id FROM a JOIN b ON b.id = a.id",
        "WITH a AS (SELECT p.id FROM people p), b AS (SELECT v.id FROM visits v JOIN people p ON p.id = v.person_id) SELECT a.id FROM a JOIN b ON b.id = a.id",
    ),
    "condition_of_other_step": (BEST.format("best"), BEST.format("v")),
    "step_for_all": (
        MEANS.format("", "", "CROSS JOIN m"),
        MEANS.format("status, ", " GROUP BY status", "JOIN m ON m.status = v.status"),
    ),
    "column_of_other_step": (SHOWN.format("n", ""), SHOWN.format("p", "")),
    "column_of_blank_side": (SHOWN.format("n", "LEFT "), SHOWN.format("p", "LEFT ")),
    "blank_with_match": (f"{MADE} WHERE v.yen IS NULL", f"{MADE} WHERE v.person_id IS NULL"),
    "condition_in_other_step": (TWO, f"{TWO[:-len(BOTH)]} WHERE is_paid{BOTH}"),
    "drops_rows_asked": (f"{MET} WHERE NOT p.is_test GROUP BY p.id", f"{MET} AND NOT p.is_test GROUP BY p.id"),
    "partners_kept_here": (f"{MET} GROUP BY p.id".replace("LEFT", "FULL"), f"{MET} GROUP BY p.id"),
    "join_side": (f"{MET} GROUP BY p.id".replace("LEFT", "RIGHT"), f"{MET} GROUP BY p.id"),
    "join_missing_here": ("SELECT v.id FROM visits v", "SELECT v.id FROM visits v JOIN visits w ON w.before_id = v.id"),
    "values_lacking": (LISTED.replace(", (5)", ""), LISTED),
    "series_other": (SERIES.replace("5", "4"), SERIES),
    "and_for_either": ("SELECT id FROM visits WHERE is_paid AND yen > 5", "SELECT id FROM visits WHERE is_paid OR yen > 5"),
    "join_key_one_table": (f"{TO_BEFORE} a.id = a.before_id", f"{TO_BEFORE} b.id = a.before_id"),
    "join_key_turned": (f"{TO_BEFORE} a.id = b.before_id", f"{TO_BEFORE} b.id = a.before_id"),
    "join_for_exists": (
        "SELECT p.id FROM people p JOIN visits v ON v.person_id = p.id WHERE v.is_paid",
        "SELECT p.id FROM people p WHERE EXISTS (SELECT 1 FROM visits v WHERE v.person_id = p.id AND v.is_paid)",
    ),
    "condition_missing_on": (f"{MET} GROUP BY p.id", f"{MET} AND v.is_paid GROUP BY p.id"),
    "and_missing": (
        "SELECT SUM(CASE WHEN grade = 'gold' THEN 1 ELSE 0 END) AS g FROM people",
        "SELECT SUM(CASE WHEN grade = 'gold' AND NOT is_test THEN 1 ELSE 0 END) AS g FROM people",
    ),
    "between_turned": ("SELECT id FROM people WHERE age BETWEEN 30 AND 20", "SELECT id FROM people WHERE age BETWEEN 20 AND 30"),
    "condition_extra_here": (f"{PAID} AND is_paid", PAID),
    "cut_before_shift": (CUT.replace(" + INTERVAL 9 HOUR AS DATE)", " AS DATE) + INTERVAL 9 HOUR"), CUT),
}  # fmt: skip
