"""One mistake that shows in several places of an answer is told once, by its cause, with no second one beside it."""

import pytest

from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.record import Exercise, Solution
from sqlgrade.verdict import Status

DDL = """
CREATE TABLE guests (id INTEGER PRIMARY KEY, is_test BOOLEAN NOT NULL, area VARCHAR NOT NULL);
CREATE TABLE asks (
  id INTEGER PRIMARY KEY, guest_id INTEGER NOT NULL REFERENCES guests, day DATE NOT NULL, yen INTEGER NOT NULL, status VARCHAR NOT NULL,
  reason VARCHAR, CHECK (status IN ('held', 'dropped', 'open')), CHECK (reason IS NULL OR status = 'dropped')
);
"""
DAYS = "WITH d AS (SELECT day, SUM(yen) AS yen FROM asks GROUP BY day) "
RUNS = f"{DAYS}SELECT day, yen, SUM(yen) OVER (ORDER BY day) AS so_far, ROUND(SUM(yen) OVER (ORDER BY day) / 900, 2) AS share FROM d"
SUMS = (
    f"{DAYS}, run AS (SELECT a.day, a.yen, COALESCE(SUM(b.yen), 0) AS so_far FROM d AS a LEFT JOIN d AS b ON b.day < a.day "
    "GROUP BY a.day, a.yen) SELECT day, yen, so_far, ROUND(so_far / 900, 2) AS share FROM run"
)
CHOSEN = (
    "SELECT guest_id, COUNT(CASE WHEN yen >= 50 AND status = 'held' THEN 1 END) AS large, "
    "ROUND(COUNT(CASE WHEN yen >= 50 AND status = 'held' THEN 1 END) * 1.0 / COUNT(*), 3) AS share, "
    "300 * COUNT(CASE WHEN yen >= 50 AND status = 'held' THEN 1 END) - 7 * COUNT(*) AS net FROM asks GROUP BY guest_id"
)
LARGE = "COUNT(*) FILTER (WHERE status = 'held' AND yen > 50)"
FILTERED = f"SELECT guest_id, {LARGE} AS large, ROUND({LARGE} / COUNT(*), 3) AS share, 300 * {LARGE} - 7 * COUNT(*) AS net FROM asks GROUP BY 1"
RATE = (
    "SELECT SUM(CASE WHEN status = 'held' THEN 1 ELSE 0 END) AS held, SUM(CASE WHEN status = 'held' OR status = 'dropped' THEN 1 ELSE 0 END) AS ended, "
    "ROUND(AVG(CASE status WHEN 'held' THEN 1.0 WHEN 'dropped' THEN 0.0 END), 4) AS rate FROM asks"
)
BY_REASON = (
    "SELECT held, ended, ROUND(held / NULLIF(ended, 0), 4) AS rate FROM (SELECT SUM(CASE WHEN status = 'held' THEN 1 ELSE 0 END) AS held, "
    "SUM(CASE WHEN status = 'held' OR reason IS NOT NULL THEN 1 ELSE 0 END) AS ended FROM asks)"
)
STAGES = (
    "WITH stages AS (SELECT 1 AS no, COUNT(*) AS n FROM guests UNION ALL SELECT 2, COUNT(DISTINCT guest_id) FROM asks "
    "UNION ALL SELECT 3, COUNT(DISTINCT guest_id) FROM asks WHERE status <> 'open' "
    "UNION ALL SELECT 4, COUNT(DISTINCT guest_id) FROM asks WHERE status = 'held')"
)
FIRST = f"{STAGES} SELECT s.no, s.n, ROUND(s.n * 1.0 / NULLIF(f.n, 0), 3) AS share FROM stages AS s JOIN stages AS f ON f.no = 1"
BEFORE = (
    f"{STAGES}, b AS (SELECT no, n, COALESCE(LAG(n) OVER (ORDER BY no), n) AS base FROM stages) "
    "SELECT no, n, ROUND(n * 1.0 / NULLIF(base, 0), 3) AS share FROM b"
)
ASKED = (
    "SELECT g.area, COUNT(DISTINCT g.id) AS all_guests, COUNT(DISTINCT a.guest_id) AS asked, "
    "ROUND(COUNT(DISTINCT a.guest_id) / COUNT(DISTINCT g.id), 3) AS rate "
    "FROM guests AS g LEFT JOIN asks AS a ON a.guest_id = g.id GROUP BY g.area"
)
REPEATED = (
    "SELECT g.area, COUNT(*) AS all_guests, SUM(CASE WHEN a.id IS NOT NULL THEN 1.0 ELSE 0 END) AS asked, "
    "ROUND(AVG(CASE WHEN a.id IS NOT NULL THEN 1.0 ELSE 0 END), 3) AS rate "
    "FROM guests AS g LEFT JOIN asks AS a ON a.guest_id = g.id GROUP BY g.area"
)
SMALLEST = "SELECT COUNT(*) AS n, SUM(yen) AS total, MIN(yen) AS smallest FROM asks WHERE status = 'held' AND yen < 80"
IN_BRACKETS = (
    "SELECT COUNT(*) AS n, SUM(yen) AS total, (SELECT MIN(yen) FROM asks WHERE yen < 80) AS smallest "
    "FROM asks WHERE status = 'held' AND yen < 80"
)
LINES = (
    "SELECT l.line, COUNT(a.id) AS n, COUNT(CASE WHEN a.reason IS NOT NULL THEN 1 END) AS told FROM (VALUES (10), (60), (90)) AS l(line) "
    "LEFT JOIN asks AS a ON a.yen >= l.line AND a.status <> 'open' GROUP BY l.line"
)
CROSSED = (
    "SELECT l.line, COUNT(*) AS n, SUM(CASE WHEN a.reason IS NULL THEN 0 ELSE 1 END) AS told FROM asks AS a "
    "CROSS JOIN (VALUES (10), (60), (90)) AS l(line) WHERE a.status <> 'open' AND a.yen >= l.line GROUP BY l.line"
)


@pytest.mark.parametrize(
    ("right", "answer", "said"),
    [
        pytest.param(RUNS, SUMS, ("bound_excluded", "FROM"), id="a bound in ON, and two columns made with it"),
        pytest.param(CHOSEN, FILTERED, ("bound_excluded", "SELECT"), id="a bound in a FILTER that stands three times"),
        pytest.param(RATE, BY_REASON, ("filled_for_compared", "SELECT"), id="a column, and another that is made of it"),
        pytest.param(FIRST, BEFORE, ("denominator", "WINDOW"), id="a table read again only for the denominator"),
        pytest.param(ASKED, REPEATED, ("join_multiplied", "SELECT"), id="a join, and each total that it repeats"),
        pytest.param(SMALLEST, IN_BRACKETS, ("condition_only_around", "WHERE"), id="asked around a query in brackets"),
        pytest.param(LINES, CROSSED, ("filter_in_where", "WHERE"), id="a list crossed with a table, asked in WHERE"),
        pytest.param(
            LINES,
            f"WITH c AS ({CROSSED}) SELECT line, n, told FROM c",
            ("filter_in_where", "WHERE"),
            id="the same in a step",
        ),
    ],
)
def test_its_cause_is_told_and_nothing_beside_it(right, answer, said):
    verdict = Judge().grade(build_pack(Exercise("once", DDL, (Solution(right),))), answer, deep=True)
    assert verdict.status is Status.REFUTED
    assert [(each.mistake, each.clause) for each in verdict.findings] == [said]
