"""An alert is right if it rings on the nights on which it should, and on no other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sqlgrade import Exercise, NearMiss, Rules, Solution
from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.record import ExerciseFault, Watch
from sqlgrade.service.batch import judge_line
from sqlgrade.service.watch_line import read_watch
from sqlgrade.verdict import Flaw, Level, NightOutcome, Status, Verdict

if TYPE_CHECKING:
    from sqlgrade.pack.contents import Pack

DDL = "CREATE TABLE nights (day DATE PRIMARY KEY); CREATE TABLE talks (talk_id INTEGER PRIMARY KEY, day DATE NOT NULL);"
NIGHTS = """
INSERT INTO nights SELECT CAST(DATE '2025-03-01' + to_days(CAST(n AS INTEGER)) AS DATE) FROM range(0, 5) AS numbers(n);
CREATE TEMP TABLE counted AS
SELECT * FROM (VALUES (0, 10, 'ordinary'), (1, 9, 'ordinary'), (2, 2, 'collapse'), (3, 0, 'no_rows'), (4, 10 + {run}, 'ordinary'))
  AS planned(n, talks, sort);
CREATE TEMP TABLE watched AS
SELECT CAST(DATE '2025-03-01' + to_days(n) AS DATE) AS day, sort, talks < 5 AS rings FROM counted;
INSERT INTO talks
SELECT n * 100 + k, CAST(DATE '2025-03-01' + to_days(n) AS DATE) FROM counted, range(0, talks) AS each_talk(k);
INSERT INTO talks VALUES (998, DATE '2025-03-02'), (999, DATE '2025-03-06');
"""
LAST = "(SELECT MAX(day) FROM nights)"
RIGHT = f"""
SELECT n.day AS business_date, COUNT(t.talk_id) AS talks, CASE WHEN COUNT(t.talk_id) < 5 THEN 1 ELSE 0 END AS is_alert
FROM nights AS n LEFT JOIN talks AS t ON t.day = n.day WHERE n.day = {LAST} GROUP BY n.day"""
INNER = RIGHT.replace("LEFT JOIN", "JOIN")
LOOSE = RIGHT.replace("< 5", "< 12")
RULES = Rules(column_names=("business_date", "talks", "is_alert"))
ARRIVED = {"nights": "day <= DATE '{day}'", "talks": "day <= DATE '{day}' + INTERVAL 1 DAY"}
WATCH = Watch(NIGHTS, (1, 2), ARRIVED, exact=("talks",))


def exercise(watch: Watch = WATCH, solution: str = RIGHT) -> Exercise:
    near = (NearMiss("inner", INNER, "E27", "FROM"), NearMiss("loose", LOOSE, "E22", "SELECT"))
    return Exercise("alert", DDL, (Solution(solution),), near_misses=near, rules=RULES, watch=watch)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return build_pack(exercise())


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


def marks(verdict: Verdict) -> list[str]:
    """The outcomes of the first run, a flaw in place of the outcome where there is one."""
    return [mark.flaw.value or mark.outcome.value for mark in verdict.nights if mark.run == 1]


def test_a_solution_that_rings_on_the_planted_nights_makes_a_sound_pack(pack: Pack, judge: Judge) -> None:
    assert pack.faults == ()
    verdict = judge.grade(pack, RIGHT)
    assert verdict.status is Status.ACCEPTED
    assert marks(verdict) == ["silent", "silent", "rung", "rung", "silent"]
    assert {mark.run for mark in verdict.nights} == {1, 2}


@pytest.mark.parametrize(
    "style",
    [
        RIGHT.replace("CASE WHEN COUNT(t.talk_id) < 5 THEN 1 ELSE 0 END", "COUNT(t.talk_id) < 5"),
        (
            f"WITH last AS (SELECT {LAST} AS d) SELECT d, (SELECT COUNT(*) FROM talks WHERE day = d) AS n,"
            " (SELECT COUNT(*) FROM talks WHERE day = d) <= 4 FROM last"
        ),
    ],
    ids=["true and false", "other names"],
)
def test_any_style_that_rings_alike_is_right(pack: Pack, judge: Judge, style: str) -> None:
    assert judge.grade(pack, style).status is Status.ACCEPTED


def test_a_night_without_a_row_is_told_from_a_silent_one(pack: Pack, judge: Judge) -> None:
    verdict = judge.grade(pack, INNER)
    assert verdict.status is Status.REFUTED
    assert marks(verdict) == ["silent", "silent", "rung", "no_row", "silent"]
    assert verdict.nights[3].outcome is NightOutcome.MISSED
    assert (verdict.findings[0].near_miss, verdict.findings[0].level) == ("inner", Level.CERTAIN)


def test_a_false_alarm_costs_and_is_named(pack: Pack, judge: Judge) -> None:
    verdict = judge.grade(pack, LOOSE)
    assert marks(verdict) == ["false", "false", "rung", "rung", "false"]
    assert verdict.findings[0].near_miss == "loose"
    assert 0 < verdict.credit.points < 5


def test_a_mistake_that_fails_on_most_of_the_same_nights_is_told_less_surely(pack: Pack, judge: Judge) -> None:
    verdict = judge.grade(pack, LOOSE.replace("< 12", "< 11"))
    assert verdict.findings[0].near_miss == "loose"
    assert verdict.findings[0].level is Level.SHAPE


@pytest.mark.parametrize(
    ("answer", "flaw"),
    [
        (RIGHT.replace(f"WHERE n.day = {LAST} ", ""), Flaw.ROWS),
        (RIGHT.replace(LAST, "(SELECT MAX(day) FROM talks)").replace("nights AS n", "talks AS n"), Flaw.DAY),
        (RIGHT.replace("COUNT(t.talk_id) AS talks", "COUNT(t.talk_id) + 1 AS talks"), Flaw.NUMBER),
        (RIGHT.replace("THEN 1 ELSE 0", "THEN 'ring' ELSE 'no'"), Flaw.SIGN),
        (RIGHT.replace("THEN 1 ELSE 0", "THEN 1"), Flaw.SIGN),
        (RIGHT.replace("COUNT(t.talk_id) AS talks", "CAST('x' || COUNT(t.talk_id) AS INTEGER) AS talks"), None),
    ],
    ids=[
        "a row a day",
        "the newest day with rows",
        "another number",
        "words for yes and no",
        "a blank for no",
        "stops on all",
    ],
)
def test_a_row_that_says_something_else_is_refuted(pack: Pack, judge: Judge, answer: str, flaw: Flaw | None) -> None:
    verdict = judge.grade(pack, answer)
    assert verdict.status is (Status.INVALID if flaw is None else Status.REFUTED)
    assert flaw is None or flaw in {mark.flaw for mark in verdict.nights}


def test_an_answer_sees_neither_the_plan_nor_what_has_not_arrived(pack: Pack, judge: Judge) -> None:
    assert judge.grade(pack, "SELECT * FROM watched").status is Status.INVALID
    days = judge.grade(pack, f"SELECT {LAST} AS business_date, (SELECT MAX(day) FROM talks) AS talks, 0 AS is_alert")
    told = [str(mark.row[1]) for mark in days.nights if mark.run == 1]
    assert told == ["2025-03-02", "2025-03-03", "2025-03-03", "2025-03-05", "2025-03-06"]


def test_a_verdict_keeps_its_calendar_on_its_way_through_json(pack: Pack, judge: Judge) -> None:
    verdict = judge.grade(pack, INNER)
    assert Verdict.from_json(verdict.to_json()).nights[3].flaw is Flaw.NO_ROW
    assert [mark.outcome for mark in Verdict.from_json(verdict.to_json()).nights] == [m.outcome for m in verdict.nights]


def test_counting_other_rows_is_not_taken_for_a_mistake_that_fails_on_the_same_nights(pack: Pack, judge: Judge) -> None:
    verdict = judge.grade(pack, LOOSE.replace("COUNT(t.talk_id)", "COUNT(t.talk_id) * 1.1"))
    assert {mark.flaw for mark in verdict.nights} >= {Flaw.NUMBER}
    assert verdict.findings == ()


def test_a_solution_that_misses_a_night_is_the_authors_fault() -> None:
    faults = build_pack(exercise(solution=LOOSE)).faults
    assert len(faults) == 5
    assert "ordinary" in faults[0]


def test_a_script_that_does_not_run_or_plants_nothing_is_the_authors_fault() -> None:
    with pytest.raises(ExerciseFault, match="does not run"):
        build_pack(exercise(Watch("INSERT INTO talks VALUES (1)")))
    with pytest.raises(ExerciseFault, match="plants none"):
        build_pack(exercise(Watch("CREATE TEMP TABLE watched (day DATE, sort TEXT, rings BOOLEAN)")))


def as_json(**other: object) -> dict[str, object]:
    """The nights as a file or a line gives them."""
    named = {
        "script": NIGHTS,
        "columns": list(RULES.column_names),
        "runs": [1, 2],
        "arrived": ARRIVED,
        "exact": ["talks"],
    }
    told: dict[str, object] = json.loads(json.dumps(named | other))
    return told


def test_a_line_of_a_batch_may_bring_nights_and_gets_those_at_fault() -> None:
    line = {"id": 1, "schema": DDL, "solutions": [RIGHT], "watch": as_json()}
    right, wrong = (judge_line({**line, "answer": answer}) for answer in (RIGHT, INNER))
    assert (right["verdict"], right["nights"], right["credit"]) == ("accepted", [], 1.0)
    assert wrong["verdict"] == "refuted"
    assert wrong["nights"][0] == {
        "run": 1,
        "day": "2025-03-04",
        "sort": "no_rows",
        "outcome": "missed",
        "flaw": "no_row",
    }
    assert [each["run"] for each in wrong["nights"]] == [1, 2]


def test_nights_read_from_json_are_those_of_an_exercise() -> None:
    assert read_watch(as_json()) == (WATCH, RULES.column_names)


@pytest.mark.parametrize(
    ("watch", "told"),
    [
        ("nights.sql", "script"),
        (as_json(script=1), "script"),
        (as_json(columns=[]), "columns"),
        (as_json(runs=["one"]), "runs"),
        (as_json(exact="talks"), "exact"),
        (as_json(arrived=["talks"]), "arrived"),
        (as_json(rings="bell"), "must have bell"),
        (as_json(day=1), "day"),
        (as_json(seeds=3), "knows no 'seeds'"),
    ],
)
def test_nights_that_are_none_are_told(watch: object, told: str) -> None:
    said = judge_line({"id": 1, "schema": DDL, "solutions": [RIGHT], "answer": RIGHT, "watch": watch})
    assert said["reason"] == "bad_line"
    assert told in said["message"]
