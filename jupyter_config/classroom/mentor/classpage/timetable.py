"""The week by itself: what has come is taken and graded, and what waits for no person is given back; each run is noted."""

from __future__ import annotations

import datetime as dt
import errno
import json
import logging
import re
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from classroom.exchange.moments import moment_in
from classroom.exchange.transport import Unreachable
from classroom.mentor.classpage.counted import tell_counted
from classroom.mentor.classpage.whole import WholeClass
from classroom.mentor.exam.marking import mark_exams
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.grading.states import HandInState
from classroom.mentor.place.copies import lost_stores, try_to_keep_copies
from classroom.mentor.place.faults import DeskFault, stops_all, told_faults
from classroom.mentor.place.turn import one_at_a_time
from classroom.mentor.returning.feedback import make_feedback
from classroom.mentor.returning.send import is_released, tell_class
from classroom.mentor.returning.workflow import NbgraderFault, collect, release_feedback
from classroom.messages import say
from sqlgrade.outside import read_json
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.mentor.place.folder import MentorFolder

_log = logging.getLogger(__name__)
LOG = "timetable.jsonl"
"""In the desk's folder: a line a run."""
SETTING = "timetable_minutes"
"""In the desk's settings: how often; 0 or nothing is never."""
MOST_MINUTES = 7 * 24 * 60
_KEPT = 500


@dataclass(frozen=True)
class TimetableRun:
    """What one run did."""

    at: str
    """When it began, ISO 8601 in UTC."""
    collected: int = 0
    questions: int = 0
    graded: int = 0
    refused: int = 0
    given_back: int = 0
    tests: int = 0
    """Level tests that were marked and given back."""
    held: int = 0
    """Hand-ins that are graded but for what a person has to mark."""
    withheld: int = 0
    """Pages that would take away a comment or points from their learner."""
    fault: str = ""
    """What kept it, or some of its lessons, from its end, in words; empty where nothing did."""
    is_put_off: bool = False
    """Something else was at work at the desk: nothing was begun."""

    @property
    def did_anything(self) -> bool:
        """Whether anything is another than before it."""
        return bool(self.collected or self.questions or self.graded or self.refused or self.given_back or self.tests)


def run_once(folder: MentorFolder, now: dt.datetime | None = None) -> TimetableRun:
    """Collect, grade and give back, once; whatever stops it is noted, and the next run goes on from there."""
    going = _RunUnderWay(folder, TimetableRun((now or dt.datetime.now(dt.UTC)).isoformat()))
    try:
        with told_faults(folder.root), one_at_a_time(folder):
            if lost := lost_stores(folder):
                raise DeskFault("store_lost", files=", ".join(each.store.name for each in lost))  # noqa: TRY301
            try_to_keep_copies(folder)
            going.through()
    except Exception as fault:  # noqa: BLE001  (noted, and tried again with the next run)
        going.note(fault)
    _note(folder, going.run)
    return going.run


@dataclass
class _RunUnderWay:
    """A run on its way: what it has done so far stands, whatever stops it."""

    folder: MentorFolder
    run: TimetableRun

    def through(self) -> None:
        closed = self._collect()
        view = WholeClass(self.folder)
        to_grade = [each for each in view.released if HandInState.TO_GRADE in view.states[each].values()]
        for lesson in to_grade:
            with self._going_on():
                self._grade(lesson)
        if to_grade:
            view = WholeClass(self.folder)
        held = sum(state is HandInState.TO_MARK for states in view.states.values() for state in states.values())
        self._add(held=held, withheld=sum(map(len, view.withheld.values())))
        if closed:  # a page that can't be sent needn't be made
            raise Unreachable(errno.EHOSTUNREACH, "closed", closed)
        with self._going_on():
            tell_counted(self.folder)
        if to_grade and not self.folder.has_stock_exchange:
            tell_class(self.folder)
        for lesson, owed in view.owed.items():
            if owed:
                with self._going_on():
                    made = make_feedback(self.folder, lesson, owed)
                    self._add(given_back=release_feedback(self.folder, lesson, owed).reached(made))

    def _collect(self) -> str:
        """Take what has come; gives the shared folder, if it could not be reached."""
        closed, lessons = "", [""]
        if self.folder.has_stock_exchange:  # nbgrader collects by lesson
            lessons = [each for each in self.folder.course.lesson_ids if is_released(self.folder, each)]
        for each in lessons:
            with self._going_on():
                found = collect(self.folder, each)
                self._add(collected=found.taken, questions=found.questions)
                closed = closed or found.closed
        if not closed:
            with self._going_on():
                self._add(tests=len(mark_exams(self.folder)))
        return closed

    def _grade(self, lesson: str) -> None:
        report = grade_assignment(self.folder, lesson)
        self._add(graded=len(report.graded), refused=len(report.refused))

    @contextmanager
    def _going_on(self) -> Iterator[None]:
        """What stops one lesson stops no other, unless it would meet them all."""
        try:
            yield
        except Exception as fault:
            if isinstance(fault, Unreachable) or stops_all(fault):
                raise
            self.note(fault)

    def note(self, fault: Exception) -> None:
        """What went wrong, in words, each said once."""
        said = self._in_words(fault)
        put_off = isinstance(fault, DeskFault) and fault.code == "at_work"
        if said not in self.run.fault:
            self.run = replace(self.run, fault=f"{self.run.fault} {said}".strip(), is_put_off=put_off)

    def _in_words(self, fault: Exception) -> str:
        lang = self.folder.lang
        if isinstance(fault, DeskFault):
            return say(f"desk.{fault.code}", lang, **fault.params)
        if isinstance(fault, Unreachable):
            return say("desk.share_closed", lang, place=fault.filename)
        if isinstance(fault, NbgraderFault):
            return say("desk.nbgrader_fault", lang, log=fault)
        _log.error("the timetable's run came to no end", exc_info=fault)
        return say("desk.timetable.ours", lang, cause=type(fault).__name__)

    def _add(self, **more: int) -> None:
        self.run = replace(self.run, **{name: getattr(self.run, name) + count for name, count in more.items()})


def minutes_of(folder: MentorFolder) -> int:
    """How often the class's settings ask for a run; 0 for never."""
    found = folder.settings.get(SETTING, 0)
    return found if isinstance(found, int) and not isinstance(found, bool) and 0 < found <= MOST_MINUTES else 0


def keep_minutes(folder: MentorFolder, minutes: int) -> None:
    """Write into the class's settings how often; whatever else stands there stays as it is."""
    place, line = folder.settings_path, f"{SETTING} = {minutes}"
    top, rest = _parted(place.read_text(encoding="utf-8"))
    changed, found = re.subn(rf"(?m)^{SETTING}[ \t]*=.*$", line, top)
    rights = place.stat().st_mode & 0o777
    write_whole(place, f"{changed if found else line + chr(10) + top}{rest}".encode())
    place.chmod(rights)


def _parted(text: str) -> tuple[str, str]:
    """What stands before the first table of a TOML text, and the rest."""
    found = re.search(r"(?m)^\s*\[", text)
    at = len(text) if found is None else found.start()
    return text[:at], text[at:]


def is_due(folder: MentorFolder, now: dt.datetime | None = None) -> bool:
    """Whether the settings ask for a run, and the last is as long ago as that; a clock that was set back asks at once.

    A run that was put off is none.
    """
    minutes, last = minutes_of(folder), next((each for each in runs(folder, _KEPT) if not each.is_put_off), None)
    if not minutes or last is None:
        return bool(minutes)
    ago = (now or dt.datetime.now(dt.UTC)) - moment_in(last.at)
    return not dt.timedelta(0) <= ago < dt.timedelta(minutes=minutes)


def runs(folder: MentorFolder, most: int = 20) -> tuple[TimetableRun, ...]:
    """The latest runs, the last first."""
    try:
        lines = (folder.desk / LOG).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    return tuple(_read(reversed(lines)))[:most]


def _read(lines: Iterator[str]) -> Iterator[TimetableRun]:
    for each in lines:
        try:
            yield TimetableRun(**read_json(each))
        except (TypeError, ValueError):  # half a line, where the disk was full
            _log.warning("a line of %s can't be read", LOG)


def _note(folder: MentorFolder, run: TimetableRun) -> None:
    """Add a line; beyond so many the oldest go. That it can't be noted stops nothing."""
    place, line = folder.desk / LOG, json.dumps(asdict(run), ensure_ascii=False)
    try:
        before = place.read_text(encoding="utf-8").splitlines()[-_KEPT + 1 :] if place.is_file() else []
        write_whole(place, "\n".join([*before, line, ""]).encode("utf-8", "backslashreplace"))
    except OSError:
        _log.warning("the run could not be noted: %s", line, exc_info=True)


def in_words(run: TimetableRun, lang: str) -> str:
    """A run as one line."""
    counts = {name: value for name, value in asdict(run).items() if name not in ("at", "fault", "is_put_off", "tests")}
    said = [say("desk.timetable.run", lang, **counts)]
    if run.tests:
        said.append(say("desk.exam.marked", lang, count=run.tests))
    if run.withheld:
        said.append(say("desk.timetable.withheld", lang, count=run.withheld))
    return " ".join(filter(None, [*said, run.fault]))
