"""All level tests in words: which are open, which were passed, and what in them a mentor should look at."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING

from classroom.exchange.exam import EXAM
from classroom.exchange.moments import moment_in
from classroom.mentor.collecting.collect import received_file
from classroom.mentor.exam.opening import is_open
from classroom.mentor.place.calendar import in_zone, zone_of
from classroom.mentor.place.exam_store import ExamStore
from classroom.messages import say
from classroom.points import whole_points
from coursebook.answer_cell import drill_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.mentor.place.exam_store import OpenedExam
    from classroom.mentor.place.folder import MentorFolder


@dataclass(frozen=True)
class ListedExam:
    """One test as a mentor reads it."""

    key: str
    learner: str
    level: int
    opened: str
    """ISO 8601 in UTC."""
    state: str
    """open, waiting, missed, passed or failed."""
    said: str
    """The same in words."""
    doubts: tuple[str, ...]
    """Sentences."""


def listed(folder: MentorFolder, now: dt.datetime | None = None) -> tuple[ListedExam, ...]:
    """All tests, the latest first."""
    moment, opened = now or dt.datetime.now(dt.UTC), ExamStore(folder).all()
    came = {each.learner: moment_in(each.at) for each in received_file(folder).letters(lesson=EXAM)} if opened else {}
    return tuple(_listed(folder, each, moment, came.get(each.learner)) for each in reversed(opened))


def _listed(folder: MentorFolder, exam: OpenedExam, now: dt.datetime, came: dt.datetime | None) -> ListedExam:
    lang, result = folder.lang, exam.result
    until = in_zone(moment_in(exam.paper.closes), zone_of(folder))
    if result is not None:
        state = "passed" if exam.has_passed else "failed"
        points, possible = whole_points(result.points, result.possible), f"{result.possible:g}"
        said = say(f"desk.exam.state.{state}", lang, points=points, possible=possible, number=result.certificate)
    else:
        has_come = came is not None and came >= moment_in(exam.paper.opened)
        state = "open" if is_open(exam, now) else "waiting" if has_come else "missed"
        said = say(f"desk.exam.state.{state}", lang, until=until)
    doubts = tuple(say(f"desk.exam.doubt.{each}", lang) for each in result.doubts) if result else ()
    return ListedExam(exam.paper.key, exam.learner, exam.paper.level, exam.paper.opened, state, said, doubts)


@dataclass(frozen=True)
class TemplateFigures:
    """How one template did in the tests so far: what its difficulty is calibrated by."""

    template: str
    count: int
    credit: float
    """The mean share of its points, 0 to 1."""


def template_figures(exams: Iterable[OpenedExam]) -> tuple[TemplateFigures, ...]:
    """The templates that were asked in marked tests, by their ids."""
    shares: dict[str, list[float]] = defaultdict(list)
    for exam in exams:
        for task in exam.result.tasks if exam.result else ():
            if task.possible and (drill := drill_of(task.drill)):
                shares[drill[0]].append(task.points / task.possible)
    return tuple(TemplateFigures(each, len(found), mean(found)) for each, found in sorted(shares.items()))
