"""Lesson 15: rows written for its drafts, judged as an engine that knows nothing of the judge would judge them."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import duckdb
import pytest

from coursebook import Outcome, load_course
from coursebook.judging import judge_answer
from coursebook.packs import pack_of
from sqlgrade import Grader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coursebook import LessonExercise

COURSE = load_course()
TO_BREAK = [each for each in COURSE.lesson("L15").exercises if each.sqlgrade.draft is not None]
_EACH = 25
_SAID_WRONG = 0.25
"""So often is the result said wrong."""
_HEAD = re.compile(r"INSERT INTO (\w+) \(([^)]*)\) VALUES\n", re.DOTALL)
_ROWS_ONLY = re.compile(r"^SELECT [^;]*;\n?", re.MULTILINE)
"""What an answer says should come out of its rows."""
_CELL = re.compile(r"'[^']*'|[^,\s][^,]*")


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader(workers=1) as running:
        yield running


def test_it_has_drafts_to_break_and_drafts_to_approve() -> None:
    drafts = [each.sqlgrade.draft for each in TO_BREAK]
    assert len(drafts) >= 6
    assert {each.is_right for each in drafts if each is not None} == {True, False}


@pytest.mark.parametrize("exercise", TO_BREAK, ids=lambda each: each.id)
def test_no_rows_are_misjudged(exercise: LessonExercise, grader: Grader) -> None:
    """A hundred and fifty answers in all: rows added, taken away, repeated, emptied, of another person or status."""
    draw, pack, seen = random.Random(exercise.id), pack_of(exercise), set[Outcome]()
    seeds = [each.sql for each in (*exercise.solutions, *exercise.also_right, *exercise.near_misses)]
    scripts = [_HEAD.findall(each) and _parsed(each) for each in (exercise.starter, *seeds)]
    known = [each for each in scripts if each]
    for _ in range(_EACH):
        rows = _with_result(exercise, _changed(draw.choice(known), draw), draw)
        judgement = judge_answer(exercise, rows, grader, "ja", pack=pack)
        assert judgement.outcome is _oracle(exercise, rows), rows
        seen.add(judgement.outcome)
    assert exercise.sqlgrade.draft is not None
    assert {Outcome.REFUTED, Outcome.INVALID} <= seen
    assert (Outcome.ACCEPTED in seen) is not exercise.sqlgrade.draft.is_right


@pytest.mark.parametrize("exercise", TO_BREAK, ids=lambda each: each.id)
def test_only_a_right_draft_is_to_be_approved(exercise: LessonExercise, grader: Grader) -> None:
    draft = exercise.sqlgrade.draft
    assert draft is not None
    for word in ("使える", "USE IT", "使えます。"):
        judgement = judge_answer(exercise, word, grader, "en", pack=pack_of(exercise))
        assert judgement.outcome is (Outcome.ACCEPTED if draft.is_right else Outcome.REFUTED)
        assert draft.is_right or judgement.near_miss == "approved"


Script = dict[str, tuple[list[str], list[list[str]]]]
"""Table -> its columns, and the texts of its rows' cells."""


def _parsed(text: str) -> Script:
    parts = _HEAD.split(_ROWS_ONLY.sub("", text))[1:]
    found: Script = {}
    for table, columns, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        rows = [_CELL.findall(line.strip().rstrip(",;")[1:-1]) for line in body.strip().splitlines()]
        found[table] = (columns.split(", "), rows)
    return found


def _changed(script: Script, draw: random.Random) -> str:
    """The script after one to three changes, its statements in their order."""
    tables = {name: (columns, [list(row) for row in rows]) for name, (columns, rows) in script.items()}
    for _ in range(draw.randint(1, 3)):
        columns, rows = tables[draw.choice(list(tables))]
        change = draw.choice(("copy", "copy", "repeat", "drop", "blank", "person", "test", "status", "late"))
        if not rows:
            continue
        row = draw.choice(rows)
        if change in ("copy", "repeat"):
            rows.append([str(draw.randint(50, 99)) if change == "copy" else row[0], *row[1:]])
        elif change == "drop":
            rows.remove(row)
        elif change == "blank":
            row[draw.randrange(len(row))] = "NULL"
        else:
            _set(change, columns, row, draw)
    return "".join(
        f"INSERT INTO {name} ({', '.join(columns)}) VALUES\n  "
        + ",\n  ".join(f"({', '.join(row)})" for row in rows)
        + ";\n"
        for name, (columns, rows) in tables.items()
        if rows
    )


def _set(change: str, columns: list[str], row: list[str], draw: random.Random) -> None:
    named = {
        "person": ("guest_id", ["1", "2", "9"]),
        "test": ("is_test", ["TRUE", "FALSE"]),
        "status": ("status", ["'completed'", "'cancelled'", "'succeeded'", "'failed'"]),
        "late": ("requested_at_utc", ["'2026-01-05 03:00'", "'2025-11-10 03:00'"]),
    }
    column, values = named[change]
    if column in columns:
        row[columns.index(column)] = draw.choice(values)


def _with_result(exercise: LessonExercise, rows: str, draw: random.Random) -> str:
    """The rows with what should come out of them, where that is asked: the right result, and now and then another one."""
    judged = exercise.sqlgrade
    if judged.draft is None or not judged.draft.asks_result or not rows:
        return rows
    with duckdb.connect() as engine:
        engine.execute(judged.ddl)
        try:
            engine.execute(rows)
            ((value,),) = engine.execute(judged.solutions[0].sql).fetchall()
        except duckdb.Error:
            value = 1
    said = "NULL" if value is None else str(int(value) + (draw.random() < _SAID_WRONG))
    return f"{rows}SELECT {said} AS {judged.rules.column_names[0]};\n"


def _oracle(exercise: LessonExercise, rows: str) -> Outcome:
    """What an engine says that enforces keys and checks itself, asked the data's promises and both queries."""
    judged = exercise.sqlgrade
    if not rows:
        return Outcome.REFUSED
    with duckdb.connect() as engine:
        engine.execute(judged.ddl)
        try:
            engine.execute(rows)
        except duckdb.Error:
            return Outcome.INVALID
        if any(engine.execute(promise).fetchone() for promise in judged.assume):
            return Outcome.INVALID
        assert judged.draft is not None
        given, right = (
            sorted(engine.execute(sql).fetchall(), key=repr) for sql in (judged.draft.sql, judged.solutions[0].sql)
        )
        if judged.draft.asks_result:
            said = engine.execute(_ROWS_ONLY.findall(rows)[-1]).fetchall()
            return Outcome.ACCEPTED if given != right == said else Outcome.REFUTED
    return Outcome.ACCEPTED if given != right else Outcome.REFUTED
