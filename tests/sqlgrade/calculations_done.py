"""Mistakes in what a calculation takes in, each as the answer and the same answer with the mistake undone."""

WEEKS = "WITH firsts AS (SELECT person_id, MIN(came_at) AS came_at FROM visits GROUP BY person_id{}) SELECT came_at, COUNT(*) AS n FROM firsts GROUP BY came_at"
DAYS = "WITH d AS (SELECT COUNT(*) AS n FROM visits WHERE is_paid), e AS (SELECT MAX(yen) AS top FROM visits) SELECT {}, e.top FROM d CROSS JOIN e"
CITIES = "SELECT v.id, c.city FROM visits v CROSS JOIN {} c"
SHARE = "SELECT id, {} OVER (ORDER BY yen) AS part FROM visits"
RATE = "SELECT COUNT(CASE WHEN status IN ('open', 'done') THEN 1 END) AS n, AVG(CASE WHEN status = 'done' THEN 1 ELSE 0 END) AS r FROM visits"
TOWN = "SELECT CASE WHEN city = 'Kobe' THEN 'k' ELSE {} END AS t FROM people"

OF_CALCULATIONS = {
    "calculation_unfinished": (
        "SELECT (COUNT(CASE WHEN is_paid THEN 1 END) + 0.1) / (COUNT(*) + 20) AS s FROM visits",
        "SELECT (COUNT(CASE WHEN is_paid THEN 1 END) + 20 * 0.1) / (COUNT(*) + 20) AS s FROM visits",
    ),
    "all_but_listed": ("SELECT id FROM people WHERE name NOT IN ('a', 'b')", "SELECT id FROM people WHERE name = 'c'"),
    "all_but_listed_also": (
        "SELECT id FROM visits WHERE status NOT IN ('open')",
        "SELECT id FROM visits WHERE status IN ('done')",
    ),
    "blank_as_value": (
        "SELECT COUNT(CASE WHEN age > 3 AND COALESCE(city, 'Kobe') = 'Kobe' THEN 1 END) AS n FROM people",
        "SELECT COUNT(CASE WHEN age > 3 AND city = 'Kobe' THEN 1 END) AS n FROM people",
    ),
    "one_of_each": (WEEKS.format(""), WEEKS.format(", date_trunc('week', came_at)")),
    "total_runs": (
        "SELECT person_id, SUM(MAX(yen)) OVER (ORDER BY person_id) AS n FROM visits GROUP BY person_id",
        "SELECT person_id, MAX(yen) AS n FROM visits GROUP BY person_id",
    ),
    "parts_by_share": (SHARE.format("CUME_DIST()"), SHARE.format("NTILE(10)")),
    "value_narrowed": (
        "SELECT SUM(CASE WHEN is_paid THEN yen ELSE 0 END) AS n FROM visits",
        "SELECT SUM(yen) AS n FROM visits",
    ),
    "operand_taken_off": ("SELECT 5 * (age - id) AS n FROM people", "SELECT 5 * age AS n FROM people"),
    "operand_added": ("SELECT 5 * (age + id) AS n FROM people", "SELECT 5 * age AS n FROM people"),
    "value_of_step": (DAYS.format("d.n"), DAYS.format("(SELECT COUNT(*) FROM (SELECT DISTINCT yen FROM visits) AS x)")),
    "only_occurring": (CITIES.format("(SELECT DISTINCT city FROM people)"), CITIES.format("people")),
    "mean_over_all": (RATE, f"{RATE} WHERE status IN ('open', 'done')"),
    "numerator_narrowed": (
        "SELECT AVG(CASE WHEN is_paid THEN yen END) AS n FROM visits",
        "SELECT SUM(yen) / COUNT(CASE WHEN is_paid THEN 1 END) AS n FROM visits",
    ),
    "ones_exchanged": (
        "SELECT AVG(CASE WHEN is_paid THEN 0 ELSE 1 END) AS r FROM visits",
        "SELECT AVG(CASE WHEN is_paid THEN 1 ELSE 0 END) AS r FROM visits",
    ),
    "else_own_value": (TOWN.format("COALESCE(city, 'none')"), TOWN.format("'other'")),
    "order_text_ascending": ("SELECT name FROM people ORDER BY name", "SELECT name FROM people ORDER BY name DESC"),
    "order_text_descending": ("SELECT name FROM people ORDER BY name DESC", "SELECT name FROM people ORDER BY name"),
}
