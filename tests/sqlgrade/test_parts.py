"""Mistakes of an answer that is built like no right answer are found one after the other, and none is told twice."""

from __future__ import annotations

import pytest

from sqlgrade.diagnose import several
from sqlgrade.diagnose.mistakes.scene import Scene
from sqlgrade.judging.judge import Judge
from sqlgrade.messages import further_sentences, mistake_sentence
from sqlgrade.pack.building import build_pack
from sqlgrade.query.clause import Clause
from sqlgrade.record import Alternative, Exercise, Solution
from sqlgrade.shrink.simplify import _plainer
from sqlgrade.tables.result import Database
from sqlgrade.verdict import Finding, Level, Status, Verdict

DDL = """CREATE TABLE guests (
    guest_id INTEGER PRIMARY KEY, area VARCHAR NOT NULL, grade VARCHAR NOT NULL, is_test BOOLEAN NOT NULL,
    retired_on DATE, joined_on DATE NOT NULL
)"""
MONEY = "CREATE TABLE guests (guest_id INTEGER PRIMARY KEY, spent INTEGER NOT NULL, given INTEGER NOT NULL, owed INTEGER NOT NULL)"
SHARES = (
    "WITH per AS (SELECT area, COUNT(*) AS n FROM guests WHERE NOT is_test AND retired_on IS NULL GROUP BY area) "
    "SELECT p.area, p.n, ROUND(p.n * 100.0 / w.n, 1) AS share FROM per AS p "
    "CROSS JOIN (SELECT SUM(n) AS n FROM per) AS w WHERE p.n >= 2 ORDER BY p.area"
)
BY_WINDOW = (
    "SELECT area, n, ROUND(n * 100.0 / t, 1) AS share FROM (SELECT area, COUNT(*) AS n, SUM(COUNT(*)) OVER () AS t "
    "FROM guests WHERE NOT is_test AND retired_on IS NULL GROUP BY area) WHERE n >= 2 ORDER BY area"
)
FIRST = (
    "WITH numbered AS (SELECT area, guest_id, joined_on, ROW_NUMBER() OVER (PARTITION BY area ORDER BY joined_on, guest_id) AS n "
    "FROM guests WHERE NOT is_test AND joined_on >= DATE '2025-01-01') "
    "SELECT area, guest_id, joined_on FROM numbered WHERE n = 1 ORDER BY area"
)
NOBODY_EARLIER = (
    "SELECT g.area, g.guest_id, g.joined_on FROM guests AS g WHERE NOT g.is_test AND g.joined_on > DATE '2025-01-01' "
    "AND NOT EXISTS (SELECT 1 FROM guests AS o WHERE o.area = g.area AND NOT o.is_test AND o.joined_on < g.joined_on "
    "AND o.joined_on > DATE '2025-01-01') ORDER BY g.area DESC"
)


def told(solution: str, answer: str, ddl: str = DDL) -> tuple[Finding, ...]:
    verdict = Judge().grade(build_pack(Exercise("parts", ddl, (Solution(solution),))), answer, deep=True)
    assert verdict.status is Status.REFUTED
    return verdict.findings


def test_an_answer_in_another_style_is_right_without_its_mistakes():
    pack = build_pack(Exercise("parts", DDL, (Solution(SHARES),)))
    assert Judge().grade(pack, BY_WINDOW, deep=True).status is Status.ACCEPTED


def test_both_mistakes_of_an_answer_in_another_style_are_told():
    answer = BY_WINDOW.replace(" AND retired_on IS NULL", "").replace(">= 2", "> 2")
    first, second = told(SHARES, answer)
    assert {first.mistake, second.mistake} == {"bound_excluded", "condition_missing"}


def test_of_mistakes_that_hang_together_with_the_style_the_one_that_stands_alone_is_told():
    (found,) = told(FIRST, NOBODY_EARLIER)
    assert (found.mistake, found.params["condition"]) == ("bound_excluded", "g.joined_on > DATE '2025-01-01'")


@pytest.mark.parametrize("left_out", ["guests.spent / guests.given + ", " + guests.given / guests.owed"])
def test_a_missing_term_of_a_sum_blames_none_of_those_that_are_there(left_out: str):
    rate = "SQRT(guests.spent / guests.given + guests.owed / guests.spent + guests.given / guests.owed) AS width"
    whole = f"SELECT guest_id, {rate} FROM guests WHERE spent > 0 AND given > 0 AND owed > 0 ORDER BY guest_id"
    findings = told(whole, whole.replace(left_out, ""), MONEY)
    assert len(findings) == 1
    assert findings[0].mistake not in {"denominator", "numerator"}


def test_the_order_of_a_window_in_brackets_is_shown_where_it_is_written():
    right = (
        "SELECT area, guest_id FROM guests QUALIFY ROW_NUMBER() OVER "
        "(PARTITION BY area ORDER BY joined_on DESC, guest_id DESC) = 1 ORDER BY area"
    )
    answer = (
        "SELECT area, guest_id FROM (SELECT area, guest_id, ROW_NUMBER() OVER "
        "(PARTITION BY area ORDER BY joined_on DESC, guest_id) AS rn FROM guests) WHERE rn = 1 ORDER BY area"
    )
    (found,) = told(right, answer)
    assert (found.mistake, found.params["key"]) == ("window_reversed", "guest_id")
    assert found.site is not None
    assert answer[: found.site.start].endswith("joined_on DESC, ")
    assert answer[found.site.start : found.site.end] == "guest_id"


@pytest.mark.parametrize(
    ("lang", "words"), [("ja", "WHERE にも、同じ間違い"), ("en", "the same has happened in WHERE")]
)
def test_the_same_mistake_in_another_clause_is_not_said_in_the_same_words_again(lang: str, words: str):
    params = {"own": "t.opened_at_utc", "hours": 4}
    first, other = (
        Finding(Level.CERTAIN, "E35", clause, None, {**params, "place": clause}, None, "clock_unshifted_behind")
        for clause in ("SELECT", "WHERE")
    )
    verdict = Verdict(Status.REFUTED, findings=(first, other))
    (said,) = further_sentences(verdict, lang)
    assert words in said
    assert mistake_sentence(first, lang) not in said


def test_a_cell_that_holds_a_list_can_be_made_plainer():
    pack = build_pack(
        Exercise("lists", "CREATE TABLE t (id INTEGER PRIMARY KEY, tags VARCHAR[])", (Solution("SELECT id FROM t"),))
    )
    table = pack.schema.tables[0]
    database = Database({"t": ((1, ["a"]), (2, ["a"]), (3, ["b"]))})
    assert list(_plainer(database, table, table.columns[1], 2)) == [["a"]]


def test_the_hours_of_a_span_count_where_a_clock_is_not_shifted():
    ddl = "CREATE TABLE visits (id INTEGER PRIMARY KEY, asked_at_utc TIMESTAMP NOT NULL, begins_jst TIMESTAMP NOT NULL)"
    right = "SELECT id FROM visits WHERE begins_jst < asked_at_utc + INTERVAL 9 HOUR + INTERVAL 36 HOUR ORDER BY id"
    answer = "SELECT id FROM visits WHERE begins_jst - asked_at_utc < INTERVAL 36 HOUR ORDER BY id"
    (found,) = told(right, answer, ddl)
    assert (found.mistake, found.params["hours"]) == ("clock_unshifted_behind", 9)


def test_a_needless_round_in_a_step_is_not_told_as_the_order_that_it_spoils():
    right = (
        "SELECT area, AVG(CASE WHEN is_test THEN 1.0 ELSE 0 END) AS share FROM guests GROUP BY area "
        "ORDER BY share DESC, area LIMIT 3"
    )
    answer = (
        "WITH c AS (SELECT area, ROUND(AVG(is_test::INT), 1) AS share FROM guests GROUP BY area) "
        "SELECT * FROM c ORDER BY share DESC, area LIMIT 3"
    )
    (found,) = told(right, answer)
    assert (found.mistake, found.params["own"]) == ("round_needless", "ROUND(AVG(is_test::INT), 1)")


def test_a_number_in_a_long_answer_of_another_shape_is_told_and_not_the_step_that_holds_it():
    right = (
        "WITH r AS (SELECT area, AVG(CASE WHEN is_test THEN 1.0 ELSE 0 END) AS p, COUNT(*) AS n FROM guests "
        "WHERE grade IN ('gold', 'silver', 'bronze') AND joined_on >= DATE '2024-01-01' AND joined_on < DATE '2026-01-01' "
        "GROUP BY area HAVING COUNT(*) >= 2), w AS (SELECT area, p, n, 1.96 * SQRT(p * (1 - p) / n) AS half FROM r) "
        "SELECT area, ROUND(p, 4) AS share, ROUND(p - half, 4) AS low, ROUND(p + half, 4) AS high FROM w ORDER BY area"
    )
    answer = right.replace("SELECT area, p, n, 1.96", "SELECT *, 1.65")
    (found,) = told(right, answer)
    assert (found.mistake, found.params["number"]) == ("number_other", "1.65")


VISITS = """CREATE TABLE guests (guest_id INTEGER PRIMARY KEY, area VARCHAR NOT NULL, left_on DATE);
CREATE TABLE visits (visit_id INTEGER PRIMARY KEY, guest_id INTEGER NOT NULL REFERENCES guests (guest_id),
    area VARCHAR NOT NULL, hours INTEGER NOT NULL)"""
LONG_VISITS = "SELECT area, COUNT(*) AS n FROM visits WHERE hours >= 2 GROUP BY area ORDER BY n DESC, area"
LAST_VISIT = (
    "WITH numbered AS (SELECT g.guest_id, v.visit_id, ROW_NUMBER() OVER (PARTITION BY g.guest_id ORDER BY v.hours DESC, "
    "v.visit_id DESC) AS n FROM visits AS v JOIN guests AS g ON g.guest_id = v.guest_id WHERE g.area <> 'NAHA') "
    "SELECT guest_id, visit_id FROM numbered WHERE n = 1 ORDER BY guest_id"
)


def test_what_is_left_in_more_clauses_than_can_be_held_against_each_other_is_told_in_the_answer_s_words():
    answer = (
        "SELECT g.area, COUNT(*) AS n FROM visits v JOIN guests g ON g.guest_id = v.guest_id WHERE v.hours>2 "
        "GROUP BY g.area ORDER BY n DESC, g.area"
    )
    first, second = told(LONG_VISITS, answer, VISITS)
    assert {first.mistake, second.mistake} == {"column_of_other_table", "bound_excluded"}
    bound = first if first.mistake == "bound_excluded" else second
    assert bound.params["condition"] == "v.hours>2"
    assert bound.site is not None
    assert answer[bound.site.start : bound.site.end] == "v.hours>2"


def test_what_no_result_shows_beside_the_told_mistake_is_announced_once_that_one_is_undone(monkeypatch):
    monkeypatch.setattr(Scene, "matters", lambda scene, *_: "left_on" not in scene.learner.tree.sql())
    monkeypatch.setattr(several, "shows", lambda _, piece, __: piece.clause is Clause.WHERE)
    answer = LAST_VISIT.replace(" DESC", "").replace("'NAHA'", "'NAHA' AND g.left_on IS NULL")
    first, second = told(LAST_VISIT, answer, VISITS)
    assert (first.mistake, second.mistake) == ("condition_extra", "window_reversed")


def test_a_count_that_says_the_same_is_not_told_beside_the_bound_that_is_wrong():
    right = "SELECT area, COUNT(*) AS n FROM guests WHERE NOT is_test GROUP BY area HAVING COUNT(*) >= 2"
    answer = "SELECT area, COUNT(guest_id) AS n FROM guests GROUP BY area HAVING COUNT(guest_id) > 2"
    assert {each.mistake for each in told(right, answer)} == {"no_where", "bound_excluded"}


def test_what_is_compared_and_the_sign_in_a_case_are_two_mistakes():
    right = "SELECT area, COUNT(CASE WHEN hours * 2 < 6 THEN 1 END) AS n FROM visits GROUP BY area ORDER BY area"
    found = told(right, right.replace("hours * 2 < 6", "hours <= 6"), VISITS)
    assert [each.mistake for each in found] == ["ones_of_others", "bound_included"]


def test_a_condition_of_an_outer_join_that_asks_something_else_is_told():
    right = (
        "SELECT g.guest_id, COUNT(v.visit_id) AS n FROM guests g LEFT JOIN visits v ON v.guest_id = g.guest_id "
        "AND v.hours >= 3 GROUP BY 1 ORDER BY 1"
    )
    (found,) = told(right, right.replace("v.hours >= 3", "v.hours >= v.visit_id"), VISITS)
    assert (found.mistake, found.params["condition"]) == ("condition_other", "v.hours >= v.visit_id")


def test_a_calculation_that_lacks_a_column_of_a_step_is_told_beside_another_one():
    right = (
        "WITH w AS (SELECT SUM(spent) AS s, SUM(given) AS g, SUM(owed) AS o FROM guests) "
        "SELECT m.guest_id, m.spent * (m.given * 1.0 / m.owed - w.g * 1.0 / w.o) AS a, m.owed * 1.0 / w.o * (m.given - m.spent) AS b "
        "FROM guests AS m CROSS JOIN w ORDER BY m.guest_id"
    )
    answer = (
        "WITH w AS (SELECT SUM(spent) AS s, SUM(owed) AS o FROM guests) "
        "SELECT m.guest_id, m.spent * (m.given * 1.0 / m.owed) AS a, m.spent * 1.0 / w.s * (m.given - m.spent) AS b "
        "FROM guests AS m CROSS JOIN w ORDER BY m.guest_id"
    )
    found = told(right, answer, MONEY)
    assert [each.params.get("name") for each in found] in (["a", "b"], ["b", "a"])


def test_of_an_aggregate_with_two_mistakes_the_one_that_its_name_leaves_is_announced():
    answer = "SELECT area, SUM(CASE WHEN hours >= 3 THEN 1 END) AS n FROM visits GROUP BY area ORDER BY area"
    people = answer.replace(
        "SUM(CASE WHEN hours >= 3 THEN 1 END)", "COUNT(DISTINCT CASE WHEN hours >= 3 THEN guest_id END)"
    )
    assert [each.mistake for each in told(people, answer, VISITS)] == ["sum_without_else", "rows_for_people"]
    assert [each.mistake for each in told(answer.replace("SUM", "COUNT"), answer, VISITS)] == ["sum_without_else"]


BY_DAY = "CREATE TABLE visits (id INTEGER PRIMARY KEY, day DATE NOT NULL, yen INTEGER NOT NULL)"
DAYS = "WITH d AS (SELECT day, SUM(yen) AS yen FROM visits GROUP BY day)"


def test_a_mistake_that_spoils_one_column_everywhere_is_told_beside_one_that_spoils_another():
    """No row is right before both are mended: that a column is right again shows that one mistake of two is undone."""
    right = f"{DAYS} SELECT day, SUM(yen) OVER (ORDER BY day) AS so_far, ROUND(SUM(yen) OVER (ORDER BY day) / 900, 2) AS share FROM d"
    wrong = (
        f"{DAYS}, r AS (SELECT day, SUM(yen) OVER (ORDER BY day ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS so_far, "
        "SUM(yen) OVER () AS whole FROM d) SELECT day, so_far, ROUND(so_far / whole, 2) AS share FROM r"
    )
    verdict = Judge().grade(build_pack(Exercise("p", BY_DAY, (Solution(right),))), wrong, deep=True)
    assert {finding.mistake for finding in verdict.findings} == {"frame_extra", "denominator"}


def test_an_answer_with_a_window_is_not_held_against_a_right_one_that_joins_instead():
    right = (
        f"{DAYS}, s AS (SELECT day, AVG(yen) OVER (ORDER BY day ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS m FROM d) "
        "SELECT day, m FROM s WHERE day >= DATE '2025-12-08'"
    )
    joined = (
        f"{DAYS}, n AS (SELECT day, yen, ROW_NUMBER() OVER (ORDER BY day) AS n FROM d) SELECT a.day, AVG(b.yen) AS m FROM n AS a "
        "JOIN n AS b ON b.n BETWEEN a.n - 2 AND a.n WHERE a.day >= DATE '2025-12-08' GROUP BY a.day"
    )
    wrong = f"{DAYS} SELECT day, AVG(yen) OVER (ORDER BY day ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS m FROM d WHERE day >= DATE '2025-12-08'"
    exercise = Exercise("p", BY_DAY, (Solution(right),), alternatives=(Alternative("joined", joined),))
    verdict = Judge().grade(build_pack(exercise), wrong, deep=True)
    assert {finding.mistake for finding in verdict.findings} <= {"filter_beside_window", "frame_begins_early"}
    assert verdict.findings
