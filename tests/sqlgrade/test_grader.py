"""The judge from outside: packs, worker processes, practice data, batches."""

from __future__ import annotations

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import duckdb
import pytest

from sqlgrade import (
    Alternative,
    Exercise,
    ExerciseFault,
    Grader,
    NearMiss,
    Pack,
    Reason,
    RowOrder,
    Rules,
    Solution,
    Status,
    Verdict,
    build_pack,
    judge_line,
    pack_for,
)
from sqlgrade.judging.judge import Judge
from sqlgrade.messages import LANGUAGES, verdict_sentences
from sqlgrade.pack.keys import pack_file, pack_key
from sqlgrade.service.batch import judge_lines
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from pathlib import Path

DDL = """
CREATE TABLE users (user_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, joined DATE NOT NULL);
CREATE TABLE orders (order_id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (user_id), amount INTEGER);
"""
SOLUTION = "SELECT user_id, count(order_id) AS n FROM users LEFT JOIN orders USING (user_id) GROUP BY user_id"
INNER = "SELECT user_id, count(order_id) AS n FROM users JOIN orders USING (user_id) GROUP BY user_id"
STAR = "SELECT user_id, count(*) AS n FROM users LEFT JOIN orders USING (user_id) GROUP BY user_id"
EXERCISE = Exercise(
    "orders-per-user",
    DDL,
    (Solution(SOLUTION),),
    alternatives=(
        Alternative(
            "sub-query", "SELECT user_id, (SELECT count(*) FROM orders o WHERE o.user_id = u.user_id) FROM users u"
        ),
    ),
    near_misses=(NearMiss("inner", INNER, "E27", "FROM"), NearMiss("star", STAR, "E30", "SELECT")),
    rules=Rules(RowOrder.IGNORED),
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return build_pack(EXERCISE)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("practice") / "practice.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute(DDL)
        connection.execute(
            "INSERT INTO users SELECT i, 'user ' || i, DATE '2024-01-01' + i::INTEGER FROM range(500) r(i)"
        )
        connection.execute("INSERT INTO orders SELECT i, (i * i) % 400, i % 90 FROM range(3000) r(i)")
    return file


@pytest.fixture(scope="module")
def practised(practice: Path) -> Judge:
    """A judge with practice data; a second one in this process could not open the file again."""
    return Judge(practice)


def test_a_pack_has_small_databases_and_edges(pack: Pack) -> None:
    strategies = {name for entry in pack.databases for name in entry.database.strategies}
    assert len(pack.databases) >= 5
    assert {"empty", "nulls", "ties", "join_0_1_2"} <= strategies


@pytest.mark.parametrize("near", EXERCISE.near_misses, ids=lambda near: near.name)
def test_a_near_miss_is_known_by_its_behaviour(grader: Grader, pack: Pack, near: NearMiss) -> None:
    reworded = near.sql.replace("users", "users AS people").replace("SELECT user_id", "SELECT people.user_id AS u")
    reworded = reworded.replace("GROUP BY user_id", "GROUP BY people.user_id")
    verdict = grader.grade(pack, reworded)
    assert verdict.status is Status.REFUTED
    assert (verdict.findings[0].near_miss, verdict.findings[0].code) == (near.name, near.code)


def test_an_alternative_is_accepted(grader: Grader, pack: Pack) -> None:
    verdict = grader.grade(pack, EXERCISE.alternatives[0].sql, deep=True)
    assert verdict.status is Status.ACCEPTED
    assert verdict.databases > len(pack.databases)
    assert verdict.credit.points == EXERCISE.points


def test_a_verdict_survives_json(grader: Grader, pack: Pack) -> None:
    text = grader.grade(pack, INNER).to_json()
    assert Verdict.from_json(text).to_json() == text


def test_a_pack_survives_its_bytes(pack: Pack) -> None:
    assert Judge().grade(Pack.from_bytes(pack.to_bytes()), INNER).status is Status.REFUTED


def test_a_pack_is_cached_by_its_content(tmp_path: Path) -> None:
    simple = Exercise("cached", DDL, (Solution("SELECT name FROM users"),))
    first = pack_for(simple, cache_dir=tmp_path)
    files = list(tmp_path.iterdir())
    again = pack_for(simple, cache_dir=tmp_path)
    assert again.key == first.key
    assert list(tmp_path.iterdir()) == files
    pack_for(Exercise("cached", DDL, (Solution("SELECT name FROM users"),), points=3.0), cache_dir=tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_pack_has_one_key_before_and_after_it_is_built(tmp_path: Path) -> None:
    simple = Exercise("one key", DDL, (Solution("SELECT name FROM users"),))
    file = pack_file(tmp_path, simple, seed=3)
    assert not file.exists()
    pack = pack_for(simple, 3, tmp_path)
    assert pack.key == pack_key(simple, 3)
    assert [pack.key in each.name for each in tmp_path.iterdir()] == [True]
    assert file.is_file()


def test_many_may_write_one_file_at_a_time(tmp_path: Path) -> None:
    file = tmp_path / "cached.pack"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: write_whole(file, bytes([number]) * 100_000), range(64)))
    assert len(set(file.read_bytes())) == 1
    assert list(tmp_path.iterdir()) == [file]


def test_a_pack_that_cannot_be_read_is_built_again(tmp_path: Path) -> None:
    simple = Exercise("spoilt", DDL, (Solution("SELECT name FROM users"),))
    for spoilt in (b"", b"\x80\x04no pickle", b"cno.such\nmodule\n."):
        write_whole(pack_file(tmp_path, simple), spoilt)
        assert pack_for(simple, cache_dir=tmp_path).key == pack_key(simple)


def test_the_same_answer_gets_the_same_verdict_again(grader: Grader, pack: Pack) -> None:
    first, second = (json.loads(grader.grade(pack, STAR, deep=True).to_json()) for _ in "ab")
    assert {**first, "ms": 0} == {**second, "ms": 0}


def test_a_pack_that_was_made_ready_beforehand_is_not_sent_with_the_first_answer(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Grader(workers=1) as grader:
        grader.prepare(pack)
        monkeypatch.setattr(Pack, "to_bytes", lambda _: pytest.fail("sent again"))
        assert grader.grade(pack, SOLUTION).status is Status.ACCEPTED


def test_without_shrinking_the_same_is_found_on_the_data_as_they_came(pack: Pack) -> None:
    found, shrunk = Judge(shrinks=False).grade(pack, STAR), Judge().grade(pack, STAR)
    assert (found.status, found.findings, found.credit) == (shrunk.status, shrunk.findings, shrunk.credit)
    assert found.counterexample is not None
    assert shrunk.counterexample is not None
    assert found.counterexample.total_rows > shrunk.counterexample.total_rows
    assert "shrink" not in found.lost


def test_answers_are_held_against_the_practice_data(pack: Pack, practised: Judge) -> None:
    judge = practised
    right, wrong = judge.grade(pack, EXERCISE.alternatives[0].sql), judge.grade(pack, INNER)
    assert right.status is Status.ACCEPTED
    assert wrong.practice_diff is not None
    assert wrong.practice_diff.learner_rows < wrong.practice_diff.expected_rows == 500
    assert 0 < len(wrong.practice_diff.missing) <= 3 < wrong.practice_diff.missing_count


PAIRS = "SELECT users.user_id, order_id AS n FROM users, orders"


def test_rows_beyond_what_is_compared_are_counted_all_the_same(pack: Pack, practised: Judge) -> None:
    verdict = practised.grade(pack, f"{PAIRS};")
    assert verdict.practice_diff is not None
    assert (verdict.practice_diff.learner_rows, verdict.practice_diff.extra_count) == (1_500_000, 1_499_500)
    assert any("1,500,000" in each for each in verdict_sentences(verdict, "ja"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_that_cannot_be_counted_are_called_more_than_the_cap(pack: Pack, practised: Judge, lang: str) -> None:
    """A text with a comment behind its semicolon cannot be counted as it stands."""
    verdict = practised.grade(pack, f"{PAIRS}; -- pairs")
    assert verdict.practice_diff is not None
    assert verdict.practice_diff.uncounted
    said = next(each for each in verdict_sentences(verdict, lang) if "25,000" in each)
    assert "25,001" not in said


def test_the_practice_file_cannot_be_changed_or_left(practice: Path, practised: Judge, pack: Pack) -> None:
    judge = practised
    for attack in (f"SELECT * FROM '{practice}'", "DELETE FROM users", f"ATTACH '{practice}' AS again"):
        assert judge.grade(pack, attack).status is Status.INVALID


def test_an_answer_right_for_one_variant_is_right() -> None:
    two = Exercise(
        "v", DDL, (Solution("SELECT max(amount) FROM orders"), Solution("SELECT max(order_id) FROM orders", "ids"))
    )
    pack = build_pack(two)
    judge = Judge()
    assert judge.grade(pack, "SELECT max(order_id) AS m FROM orders").status is Status.ACCEPTED
    assert judge.grade(pack, "SELECT min(order_id) FROM orders").status is Status.REFUTED


FAULTS = {
    "solution fails": Exercise("f", DDL, (Solution("SELECT nothing FROM users"),)),
    "solutions disagree": Exercise(
        "f", DDL, (Solution("SELECT name FROM users"), Solution("SELECT user_id FROM users"))
    ),
    "solution depends on row order": Exercise(
        "f", DDL, (Solution("SELECT first(name) FROM users WHERE false OR first(1) OVER () = 1"),)
    ),
    "schema does not run": Exercise("f", "CREATE TABEL x", (Solution("SELECT 1"),)),
    "no solution": Exercise("f", DDL, ()),
    "solution writes": Exercise("f", DDL, (Solution("DELETE FROM users"),)),
    "no valid data": Exercise(
        "f", "CREATE TABLE t (a INT CHECK (a > 1))", (Solution("SELECT a FROM t"),), assume=("SELECT nonsense",)
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_exercise_is_the_authors(fault: str) -> None:
    with pytest.raises(ExerciseFault):
        build_pack(FAULTS[fault])


def test_the_clock_stands_still() -> None:
    recent = "SELECT user_id FROM users WHERE joined > current_date - INTERVAL 7 DAY"
    frozen = Exercise("now", DDL, (Solution(recent),), now=dt.datetime(2024, 3, 8, 12))  # noqa: DTZ001
    pack = build_pack(frozen)
    judge = Judge()
    assert judge.grade(pack, "SELECT user_id FROM users WHERE joined > DATE '2024-03-01'").status is Status.ACCEPTED
    assert judge.grade(pack, "SELECT user_id FROM users WHERE joined >= DATE '2024-03-01'").status is Status.REFUTED


def line(answer: str, **more: object) -> dict[str, object]:
    return {"id": "x", "schema": DDL, "solutions": [SOLUTION], "answer": answer, "row_order": "ignored", **more}


def test_a_batch_line_is_answered_in_the_agreed_form() -> None:
    found = judge_line(line(INNER))
    assert found["verdict"] == "refuted"
    assert set(found) >= {"id", "verdict", "counterexample", "mistake", "credit", "databases", "elapsed_ms"}
    tables = found["counterexample"]["tables"]
    assert found["counterexample"]["total_rows"] == sum(len(rows) for rows in tables.values())
    assert 0 <= found["credit"] < 1
    json.dumps(found)


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ({"answer": None}, "invalid"),
        ({"solutions": []}, "invalid"),
        ({"row_order": "sideways"}, "invalid"),
        ({"schema": "CREATE TABEL"}, "author_fault"),
        ({"solutions": ["SELECT 1", "SELECT 2"]}, "author_fault"),
        ({"answer": "SELECT"}, "invalid"),
        ({"answer": "SELECT 1; SELECT 2"}, "invalid"),
    ],
)
def test_a_bad_line_says_so(more: dict[str, object], verdict: str) -> None:
    found = judge_line({**line("SELECT 1"), **more})
    assert found["verdict"] == verdict
    assert found["counterexample"] is None


def test_a_batch_keeps_its_order_and_judges_equal_answers_once() -> None:
    answers = [SOLUTION, "SELECT 1", 7, INNER, "SELECT 1 "]
    lines = [{**line(""), "answer": answer, "id": place} for place, answer in enumerate(answers)]
    with Grader(workers=2) as grader:
        found = list(judge_lines([*lines, "line 6 is not JSON"], grader))
    assert [each["id"] for each in found] == [0, 1, 2, 3, 4, None]
    said = [each["verdict"] for each in found]
    assert said == ["accepted", "refuted", "invalid", "refuted", "refuted", "invalid"]
    assert (found[2]["reason"], found[5]["message"]) == ("bad_line", "line 6 is not JSON")
    assert {**found[1], "id": 4} == found[4]  # its time too


def test_equal_answers_in_a_batch_are_judged_once_and_in_order(pack: Pack) -> None:
    with Grader(workers=2) as grader:
        first, second, third = grader.grade_batch([(pack, SOLUTION), (pack, INNER), (pack, SOLUTION)])
    assert [v.status for v in (first, second)] == [Status.ACCEPTED, Status.REFUTED]
    assert third is first


def test_a_limit_is_not_the_learners_mistake(grader: Grader) -> None:
    from sqlgrade import Limits

    quick = build_pack(Exercise("limit", DDL, (Solution(SOLUTION),), limits=Limits(seconds=0.3)))
    verdict = grader.grade(quick, "SELECT count(*) FROM range(1000000000000)")
    assert (verdict.status, verdict.reason) == (Status.INVALID, Reason.LIMIT)
