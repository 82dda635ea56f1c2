"""Opens a level test: the draw is made at that moment, so nobody can have read its tasks before, and the time begins to run."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING

from classroom.exchange.exam_paper import ExamPaper, ExamTask
from classroom.mentor.exam.drawing import CannotOpen, drawer
from classroom.mentor.place.exam_store import ExamStore, OpenedExam
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.returning.send import tell_class
from coursebook.practice import library_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.mentor.place.folder import MentorFolder
    from coursebook.practice import Drill, ExamRecord

MOST_MINUTES = 600
GRACE = dt.timedelta(minutes=2)
"""So long after the end an answer may be on its way."""


def exams_of(folder: MentorFolder) -> tuple[ExamRecord, ...]:
    """The level tests that the course has."""
    return library_of(folder.course.root).exams


def open_exam(
    folder: MentorFolder, level: int, learners: Iterable[str], minutes: int = 0, now: dt.datetime | None = None
) -> tuple[OpenedExam, ...]:
    """Open a level's test for these learners, each with a draw of their own; who has one open keeps it, and gets no second.

    Args:
        folder: the desk's.
        level: the level that is tested.
        learners: ids on the class list.
        minutes: how long it is open; 0 as long as the course says.
        now: the desk's clock.

    Raises:
        CannotOpen: the course has no such test, nobody of that name is on the list, or the data has no task.
        Unreachable: the shared folder is closed; what was opened is sent with the next step.
    """
    record, wanted = _record(folder, level), _listed(folder, learners)
    store, at = ExamStore(folder), now or dt.datetime.now(dt.UTC)
    at_work = {each.learner for each in store.all() if is_open(each, at)}
    opened = []
    with drawer(folder) as drawing:
        drawn = {each: drawing.exam(record, secrets.randbelow(2**31)) for each in wanted if each not in at_work}
    begins = now or dt.datetime.now(dt.UTC)  # the draw took its time, and that is nobody's
    for learner, drills in drawn.items():
        paper = _paper(folder, record, drills, begins, minutes)
        exam = OpenedExam(learner, folder.mentor_for_learners, tuple(each.id for each in drills), paper)
        store.open(exam)
        opened.append(exam)
    tell_class(folder)
    return tuple(opened)


def _record(folder: MentorFolder, level: int) -> ExamRecord:
    found = {each.level: each for each in exams_of(folder)}
    if level not in found:
        raise CannotOpen("no_exam", level=level, known=", ".join(map(str, found)) or "–")
    if folder.has_stock_exchange:
        raise CannotOpen("stock_exchange")
    return found[level]


def _listed(folder: MentorFolder, learners: Iterable[str]) -> tuple[str, ...]:
    """The learners, each once; raises CannotOpen where one is not on the class list."""
    wanted = tuple(dict.fromkeys(learners))
    with open_gradebook(folder) as gradebook:
        listed = {each.id for each in gradebook.students}
    if unknown := [each for each in wanted if each not in listed]:
        raise CannotOpen("not_listed", students=", ".join(unknown))
    return wanted


def is_open(exam: OpenedExam, now: dt.datetime) -> bool:
    """Whether an answer to it would count now."""
    return exam.result is None and now <= dt.datetime.fromisoformat(exam.paper.closes) + GRACE


def _paper(
    folder: MentorFolder, record: ExamRecord, drills: tuple[Drill, ...], begins: dt.datetime, minutes: int
) -> ExamPaper:
    tasks = tuple(ExamTask.of(number, drill.exercise, folder.lang) for number, drill in enumerate(drills, start=1))
    closes = begins + dt.timedelta(minutes=min(minutes or record.minutes, MOST_MINUTES))
    key = secrets.token_hex(12)
    return ExamPaper(key, record.level, begins.isoformat(), closes.isoformat(), record.pass_percent, tasks)
