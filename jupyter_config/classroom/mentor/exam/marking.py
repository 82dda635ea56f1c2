"""Marks level tests as soon as they are handed in for good or their time is over, and sends what became of them."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.exchange.exam import EXAM, in_notebook
from classroom.exchange.moments import moment_in
from classroom.mentor.collecting.collect import hand_in_of, received_file
from classroom.mentor.exam.doubts import doubts_of, same_slips
from classroom.mentor.exam.drawing import CannotOpen, drawer
from classroom.mentor.exam.opening import GRACE
from classroom.mentor.exam.returning import certificate_code, send_results
from classroom.mentor.grading.desk import MentorDesk
from classroom.mentor.place.exam_store import ExamResult, ExamStore, TaskResult
from classroom.mentor.place.faults import stops_all
from classroom.mentor.returning.send import tell_class
from coursebook.judgement import Outcome
from coursebook.packs import build_packs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from classroom.exchange.exam import ExamSheet
    from classroom.mentor.collecting.received import ReceivedLetter
    from classroom.mentor.exam.drawing import Drawer
    from classroom.mentor.place.exam_store import OpenedExam
    from classroom.mentor.place.folder import MentorFolder
    from coursebook.practice import Drill

_log = logging.getLogger(__name__)
UNTOUCHED = "untouched"


@dataclass(frozen=True)
class _SheetCame:
    letter: ReceivedLetter
    sheet: ExamSheet

    @property
    def earliest(self) -> dt.datetime:
        """The earliest that it can have been handed in: what a clock that is not the learner's says goes before theirs."""
        at = moment_in(self.letter.at)
        return max(at, moment_in(self.letter.came)) if self.letter.came else at


def mark_exams(folder: MentorFolder, now: dt.datetime | None = None) -> tuple[OpenedExam, ...]:
    """Mark what can be marked, and send what was not sent yet; gives those that were marked now.

    Raises:
        DeskFault: the disk is full or a store is held; done again it goes on.
        Unreachable: the shared folder is closed; what is marked is sent with the next step.
    """
    store = ExamStore(folder)
    opened = store.all()
    if not opened:
        return ()
    keys = _mark(folder, store, opened, now or dt.datetime.now(dt.UTC))
    if send_results(folder, store.all()) or keys:
        tell_class(folder)
    return tuple(each for each in store.all() if each.paper.key in keys)


def _mark(folder: MentorFolder, store: ExamStore, opened: Sequence[OpenedExam], now: dt.datetime) -> set[str]:
    """Mark what can be marked; gives the keys of the papers."""
    waiting, keys = [each for each in opened if each.result is None], set[str]()
    sheets = _deliveries(folder, {each.learner for each in waiting}) if waiting else {}
    ready = [(each, counting) for each in waiting if (counting := _counting(each, sheets, now))]
    if not ready:
        return keys
    try:
        with drawer(folder) as drawing:
            marking = _Marking(folder, drawing, opened)
            for exam, deliveries in ready:
                key = exam.paper.key
                is_all = len(sheets[exam.learner, key]) == len(deliveries)
                try:
                    result = marking.result(exam, deliveries, is_all=is_all)
                    if result is not None and store.keep_result(key, result):
                        keys.add(key)
                except Exception as fault:
                    if stops_all(fault):
                        raise
                    _log.exception("The level test of %s could not be marked; the others are", exam.learner)
    except CannotOpen:
        _log.exception("The tasks of level tests can't be drawn again; they are marked once they can")
    return keys


def prepare(folder: MentorFolder, exams: Sequence[OpenedExam]) -> None:
    """Make the databases on which these will be judged, while their learners write: marking then takes seconds."""
    with drawer(folder) as drawing:
        drills = [drawing.drill(each) for exam in exams for each in exam.drills]
    exercises = [each.exercise.in_language(folder.lang) for each in drills if each is not None]
    build_packs(exercises, seed=folder.seed)


def _deliveries(folder: MentorFolder, learners: set[str]) -> dict[tuple[str, str], list[_SheetCame]]:
    """What has come, by learner and paper, in the order in which it was handed in."""
    found: dict[tuple[str, str], list[_SheetCame]] = {}
    for letter in received_file(folder).letters(lesson=EXAM):
        if letter.learner in learners and (handed := hand_in_of(folder, letter)) is not None:
            sheet = in_notebook(handed.notebook)
            found.setdefault((letter.learner, sheet.key), []).append(_SheetCame(letter, sheet))
    return {key: sorted(each, key=lambda one: one.earliest) for key, each in found.items()}


def _counting(
    exam: OpenedExam, sheets: Mapping[tuple[str, str], Sequence[_SheetCame]], now: dt.datetime
) -> list[_SheetCame]:
    """What came in time, the sheet that counts at its end; nothing while more may come.

    The first that was handed in for good counts, whatever comes after it.
    """
    closes = moment_in(exam.paper.closes) + GRACE
    in_time: list[_SheetCame] = []
    for each in sheets.get((exam.learner, exam.paper.key), ()):
        if each.earliest <= closes:
            in_time.append(each)
            if each.sheet.is_ended:
                return in_time
    return in_time if now > closes else []


class _Marking:
    def __init__(self, folder: MentorFolder, drawing: Drawer, opened: Sequence[OpenedExam]) -> None:
        self._folder, self._drawing, self._desk = folder, drawing, MentorDesk(folder)
        self._others = [(each.learner, each.result) for each in opened if each.result is not None]

    def result(self, exam: OpenedExam, deliveries: Sequence[_SheetCame], *, is_all: bool) -> ExamResult | None:
        """What became of a test; None where an answer could not be judged yet. `is_all`: nothing came after what counts."""
        last, before = deliveries[-1], deliveries[:-1]
        drills = [self._drawing.drill(each) for each in exam.drills]
        tasks = self._tasks(exam, last.sheet, drills)
        if tasks is None:
            return None
        minutes = sum(each.template.minutes for each in drills if each is not None)
        earlier = [(each.letter, each.sheet) for each in before]
        doubts = doubts_of(exam, last.letter, last.sheet, earlier, minutes)
        if self._folder.is_on_hub:  # there the hub's own sign-in says who it is
            doubts = tuple(each for each in doubts if each != "unsigned")
        if not is_all:
            doubts = (*doubts, "again")
        if same_slips(tasks, [each for learner, each in self._others if learner != exam.learner]):
            doubts = (*doubts, "same")
        made = ExamResult(last.letter.code, last.letter.at, tasks, doubts)
        if made.passes(exam.paper.pass_percent):
            made = ExamResult(made.code, made.at, tasks, doubts, certificate_code(self._folder, exam, made))
        self._others.append((exam.learner, made))
        return made

    def _tasks(
        self, exam: OpenedExam, sheet: ExamSheet, drills: Sequence[Drill | None]
    ) -> tuple[TaskResult, ...] | None:
        answers, asked = sheet.answers(), {}
        for task, drill in zip(exam.paper.tasks, drills, strict=True):
            sql = answers.get(task.number, "")
            if drill is not None and sql.strip() and sql.strip() != task.starter.strip():
                asked[task.number] = self._desk.rules.question_on(drill.exercise, sql)
        judged = self._desk.judgements(asked.values())
        results = []
        for task, drill, drill_id in zip(exam.paper.tasks, drills, exam.drills, strict=True):
            sql = answers.get(task.number, "")
            if task.number not in asked:
                # what can't be drawn any more is our fault: it counts neither way
                possible = task.points if drill is not None else 0.0
                results.append(TaskResult(task.number, drill_id, UNTOUCHED, 0.0, possible, sql))
                continue
            one = judged[asked[task.number].key]
            if one.outcome == Outcome.UNJUDGED:
                return None
            is_ours = one.score is None
            points, possible = (0.0, 0.0) if is_ours else (one.points, one.possible)
            results.append(TaskResult(task.number, drill_id, one.outcome, points, possible, sql))
        return tuple(results)
