"""A right query is held against an answer with its steps and conditions where the answer has them."""

from __future__ import annotations

import pytest

from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.record import Exercise, Solution
from sqlgrade.verdict import Status

DDL = """
CREATE TABLE guests (id INTEGER PRIMARY KEY, is_test BOOLEAN NOT NULL, joined_at TIMESTAMP NOT NULL, channel VARCHAR NOT NULL);
CREATE TABLE asks (id INTEGER PRIMARY KEY, guest_id INTEGER NOT NULL REFERENCES guests, asked_at TIMESTAMP NOT NULL, yen INTEGER NOT NULL)
"""
SOON = (
    "SELECT DISTINCT g.id FROM guests AS g JOIN asks AS a ON a.guest_id = g.id "
    "AND a.asked_at >= g.joined_at AND a.asked_at < g.joined_at + INTERVAL 14 DAY"
)
IN_WHERE = "SELECT DISTINCT g.id FROM guests AS g JOIN asks AS a ON a.guest_id = g.id WHERE {asked}"
PARTS_AND_WHOLE = (
    "WITH parts AS (SELECT g.channel, SUM(a.yen) AS yen FROM asks AS a JOIN guests AS g ON g.id = a.guest_id "
    "WHERE NOT g.is_test GROUP BY g.channel), {steps} "
    "SELECT s.yen AS of_parts, total.yen AS of_all, s.yen - total.yen AS apart FROM s CROSS JOIN total"
)
SUMMED = "s AS (SELECT SUM(yen) AS yen FROM parts)"
TOTAL = "total AS (SELECT SUM(a.yen) AS yen FROM asks AS a JOIN guests AS g ON g.id = a.guest_id WHERE NOT g.is_test)"


def told(solution: str, answer: str) -> list[tuple[str, str | None]]:
    verdict = Judge().grade(build_pack(Exercise("held", DDL, (Solution(solution),))), answer, deep=True)
    assert verdict.status is Status.REFUTED
    return [(each.mistake, each.clause) for each in verdict.findings]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("a.asked_at < g.joined_at + INTERVAL 14 DAY", "bound_missing_begins"),
        ("a.asked_at >= g.joined_at", "bound_missing_ends"),
        ("date_diff('day', g.joined_at, a.asked_at) BETWEEN 0 AND 14", "boundaries_counted"),
    ],
)
def test_a_condition_beside_an_inner_join_is_not_missed_in_on_where_where_has_it(asked, first):
    assert told(SOON, IN_WHERE.format(asked=asked)) == [(first, "WHERE")]


def test_the_same_of_a_condition_in_on_that_a_right_answer_has_in_where():
    right = IN_WHERE.format(asked="a.asked_at >= g.joined_at AND a.asked_at < g.joined_at + INTERVAL 14 DAY")
    (first, *others) = told(right, SOON.replace("AND a.asked_at >= g.joined_at ", ""))
    assert first[0] == "bound_missing_begins"
    assert not others


def test_steps_are_held_against_those_that_do_the_same_in_whatever_order_they_stand():
    right = PARTS_AND_WHOLE.format(steps=f"{SUMMED}, {TOTAL}")
    wrong = PARTS_AND_WHOLE.format(steps=f"{TOTAL.replace(' WHERE NOT g.is_test', '')}, {SUMMED}")
    assert told(right, wrong) == [("condition_in_other_step", "WHERE")]


def test_two_steps_side_by_side_bring_no_rows_into_each_other():
    right = PARTS_AND_WHOLE.format(steps=f"{SUMMED}, {TOTAL}")
    whole = "total AS (SELECT SUM(yen) AS yen FROM asks)"
    wrong = PARTS_AND_WHOLE.format(steps=f"{whole}, {SUMMED}").replace("s CROSS JOIN total", "s, total")
    assert ("step_has_it", "FROM") not in told(right, wrong)


def test_what_is_the_same_in_other_words_is_not_said_to_belong_elsewhere():
    """A step and CASE write the numerator otherwise; that 0 stands where a blank is asked for is what is wrong."""
    counted = "COUNT(CASE WHEN yen > 5 THEN 1 END) * 1.0 / NULLIF(COUNT(CASE WHEN yen > 2 THEN 1 END), 0)"
    right = f"SELECT guest_id, ROUND({counted}, 3) AS share FROM asks GROUP BY guest_id"
    wrong = (
        "WITH per_guest AS (SELECT guest_id, SUM(IF(yen > 5, 1, 0)) AS many, COUNT(CASE WHEN yen > 2 THEN 1 END) AS seen "
        "FROM asks GROUP BY guest_id) "
        "SELECT guest_id, IF(seen = 0, 0, ROUND(many * 1.0 / seen, 3)) AS share FROM per_guest"
    )
    assert "numerator" not in {name for name, _ in told(right, wrong)}


def test_a_mean_that_leaves_blanks_out_is_not_said_to_lack_a_zero():
    waits = (
        "SELECT channel, ROUND(AVG({}), 3) AS soon FROM guests LEFT JOIN asks ON guest_id = guests.id GROUP BY channel"
    )
    right, wrong = (
        waits.format(each) for each in ("CASE WHEN yen <= 60 THEN 1.0 ELSE 0 END", "CAST(yen <= 60 AS INTEGER)")
    )
    assert "zero_missing" not in {name for name, _ in told(right, wrong)}


def test_a_yes_or_no_that_is_not_asked_for_is_not_taken_for_the_one_that_stands_beside_it_in_the_answers_own_words():
    ddl = DDL.replace("yen INTEGER NOT NULL", "yen INTEGER NOT NULL, is_test BOOLEAN NOT NULL")
    joined = "SELECT a.id FROM asks AS a JOIN guests AS g ON g.id = a.guest_id WHERE "
    pack = build_pack(Exercise("held", ddl, (Solution(f"{joined}NOT g.is_test"),)))
    for form in ("a.is_test = FALSE AND g.is_test = FALSE", "a.is_test <> TRUE AND g.is_test IS FALSE"):
        (found,) = Judge().grade(pack, joined + form, deep=True).findings
        assert (found.mistake, found.params["condition"]) == ("condition_extra", form.split(" AND ")[0])
