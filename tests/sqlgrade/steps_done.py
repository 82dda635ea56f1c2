"""Mistakes in what a step reads, in days and in parts, with the query in which each is undone (used by test_catalogue)."""

TIES = "SELECT v.id FROM visits v JOIN people p ON p.id = v.person_id AND CAST(v.came_at AS DATE) >= CAST(p.joined_at AS DATE)"
PAID = "WITH paid AS (SELECT * FROM visits WHERE is_paid)"
BEST = f"{PAID}, n AS (SELECT id, ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY id) AS place FROM paid) SELECT id FROM n"
SUMS = f"{PAID}, sums AS (SELECT SUM(yen) AS s FROM paid) SELECT s FROM sums"
OF_STEPS = {
    "table_other_in": ("SELECT (SELECT MAX(id) FROM people) AS last", "SELECT (SELECT MAX(id) FROM visits) AS last"),
    "table_for_step": (f"{PAID} SELECT SUM(yen) AS s FROM visits", f"{PAID} SELECT SUM(yen) AS s FROM paid"),
    "table_for_step_in": (SUMS.replace("FROM paid)", "FROM visits)"), SUMS),
    "limit_for_each": (f"{BEST} ORDER BY id LIMIT 3", f"{BEST} WHERE place <= 3 ORDER BY id"),
    "days_for_moments": (TIES, TIES.replace("CAST(v.came_at AS DATE) >= CAST(p.joined_at AS DATE)", "v.came_at >= p.joined_at")),
    "moments_for_days": (TIES.replace("CAST(v.came_at AS DATE) >= CAST(p.joined_at AS DATE)", "v.came_at >= p.joined_at"), TIES),
    "text_for_date": (
        "SELECT strftime(came_at, '%Y-%m') AS m FROM visits",
        "SELECT CAST(date_trunc('month', came_at) AS DATE) AS m FROM visits",
    ),
    "parts_by_hand": (
        "SELECT id, CASE WHEN ROW_NUMBER() OVER (ORDER BY id) <= COUNT(*) OVER () / 10 THEN 1 ELSE 2 END AS part FROM visits",
        "SELECT id, NTILE(10) OVER (ORDER BY id) AS part FROM visits",
    ),
}  # fmt: skip
