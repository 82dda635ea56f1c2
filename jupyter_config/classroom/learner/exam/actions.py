"""What the buttons of the level tests do."""

from __future__ import annotations

import logging
import secrets
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import duckdb

from classroom.exchange.exam import ANSWER, AWAY, BEGIN, END, RUN, ExamSheet, feedback_id
from classroom.exchange.exam_paper import ExamPaper
from classroom.exchange.moments import moment_in
from classroom.learner.bi.asking import QueryTask
from classroom.learner.bi.done import Done, Taken
from classroom.learner.bi.drawing import result_html
from classroom.learner.bi.markup import warning
from classroom.learner.exam.pages import FIRST
from classroom.learner.exam.practising import draw_practice, judge_practice
from classroom.learner.exam.sittings import ExamSitting
from classroom.learner.exam.words import plain, told
from coursebook.practice import NoTask
from sqlgrade.record import LONGEST_ANSWER

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.learner.bi.done import Fields
    from classroom.learner.exam.place import ExamRoom

_log = logging.getLogger(__name__)
LOGGED_EVERY = timedelta(seconds=60)
"""What is typed stands in the log, and is on its way to the desk, after so long at the latest."""
_MOST_ROWS = 20
_MOST_AWAY = 36_000.0


def _begin(room: ExamRoom, fields: Fields) -> Done:
    paper = next(each for each in room.papers() if each.key == fields["key"])
    sheet = ExamSheet(paper.key).with_entry(BEGIN, {}, room.clock())
    sitting = room.sittings.begin(ExamSitting(paper, sheet))
    room.hand_in(sitting)
    return Done(f"paper/{paper.key}/1", told("begun", room.lang))


def _practise(room: ExamRoom, fields: Fields) -> Done:
    record = {str(each.level): each for each in room.library.exams}[fields["level"]]
    try:
        drawn = room.beside(draw_practice, room.lang, room.practice, record.level, secrets.randbelow(2**31))
    except (NoTask, BrokenProcessPool, duckdb.Error, OSError):
        _log.exception("A practice test could not be drawn")
        return Done("", told("not_drawn", room.lang), is_bad=True)
    now = room.clock()
    closes = now + timedelta(minutes=record.minutes)
    tasks, drills = tuple(task for task, _ in drawn), tuple(drill for _, drill in drawn)
    key = f"practice-{secrets.token_hex(6)}"
    paper = ExamPaper(key, record.level, now.isoformat(), closes.isoformat(), record.pass_percent, tasks)
    room.sittings.begin(ExamSitting(paper, ExamSheet(key).with_entry(BEGIN, {}, now), drills=drills))
    return Done(f"paper/{key}/1", told("begun", room.lang))


def _typed(room: ExamRoom, fields: Fields) -> tuple[ExamSitting, int, str]:
    """The paper, the task's number and what stands in its field; raises KeyError for what is none."""
    sitting, number = room.sittings.all()[fields["key"]], int(fields["number"])
    if number not in {each.number for each in sitting.paper.tasks}:
        raise KeyError(fields["number"])
    return sitting, number, fields.get("sql", "").replace("\r\n", "\n")[:LONGEST_ANSWER]


def _save(room: ExamRoom, fields: Fields) -> Done:
    """Keep what is typed; into the log now and then."""
    sitting, number, sql = _typed(room, fields)
    if room.is_over(sitting):
        return Done("", told("time_over", room.lang))
    room.sittings.keep_draft(sitting.paper.key, number, sql)
    last = next((each for each in reversed(sitting.sheet.log) if each.kind == ANSWER), None)
    if last is None or room.clock() - moment_in(last.at) >= LOGGED_EVERY:
        _log_answer(room, sitting, number, sql, fields)
    return Done("", told("kept", room.lang))


def _run(room: ExamRoom, fields: Fields) -> Done:
    """Run a query on the practice data: what comes out is shown, and nothing of whether it is right."""
    sitting, number, sql = _typed(room, fields)
    if room.is_over(sitting):
        return Done("", told("time_over", room.lang))
    _log_answer(room, sitting, number, sql, fields)
    room.log(sitting.paper.key, RUN, task=number)
    [outcome] = room.asker.ask([QueryTask(sql)], 0)
    shown = (
        result_html(outcome.result, room.lang, _MOST_ROWS) if outcome.result is not None else warning(outcome.problem)
    )
    room.shown[sitting.paper.key, number] = shown
    return Done("", told("ran" if outcome.result is not None else "ran_not", room.lang))


def _log_answer(room: ExamRoom, sitting: ExamSitting, number: int, sql: str, fields: Fields) -> None:
    if sitting.sheet.answers().get(number) == sql or not sql.strip():
        return
    pasted = fields.get("pasted", "0")
    said = {"pasted": int(pasted)} if pasted.isdigit() and int(pasted) else {}
    room.hand_in(room.log(sitting.paper.key, ANSWER, task=number, sql=sql, **said))


def _end(room: ExamRoom, fields: Fields) -> Done:
    """Hand in for good, with what was typed and is not in the log yet."""
    sitting = room.sittings.all()[fields["key"]]
    if not room.is_over(sitting):
        for number, text in sitting.drafts.items():
            if text.strip():
                room.log(sitting.paper.key, ANSWER, task=int(number), sql=text)
        sitting = room.log(sitting.paper.key, END)
        room.hand_in(sitting)
    return _judge(room, fields) if sitting.is_practice else Done(f"paper/{sitting.paper.key}/1")


def _away(room: ExamRoom, fields: Fields) -> Done:
    """The page was out of sight, or another window in front of it."""
    sitting = room.sittings.all()[fields["key"]]
    seconds = min(float(fields["seconds"]), _MOST_AWAY)
    if not room.is_over(sitting) and seconds >= 1:
        room.log(sitting.paper.key, AWAY, seconds=round(seconds))
    return Done("")


def _judge(room: ExamRoom, fields: Fields) -> Done:
    """The verdict on a practice test that is over."""
    sitting = room.sittings.all()[fields["key"]]
    if not sitting.is_practice or not room.is_over(sitting):
        raise KeyError(fields["key"])
    asked = [
        (task.number, drill, task.starter, sitting.text(task.number))
        for task, drill in zip(sitting.paper.tasks, sitting.drills, strict=True)
    ]
    try:
        judged = room.beside(judge_practice, room.lang, room.practice, asked)
    except (BrokenProcessPool, duckdb.Error, OSError):
        _log.exception("A practice test could not be judged")
        return Done(f"paper/{sitting.paper.key}/1", told("not_judged", room.lang), is_bad=True)
    room.sittings.change(sitting.paper.key, lambda one: replace(one, judged=judged))
    return Done(f"paper/{sitting.paper.key}/1")


def _take(room: ExamRoom, fields: Fields) -> Done:
    """The result's page as a file: where the test was passed, that is the certificate."""
    found = {each.lesson: each for each in room.results()}[feedback_id(int(fields["level"]))]
    name = f"{plain('file', room.lang, level=fields['level'])}.html"
    return Done(FIRST, told("taken", room.lang), Taken(name, "text/html", found.page.encode()))


ACTIONS: dict[str, Callable[[ExamRoom, Fields], Done]] = {
    "exam/begin": _begin,
    "exam/practise": _practise,
    "exam/save": _save,
    "exam/run": _run,
    "exam/end": _end,
    "exam/away": _away,
    "exam/judge": _judge,
    "exam/take": _take,
}
"""The actions, by the names that the pages' buttons give them."""
HANDING = frozenset({"exam/begin", "exam/save", "exam/run", "exam/end"})
"""Those after which something may wait to be sent to the mentors."""
