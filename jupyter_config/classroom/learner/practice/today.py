"""今日の1問: one vague question a weekday, answered by a definition and a number."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from classroom.exchange.judge_line import JudgeRequest
from classroom.learner.practice.asked_today import question_for, questions_of
from classroom.learner.practice.cards import lines_card, say, table_card
from classroom.learner.practice.history import history_of
from classroom.learner.progress.opening import UNUSABLE
from classroom.learner.progress.rounds import RoundKind
from coursebook.practice.spacing import business_day
from coursebook.practice.vague import FRIDAY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.exchange.judge_line import JudgeLine
    from classroom.learner.state.desk import Desk
    from classroom.session.connection import Session
    from classroom.session.display import Display
    from coursebook.answer_cell import AnswerCell
    from coursebook.practice.vague import QuestionRecord

_ID = re.compile(r"^T\d+$", re.IGNORECASE)
_SAME = 1e-3


def is_question(exercise_id: str) -> bool:
    """Whether an answer cell answers a question of the day."""
    return bool(_ID.match(exercise_id))


def show_today(desk: Desk) -> Iterable[Display]:
    """The question of the weekday, with a cell that holds the question card."""
    from classroom.learner.practice.outcomes import placed_from

    history, today = history_of(desk), business_day(datetime.now(UTC))
    test = next((each for each in reversed(history.rounds) if each.kind is RoundKind.PLACEMENT), None)
    placed = placed_from(desk.drills.library, desk.marker.course, test) if test and not test.current else None
    question = question_for(desk.marker.course, history, today, placed.start if placed else "")
    if question is None:
        none = "today_none" if today.isoweekday() > FRIDAY else "today_early"
        return [lines_card(say("today_title", desk.lang), [say(none, desk.lang)])]
    desk.next_input = say("today_cell_of_one_row" if question.of_one_row else "today_cell", desk.lang, id=question.id)
    asked = question.asked[desk.lang]
    return [
        lines_card(
            say("today_title", desk.lang), [f"{question.who[desk.lang]}: {asked}", say("today_note", desk.lang)], "?"
        )
    ]


def show_answered(desk: Desk, cell: AnswerCell) -> Iterable[Display]:
    """The learner's number beside what other definitions give."""
    lang = desk.lang
    question = next(
        (each for each in questions_of(desk.marker.course.root) if each.id == cell.exercise_id.upper()), None
    )
    if question is None:
        return [lines_card(say("today_title", lang), [say("today_none", lang)])]
    number = _number_shown(desk)
    lacks = _lacking(cell.answer, number)
    if number is None or lacks:
        return [lines_card(say("today_title", lang), [say(lacks, lang)], "…")]
    values = values_of(question, desk.session) if desk.line is None else asked_values(question, desk.line, lang)
    readings = [(reading.name[lang], value) for reading, value in zip(question.readings, values, strict=True)]
    same = next((name for name, value in readings if value is not None and _alike(value, number)), "")
    _keep(desk, question, cell.answer, number, same)
    rows: list[tuple[str, ...]] = [
        (name, _shown(value), say("today_yours", lang) if name == same else "") for name, value in readings
    ]
    first = say("today_same", lang, name=same) if same else say("today_other", lang, number=_shown(number))
    head = [say(f"today_head_{each}", lang) for each in ("reading", "number", "yours")]
    if counts := _counts(desk, question):
        head = [*head, say("today_head_count", lang)]
        rows = [(*row, str(count)) for row, count in zip(rows, counts, strict=True)]
    return [table_card(say("today_title", lang), head, rows, [first, question.lesson[lang]])]


def _lacking(answer: str, number: float | None) -> str:
    """What keeps an answer from being one; empty if nothing does."""
    if number is None or "___" in answer:
        return "today_no_number"
    return "" if reads_tables(answer) else "today_no_table"


def reads_tables(sql: str) -> bool:
    """Whether a query takes its number from a table: it names one and uses its rows; what can't be read is let through."""
    from sqlglot import exp

    from sqlgrade.parse import parsed

    tree = parsed(sql)
    if tree is None:
        return True
    steps = {each.alias_or_name for each in tree.find_all(exp.CTE)}
    tables = [each for each in tree.find_all(exp.Table) if each.name and each.name not in steps]
    return bool(tables) and tree.find(exp.Column, exp.Star) is not None


def _counts(desk: Desk, question: QuestionRecord) -> tuple[int, ...]:
    """How many in the class took which reading, as it was told last; nothing where no class says so."""
    state = desk.class_state
    told = next((each.counts for each in state.today if each.question == question.id), ()) if state else ()
    return told if len(told) == len(question.readings) else ()


def _number_shown(desk: Desk) -> float | None:
    """The one value of the query that has just run."""
    result = desk.last_result
    if result is None or result.row_count != 1 or not result.rows:
        return None
    return _as_number(result.rows[0][0])


def values_of(question: QuestionRecord, session: Session) -> list[float | None]:
    """The number that each reading of a question gives on the practice data."""
    return [_value(session, reading.sql) for reading in question.readings]


def asked_values(question: QuestionRecord, line: JudgeLine, lang: str) -> list[float | None]:
    """The same from the judge that all learners share: a learners' edition has no queries for it."""
    values: list[float | None] = line.ask("readings", JudgeRequest(lang, question.id))["values"]
    return values


def _value(session: Session, sql: str) -> float | None:
    import duckdb

    try:
        with session.cursor() as cursor:
            row = cursor.execute(sql).fetchone()
    except duckdb.Error:
        return None
    return _as_number(row[0]) if row else None


def _as_number(value: object) -> float | None:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME * max(1.0, abs(other))


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}" if value == int(value) else f"{value:,.3f}"


def _keep(desk: Desk, question: QuestionRecord, text: str, number: float, reading: str) -> None:
    try:
        store = desk.progress
        if store is not None:
            with store.opened() as connection:
                row = (question.id, datetime.now(UTC).isoformat(), text, number, reading)
                connection.execute("INSERT INTO cards VALUES (?,?,?,?,?)", row)
    except UNUSABLE:
        return
