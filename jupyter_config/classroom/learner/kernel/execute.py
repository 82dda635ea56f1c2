"""Runs one cell: its SQL, its % lines, and the judging if the cell is an answer."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from classroom.learner.kernel.beside import draws, place_of_drawing, view_of
from classroom.learner.kernel.magics import find_magic, known_names, unknown_magic
from classroom.learner.kernel.stage import Stage, about, into
from classroom.learner.panel.mending import mend_button
from classroom.learner.panel.notices import first_line_lost, no_such_exercise, notice, still_running
from classroom.learner.panel.result_files import token_of, tools_html
from classroom.learner.state.dialects import as_written, begin_in, chosen_dialect, chosen_for_cell, dialect_in
from classroom.learner.state.marking import Stopped, UnknownExercise
from classroom.learner.state.parameters import begin_cell, fill_cell
from classroom.learner.state.reading import NotRun, check_reads_only, explained, statements_of, why_ended
from classroom.messages import say
from classroom.session.cell_text import MagicLine, SqlBlock, hash_comments, split_cell
from classroom.session.display import unfinished
from classroom.session.plan_view import PLAN_COLUMNS, show_plan
from classroom.session.result import run_query
from classroom.session.table_view import show_result
from classroom.session.trouble import (
    Trouble,
    no_data,
    show_trouble,
    stopped,
    too_long,
)
from coursebook import Outcome
from coursebook.answer_cell import below_first_line, count_blanks, is_empty, recognise, words_of
from coursebook.kind import AnswerForm
from coursebook.own_schema import SCHEMA, Making, own_statement
from sqlgrade.dialect.heading import DUCKDB
from sqlgrade.record import LONGEST_ANSWER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from classroom.learner.kernel.beside import View
    from classroom.learner.state.desk import Desk
    from classroom.session.display import Display
    from coursebook import LessonExercise
    from coursebook.answer_cell import AnswerCell

    Publish = Callable[[Display], None]

_MOST_KEPT = 20_000_000
"""Characters of statements that are remembered, some of which may hold a pasted list."""
_LEAVING = frozenset({"practice", "review", "placement"})
_ASKING = frozenset({"ask", "質問", "tries", "schema", "tables", "表", "my", "help", "ヘルプ"})
"""Lines that say something without an answer: with none in the cell, nobody waits for a verdict."""
_OF_VALUES = frozenset(
    {
        "prediction_unquoted",
        "prediction_no_select",
        "prediction_reads_table",
        "prediction_not_literal",
        "prediction_date",
    }
)
"""What is said of a prediction or decision that is not written as values, whatever the engine says of it."""
_BEGINNINGS = frozenset({"SELECT", "WITH", "FROM"})
_ANSWER_ID = re.compile(r"answer-(L\d+-\d+[a-z]?)$")


def run_cell(desk: Desk, source: str, publish: Publish, cell_id: str | None = None) -> Trouble | None:
    """Run a cell and publish what it shows; a statement that fails ends the cell and is returned."""
    publish = about(source, publish)
    desk.begin()
    source = hash_comments(source.encode(errors="replace").decode())  # half a character is none
    desk.source = source
    answer = recognise(source)
    if answer is not None:
        begin_cell(desk, source, answer.exercise_id, lambda: _exercise(desk, answer))
        begin_in(desk, source, _chosen_for(desk, answer))
        return _run_answer(desk, source, replace(answer, dialect=desk.speaks), publish)
    begin_cell(desk, source, cell_id or "")
    begin_in(desk, source, chosen_for_cell(desk.folder, cell_id))
    trouble = _run_blocks(desk, source, publish)
    if trouble is not None:
        publish(_told(desk, trouble, source))
    elif expected := _ANSWER_ID.match(cell_id or ""):
        publish(first_line_lost(expected[1], desk.lang))
    return trouble


def _chosen_for(desk: Desk, cell: AnswerCell) -> str:
    """The dialect of an answer that names none."""
    chosen = chosen_dialect(desk.folder)
    return dialect_in(_exercise(desk, cell), chosen) if chosen != DUCKDB else DUCKDB


def _run_answer(desk: Desk, source: str, cell: AnswerCell, publish: Publish) -> Trouble | None:
    from classroom.learner.practice.today import is_question

    if leaving := _lines_that_leave(source):
        return _run_lines(desk, leaving, source, publish)
    if len(cell.answer) > LONGEST_ANSWER:
        return _too_long_an_answer(desk, source, cell, publish)
    if is_question(cell.exercise_id):
        return _run_question(desk, source, cell, publish)
    if asked := _lines_alone(source):
        return _run_lines(desk, asked, source, publish)
    if desk.night:
        desk.go_to(0)
        publish(notice(say("night.back_title", desk.lang), say("night.back", desk.lang)))
    has_chart = any(map(draws, split_cell(below_first_line(source), known_names())))
    stage = Stage(publish, cell.exercise_id, desk.lang, draws=has_chart, is_query=_has_result(desk, cell))
    stage.begin()
    desk.ended = stage.ended
    try:
        return _run_and_judge(desk, source, cell, stage)
    finally:
        stage.end()


def _run_lines(desk: Desk, lines: str, source: str, publish: Publish) -> Trouble | None:
    """Run % lines of an answer cell; no answer is judged."""
    trouble = _run_blocks(desk, lines, publish)
    if trouble is not None:
        publish(_told(desk, trouble, source))
    return trouble


def _run_and_judge(desk: Desk, source: str, cell: AnswerCell, stage: Stage) -> Trouble | None:
    """Run the answer, so that its result is there as soon as it is known, and put the verdict above it."""
    from classroom.learner.kernel.follow import is_in_test, show_failed

    if not is_empty(cell.answer) and not count_blanks(cell.answer) and _is_run(desk, cell):
        in_test = is_in_test(desk, cell.exercise_id)
        publish = stage.publish if _has_result(desk, cell) else _keep_to_oneself
        trouble = _run_blocks(
            desk,
            below_first_line(source),
            publish,
            at_work=stage.at_work,
            drawing_place=stage.drawing_place,
            helped=not in_test,
        )
        if trouble is not None and not _is_told_by_its_kind(desk, cell, source):
            told = _told_bare(desk, trouble) if in_test else _told(desk, trouble, source)
            stage.verdict(told, Outcome.INVALID.value)
            desk.marker.remember(cell)
            show_failed(desk, cell, trouble.code, stage)
            return replace(trouble, is_feedback=True)
    return _judge(desk, source, cell, stage)


def _judge(desk: Desk, source: str, cell: AnswerCell, stage: Stage) -> Trouble | None:
    from classroom.learner.kernel.follow import show_outcome

    try:
        judgement = desk.marker.mark(cell)
    except UnknownExercise:
        stage.verdict(no_such_exercise(cell.exercise_id, desk.lang), "")
        return None
    except Stopped:
        trouble = stopped(desk.lang, source)
        stage.verdict(show_trouble(trouble, desk.lang), "")
        return replace(trouble, is_feedback=True)
    show_outcome(desk, judgement, source, cell.answer, stage)
    return None


def _too_long_an_answer(desk: Desk, source: str, cell: AnswerCell, publish: Publish) -> Trouble:
    """Neither run nor judged: all that is done with an answer would take seconds and hundreds of megabytes."""
    trouble = too_long("answer", len(cell.answer), LONGEST_ANSWER, desk.lang)
    desk.marker.remember(cell)
    publish(show_trouble(trouble, desk.lang))
    return replace(trouble, is_feedback=True)


def _exercise(desk: Desk, cell: AnswerCell) -> LessonExercise | None:
    try:
        return desk.marker.exercise(cell.exercise_id)
    except UnknownExercise:
        return None


def _has_result(desk: Desk, cell: AnswerCell) -> bool:
    """Whether an answer asks the practice data: a prediction or decision only writes values down, and rows are never its own."""
    exercise = _exercise(desk, cell)
    return exercise is None or exercise.kind.answer not in (AnswerForm.VALUES, AnswerForm.ROWS)


def _is_run(desk: Desk, cell: AnswerCell) -> bool:
    """Whether anything of an answer is run on the practice data; rows are tried by the judge alone."""
    exercise = _exercise(desk, cell)
    return exercise is None or exercise.kind.answer is not AnswerForm.ROWS


def _is_told_by_its_kind(desk: Desk, cell: AnswerCell, source: str) -> bool:
    """Whether the exercise's kind says better than the engine what is amiss: a letter without quotes wants no FROM."""
    if _has_result(desk, cell):
        return False
    if words_of(cell.answer)[0].upper() not in _BEGINNINGS:
        return True
    judgement = desk.marker.mark(cell)
    return any(message.code in _OF_VALUES for message in judgement.messages)


def _keep_to_oneself(display: Display) -> None:
    """Show nothing."""


def _lines_that_leave(source: str) -> str:
    """The % lines in an answer cell that ask for another drill instead of giving an answer."""
    lines = (block for block in split_cell(source, known_names()) if isinstance(block, MagicLine))
    asked = [line for line in lines if (magic := find_magic(line.name)) and magic.name in _LEAVING]
    return "\n".join(f"%{line.name} {line.argument}" for line in asked)


def _lines_alone(source: str) -> str:
    """The % lines of an answer cell that holds no answer, where they ask for something other than a verdict; else nothing."""
    blocks = split_cell(below_first_line(source), known_names())
    lines = [block for block in blocks if isinstance(block, MagicLine)]
    if any(isinstance(block, SqlBlock) and words_of(block.sql) for block in blocks):
        return ""
    return (
        "\n".join(f"%{line.name} {line.argument}" for line in lines) if {each.name for each in lines} <= _ASKING else ""
    )


def _run_question(desk: Desk, source: str, cell: AnswerCell, publish: Publish) -> Trouble | None:
    """Run the query of a question of the day and compare its number with other definitions."""
    from classroom.learner.practice.today import show_answered

    desk.last_result = None
    trouble = None if count_blanks(cell.answer) else _run_blocks(desk, below_first_line(source), publish)
    if trouble is not None:
        publish(_told(desk, trouble, source))
    else:
        _publish_all(show_answered(desk, cell), publish)
    return trouble


def _publish_all(displays: Iterable[Display], publish: Publish) -> None:
    for display in displays:
        publish(display)


def _run_blocks(
    desk: Desk,
    source: str,
    publish: Publish,
    *,
    at_work: Display | None = None,
    drawing_place: str = "",
    helped: bool = True,
) -> Trouble | None:
    """Run what a cell holds, block by block; what goes wrong is left to the caller to tell."""
    blocks = _query_first(split_cell(source, known_names()))
    view, place = view_of(blocks, at_work), ""
    for at, block in enumerate(blocks):
        if isinstance(block, SqlBlock):
            if place := place_of_drawing(blocks[at + 1 :], drawing_place, publish):
                drawing_place = ""
            trouble = _run_sql(desk, block, publish, view)
        elif not helped:
            trouble = None
        elif place and draws(block):
            trouble, place = _run_magic(desk, block, into(place, publish)), ""
        else:
            trouble = _run_magic(desk, block, publish)
        if trouble is not None:
            return trouble
    return None


def _query_first(blocks: list[SqlBlock | MagicLine]) -> list[SqlBlock | MagicLine]:
    """Lines about a query that stand above the cell's first one come after it: it is what they are about."""
    first = next((at for at, block in enumerate(blocks) if isinstance(block, SqlBlock) and words_of(block.sql)), None)
    if first is None:
        return blocks
    above = [block for block in blocks[:first] if not _is_of_query(block)]
    waiting = [block for block in blocks[:first] if _is_of_query(block)]
    return [*above, blocks[first], *waiting, *blocks[first + 1 :]]


def _is_of_query(block: SqlBlock | MagicLine) -> bool:
    if not isinstance(block, MagicLine) or (magic := find_magic(block.name)) is None:
        return False
    return magic.of_query and not (magic.longest == LONGEST_ANSWER and block.argument)


def _told(desk: Desk, trouble: Trouble, source: str) -> Display:
    """The error card, with a button that mends what a Japanese keyboard left."""
    return show_trouble(trouble, desk.lang, mend_button(trouble, source, desk.lang))


def _told_bare(desk: Desk, trouble: Trouble) -> Display:
    """The engine's own message alone, as it is fit for a test."""
    from classroom.learner.practice.cards import say as say_in_practice

    bare = replace(trouble, cause=say_in_practice("test_fails", desk.lang), advice="")
    return show_trouble(bare, desk.lang, unfolded=True)


def _run_magic(desk: Desk, line: MagicLine, publish: Publish) -> Trouble | None:
    import duckdb

    magic = find_magic(line.name)
    if magic is None:
        return unknown_magic(line, desk.lang)
    if len(line.argument) > magic.longest:
        return too_long("line", len(line.argument), magic.longest, desk.lang, magic.name)
    try:
        _publish_all(magic.run(desk, line.argument), publish)
    except NotRun as unrun:
        return unrun.trouble
    except Stopped:
        return stopped(desk.lang, line.argument)
    except (duckdb.Error, RuntimeError, MemoryError, KeyboardInterrupt) as fault:
        if _has_no_data(desk):
            return no_data(desk.lang, line.argument)
        if ended := why_ended(desk, line.argument, fault):
            return ended
        raise
    return None


def _has_no_data(desk: Desk) -> bool:
    import duckdb

    try:
        _ = desk.session
    except duckdb.Error:
        return True
    return False


def _run_sql(desk: Desk, block: SqlBlock, publish: Publish, view: View) -> Trouble | None:
    try:
        if cell := fill_cell(desk, block.sql):
            from classroom.learner.kernel.filled import FilledRun

            run = partial(_run_statement, desk, publish=publish, view=view)
            FilledRun(desk, cell, publish, run, desk.parameters.scope, desk.speaks).begin()
            return None
        for statement in statements_of(desk, block.sql, desk.speaks):
            if asked := own_statement(statement.sql):
                from classroom.learner.kernel.own import run_own

                publish(run_own(desk, statement.sql, asked))
                if isinstance(asked, Making):
                    publish(_run_statement(desk, f"SELECT * FROM {SCHEMA}.{asked.name}", publish, view))
                continue
            check_reads_only(desk, statement)
            publish(_run_statement(desk, statement.sql, publish, view))
    except NotRun as unrun:
        return unrun.trouble
    return None


def _run_statement(desk: Desk, sql: str, publish: Publish, view: View) -> Display:
    session = desk.session
    limits = session.limits
    told: list[Display] = []

    def tell() -> None:
        slow = unfinished(still_running(limits.slow_seconds, limits.seconds, desk.lang))
        told.append(replace(slow, place=view.at_work.place, replaces=True) if view.at_work else slow)
        publish(told[0])
        if not view.at_work:
            desk.ended = lambda display: [replace(display, place=slow.place, replaces=True)]

    try:
        with explained(desk, sql), session.watch.over(limits.seconds, limits.slow_seconds, tell):
            result = run_query(session.connection, sql)
    finally:
        for each in told:
            before = view.at_work or replace(each, data=dict.fromkeys(each.data, ""), metadata={})
            publish(replace(before, replaces=True))
    desk.last_sql, desk.last_written, desk.last_result = sql, as_written(desk, sql), result
    _keep(desk.results, sql)
    if result.columns == PLAN_COLUMNS:
        return show_plan(result)
    return show_result(
        result,
        desk.lang,
        tools_html(sql, desk.lang) if result.rows else "",
        say_type=desk.say_type,
        folded=view.rows,
        title=say("result.practice", desk.lang) if view.at_work else "",
    )


def _keep(results: dict[str, str], sql: str) -> None:
    """Remember a statement for the buttons under its result; the oldest ones make room."""
    token = token_of(sql)
    results.pop(token, None)
    results[token] = sql
    while sum(map(len, results.values())) > _MOST_KEPT:
        del results[next(iter(results))]
