"""Tables whose content is the same in all data stand whole in every database, for any schema."""

import duckdb
import pytest

from sqlgrade import Exercise, ExerciseFault, Grader, Solution, Status, build_pack, judge_line
from sqlgrade.engine.connection import new_runner
from sqlgrade.engine.ddl import read_schema
from sqlgrade.engine.handmade import read_filling
from sqlgrade.judging.judge import Judge
from sqlgrade.pack.contents import Pack
from sqlgrade.tables.result import Result

DDL = """
CREATE TABLE calendar (day DATE PRIMARY KEY, weekend BOOLEAN NOT NULL, holiday VARCHAR, week_start DATE NOT NULL);
INSERT INTO calendar
SELECT CAST(d AS DATE), isodow(d) > 5, CASE WHEN day(d) = 11 THEN 'day ' || month(d) END, CAST(date_trunc('week', d) AS DATE)
FROM range(DATE '2024-01-01', DATE '2026-01-01', INTERVAL 1 DAY) AS days (d);
CREATE TABLE talks (talk_id INTEGER PRIMARY KEY, opened TIMESTAMP NOT NULL, source VARCHAR,
  CHECK (opened >= TIMESTAMP '2024-01-01' AND opened < TIMESTAMP '2025-12-31 20:00'));
CREATE TABLE shifts (shift_id INTEGER PRIMARY KEY, day DATE NOT NULL REFERENCES calendar (day));
INSERT INTO shifts VALUES (1, DATE '2024-05-05');
"""
DECEMBER = "opened >= TIMESTAMP '2025-12-01' AND opened < TIMESTAMP '2025-12-31'"
WEEKENDS = f"SELECT source, count(*) AS n FROM talks WHERE isodow(opened + INTERVAL 4 HOUR) >= 6 AND {DECEMBER} GROUP BY source"
JOINED = (
    "SELECT source, count(*) AS n FROM talks JOIN calendar ON CAST(opened + INTERVAL 4 HOUR AS DATE) = day "
    f"WHERE weekend AND {DECEMBER} GROUP BY source"
)
NAMED = (
    "WITH t AS (SELECT source, CAST(opened + INTERVAL 4 HOUR AS DATE) AS day FROM talks WHERE "
    f"{DECEMBER}) SELECT source, count(*) AS n FROM t JOIN calendar USING (day) WHERE weekend = TRUE GROUP BY source"
)


def packed(*solutions: str) -> Pack:
    return build_pack(Exercise("fixed", DDL, tuple(map(Solution, solutions)), fixed=("calendar",)))


def judged(solution: str, answer: str) -> dict:
    return judge_line({"id": 1, "schema": DDL, "solutions": [solution], "answer": answer, "fixed": ["calendar"]})


def test_every_database_holds_a_fixed_table_whole() -> None:
    pack = packed(WEEKENDS)
    runner = new_runner(pack.exercise, pack.schema)
    for entry in pack.databases:
        assert "calendar" not in entry.database.tables
        with runner.loaded(entry.database) as name:
            counted = runner.run("SELECT count(*) FROM calendar", name)
        assert isinstance(counted, Result)
        assert counted.rows == ((731,),)
    runner.close()


@pytest.mark.parametrize(
    ("solution", "answer"), [(WEEKENDS, JOINED), (WEEKENDS, NAMED), (JOINED, WEEKENDS), (JOINED, NAMED)]
)
def test_a_right_answer_may_look_up_a_fixed_table_or_not(solution: str, answer: str) -> None:
    assert judged(solution, answer)["verdict"] == "accepted"


@pytest.mark.parametrize("solution", [WEEKENDS, JOINED])
@pytest.mark.parametrize(
    "answer",
    [
        JOINED.replace(" + INTERVAL 4 HOUR", ""),
        JOINED.replace("weekend", "week_start = day"),
        JOINED.replace("weekend", "weekend AND holiday IS NULL"),
        JOINED.replace("GROUP", "OR holiday = 'day 12' GROUP"),
        JOINED.replace("= day", "= week_start"),
    ],
    ids=["UTC days", "Mondays", "no holidays", "one holiday too many", "weeks for days"],
)
def test_a_wrong_look_up_is_refuted(solution: str, answer: str) -> None:
    solution = solution.replace("2025-12-01", "2025-05-01")
    assert judged(solution, answer.replace("2025-12-01", "2025-05-01"))["verdict"] == "refuted"


def test_only_the_rows_of_a_fixed_table_that_matter_are_shown_and_they_suffice() -> None:
    answer = JOINED.replace("weekend", "weekend AND isodow(day) = 6")
    with Grader(workers=1) as grader:
        shown = grader.grade(packed(JOINED), answer, deep=True).counterexample
    assert shown is not None
    assert shown.learner is not None
    assert shown.expected is not None
    assert len(shown.tables["calendar"].rows) == 1
    assert shown.total_rows == len(shown.tables["talks"].rows) == 1
    with duckdb.connect() as alone:
        alone.execute(DDL)
        alone.execute("DELETE FROM shifts; DELETE FROM calendar")
        for name in ("calendar", "talks"):
            marks = ", ".join("?" for _ in shown.tables[name].columns)
            alone.executemany(f"INSERT INTO {name} VALUES ({marks})", shown.tables[name].rows)
        assert tuple(alone.execute(JOINED).fetchall()) == shown.expected.rows
        assert tuple(alone.execute(answer).fetchall()) == shown.learner.rows


def test_a_row_for_each_day_is_shown_with_its_days() -> None:
    days = (
        "SELECT c.day, count({}) AS n FROM calendar AS c LEFT JOIN talks AS t ON CAST(t.opened AS DATE) = c.day "
        "WHERE c.day BETWEEN DATE '2025-12-01' AND DATE '2025-12-05' GROUP BY c.day"
    )
    found = judged(days.format("t.talk_id"), days.format("*"))
    assert found["verdict"] == "refuted"
    assert [row[0] for row in found["counterexample"]["fixed"]["calendar"]] == [f"2025-12-0{n}" for n in range(1, 6)]
    assert found["counterexample"]["total_rows"] == 0


def test_keys_lead_to_rows_of_the_fixed_table() -> None:
    pack = packed("SELECT s.shift_id FROM shifts AS s JOIN calendar AS c ON c.day = s.day WHERE c.holiday IS NOT NULL")
    days = {row[0]: row for row in pack.schema.fixed["calendar"]}
    named = [row[1] for entry in pack.databases for row in entry.database.tables["shifts"]]
    assert set(named) <= set(days)
    assert any(days[day][2] for day in named)
    assert not all(days[day][2] for day in named)


def test_a_key_that_no_fixed_row_has_is_told_with_the_table_to_look_it_up_in() -> None:
    ddl = "CREATE TABLE areas (code VARCHAR PRIMARY KEY); INSERT INTO areas VALUES ('GINZA'), ('OSAKA');"
    ddl += "CREATE TABLE shops (id INTEGER PRIMARY KEY, code VARCHAR REFERENCES areas (code));"
    pack = build_pack(Exercise("x", ddl, (Solution("SELECT id FROM shops WHERE code = 'GINZA'"),), fixed=("areas",)))
    (found,) = Judge().grade(pack, "SELECT id FROM shops WHERE code = '銀座'").findings
    assert (found.mistake, found.params["table"]) == ("value_unknown_code", "areas")


def test_the_order_of_a_fixed_tables_rows_is_nothing_to_lean_on() -> None:
    found = judged("SELECT day FROM calendar ORDER BY day LIMIT 3", "SELECT day FROM calendar LIMIT 3")
    assert (found["verdict"], found.get("reason")) == ("invalid", "order_dependent")


def test_rows_that_the_script_puts_elsewhere_are_left_out() -> None:
    assert judged("SELECT count(*) FROM shifts", "SELECT 1")["verdict"] == "refuted"


@pytest.mark.parametrize(
    ("fixed", "part"),
    [(("days",), "does not declare: days"), (("talks",), "puts no row: talks"), (("shifts",), "which is not fixed")],
)
def test_what_cannot_be_fixed_is_the_authors_fault(fixed: tuple[str, ...], part: str) -> None:
    with pytest.raises(ExerciseFault, match=part):
        read_schema(DDL, (), fixed)


def test_a_filling_may_repeat_fixed_rows_but_not_add_any() -> None:
    schema = read_schema(DDL, (), ("calendar",))
    known = "INSERT INTO calendar VALUES (DATE '2024-01-01', FALSE, NULL, DATE '2024-01-01');"
    shift = "INSERT INTO shifts VALUES (7, DATE '2024-01-01');"
    assert read_filling(schema, known + shift).tables == {"talks": (), "shifts": ((7, schema.fixed["calendar"][0][0]),)}
    with pytest.raises(ExerciseFault, match="rows of calendar, which are fixed"):
        read_filling(schema, known.replace("2024-01-01", "2031-01-01") + shift)


def test_the_fixed_rows_belong_to_what_a_pack_is_known_by() -> None:
    plain = Exercise("x", DDL, (Solution(WEEKENDS),))
    assert plain.fingerprint() != packed(WEEKENDS).exercise.fingerprint()
    with Grader(workers=1) as grader:
        assert grader.grade(build_pack(plain), JOINED).status is Status.REFUTED
