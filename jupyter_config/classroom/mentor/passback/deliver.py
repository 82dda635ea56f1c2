"""Sends the scores that the platform has not: what learners have been given back, and nothing that waits for a person's mark."""

from __future__ import annotations

import datetime as dt
import logging
from itertools import groupby
from typing import TYPE_CHECKING

from classroom.mentor.notices.channels import NotSent, Refused
from classroom.mentor.passback.grade_book import CONFLICT, GONE, GradeBook
from classroom.mentor.passback.score_store import STORE, TOLD_AFTER, Score, scores_of
from classroom.mentor.passback.settings import read_platform, who_came
from classroom.mentor.place.faults import DeskFault
from classroom.mentor.place.turn import SCORES, one_at_a_time
from classroom.mentor.returning.owed import lately_told
from classroom.mentor.returning.send import is_released
from classroom.points import out_of_full

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from classroom.exchange.launches import Launch
    from classroom.mentor.passback.score_store import ScoreStore
    from classroom.mentor.place.folder import MentorFolder

_log = logging.getLogger(__name__)


def deliver_scores(folder: MentorFolder, now: dt.datetime | None = None, *, all_at_once: bool = False) -> None:
    """Send what is to be sent now; what does not go waits. With `all_at_once` also what waits for its next try.

    Raises:
        DeskFault: the settings, the key or the hub's file can't be read.
    """
    settings, moment = read_platform(folder), now or dt.datetime.now(dt.UTC)
    if settings is None:
        return
    store, came = scores_of(folder), who_came(settings)
    try:
        with one_at_a_time(folder, seconds=0, of=SCORES):
            store.want(_given_back(folder, came), moment)
            due = [each for each in store.waiting(None if all_at_once else moment) if each.learner in came]
            if due:
                _Sitting(folder, store, GradeBook(folder, settings), moment).send(due, came)
    except DeskFault as fault:
        if fault.code != "at_work":  # another program is sending them
            raise


def _given_back(folder: MentorFolder, came: Mapping[str, Launch]) -> dict[tuple[str, str], float]:
    """What each learner who came from the platform was given back last, of each lesson."""
    return {
        (learner, lesson): out_of_full(told.points, told.possible)
        for lesson in folder.course.lesson_ids
        if is_released(folder, lesson)
        for learner, told in lately_told(folder, lesson).items()
        if learner in came and told.possible > 0
    }


class _Sitting:
    def __init__(self, folder: MentorFolder, store: ScoreStore, book: GradeBook, now: dt.datetime) -> None:
        self.folder, self.store, self.book, self.now = folder, store, book, now

    def send(self, due: Iterable[Score], came: Mapping[str, Launch]) -> None:
        """Send them column by column; a server that is away is not asked about each."""

        def column(each: Score) -> tuple[str, str]:
            return came[each.learner].line_items, each.lesson

        scores = sorted(due, key=column)
        try:
            self.book.sign_in()
        except (NotSent, Refused) as fault:
            self._put_off(scores, str(fault))
            return
        for (line_items, lesson), group in groupby(scores, column):
            of_column = list(group)
            try:
                address = self._address(line_items, lesson)
            except (NotSent, Refused) as fault:
                self._put_off(of_column, str(fault))
                continue
            for number, each in enumerate(of_column):
                try:
                    self._put(address, each, came[each.learner])
                except NotSent as fault:
                    self._put_off(of_column[number:], str(fault))
                    break
                except Refused as fault:
                    if fault.status == GONE:  # it was deleted there, and is looked for or made anew with the next try
                        self.store.keep_column(line_items, lesson, "")
                    self._put_off([each], str(fault))

    def _address(self, line_items: str, lesson: str) -> str:
        known = self.store.column(line_items, lesson)
        if not known:
            course = self.folder.course
            label = f"{lesson} {course.lesson(lesson).record.title[self.folder.lang]}"
            known = self.book.column(line_items, f"{self.folder.course_id}/{lesson}", label)
            self.store.keep_column(line_items, lesson, known)
        return known

    def _put(self, address: str, score: Score, launch: Launch) -> None:
        self.store.begin(score)
        try:
            self.book.put(address, launch.subject, score.given, score.at)
        except Refused as fault:
            if fault.status != CONFLICT or not score.tries or str(CONFLICT) in score.fault:
                raise  # what the platform has is later than ours, and not ours
        self.store.note_sent(score)

    def _put_off(self, scores: Iterable[Score], fault: str) -> None:
        for each in scores:
            self.store.put_off(each, fault, self.now)
        _log.warning("scores wait: %s", fault)


def kept_back(folder: MentorFolder) -> tuple[Score, ...]:
    """What the platform has not, and a mentor has to look into: it says no, or can't be reached for a while."""
    if not (folder.desk / STORE).is_file():
        return ()
    waiting = scores_of(folder).waiting()
    return tuple(each for each in waiting if each.fault and (each.tries >= TOLD_AFTER or _is_a_no(each.fault)))


def _is_a_no(fault: str) -> bool:
    return " HTTP 4" in fault
