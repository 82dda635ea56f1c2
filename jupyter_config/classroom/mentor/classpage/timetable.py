"""The week by itself: what has come is taken and graded, and what waits for no person is given back; each run is noted."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from classroom.exchange.moments import moment_in
from classroom.exchange.transport import Unreachable
from classroom.mentor.classpage.definitions import tell_definitions
from classroom.mentor.classpage.whole import WholeClass
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.grading.states import HandInState
from classroom.mentor.place.copies import keep_copies, lost_stores
from classroom.mentor.place.faults import DeskFault, told_faults
from classroom.mentor.place.turn import one_at_a_time
from classroom.mentor.returning.feedback import make_feedback
from classroom.mentor.returning.send import tell_class
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
    held: int = 0
    """Hand-ins that are graded but for what a person has to mark."""
    fault: str = ""
    """What kept it from its end, in words; empty where nothing did."""

    @property
    def did_anything(self) -> bool:
        """Whether anything is another than before it."""
        return bool(self.collected or self.questions or self.graded or self.refused or self.given_back)


def run_once(folder: MentorFolder, now: dt.datetime | None = None) -> TimetableRun:
    """Collect, grade and give back, once; whatever stops it is noted, and the next run goes on from there."""
    run = TimetableRun((now or dt.datetime.now(dt.UTC)).isoformat())
    try:
        with told_faults(folder.root), one_at_a_time(folder):
            if lost := lost_stores(folder):
                raise DeskFault("store_lost", files=", ".join(each.store.name for each in lost))  # noqa: TRY301
            keep_copies(folder)
            run = _run(folder, run)
    except DeskFault as fault:
        run = _with_fault(run, say(f"desk.{fault.code}", folder.lang, **fault.params))
    except Unreachable as fault:
        run = _with_fault(run, say("desk.share_closed", folder.lang, place=fault.filename))
    except NbgraderFault as fault:
        run = _with_fault(run, say("desk.nbgrader_fault", folder.lang, log=fault))
    except Exception as fault:  # noqa: BLE001  (noted, and tried again with the next run)
        _log.exception("the timetable's run came to no end")
        run = _with_fault(run, say("desk.timetable.ours", folder.lang, cause=type(fault).__name__))
    _note(folder, run)
    return run


def _run(folder: MentorFolder, run: TimetableRun) -> TimetableRun:
    found = collect(folder)
    graded = refused = given = 0
    view = WholeClass(folder)
    for lesson in view.released:
        if HandInState.TO_GRADE in view.states[lesson].values():
            tell_definitions(folder, lesson)
            report = grade_assignment(folder, lesson)
            graded, refused = graded + len(report.graded), refused + len(report.refused)
    if graded or refused:
        if not folder.has_stock_exchange:
            tell_class(folder)
        view = WholeClass(folder)
    for lesson, owed in view.owed.items():
        if owed:
            make_feedback(folder, lesson, owed)
            done = release_feedback(folder, lesson, owed)
            given += len(owed) - len(done.keyless) - len(done.withheld)
    held = sum(state is HandInState.TO_MARK for states in view.states.values() for state in states.values())
    closed = say("desk.share_closed", folder.lang, place=found.closed) if found.closed else ""
    return TimetableRun(run.at, found.taken, found.questions, graded, refused, given, held, closed)


def _with_fault(run: TimetableRun, fault: str) -> TimetableRun:
    return TimetableRun(**{**asdict(run), "fault": fault})


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
    """Whether the settings ask for a run, and the last is as long ago as that; a clock that was set back asks at once."""
    minutes, last = minutes_of(folder), next(iter(runs(folder, 1)), None)
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
    counts = {name: value for name, value in asdict(run).items() if name not in ("at", "fault")}
    said = say("desk.timetable.run", lang, **counts)
    return f"{said} {run.fault}".strip()
