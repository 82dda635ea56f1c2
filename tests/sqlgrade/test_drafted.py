"""Rows that are to show a draft wrong: what counts, what does not, and what is said of it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import duckdb
import pytest

from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.record import Draft, Exercise, NearMiss, RowOrder, Rules, Solution
from sqlgrade.verdict import Status, Verdict

if TYPE_CHECKING:
    from sqlgrade.pack.contents import Pack

DDL = """
CREATE TABLE guests (
  guest_id INTEGER PRIMARY KEY, nickname VARCHAR NOT NULL, is_test BOOLEAN NOT NULL,
  registered_on DATE NOT NULL, rating TINYINT CHECK (rating BETWEEN 1 AND 5)
);
CREATE TABLE talks (
  talk_id INTEGER PRIMARY KEY, guest_id INTEGER NOT NULL REFERENCES guests (guest_id), minutes INTEGER, UNIQUE (guest_id, minutes)
);
CREATE TABLE areas (code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL);
INSERT INTO areas VALUES ('A', 'one'), ('B', 'two');
"""
TRUTH = "SELECT COUNT(DISTINCT t.guest_id) AS n FROM talks AS t JOIN guests AS g USING (guest_id) WHERE NOT g.is_test"
WRONG = "SELECT COUNT(*) AS n FROM talks AS t JOIN guests AS g USING (guest_id) WHERE NOT g.is_test"
ALSO_RIGHT = "SELECT COUNT(*) AS n FROM guests AS g WHERE NOT g.is_test AND g.guest_id IN (SELECT guest_id FROM talks)"
G1 = "INSERT INTO guests VALUES (1, 'たろう', FALSE, DATE '2025-12-01', 5);"
TWO_TALKS = f"{G1} INSERT INTO talks VALUES (1, 1, 10), (2, 1, 20);"
ONE_TALK = f"{G1} INSERT INTO talks VALUES (1, 1, 10);"
NEEDS = (
    ("no-talk", "SELECT 1 FROM talks"),
    ("one-talk", "SELECT 1 FROM talks GROUP BY guest_id HAVING COUNT(*) > 1"),
    ("tests", "SELECT 1 FROM guests WHERE NOT is_test"),
)
MISSES = (
    *(NearMiss(name, ONE_TALK, "E26") for name, _ in NEEDS),
    NearMiss("approved", "使える", "E26"),
)


def pack_of(draft: str = WRONG, *, right: bool = False, truth: str = TRUTH, **besides: bool) -> Pack:
    record = Draft(draft, right, NEEDS, (TWO_TALKS,), **besides)
    exercise = Exercise("K", DDL, (Solution(truth),), near_misses=MISSES, fixed=("areas",), draft=record)
    return build_pack(exercise)


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


def refused(judge: Judge, rows: str) -> tuple[str, dict[str, object]]:
    verdict = judge.grade(pack_of(), rows)
    assert verdict.status is Status.INVALID
    assert verdict.rows is not None
    assert verdict.rows.refused is not None
    return verdict.rows.refused.code, dict(verdict.rows.refused.params)


def told(verdict: Verdict) -> list[str | None]:
    return [each.near_miss for each in verdict.findings]


def test_rows_on_which_draft_and_solution_differ_are_right_and_show_both(judge: Judge) -> None:
    verdict = judge.grade(pack_of(), TWO_TALKS)
    assert verdict.status is Status.ACCEPTED
    assert verdict.rows is not None
    assert verdict.rows.draft is not None
    assert verdict.rows.expected is not None
    assert (verdict.rows.draft.rows, verdict.rows.expected.rows) == (((2,),), ((1,),))
    assert (verdict.rows.count, verdict.rows.fewest) == (3, 3)
    assert Verdict.from_json(verdict.to_json()).rows == verdict.rows


def test_rows_on_which_both_give_the_same_are_told_the_first_row_that_is_lacking(judge: Judge) -> None:
    assert told(judge.grade(pack_of(), G1)) == ["no-talk"]
    assert told(judge.grade(pack_of(), ONE_TALK)) == ["one-talk"]
    test_guest = TWO_TALKS.replace("FALSE", "TRUE")
    verdict = judge.grade(pack_of(), test_guest)
    assert (verdict.status, told(verdict)) == (Status.REFUTED, ["tests"])


@pytest.mark.parametrize("word", ["使える", "-- 読みました\n使えます。", "USE IT;", "'use it'", "Use  it."])
def test_a_right_draft_is_approved_and_a_wrong_one_is_not(judge: Judge, word: str) -> None:
    assert judge.grade(pack_of(ALSO_RIGHT, right=True), word).status is Status.ACCEPTED
    wrong = judge.grade(pack_of(), word)
    assert (wrong.status, told(wrong)) == (Status.REFUTED, ["approved"])


def test_no_rows_refute_a_right_draft(judge: Judge) -> None:
    pack = pack_of(ALSO_RIGHT, right=True)
    assert {judge.grade(pack, rows).status for rows in (TWO_TALKS, ONE_TALK, G1)} == {Status.REFUTED}


def test_tables_without_a_row_count_only_where_the_task_allows_it(judge: Judge) -> None:
    zero, one = "SELECT COUNT(*) AS n FROM guests", "SELECT GREATEST(COUNT(*), 1) AS n FROM guests"
    for word in ("空", "EMPTY"):
        assert judge.grade(pack_of(one, truth=zero, may_be_empty=True), word).status is Status.ACCEPTED
        verdict = judge.grade(pack_of(one, truth=zero), word)
        assert verdict.status is Status.INVALID
        assert verdict.rows is not None
        assert verdict.rows.refused is not None
        assert verdict.rows.refused.code == "rows_empty"
    assert judge.grade(pack_of(may_be_empty=True), "空").status is Status.REFUTED  # both give 0


@pytest.mark.parametrize(
    ("rows", "code", "facts"),
    [
        (f"{G1} {G1}", "rows_key", {"table": "guests", "row": 2, "columns": "guest_id", "value": "1"}),
        (f"{G1} INSERT INTO talks VALUES (1, 1, 5), (2, 1, 5)", "rows_key", {"row": 2, "columns": "guest_id, minutes"}),
        (
            "INSERT INTO talks VALUES (1, 7, 5)",
            "rows_reference",
            {"columns": "guest_id", "value": "7", "parent": "guests"},
        ),
        (
            "INSERT INTO guests VALUES (1, NULL, FALSE, DATE '2025-12-01', 5)",
            "rows_blank",
            {"column": "nickname", "row": 1},
        ),
        ("INSERT INTO guests (guest_id) VALUES (1)", "rows_blank", {"column": "nickname"}),
        (G1.replace("5);", "6);"), "rows_check", {"table": "guests", "row": 1}),
        (G1.replace("(1,", "('one',"), "rows_value", {"column": "guest_id", "type": "INTEGER", "value": "'one'"}),
        (G1.replace("'たろう'", "たろう"), "rows_unquoted", {"column": "nickname", "value": "たろう"}),
        (G1.replace("5);", "(SELECT 5));"), "rows_cell", {"column": "rating"}),
        (G1.replace("5);", "random());"), "rows_cell", {"column": "rating"}),
        (G1.replace(", 5);", ");"), "rows_width", {"have": 4, "want": 5}),
        ("INSERT INTO guest VALUES (1)", "rows_table", {"table": "guest"}),
        ("INSERT INTO areas VALUES ('C', 'three')", "rows_fixed", {"table": "areas"}),
        ("INSERT INTO guests (guest_id, age) VALUES (1, 2)", "rows_column", {"column": "age"}),
        ("INSERT INTO guests SELECT 1, 'a', FALSE, DATE '2025-12-01', 5", "rows_statement", {}),
        ("INSERT OR REPLACE INTO guests VALUES (1, 'a', FALSE, DATE '2025-12-01', 5)", "rows_statement", {}),
        ("SELECT 1", "rows_result_first", {}),
        (f"{G1} DROP TABLE guests", "rows_statement", {}),
        ("INSERT INTO guests VALUES (1, 'a'", "rows_unreadable", {}),
        ("わかりません", "rows_words", {}),
        (f"INSERT INTO talks VALUES {', '.join(f'({n}, 1, {n})' for n in range(201))}", "rows_many", {"most": 200}),
    ],
)
def test_rows_that_break_a_rule_do_not_count_and_are_told_which_and_where(
    judge: Judge, rows: str, code: str, facts: dict[str, object]
) -> None:
    found, params = refused(judge, rows)
    assert found == code
    assert {name: params[name] for name in facts} == facts


def test_rows_on_which_the_request_has_two_answers_decide_nothing(judge: Judge) -> None:
    top = "SELECT nickname FROM guests ORDER BY rating DESC LIMIT 1"
    exercise = Exercise(
        "K",
        DDL,
        (Solution(top),),
        rules=Rules(row_order=RowOrder.CHECKED),
        fixed=("areas",),
        draft=Draft("SELECT 'nobody' AS nickname", is_right=False),
    )
    tie = f"{G1} {G1.replace('(1,', '(2,').replace('たろう', 'はなこ')}"
    verdict = judge.grade(build_pack(exercise), tie)
    assert verdict.rows is not None
    assert verdict.rows.refused is not None
    assert verdict.rows.refused.code == "rows_undecided"


def test_a_draft_that_stops_on_the_rows_is_wrong_there(judge: Judge) -> None:
    verdict = judge.grade(pack_of("SELECT CAST(MAX(nickname) AS INTEGER) AS n FROM guests"), TWO_TALKS)
    assert verdict.status is Status.ACCEPTED
    assert verdict.rows is not None
    assert verdict.rows.draft is None
    assert "Conversion" in verdict.rows.stopped or "convert" in verdict.rows.stopped


def test_a_difference_on_valid_rows_always_counts_and_rows_that_break_a_constraint_never_do(judge: Judge) -> None:
    """A hundred and fifty scripts drawn at random, held against an engine that enforces the constraints itself."""
    draw, pack, seen = random.Random(35), pack_of(), set()
    for _ in range(150):
        rows = _script(draw)
        with duckdb.connect() as engine:
            engine.execute(DDL)
            try:
                engine.execute(rows)
                differ = engine.execute(TRUTH).fetchall() != engine.execute(WRONG).fetchall()
                wanted = Status.ACCEPTED if differ else Status.REFUTED
            except duckdb.Error:
                wanted = Status.INVALID
        assert judge.grade(pack, rows).status is wanted, rows
        seen.add(wanted)
    assert seen == {Status.ACCEPTED, Status.REFUTED, Status.INVALID}


def _script(draw: random.Random) -> str:
    def guest() -> str:
        rating = draw.choice(["NULL", "1", "5", "5", "3", "9" if draw.random() < 0.3 else "2"])
        test = draw.choice(["TRUE", "FALSE", "FALSE"])
        name = draw.choice(["'a'", "'a'", "'b'", "'b'", "NULL" if draw.random() < 0.3 else "'c'"])
        return f"({draw.randint(1, 9)}, {name}, {test}, DATE '2025-12-{draw.randint(1, 28):02}', {rating})"

    guests = [guest() for _ in range(draw.randint(1, 3))]
    ids = [each[1] for each in guests] if draw.random() < 0.8 else ["1", "8"]
    talks = [
        f"({draw.randint(1, 40)}, {draw.choice(ids)}, {draw.choice(['NULL', '5', '6', '7'])})"
        for _ in range(draw.randint(0, 4))
    ]
    script = f"INSERT INTO guests VALUES {', '.join(guests)};"
    return script + (f" INSERT INTO talks VALUES {', '.join(talks)};" if talks else "")


def _asking(judge: Judge, rows: str) -> Verdict:
    record = Draft(WRONG, is_right=False, needs=NEEDS, shown=(TWO_TALKS,), asks_result=True, pattern=ONE_TALK)
    return judge.grade(
        build_pack(Exercise("K", DDL, (Solution(TRUTH),), near_misses=MISSES, fixed=("areas",), draft=record)), rows
    )


def test_what_should_come_out_is_marked_and_kept_back_as_long_as_it_is_wrong(judge: Judge) -> None:
    assert _asking(judge, f"{TWO_TALKS} SELECT 1 AS n").status is Status.ACCEPTED
    for said, alike in (("SELECT 2 AS n", True), ("SELECT 7 AS n", False), ("SELECT 2 AS n UNION ALL SELECT 1", False)):
        verdict = _asking(judge, f"{TWO_TALKS} {said};")
        assert verdict.status is Status.REFUTED
        assert verdict.rows is not None
        assert (verdict.rows.said_wrong, verdict.rows.said_as_draft) == (True, alike)
        assert verdict.rows.expected is None
        assert Verdict.from_json(verdict.to_json()).rows == verdict.rows


def test_a_task_that_asks_for_the_result_takes_no_rows_without_it_and_only_written_values(judge: Judge) -> None:
    codes = []
    queries = ("SELECT COUNT(*) AS n FROM guests", "SELECT (SELECT 1) AS n", "SELECT random() AS n")
    for said in ("", *queries, "SELECT 1 AS n; SELECT 1 AS n"):
        verdict = _asking(judge, f"{TWO_TALKS} {said}")
        assert verdict.status is Status.INVALID
        assert verdict.rows is not None
        assert verdict.rows.refused is not None
        codes.append(verdict.rows.refused.code)
    assert codes == ["rows_result_missing", *["rows_result_query"] * 3, "rows_result_first"]


def test_a_column_left_out_takes_the_value_of_the_row_that_was_given_unless_it_may_be_blank(judge: Judge) -> None:
    verdict = _asking(
        judge,
        "INSERT INTO guests (guest_id) VALUES (3); INSERT INTO talks (talk_id, guest_id, minutes) VALUES (1, 3, 5), (2, 3, 6); SELECT 1 AS n",
    )
    assert verdict.status is Status.ACCEPTED
    blank = _asking(judge, f"{G1} INSERT INTO talks (talk_id) VALUES (1), (2); SELECT 1 AS n")
    assert blank.status is Status.ACCEPTED, (
        "minutes may be blank, so the two talks do not repeat the key of guest and minutes"
    )
