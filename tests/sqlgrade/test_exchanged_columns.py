"""Columns in another order: no mistake where the order is free, and told apart from the mistake beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb
import pytest

from sqlgrade import Exercise, NearMiss, Rules, Solution, Status, Verdict, build_pack
from sqlgrade.compare import Reference, meant_permutation
from sqlgrade.judging.judge import Judge
from sqlgrade.messages import LANGUAGES, mistake_sentence, render, verdict_sentences
from sqlgrade.tables.result import Result
from sqlgrade.verdict import DiffKind

if TYPE_CHECKING:
    from sqlgrade import Pack

DDL = "CREATE TABLE users (user_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, age INTEGER, joined TIMESTAMP NOT NULL)"
SOLUTION = "SELECT user_id, name FROM users WHERE age >= 20 ORDER BY user_id"
EVERYBODY = "SELECT user_id, name FROM users ORDER BY user_id"
OTHER_COLUMN = "SELECT user_id, joined FROM users WHERE age >= 20 ORDER BY user_id"
EXERCISE = Exercise(
    "adults",
    DDL,
    (Solution(SOLUTION),),
    near_misses=(NearMiss("everybody", EVERYBODY, "E20", "WHERE"), NearMiss("joined", OTHER_COLUMN, "E25", "SELECT")),
)
NAMED = Exercise("named", DDL, (Solution(SOLUTION),), rules=Rules(columns="named", column_names=("user_id", "name")))


@pytest.fixture(scope="module")
def pack() -> Pack:
    return build_pack(EXERCISE)


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """A judge with practice data, where the rows behind a difference are looked up in the file."""
    file = tmp_path_factory.mktemp("practice") / "practice.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute(DDL)
        connection.execute("INSERT INTO users SELECT i, 'user ' || i, i % 50, '2024-01-01' FROM range(500) r(i)")
    return Judge(file)


def notes(verdict: Verdict) -> list[str]:
    return [note.code for note in verdict.notes]


def exchanged(sql: str) -> str:
    first, second = sql.removeprefix("SELECT ").split(" FROM ")[0].split(", ")
    return sql.replace(f"{first}, {second}", f"{second}, {first}")


def test_columns_whose_own_labels_deny_their_order_are_a_mistake() -> None:
    judge = Judge()
    wards = (
        "CREATE TABLE wards (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL CHECK (name IN ('east', 'west', 'north')));"
    )
    stays = "CREATE TABLE stays (ward INTEGER REFERENCES wards (id), guest INTEGER REFERENCES users (user_id), days INTEGER)"
    solution = (
        "SELECT u.name, w.name AS ward, days FROM stays, users u, wards w WHERE w.id = ward AND u.user_id = guest"
    )
    pack = build_pack(Exercise("stays", f"{wards}{DDL};{stays}", (Solution(solution),)))
    assert judge.grade(pack, solution.replace(" AS ward", "")).status is Status.ACCEPTED
    verdict = judge.grade(pack, solution.replace("u.name, w.name AS ward", "w.name, u.name"))
    assert verdict.status is Status.REFUTED
    assert notes(verdict) == []  # no remark on their order: each of the two places is wrong by itself


def test_exchanged_columns_alone_are_no_mistake(judge: Judge, pack: Pack) -> None:
    verdict = judge.grade(pack, exchanged(SOLUTION))
    assert (verdict.status, notes(verdict)) == (Status.ACCEPTED, ["columns_permuted"])


@pytest.mark.parametrize("near", EXERCISE.near_misses, ids=lambda near: near.name)
def test_beside_exchanged_columns_the_other_mistake_is_named(judge: Judge, pack: Pack, near: NearMiss) -> None:
    verdict = judge.grade(pack, exchanged(near.sql))
    assert (verdict.status, verdict.lost) == (Status.REFUTED, ())
    assert verdict.findings[0].near_miss == near.name
    assert verdict.credit == judge.grade(pack, near.sql).credit
    for lang in LANGUAGES:
        assert render("note.columns_exchanged", {}, lang) in verdict_sentences(verdict, lang)


def test_the_counterexample_shows_the_other_mistake_alone(judge: Judge, pack: Pack) -> None:
    shown = judge.grade(pack, exchanged(EVERYBODY)).counterexample
    assert shown is not None
    assert shown.learner is not None
    assert shown.expected is not None
    assert shown.learner.columns == shown.expected.columns == ("user_id", "name")
    assert set(shown.expected.rows) < set(shown.learner.rows)


def test_a_clause_beside_exchanged_columns_is_still_repaired(judge: Judge, pack: Pack) -> None:
    verdict = judge.grade(pack, exchanged(SOLUTION).replace(">= 20", ">= 25"))
    assert [(each.clause, each.site is not None) for each in verdict.findings] == [("WHERE", True)]


@pytest.mark.parametrize(
    "wrong", ["name, user_id", "'x', user_id", "CAST(user_id AS VARCHAR), name", "[user_id], name"]
)
def test_a_value_that_no_key_can_hold_costs_no_verdict(judge: Judge, pack: Pack, wrong: str) -> None:
    verdict = judge.grade(pack, EVERYBODY.replace("user_id, name", wrong))
    assert (verdict.status, verdict.lost) == (Status.REFUTED, ())
    assert verdict.practice_diff is not None


def test_where_names_are_asked_for_their_order_has_a_sentence_of_its_own(judge: Judge) -> None:
    verdict = judge.grade(build_pack(NAMED), exchanged(SOLUTION))
    assert verdict.diff is not None
    assert (verdict.status, verdict.diff.kind) == (Status.REFUTED, DiffKind.COLUMNS_PERMUTED)


def table(names: str, types: str, *rows: tuple[object, ...]) -> Result:
    return Result(tuple(names.split()), tuple(types.split()), rows)


MEANT = {
    "labels": (table("b a", "INTEGER INTEGER", (1, 2)), table("a b", "INTEGER INTEGER", (2, 1)), (1, 0)),
    "the only one left": (table("count() a", "BIGINT INTEGER", (1, 2)), table("a n", "INTEGER BIGINT", (2, 3)), (1, 0)),
    "kinds": (table("x y", "VARCHAR DATE", ("p", None)), table("d t", "DATE VARCHAR", (None, "q")), (1, 0)),
    "values": (
        table("x y", "INTEGER INTEGER", (5, 9), (6, 8)),
        table("n m", "INTEGER INTEGER", (9, 5), (8, 7)),
        (1, 0),
    ),
    "the given order": (table("a b", "VARCHAR INTEGER", ("x", 1)), table("a b", "INTEGER VARCHAR", (1, "x")), None),
    "no telling": (table("x y", "INTEGER INTEGER", (1, 2)), table("n m", "INTEGER INTEGER", (3, 4)), None),
    "another width": (table("x", "INTEGER", (1,)), table("n m", "INTEGER INTEGER", (3, 4)), None),
}


@pytest.mark.parametrize(("learner", "expected", "order"), MEANT.values(), ids=MEANT.keys())
def test_what_is_meant_is_told_by(learner: Result, expected: Result, order: tuple[int, ...] | None) -> None:
    assert meant_permutation([(learner, Reference(expected))], Rules()) == order


def test_where_the_names_are_asked_for_in_their_order_nothing_but_the_order_is_named(judge: Judge) -> None:
    """The count of all rows may be mended into the other count as well, which would send a learner to a right column."""
    old = "SUM(CASE WHEN age > 30 THEN 1 ELSE 0 END)"
    solution = (
        f"SELECT name, COUNT(*) AS people, {old} AS old, {old} * 1.0 / COUNT(*) AS share FROM users GROUP BY name"
    )
    rules = Rules(columns="named", column_names=("name", "people", "old", "share"))
    filtered = solution.replace(old, "COUNT(*) FILTER (WHERE age > 30)")
    pack = build_pack(Exercise("counts", DDL, (Solution(filtered),), rules=rules))
    answer = solution.replace(f"COUNT(*) AS people, {old} AS old", f"{old} AS old, COUNT(*) AS people")
    verdict = judge.grade(pack, answer, deep=True)
    assert verdict.status is Status.REFUTED
    assert [finding.mistake for finding in verdict.findings] == ["column_order"]
    same = build_pack(Exercise("named", DDL, (Solution(solution),), rules=rules))
    renamed = answer.replace("AS share", "AS rate") + " ORDER BY rate, name"
    assert [finding.mistake for finding in judge.grade(same, renamed, deep=True).findings] == ["column_order"]


def test_a_column_named_otherwise_is_told_by_its_names_and_not_by_a_near_miss_of_other_names(judge: Judge) -> None:
    other = NearMiss("numbered", SOLUTION.replace("user_id,", "user_id AS u1,"), "E53", "SELECT")
    pack = build_pack(replace(NAMED, id="misnamed", near_misses=(other,)))
    (same,) = judge.grade(pack, other.sql).findings
    (found,) = judge.grade(pack, SOLUTION.replace("name ", "name AS full_name ")).findings
    assert (same.near_miss, found.near_miss, found.clause) == ("numbered", None, "SELECT")
    assert "full_name should be called name" in str(mistake_sentence(found, "en"))
