"""What in the log of a level test a mentor should look at. It decides no points: whoever was doubted wrongly loses nothing."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from classroom.exchange.exam import ANSWER, AWAY, BEGIN, told_in
from classroom.exchange.expo.seal import chain_faults
from classroom.exchange.moments import moment_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from classroom.exchange.exam import ExamSheet
    from classroom.mentor.collecting.received import ReceivedLetter
    from classroom.mentor.place.exam_store import ExamResult, OpenedExam, TaskResult

SLACK = dt.timedelta(minutes=5)
"""So far apart times of two clocks may be without telling anything."""
LONG_AWAY = 60.0
"""Seconds away from the page, in all, that are told."""
_MOST_SECONDS = 1e6
PASTED_SHARE, PASTED_LEAST = 0.8, 60
"""An answer of so many characters, of which so much was put in at once."""
FAST_SHARE = 0.2
"""Of the time that the tasks are estimated to take."""
_LITERAL = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")


def doubts_of(
    exam: OpenedExam,
    letter: ReceivedLetter,
    sheet: ExamSheet,
    earlier: Sequence[tuple[ReceivedLetter, ExamSheet]],
    minutes: float,
) -> tuple[str, ...]:
    """The codes of all that is doubtful in a sheet, each once.

    Args:
        exam: the test.
        letter: with which the sheet came that counts.
        sheet: that sheet.
        earlier: what came before of the same test, in order.
        minutes: that its tasks are estimated to take.
    """
    found = [*_of_log(letter, sheet, earlier), *_of_time(exam, letter, sheet, minutes), *_of_writing(sheet)]
    return tuple(dict.fromkeys(found))


def _of_log(
    letter: ReceivedLetter, sheet: ExamSheet, earlier: Sequence[tuple[ReceivedLetter, ExamSheet]]
) -> Iterator[str]:
    known = {each.number: each for _, one in earlier for each in one.log}
    for fault in chain_faults(sheet.log, sheet.key, _moment(letter.written), tuple(known.values())):
        yield "rewritten" if fault.code == "handed_in" else "clock" if fault.code in ("clock", "ahead") else "log"
    for before, one in earlier:
        codes = {each.code for each in one.log}
        if any(each.code not in codes and _moment(each.at) < _moment(before.written) - SLACK for each in sheet.log):
            yield "backdated"
    if not letter.signed:
        yield "unsigned"


def _of_time(exam: OpenedExam, letter: ReceivedLetter, sheet: ExamSheet, minutes: float) -> Iterator[str]:
    off = dt.timedelta(seconds=letter.clock_off)
    opened, closes = _moment(exam.paper.opened), _moment(exam.paper.closes)
    if any(_moment(each.at) < opened - SLACK - off for each in sheet.log):
        yield "early"
    if _moment(letter.seen) > closes + SLACK and not letter.came:
        yield "unproven"
    begun = next((each for each in sheet.log if each.kind == BEGIN), None)
    answers = [each for each in sheet.log if each.kind == ANSWER]
    if begun is None and answers:
        yield "log"
    elif begun is not None and len(sheet.answers()) == len(exam.paper.tasks):
        taken = _moment(answers[-1].at) - _moment(begun.at)
        if taken < dt.timedelta(minutes=minutes * FAST_SHARE):
            yield "fast"


def _of_writing(sheet: ExamSheet) -> Iterator[str]:
    # each that was kept, not the last alone: a letter typed afterwards makes another of it
    for said in (told_in(each) for each in sheet.log if each.kind == ANSWER):
        length, pasted = len(str(said.get("sql", ""))), said.get("pasted", 0)
        if isinstance(pasted, (int, float)) and length >= PASTED_LEAST and pasted >= PASTED_SHARE * length:
            yield "pasted"
    away = (told_in(each).get("seconds", 0) for each in sheet.log if each.kind == AWAY)
    if sum(max(0, min(each, _MOST_SECONDS)) for each in away if isinstance(each, (int, float))) > LONG_AWAY:
        yield "away"


def same_slips(results: Iterable[TaskResult], others: Iterable[ExamResult]) -> bool:
    """Whether somebody else was wrong in the very same way: the same query but for its numbers and words, from the same template."""
    mine = {_slip(each) for each in results} - {None}
    return any(_slip(each) in mine for other in others for each in other.tasks)


def _slip(task: TaskResult) -> tuple[str, str] | None:
    """A wrong answer without its literals and its layout; None for what tells nothing: right ones, and short ones."""
    if task.points >= task.possible or task.outcome == "untouched" or len(task.sql) < PASTED_LEAST:
        return None
    return task.drill.rpartition("-")[0], " ".join(_LITERAL.sub("?", task.sql).casefold().split())


def _moment(text: str) -> dt.datetime:
    """A moment as it was written; the beginning of time for what is none, which is then too early."""
    try:
        return moment_in(text)
    except ValueError:
        return dt.datetime.min.replace(tzinfo=dt.UTC) + 2 * SLACK
