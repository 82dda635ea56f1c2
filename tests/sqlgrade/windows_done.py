"""Mistakes of windows: the answer, and the same answer with the mistake undone."""

WINDOW = "SELECT id, RANK() OVER (PARTITION BY person_id ORDER BY came_at) AS n FROM visits"
RUNNING = "SELECT id, SUM(yen) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS n FROM visits"
WHOLE = "SELECT id, SUM(yen) OVER () AS n FROM visits"

TIED = "SELECT id, SUM(yen) OVER (ORDER BY came_at) AS s FROM visits"
BEFORE = "SELECT a.id, (SELECT MAX(b.came_at) FROM visits b WHERE b.person_id = a.person_id AND {}) AS t FROM visits a"
OF_WINDOWS = {
    "partition_missing": (WINDOW.replace("PARTITION BY person_id ", ""), WINDOW),
    "window_order": (WINDOW.replace("came_at", "yen"), WINDOW),
    "window_ties": (WINDOW, WINDOW.replace("came_at)", "came_at, id)")),
    "window_ties_other": (WINDOW.replace("came_at", "came_at, id"), WINDOW.replace("came_at", "came_at, yen, id")),
    "window_key_extra": (WINDOW.replace("came_at", "came_at, id"), WINDOW),
    "no_row_value": (WINDOW.replace("RANK()", "LAG(yen, 1, id)"), WINDOW.replace("RANK()", "LAG(yen)")),
    "no_row_blank": (WINDOW.replace("RANK()", "LAG(yen)"), WINDOW.replace("RANK()", "LAG(yen, 1, 0)")),
    "window_unordered": (RUNNING.replace("ORDER BY id ROWS", "ROWS"), RUNNING),
    "window_ordered": (WHOLE.replace("()", "(ORDER BY id)"), WHOLE),
    "window_frame": (RUNNING.replace("CURRENT ROW", "2 FOLLOWING").replace("2 PRE", "4 PRE"), RUNNING),
    "frame_missing": (RUNNING.replace(" ROWS BETWEEN 2 PRECEDING AND CURRENT ROW", ""), RUNNING),
    "ties_together": (TIED, TIED.replace("came_at)", "came_at, id)")),
    "frame_extra": (RUNNING, RUNNING.replace(" ROWS BETWEEN 2 PRECEDING AND CURRENT ROW", "")),
    "frame_begins_early": (RUNNING.replace("2 PRECEDING", "3 PRECEDING"), RUNNING),
    "frame_begins_late": (RUNNING.replace("2 PRECEDING", "1 PRECEDING"), RUNNING),
    "frame_early": (RUNNING.replace("2 PRECEDING AND CURRENT ROW", "3 PRECEDING AND 1 PRECEDING"), RUNNING),
    "frame_late": (RUNNING.replace("2 PRECEDING AND CURRENT ROW", "1 PRECEDING AND 1 FOLLOWING"), RUNNING),
    "frame_ends_early": (RUNNING.replace("CURRENT ROW", "1 PRECEDING"), RUNNING),
    "frame_ends_late": (RUNNING.replace("CURRENT ROW", "1 FOLLOWING"), RUNNING),
    "window_value": (WINDOW.replace("RANK()", "LAG(yen)"), WINDOW.replace("RANK()", "LAG(id)")),
    "window_function": (WINDOW.replace("RANK()", "FIRST_VALUE(yen)"), WINDOW.replace("RANK()", "NTH_VALUE(yen, 2)")),
    "row_before_asked": (WINDOW.replace("RANK()", "FIRST_VALUE(yen)"), WINDOW.replace("RANK()", "LAG(yen)")),
    "row_after_asked": (WINDOW.replace("RANK()", "MAX(yen)"), WINDOW.replace("RANK()", "LEAD(yen)")),
    "first_row_asked": (WINDOW.replace("RANK()", "LAG(yen)"), WINDOW.replace("RANK()", "FIRST_VALUE(yen)")),
    "last_row_asked": (WINDOW.replace("RANK()", "FIRST_VALUE(yen)"), WINDOW.replace("RANK()", "LAST_VALUE(yen)")),
    "lag_for_lead": (WINDOW.replace("RANK()", "LAG(yen)"), WINDOW.replace("RANK()", "LEAD(yen)")),
    "lead_for_lag": (WINDOW.replace("RANK()", "LEAD(yen)"), WINDOW.replace("RANK()", "LAG(yen)")),
    "rows_away": (WINDOW.replace("RANK()", "LAG(yen, 6)"), WINDOW.replace("RANK()", "LAG(yen, 7)")),
    "window_missing": ("SELECT id, yen AS n FROM visits", RUNNING),
    "number_for_earliest": (
        WINDOW.replace("ORDER BY came_at", "ORDER BY id"),
        WINDOW,
    ),
    "number_for_latest": (
        "SELECT person_id, MAX(id) AS n FROM visits GROUP BY person_id",
        "SELECT person_id, ARG_MAX(id, (came_at, id)) AS n FROM visits GROUP BY person_id",
    ),
    "tie_passed_over": (BEFORE.format("b.came_at < a.came_at"), BEFORE.format("(b.came_at, b.id) < (a.came_at, a.id)")),
    "rank_function": (WINDOW.replace("RANK", "ROW_NUMBER"), WINDOW),
}
