"""Two things that are wrong in one place are told apart, each in its own words and where it was written."""

from __future__ import annotations

import pytest

from sqlgrade.judging.judge import Judge
from sqlgrade.messages import LANGUAGES, mistake_sentence, remark_sentence
from sqlgrade.pack.building import build_pack
from sqlgrade.record import Exercise, Solution
from sqlgrade.verdict import Finding, Reason, Status, Verdict

DDL = """
CREATE TABLE people (id INTEGER PRIMARY KEY, city VARCHAR, age INTEGER, is_test BOOLEAN NOT NULL, joined_at TIMESTAMP NOT NULL);
CREATE TABLE visits (
  id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people (id), status VARCHAR NOT NULL, yen INTEGER,
  came_at TIMESTAMP NOT NULL, CHECK (status IN ('open', 'done', 'gone'))
)
"""
BEFORE = (
    "SELECT v.id, LAG(v.came_at) OVER (PARTITION BY v.person_id ORDER BY v.came_at, v.id) AS before FROM visits AS v "
    "ORDER BY v.id"
)
SOON = (
    "SELECT p.id, EXISTS (SELECT 1 FROM visits AS v WHERE v.person_id = p.id AND v.came_at >= p.joined_at "
    "AND v.came_at < p.joined_at + INTERVAL 14 DAY) AS soon FROM people AS p ORDER BY p.id"
)
RATED = (
    "SELECT person_id, COUNT(yen) AS n, AVG(yen) AS m FROM visits GROUP BY person_id HAVING COUNT(yen) >= 2 AND AVG(yen) < 100 "
    "ORDER BY person_id"
)
BY_STATUS = (
    "SELECT person_id, COUNT(CASE WHEN status = 'open' THEN 1 END) AS open, "
    "COUNT(CASE WHEN status = 'done' THEN 1 END) AS done FROM visits GROUP BY person_id ORDER BY person_id"
)
RATE = (
    "SELECT person_id, ROUND(100.0 * COUNT(CASE WHEN status = 'done' THEN 1 END) / COUNT(*), 1) AS rate FROM visits "
    "GROUP BY person_id ORDER BY person_id"
)
OF_CITY = (
    "SELECT p.id, COUNT(v.id) AS n FROM people AS p LEFT JOIN visits AS v ON v.person_id = p.id AND v.yen >= 100 "
    "GROUP BY p.id ORDER BY p.id"
)
RUNNING = (
    "WITH m AS (SELECT id, came_at, AVG(yen) OVER (ORDER BY came_at, id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS mean "
    "FROM visits) SELECT id, mean FROM m WHERE came_at >= TIMESTAMP '2025-06-01' ORDER BY id"
)


def judged(solution: str, answer: str) -> Verdict:
    verdict = Judge().grade(build_pack(Exercise("apart", DDL, (Solution(solution),))), answer, deep=True)
    assert verdict.status is Status.REFUTED
    return verdict


def told(solution: str, answer: str) -> tuple[Finding, ...]:
    return judged(solution, answer).findings


def test_how_rows_are_split_and_how_they_are_gone_through_are_two_mistakes():
    found = told(BEFORE, BEFORE.replace("PARTITION BY v.person_id ORDER BY v.came_at, v.id", "ORDER BY v.id"))
    assert {each.mistake for each in found} == {"partition_missing", "number_for_earliest"}


def test_a_bound_that_is_wrong_and_one_that_is_missing_are_two_mistakes():
    found = told(SOON, SOON.replace("AND v.came_at >= p.joined_at ", "").replace("< p.joined_at", "<= p.joined_at"))
    assert {each.mistake for each in found} == {"bound_missing_begins", "bound_included"}


def test_the_mistake_in_one_condition_of_having_is_not_told_of_another():
    found = told(RATED, RATED.replace("COUNT(yen)", "COUNT(*)").replace("< 100", "<= 100"))
    assert {each.mistake for each in found} == {"blanks_counted", "bound_included"}
    assert next(each.params["condition"] for each in found if each.mistake == "bound_included") == "AVG(yen) <= 100"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_stands_in_several_columns_is_told_with_the_one_in_which_it_is_wrong(lang: str):
    (found,) = told(BY_STATUS, BY_STATUS.replace("'done'", "'open'"))
    assert found.params["heading"] == "done"
    assert "done" in mistake_sentence(found, lang).partition("status")[0]


def test_a_mistake_that_stands_in_one_place_is_told_without_its_column():
    (found,) = told(BY_STATUS, BY_STATUS.replace("'done'", "'gone'"))
    assert "heading" not in found.params


def test_a_table_in_a_list_with_commas_is_tied_as_by_a_join():
    right = (
        "SELECT v.id, p.city FROM visits AS v JOIN people AS p ON p.id = v.person_id WHERE NOT p.is_test ORDER BY v.id"
    )
    answer = (
        "SELECT v.id, p.city FROM visits v, people p WHERE v.person_id = p.id AND p.is_test = FALSE AND v.status = 'open' "
        "ORDER BY v.id"
    )
    (found,) = told(right, answer)
    assert (found.mistake, found.params["condition"]) == ("condition_extra", "v.status = 'open'")


def test_the_column_of_that_name_of_another_table_is_told():
    ddl = DDL.replace("yen INTEGER,", "yen INTEGER, is_test BOOLEAN NOT NULL,")
    right = "SELECT v.id FROM visits AS v JOIN people AS p ON p.id = v.person_id WHERE NOT p.is_test ORDER BY v.id"
    pack = build_pack(Exercise("apart", ddl, (Solution(right),)))
    found = Judge().grade(pack, right.replace("NOT p.is_test", "v.is_test = FALSE"), deep=True).findings
    assert [(each.mistake, each.params["own"]) for each in found] == [("condition_column", "v.is_test")]


@pytest.mark.parametrize(
    ("written", "factor"),
    [
        ("ROUND(SUM(CASE WHEN status = 'done' THEN 1 ELSE 0 END) / COUNT(*), 1)", "times_too_small"),
        ("ROUND(1000.0 * COUNT(*) FILTER (status = 'done') / COUNT(*), 1)", "times_too_large"),
    ],
)
def test_another_unit_is_told_in_whatever_words_the_rest_is_written(written: str, factor: str):
    body = RATE[RATE.index("ROUND") : RATE.index(" AS rate")]
    (found,) = told(RATE, RATE.replace(body, written))
    assert found.mistake == factor


def test_a_factor_on_the_other_side_of_its_product_is_the_same_product():
    right = RATE.replace(
        "100.0 * COUNT(CASE WHEN status = 'done' THEN 1 END)", "COUNT(CASE WHEN status = 'done' THEN 1 END) * 1.0"
    )
    first, second = told(right, RATE.replace(" FROM visits", " FROM visits WHERE yen > 0"))
    assert {first.mistake, second.mistake} == {"times_too_large", "condition_extra"}


def test_a_condition_that_is_wrong_is_not_missing_where_it_would_stand_as_well():
    answer = OF_CITY.replace("LEFT JOIN", "JOIN").replace(" AND v.yen >= 100", " WHERE v.yen > 100")
    found = told(OF_CITY, answer)
    assert {each.mistake for each in found} == {"bound_excluded", "partners_dropped"}


def test_what_leaves_rows_out_before_a_window_is_told_as_that():
    answer = (
        "SELECT id, AVG(yen) OVER (ORDER BY came_at, id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS mean FROM visits "
        "WHERE came_at >= TIMESTAMP '2025-06-01' ORDER BY id"
    )
    (found,) = told(RUNNING, answer)
    assert found.mistake == "filter_beside_window"


def test_a_condition_on_a_column_of_a_step_is_quoted_as_it_stands():
    right = "WITH s AS (SELECT p.id, v.yen FROM people p LEFT JOIN visits v ON v.person_id = p.id) SELECT id, COUNT(yen) AS n FROM s GROUP BY id"
    answer = right.replace("SELECT id, COUNT(yen)", "SELECT k.id, COUNT(k.yen)").replace(
        "FROM s GROUP BY id", "FROM s AS k WHERE k.yen IS NOT NULL GROUP BY k.id"
    )
    (found,) = told(right, answer)
    assert (found.mistake, found.params["condition"]) == ("blanks_dropped", "k.yen IS NOT NULL")


def test_a_clock_is_not_blamed_where_both_sides_of_a_comparison_go_by_it():
    right = SOON.replace(
        "v.came_at >= p.joined_at AND v.came_at < p.joined_at + INTERVAL 14 DAY",
        "date_trunc('month', v.came_at + INTERVAL 4 HOUR) = date_trunc('month', p.joined_at + INTERVAL 4 HOUR) + INTERVAL 1 MONTH",
    )
    answer = SOON.replace("v.came_at >= p.joined_at", "v.came_at >= p.joined_at + INTERVAL 14 DAY").replace(
        "< p.joined_at + INTERVAL 14", "< p.joined_at + INTERVAL 30"
    )
    assert all("clock" not in (each.mistake or "") for each in told(right, answer))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_row_that_an_answer_leaves_out_is_told_with_its_blank(lang: str):
    right = "SELECT COUNT(*) AS n FROM (SELECT DISTINCT city FROM people)"
    answer = (
        "SELECT COUNT(DISTINCT CASE WHEN city = 'Kobe' THEN city END) + COUNT(DISTINCT CASE WHEN city <> 'Kobe' THEN city END) AS n "
        "FROM people"
    )
    diff = judged(right, answer).diff
    assert diff is not None
    *_, fact = (each for each in diff.facts if each.code.startswith("made_"))
    said = remark_sentence("shape", fact, lang)
    assert (
        said
        == (
            {
                "ja": "people の行では、city が空（NULL）です。",
                "en": "There, city is blank (NULL) in the row of people.",
            }[lang]
        )
    )


def test_a_range_of_one_column_for_that_of_another_is_one_mistake():
    right = (
        "SELECT p.id, COUNT(v.id) AS n FROM people AS p LEFT JOIN visits AS v ON v.person_id = p.id "
        "AND v.came_at >= TIMESTAMP '2025-11-30 20:00' AND v.came_at < TIMESTAMP '2025-12-31 20:00' GROUP BY p.id ORDER BY p.id"
    )
    answer = right.replace("v.came_at", "p.joined_at").replace("11-30 20:00", "12-01 05:00")
    assert len(told(right, answer)) == 1


def test_a_condition_that_is_not_asked_for_and_one_that_is_missing_are_two_mistakes():
    right = "SELECT id FROM people WHERE NOT is_test ORDER BY id"
    found = told(right, right.replace("NOT is_test", "city IS NULL"))
    assert {each.mistake for each in found} == {"condition_extra", "condition_missing"}


def test_a_column_is_read_from_the_wrong_table_wherever_it_stands():
    ddl = DDL.replace("yen INTEGER,", "yen INTEGER, city VARCHAR NOT NULL,")
    right = "SELECT city, COUNT(*) AS n FROM visits GROUP BY city ORDER BY city"
    answer = (
        "SELECT p.city, COUNT(*) AS n FROM visits v JOIN people p ON p.id = v.person_id GROUP BY p.city ORDER BY p.city"
    )
    pack = build_pack(Exercise("apart", ddl, (Solution(right),)))
    found = Judge().grade(pack, answer, deep=True).findings
    assert [each.mistake for each in found] == ["column_of_other_table"]


def test_a_ratio_of_two_other_columns_is_one_mistake():
    right = "WITH s AS (SELECT person_id, SUM(yen) AS a, COUNT(*) AS b, SUM(id) AS c, MAX(id) AS d FROM visits GROUP BY person_id) SELECT person_id, a * 1.0 / b AS r FROM s ORDER BY person_id"
    (found,) = told(right, right.replace("a * 1.0 / b", "c * 1.0 / d"))
    assert found.mistake


def test_a_table_that_every_solution_reads_and_the_answer_does_not_is_told_where_rows_are_missing():
    right = (
        "SELECT p.id, k.status, COUNT(v.id) AS n FROM people AS p CROSS JOIN (VALUES ('open'), ('done')) AS k(status) "
        "LEFT JOIN visits AS v ON v.person_id = p.id AND v.status = k.status GROUP BY p.id, k.status ORDER BY p.id, k.status"
    )
    answer = (
        "WITH c AS (SELECT person_id, status, COUNT(*) AS n FROM visits WHERE status IN ('open', 'done') GROUP BY 1, 2), "
        "d AS (SELECT DISTINCT person_id FROM c) SELECT d.person_id AS id, k.status, COALESCE(c.n, 0) AS n FROM d "
        "CROSS JOIN (VALUES ('open'), ('done')) AS k(status) LEFT JOIN c ON c.person_id = d.person_id AND c.status = k.status "
        "ORDER BY 1, 2"
    )
    (found,) = told(right, answer)
    assert (found.mistake, found.params["table"]) == ("join_missing", "people")


def test_a_stage_that_is_counted_by_itself_is_told_by_its_number():
    right = (
        "SELECT COUNT(CASE WHEN came THEN 1 END) AS came, COUNT(CASE WHEN came AND paid THEN 1 END) AS paid FROM (SELECT "
        "EXISTS (SELECT 1 FROM visits v WHERE v.person_id = p.id AND v.status = 'done') AS came, "
        "EXISTS (SELECT 1 FROM visits v WHERE v.person_id = p.id AND v.yen > 0) AS paid FROM people p)"
    )
    answer = (
        "SELECT (SELECT COUNT(DISTINCT person_id) FROM visits WHERE status = 'done') AS came, "
        "(SELECT COUNT(DISTINCT person_id) FROM visits WHERE yen > 0) AS paid"
    )
    (found,) = told(right, answer)
    assert (found.mistake, found.params["name"], found.params["other"]) == ("counted_beside", "paid", "came")


SOLD = "SELECT status, COUNT(*) AS n, LAG(COUNT(*)) OVER (ORDER BY status) AS before FROM visits GROUP BY status"


def test_rows_that_only_a_window_leaves_in_order_are_in_none():
    """DuckDB gives them sorted, which nobody promises."""
    pack = build_pack(Exercise("apart", DDL, (Solution(f"{SOLD} ORDER BY status"),)))
    verdict = Judge().grade(pack, SOLD, deep=True)
    assert (verdict.status, verdict.reason) == (Status.INVALID, Reason.ORDER_DEPENDENT)
    assert [each.mistake for each in verdict.findings] == ["order_missing"]


@pytest.mark.parametrize(
    "answer",
    [
        f"SELECT * FROM ({SOLD} ORDER BY status)",
        f"WITH s AS ({SOLD} ORDER BY status) SELECT * FROM s",
        f"{SOLD} ORDER BY ALL",
    ],
)
def test_rows_that_a_step_sorts_stay_as_they_are(answer: str):
    pack = build_pack(Exercise("apart", DDL, (Solution(f"{SOLD} ORDER BY status"),)))
    assert Judge().grade(pack, answer, deep=True).status is Status.ACCEPTED


def test_one_change_that_mends_all_is_one_mistake():
    right = "SELECT COUNT(*) AS n, ROUND(AVG(CASE WHEN yen > 0 THEN 1.0 ELSE 0 END), 3) AS rate FROM visits WHERE status <> 'gone'"
    answer = (
        "SELECT COUNT(CASE WHEN status <> 'gone' THEN 1 END) AS n, "
        "ROUND(COUNT(CASE WHEN yen > 0 THEN 1 END) * 1.0 / NULLIF(COUNT(CASE WHEN status <> 'gone' THEN 1 END), 0), 3) AS rate "
        "FROM visits"
    )
    assert len(told(right, answer)) == 1


def test_the_same_count_that_leaves_blanks_out_in_two_clauses_is_one_mistake():
    right = "SELECT city, COUNT(*) AS n FROM people GROUP BY city HAVING COUNT(*) < 5"
    (found,) = told(right, right.replace("COUNT(*)", "COUNT(city)"))
    assert found.mistake == "count_leaves_blanks"


@pytest.mark.parametrize(
    ("right", "answer", "mistake"),
    [
        ("city IS NULL", "city NOT IN ('A', 'B')", "equals_blank"),
        ("city LIKE '%-shi'", "RIGHT(city, 3) = 'shi'", "pattern_loose"),
        ("city LIKE 'A%'", "starts_with(city, 'Ab')", "pattern_tight"),
    ],
)
def test_a_condition_in_other_words_is_told_by_what_it_takes(right: str, answer: str, mistake: str):
    (found,) = told(f"SELECT id FROM people WHERE {right}", f"SELECT id FROM people WHERE {answer}")
    assert found.mistake == mistake


def test_what_is_cut_before_the_first_is_taken_is_not_missing_after_it_as_well():
    firsts = "WITH f AS (SELECT person_id, MIN(came_at) AS first_at FROM visits {} GROUP BY person_id) SELECT COUNT(*) AS n FROM f {}"
    period = "WHERE {0} >= TIMESTAMP '2025-03-01' AND {0} < TIMESTAMP '2026-01-01'"
    found = told(firsts.format("", period.format("first_at")), firsts.format(period.format("came_at"), ""))
    assert [each.mistake for each in found] == ["before_taking"]


def test_the_end_of_a_between_that_is_written_as_two_bounds_is_told_by_itself():
    right = (
        "SELECT id, yen FROM visits WHERE CAST(came_at AS DATE) BETWEEN DATE '2025-03-01' AND DATE '2025-03-01' + 29"
    )
    answer = (
        "SELECT id, yen FROM visits WHERE CAST(came_at AS DATE) >= DATE '2025-03-01' "
        "AND CAST(came_at AS DATE) <= DATE '2025-03-01' + 30 AND yen IS NOT NULL"
    )
    found = told(right, answer)
    assert [each.mistake for each in found] == ["value_other", "blanks_dropped"]
    assert found[0].params["value"] == "30"


def test_days_of_the_calendar_are_counted_rightly_by_their_boundaries():
    right = "SELECT id, DATE '2025-04-01' - CAST(came_at - INTERVAL 5 HOUR AS DATE) AS days FROM visits"
    answer = "SELECT id, date_diff('day', came_at, TIMESTAMP '2025-04-01') AS days FROM visits"
    assert "boundaries_counted" not in [each.mistake for each in told(right, answer)]


def test_a_count_of_what_only_the_asked_rows_have_leaves_blanks_out():
    ddl = "CREATE TABLE v (id INTEGER PRIMARY KEY, status VARCHAR NOT NULL, reason VARCHAR, CHECK (reason IS NULL OR status = 'gone'))"
    pack = build_pack(Exercise("gone", ddl, (Solution("SELECT COUNT(*) AS gone FROM v WHERE status = 'gone'"),)))
    found = Judge().grade(pack, "SELECT COUNT(reason) AS gone FROM v", deep=True).findings
    assert found[0].mistake == "count_leaves_blanks"


def test_a_row_that_counts_for_nothing_is_no_unit(caplog: pytest.LogCaptureFixture):
    right = "SELECT SUM(CASE WHEN yen > 0 THEN 1 ELSE 0 END) AS n FROM visits"
    (found,) = told(right, right.replace("THEN 1", "THEN 0"))
    assert not found.mistake.startswith("times_too")
    assert "met a construct" not in caplog.text


def test_what_is_wrong_only_once_the_told_mistake_is_mended_is_no_second_one():
    right = "SELECT status, COUNT(yen) AS n, MEDIAN(yen) AS m FROM visits GROUP BY status ORDER BY status"
    answer = "SELECT status, COUNT(*) AS n, MEDIAN(yen) AS m FROM visits WHERE yen IS NOT NULL GROUP BY status ORDER BY status"
    assert [each.mistake for each in told(right, answer)] == ["blanks_dropped"]


def test_a_table_in_brackets_that_is_joined_lacks_no_tie_to_the_row_outside():
    right = (
        "SELECT COUNT(*) AS n, COUNT(CASE WHEN EXISTS (SELECT 1 FROM visits AS v WHERE v.person_id = p.id AND v.status = 'open') "
        "AND EXISTS (SELECT 1 FROM visits AS v WHERE v.person_id = p.id AND v.status = 'done') THEN 1 END) AS both FROM people AS p"
    )
    answer = (
        "SELECT COUNT(*) AS n, COUNT(d.person_id) AS both FROM people AS p "
        "LEFT JOIN (SELECT DISTINCT person_id FROM visits WHERE status = 'open') AS o ON o.person_id = p.id "
        "LEFT JOIN (SELECT DISTINCT person_id FROM visits WHERE status = 'done') AS d ON d.person_id = p.id"
    )
    assert not {"exists_untied", "join_untied"} & {each.mistake for each in told(right, answer)}


def test_the_same_mistake_at_a_second_place_is_no_other_that_the_data_show():
    grouped = "SELECT person_id, {} AS week, {} AS ends FROM visits GROUP BY person_id ORDER BY person_id"
    asked, own = (f"EXTRACT(isodow FROM came_at + INTERVAL {hours} HOUR)" for hours in (4, 9))
    right = grouped.format(f"COUNT(CASE WHEN {asked} < 6 THEN 1 END)", f"COUNT(CASE WHEN {asked} >= 6 THEN 1 END)")
    sums = (f"SUM(CASE WHEN {own} {bound} THEN 1 ELSE 0 END)" for bound in ("<= 4", ">= 5"))
    verdict = judged(right, grouped.format(*sums))
    one, other = verdict.findings
    assert other.repeats(one)
    assert all(each.code != "shows_more" for each in verdict.notes)


def test_a_table_whose_rows_an_answer_makes_by_itself_is_not_called_unused():
    ddl = "CREATE TABLE days (day DATE PRIMARY KEY); CREATE TABLE sold (id INTEGER PRIMARY KEY, day DATE NOT NULL)"
    base = "WITH n AS (SELECT day, COUNT(*) AS n FROM sold GROUP BY day) SELECT k.day, "
    right = base + (
        "COALESCE(n.n, 0) AS n FROM days AS k LEFT JOIN n ON n.day = k.day WHERE k.day BETWEEN DATE '2025-03-01' AND DATE '2025-03-04'"
    )
    answer = base + (
        "n.n FROM (SELECT CAST(d.generate_series AS DATE) AS day FROM generate_series(DATE '2025-03-01', DATE '2025-03-03', INTERVAL 1 DAY) AS d) AS k "
        "LEFT JOIN n ON n.day = k.day"
    )
    pack = build_pack(Exercise("days", ddl, (Solution(right),)))
    assert "join_missing" not in [each.mistake for each in Judge().grade(pack, answer, deep=True).findings]
