"""Columns whose values decide together get values that do: runs, distances, moments of one day, texts run together."""

import pytest

from sqlgrade import judge_line
from sqlgrade.hearing.search import _spans
from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.populate import Generator
from sqlgrade.record import Exercise, Solution

DDL = """
CREATE TABLE logins (user_id INTEGER NOT NULL, day DATE NOT NULL);
CREATE TABLE flights (flight_id INTEGER PRIMARY KEY, room INTEGER NOT NULL, stars INTEGER NOT NULL, dep TIMESTAMP NOT NULL, arr TIMESTAMP NOT NULL, CHECK (dep < arr));
CREATE TABLE seats (seat INTEGER PRIMARY KEY, note VARCHAR);
CREATE TABLE places (place_id INTEGER PRIMARY KEY, east DOUBLE NOT NULL, north DOUBLE NOT NULL, town VARCHAR NOT NULL, district VARCHAR NOT NULL);
"""
DAYS = "WITH d AS (SELECT DISTINCT user_id, day FROM logins), "
ISLANDS = "g AS (SELECT user_id, day, day - CAST(row_number() OVER (PARTITION BY user_id ORDER BY day) AS INTEGER) AS grp FROM d) "
RUNS = "SELECT user_id, min(day), max(day), count(*) FROM g GROUP BY user_id, grp HAVING count(*) >= 3"
STEPS = (
    DAYS
    + "f AS (SELECT *, CASE WHEN lag(day) OVER (PARTITION BY user_id ORDER BY day) {} day - {} THEN 0 ELSE 1 END AS s FROM d), "
    "g AS (SELECT *, sum(s) OVER (PARTITION BY user_id ORDER BY day) AS grp FROM f) " + RUNS
)
FIVE = (
    "SELECT DISTINCT user_id FROM (SELECT user_id, date_diff('day', lag(day, 4) OVER (PARTITION BY user_id ORDER BY day), day) AS far "
    "FROM (SELECT DISTINCT user_id, day FROM logins)) WHERE far = 4"
)
LONG = "SELECT flight_id FROM flights WHERE {}"
AGAIN = (
    "SELECT s.flight_id FROM flights s WHERE EXISTS (SELECT 1 FROM flights b WHERE b.room = s.room AND b.flight_id <> s.flight_id "
    "AND b.arr <= s.dep AND s.dep {} b.arr + INTERVAL 30 DAY)"
)
MEETING = (
    "SELECT DISTINCT a.flight_id FROM flights a JOIN flights b ON a.room = b.room AND a.flight_id <> b.flight_id AND {}"
)
WRONG = {
    "a run counted with its repeated days": (DAYS + ISLANDS + RUNS, "WITH d AS (FROM logins), " + ISLANDS + RUNS),
    "a run of more than three": (DAYS + ISLANDS + RUNS, (DAYS + ISLANDS + RUNS).replace(">= 3", "> 3")),
    "a run with gaps": (STEPS.format("=", 1), STEPS.format(">=", 2)),
    "a run that a month's end breaks": (
        DAYS + ISLANDS + RUNS,
        DAYS + ISLANDS.replace("day - CAST", "day(day) - CAST").replace("user_id ORDER", "user_id, date_trunc('month', day) ORDER")
        + RUNS.replace("grp HAVING", "grp, date_trunc('month', day) HAVING"),
    ),
    "a run of six counted twice": (
        FIVE,
        FIVE.replace("SELECT DISTINCT user_id FROM (", "SELECT user_id FROM ("),
    ),
    "a run of four": (FIVE, FIVE.replace("(day, 4)", "(day, 3)").replace("= 4", "= 3")),
    "a run of nothing": (
        "SELECT DISTINCT note FROM (SELECT note, seat - row_number() OVER (PARTITION BY note ORDER BY seat) AS g FROM seats WHERE note IS NOT NULL) GROUP BY note, g HAVING count(*) >= 3",
        "SELECT DISTINCT note FROM (SELECT note, seat - row_number() OVER (PARTITION BY note ORDER BY seat) AS g FROM seats) GROUP BY note, g HAVING count(*) >= 3",
    ),
    "an interval on its boundary": (LONG.format("arr - dep > INTERVAL 90 MINUTE"), LONG.format("arr - dep >= INTERVAL 90 MINUTE")),
    "minutes begun or minutes passed": (
        LONG.format("arr - dep > INTERVAL 90 MINUTE"),
        LONG.format("date_diff('minute', dep, arr) > 90"),
    ),
    "hours within one day": (
        MEETING.format("a.dep < b.arr AND b.dep < a.arr"),
        MEETING.format("CAST(a.dep AS DATE) < CAST(b.arr AS DATE) AND CAST(b.dep AS DATE) < CAST(a.arr AS DATE)"),
    ),
    "the last day of thirty": (AGAIN.format("<"), AGAIN.format("<=")),
    "a week over the turn of the year": (
        "SELECT count(*) FROM (SELECT DISTINCT date_trunc('week', day) FROM logins)",
        "SELECT count(DISTINCT strftime(day, '%Y-%W')) FROM logins",
    ),
    "the same month of another year": (
        "SELECT count(*) FROM (SELECT DISTINCT date_trunc('month', day) FROM logins)",
        "SELECT count(DISTINCT month(day)) FROM logins",
    ),
    "a birthday": (
        "SELECT flight_id, date_sub('year', dep, arr) FROM flights",
        "SELECT flight_id, CAST(floor((epoch(arr) - epoch(dep)) / 86400 / 365.25) AS INTEGER) FROM flights",
    ),
    "a mean on its boundary": (
        "SELECT room FROM flights GROUP BY room HAVING avg(stars) >= 3.5",
        "SELECT room FROM flights GROUP BY room HAVING avg(stars) > 3.5",
    ),
    "numbers run into one text": (
        "SELECT count(*) FROM (SELECT DISTINCT east, north FROM places)",
        "SELECT count(DISTINCT concat(east, north)) FROM places",
    ),
    "texts run into one text": (
        "SELECT count(*) FROM (SELECT DISTINCT town, district FROM places)",
        "SELECT count(DISTINCT town || district) FROM places",
    ),
    "texts joined by a mark": (
        "SELECT count(*) FROM (SELECT DISTINCT town, district FROM places)",
        "SELECT count(DISTINCT town || '-' || district) FROM places",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("solution", "answer"), WRONG.values(), ids=WRONG.keys())
def test_values_that_decide_together_are_generated(solution: str, answer: str) -> None:
    found = judge_line({"id": 1, "schema": DDL, "solutions": [solution], "answer": answer})
    assert found["verdict"] == "refuted"


def test_a_day_less_its_number_is_as_good_as_one_less_its_rank_among_different_days() -> None:
    ranked = DAYS + ISLANDS.replace("row_number()", "dense_rank()") + RUNS
    line = {"id": 1, "schema": DDL, "solutions": [DAYS + ISLANDS + RUNS], "answer": ranked}
    assert judge_line(line)["verdict"] == "accepted"


TRIALS = """
CREATE TABLE people (id INTEGER PRIMARY KEY, is_test BOOLEAN NOT NULL);
CREATE TABLE trials (
  trial INTEGER, person_id INTEGER REFERENCES people (id), begun_at TIMESTAMP NOT NULL, seen_at TIMESTAMP,
  PRIMARY KEY (trial, person_id), CHECK (seen_at >= begun_at)
);
CREATE TABLE visits (
  id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people (id), came_at TIMESTAMP NOT NULL,
  left_at TIMESTAMP, CHECK (left_at >= came_at)
);
"""
CAME = (
    "SELECT COUNT(*) AS n FROM trials t JOIN people p ON p.id = t.person_id WHERE t.trial = 4 AND NOT p.is_test AND EXISTS "
    "(SELECT 1 FROM visits v WHERE v.person_id = p.id AND v.came_at >= t.begun_at AND v.came_at < t.begun_at + INTERVAL 14 DAY)"
)


@pytest.mark.parametrize("pair", [("14 DAY", "13 DAY"), ("14 DAY", "15 DAY"), ("< t", "<= t"), (">= t", "> t")])
def test_columns_are_tried_as_far_apart_as_is_asked_for_and_a_little_more_or_less(pair: tuple[str, str]) -> None:
    pack = build_pack(Exercise("apart", TRIALS, (Solution(CAME),)))
    runner, wrong = Judge().prepare(pack).runner, CAME.replace(*pair)
    made = Generator(pack.schema, [CAME, wrong], runner).apart()
    names = (runner.load(database) for database in made)
    assert any(runner.run(CAME, name) != runner.run(wrong, name) for name in names)


def test_a_length_of_time_that_no_solution_asks_for_is_told_whatever_the_tables_are_called() -> None:
    assert _spans(CAME) == _spans(CAME.replace("visits v", "visits w").replace("v.", "w."))
    assert _spans(CAME.replace("14 DAY", "13 DAY")) - _spans(CAME) != set()
