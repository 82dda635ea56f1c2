"""Brackets are counted where they are brackets, and a text that nests too deeply costs nobody anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sqlgrade.judging.judge import Judge
from sqlgrade.messages import LANGUAGES, verdict_sentences
from sqlgrade.nesting import MOST_NESTED, nesting
from sqlgrade.pack.building import build_pack
from sqlgrade.parse import all_parsed, parsed, same_tree
from sqlgrade.record import Exercise, Solution
from sqlgrade.verdict import Reason, Status

if TYPE_CHECKING:
    from sqlgrade.pack.contents import Pack

DDL = "CREATE TABLE users (user_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, age INTEGER)"
RIGHT = "SELECT user_id, name FROM users WHERE {}age >= 20{} ORDER BY user_id"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return build_pack(Exercise("adults", DDL, (Solution(RIGHT.format("", "")),)))


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


@pytest.mark.parametrize(
    ("sql", "depth"),
    [
        ("SELECT (1)", 1),
        ("SELECT f([{'a': 1}])", 3),
        ("SELECT '(((' AS \"[[\" -- ((\n/* {{ */", 0),
        ("SELECT e'\\'((' || '(', $$ (( $$, $a$ (( $a$, (1)", 1),
        ("))))((", 2),
        ("'" + "(" * 9, 0),
    ],
)
def test_only_brackets_outside_of_texts_and_comments_nest(sql: str, depth: int) -> None:
    assert nesting(sql) == depth


@pytest.mark.parametrize("piece", ["(", "'", "/*", "$a$", "e'", '"', "--", "\\"])
def test_a_long_text_is_counted_at_once(piece: str) -> None:
    assert nesting(piece * 50_000) in (0, 50_000)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("select  a -- here\nFROM t", True),
        ("SELECT a FROM t", True),
        ("SELECT b FROM t", False),
        ("SELECT a FROM", False),
        (f"SELECT {'(' * 50}a{')' * 50} FROM t", False),
    ],
)
def test_layout_and_comments_make_no_other_statement(other: str, *, same: bool) -> None:
    assert same_tree("SELECT a FROM t", other) is same


def test_a_tree_is_its_askers_own() -> None:
    one, other = parsed("SELECT a FROM t"), parsed("SELECT a FROM t")
    assert one is not None
    one.set("expressions", [])
    assert other == parsed("SELECT a FROM t") == all_parsed("SELECT a FROM t")[0] != one


@pytest.mark.parametrize("depth", [50, 5_000, 50_000])
def test_what_nests_too_deeply_for_a_tree_has_none(depth: int) -> None:
    sql = f"SELECT {'(' * depth}1{')' * depth}"
    assert parsed(sql) is None
    assert all_parsed(sql) == []


@pytest.mark.parametrize("depth", [50, MOST_NESTED])
def test_brackets_do_not_make_an_answer_right_or_wrong(judge: Judge, pack: Pack, depth: int) -> None:
    assert judge.grade(pack, RIGHT.format("(" * depth, ")" * depth)).status is Status.ACCEPTED
    wrong = RIGHT.replace("20", "21").format("(" * depth, ")" * depth)
    assert (judge.grade(pack, wrong).status, judge.grade(pack, wrong).lost) == (Status.REFUTED, ())


TOO_DEEP = {
    "101": RIGHT.format("(" * 101, ")" * 101),
    "5,000": f"SELECT {'(' * 5_000}1{')' * 5_000}",
    "50,000 never closed": f"SELECT {'(' * 50_000}",
    "signs": f"SELECT {'- ' * 5_000}1",
    "lists": f"SELECT {'[' * 900}1{']' * 900}",
}


@pytest.mark.parametrize("sql", TOO_DEEP.values(), ids=TOO_DEEP.keys())
def test_an_answer_that_nests_too_deeply_is_refused_with_that_reason(judge: Judge, pack: Pack, sql: str) -> None:
    verdict = judge.grade(pack, sql)
    assert (verdict.status, verdict.reason) == (Status.INVALID, Reason.DOES_NOT_RUN)
    for lang in LANGUAGES:
        assert str(MOST_NESTED) in verdict_sentences(verdict, lang)[-1]


@pytest.mark.parametrize("shape", ["NOT ", "- ", "CASE WHEN TRUE THEN 1 ELSE "], ids=["not", "minus", "case"])
def test_what_nests_without_brackets_is_judged_or_refused_with_a_reason(judge: Judge, pack: Pack, shape: str) -> None:
    ends = " END" * 240 if "CASE" in shape else ""
    for condition in (f"{shape * 240}1{ends} = 1", f"age >= 20 {'+ 1 - 1 ' * 120}"):
        verdict = judge.grade(pack, f"SELECT user_id, name FROM users WHERE {condition} ORDER BY user_id")
        assert verdict.status is not Status.AUTHOR_FAULT
