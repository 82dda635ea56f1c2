"""Takes what lies at the desk's door: every hand-in once, and whatever can't be taken onto the list of what needs attention."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from classroom.exchange import exam
from classroom.exchange.by_hand import HandForDesk
from classroom.exchange.envelope import Damaged, Envelope, code_of, open_envelope
from classroom.exchange.expo import record, review
from classroom.exchange.moments import moment_in
from classroom.exchange.names import safe_name
from classroom.exchange.outbox import unpacked
from classroom.exchange.records import HandIn, Question
from classroom.exchange.transport import Arrival, Unreachable
from classroom.folder import CARRIED as PROGRESS
from classroom.mentor.collecting.inside import (
    as_paper,
    kind_of_damage,
    learner_inside,
    lesson_inside,
    papers_in_archive,
)
from classroom.mentor.collecting.reading import HandinRefused
from classroom.mentor.collecting.received import NotTaken, Received, ReceivedLetter, ReceivedQuestion
from classroom.mentor.collecting.submitted import Submitted, put_submitted
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.door import door_of
from classroom.mentor.place.faults import stops_all, told_faults
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.invitations import key_of
from classroom.mentor.place.roster import Learner, is_id
from classroom.mentor.place.stores import RECEIVED
from classroom.mentor.place.turn import one_at_a_time
from sqlgrade.outside import read_json
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from typing import Any

    from classroom.mentor.place.folder import MentorFolder

_log = logging.getLogger(__name__)
CLOCK_SLACK = dt.timedelta(minutes=2)
"""Clocks that are less apart than this are taken to agree."""
LONGEST_TEXT = 20_000
DOOR = "folder"
"""What the desk's looks at the shared folder, or at the hub's, are kept under."""
NO_NOTEBOOKS: dict[str, tuple[Callable[[Mapping[str, Any]], object], str]] = {
    record.EXPO: (record.in_notebook, "no_expo_inside"),
    review.REVIEW: (review.in_notebook, "no_review_inside"),
    exam.EXAM: (exam.in_notebook, "no_exam_inside"),
}
"""What is handed in like a lesson and of which nbgrader knows nothing: how it is read, and what is told of what can't be."""
_ARCHIVE = b"PK\x03\x04"


@dataclass
class CollectReport:
    """What a run of collecting found."""

    taken: list[ReceivedLetter] = field(default_factory=list)
    questions: int = 0
    troubles: list[NotTaken] = field(default_factory=list)
    """What could not be taken, this time or before."""
    closed: str = ""
    """The shared folder, if it could not be reached."""


class Untaken(Exception):  # noqa: N818  (told to the mentor)
    """Something can't be taken; the code of a sentence below `desk.trouble`, with its parameters."""

    def __init__(self, code: str, learner: str = "", lesson: str = "", **params: object) -> None:
        super().__init__(code)
        self.code, self.learner, self.lesson, self.params = code, learner, lesson, params


def received_file(folder: MentorFolder) -> Received:
    """The file of what arrived."""
    return Received(folder.desk / RECEIVED)


def collect(folder: MentorFolder, now: dt.datetime | None = None) -> CollectReport:
    """Take what is new in the shared folder and in the inbox; nothing is taken twice, and nothing is lost.

    Raises:
        DeskFault: the disk is full, or another program holds the gradebook; then what was taken stays taken.
    """
    with told_faults(folder.root), one_at_a_time(folder):
        return _Collecting(folder, now or dt.datetime.now(dt.UTC)).run()


def note_empty_door(folder: MentorFolder) -> None:
    """Remember that nothing has been handed in yet, where nothing has: what says later that it had been is told beside that."""
    end, received = door_of(folder), received_file(folder)
    if end is None or received.last_look(DOOR):
        return
    now = dt.datetime.now(dt.UTC)
    with suppress(Unreachable):
        if next(iter(end.collect()), None) is None:
            received.note_look(DOOR, now.isoformat())


class _Collecting:
    def __init__(self, folder: MentorFolder, now: dt.datetime) -> None:
        self.folder, self.now = folder, now
        self.received, self.report = received_file(folder), CollectReport()
        with open_gradebook(folder) as gradebook:
            self.learners = [Learner(each.id, each.first_name, each.last_name) for each in gradebook.students]
        self.enrolled = {each.id for each in self.learners}
        self.touched: set[tuple[str, str]] = set()
        self.last_look = self.received.last_look(DOOR)

    def run(self) -> CollectReport:
        self._from_door()
        self._from_inbox(HandForDesk(self.folder.inbox, self.folder.outbox))
        partners = class_file(self.folder).partners() if self.touched else {}
        for learner, lesson in sorted(self.touched):
            partner = partners.get((learner, lesson), "")
            put_latest(self.folder, self.received, learner, lesson, partner)
            if partner:
                put_latest(self.folder, self.received, partner, lesson, learner)
        self.report.troubles = list(self.received.troubles())
        return self.report

    def _from_door(self) -> None:
        end, looked_at = door_of(self.folder), self.received.looked_at()
        if end is None:
            return
        try:
            for each in end.collect(lambda place, stamp: bool(stamp) and looked_at.get(f"folder:{place}") == stamp):
                if self._take(each, "folder"):
                    self.received.note_looked_at(f"folder:{each.place}", each.stamp)
            self.received.note_look(DOOR, self.now.isoformat())
        except Unreachable as fault:
            _log.info("the shared folder is closed", exc_info=True)
            self.report.closed = str(fault.filename or self.folder.share)

    def _from_inbox(self, end: HandForDesk) -> None:
        for each in end.collect():
            if each.data.startswith(_ARCHIVE):
                taken = self._take_archive(each)
            else:
                taken = self._take(replace(each, arrived=each.arrived and min(each.arrived, self.now)), "file")
            if taken:
                end.take_out(each)

    def _take_archive(self, archive: Arrival) -> bool:
        members: list[tuple[str, bytes]] = []
        if not self._tried(f"file:{archive.place}", lambda: members.extend(papers_in_archive(archive.data))):
            return False
        inner = [
            Arrival(f"{archive.name}/{name}", _opened(data), data, archive.arrived, archive.claimed)
            for name, data in members
        ]
        taken = [self._take(each, "file") for each in inner]
        return all(taken)

    def _take(self, arrival: Arrival, way: str) -> bool:
        """Take one file; False if it stays where it is, with its reason on the list."""
        return self._tried(f"{way}:{arrival.place}", lambda: self._take_letter(arrival, way))

    def _take_letter(self, arrival: Arrival, way: str) -> None:
        letter = arrival.envelope.letter if arrival.envelope else None
        if arrival.envelope is None:
            self._take_notebook(arrival, way)
        elif isinstance(letter, Question):
            self._take_question(arrival.envelope, letter, arrival, way)
        elif isinstance(letter, HandIn):
            self._take_handin(arrival.envelope, letter, arrival, way)
        else:
            raise Untaken("desks_own")

    def _take_handin(self, envelope: Envelope, letter: HandIn, arrival: Arrival, way: str) -> None:
        signed = self._check_sender(envelope, letter, arrival, way)
        if letter.lesson in NO_NOTEBOOKS:
            _check_inside(letter)
        else:
            self._check_lesson(letter)
        at, off = reckoned(letter.at, envelope.sent_at, arrival.arrived if way == "folder" else None, self.now)
        kept = ReceivedLetter(
            *(envelope.digest, "hand-in", envelope.code, letter.learner, letter.lesson, at.isoformat(), letter.at),
            *(self.now.isoformat(), off, letter.sender[:64], int(signed), way, self._came(arrival, way)),
        )
        self._keep(kept, arrival.data)

    def _came(self, arrival: Arrival, way: str) -> str:
        """The earliest that it can have come; a file's time in a shared folder is the learner's to set, the hub's is not."""
        if way != "folder":
            return ""
        return arrival.arrived.isoformat() if self.folder.is_on_hub and arrival.arrived else self.last_look

    def _check_lesson(self, letter: HandIn) -> None:
        here = self.folder.course.known_as
        if letter.taught and here and letter.taught != here:
            told = {"lesson": letter.lesson[:40], "taught": letter.taught[:40], "here": here}
            raise Untaken("taught_elsewhere", letter.learner, **told)
        if letter.lesson not in self.folder.course.lesson_ids:
            raise Untaken("unknown_lesson", letter.learner, lesson=letter.lesson[:40])
        found = as_paper(json.dumps(letter.notebook).encode())
        if found is None:
            raise Untaken("no_notebook_inside", letter.learner, letter.lesson)
        if (inside := lesson_inside(found[0], self.folder.course)) != letter.lesson:
            raise Untaken("wrong_lesson", letter.learner, letter.lesson, named=letter.lesson, inside=inside or "–")

    def _take_question(self, envelope: Envelope, letter: Question, arrival: Arrival, way: str) -> None:
        signed = self._check_sender(envelope, letter, arrival, way)
        at, off = reckoned(letter.at, envelope.sent_at, arrival.arrived if way == "folder" else None, self.now)
        texts = (letter.wanted, letter.tables, letter.query, letter.got, letter.expected)
        question = ReceivedQuestion(
            *(letter.key[:64], letter.learner, letter.exercise[:40], at.isoformat()),
            *(each[:LONGEST_TEXT] for each in texts),
        )
        kept = ReceivedLetter(
            *(
                envelope.digest,
                "question",
                envelope.code,
                letter.learner,
                letter.lesson[:40],
                at.isoformat(),
                letter.at,
            ),
            *(self.now.isoformat(), off, letter.sender[:64], int(signed), way),
        )
        self.report.questions += self.received.keep(kept, question)

    def _take_notebook(self, arrival: Arrival, way: str) -> None:
        """A notebook without an envelope, or nothing that can be used."""
        found = as_paper(arrival.data) if way == "file" else None
        if found is None:
            if way == "folder":
                raise Untaken("not_whole", self._whose_place(arrival.claimed))
            raise Untaken(kind_of_damage(arrival.data), arrival.claimed if arrival.claimed in self.enrolled else "")
        lesson = lesson_inside(found[0], self.folder.course)
        if not lesson:
            raise Untaken("no_lesson")
        learner = arrival.claimed if arrival.claimed in self.enrolled else ""
        learner = learner or learner_inside((arrival.name, arrival.claimed), self.learners)
        if not learner:
            raise Untaken("whose", lesson=lesson)
        digest = hashlib.sha256(f"{learner}\0".encode() + arrival.data).hexdigest()
        at = (arrival.arrived or self.now).isoformat()
        kept = ReceivedLetter(
            digest, "hand-in", code_of(digest), learner, lesson, at, at, self.now.isoformat(), 0.0, "", 0, "notebook"
        )
        self._keep(kept, arrival.data)

    def _whose_place(self, place: str) -> str:
        """The learner whose place at the door has this name; empty for nobody's on the list."""
        return next((each for each in sorted(self.enrolled) if safe_name(each) == place), "")

    def _check_sender(self, envelope: Envelope, letter: HandIn | Question, arrival: Arrival, way: str) -> bool:
        """Whether it is sealed with the learner's key.

        Raises:
            Untaken: it is not from who it says it is, or from nobody in this class.
        """
        who = letter.learner[:100]
        if letter.course != self.folder.course_id:
            raise Untaken("other_course", who, course=letter.course[:100])
        if not is_id(letter.learner):
            raise Untaken("no_id", name=who)
        if way == "folder" and arrival.claimed != safe_name(letter.learner):
            raise Untaken("other_place", who)
        signed = envelope.is_signed(key_of(self.folder, letter.learner))
        if not signed and (envelope.signature or self.received.is_invited(letter.learner)):
            raise Untaken("not_signed", who)
        if self.enrolled and letter.learner not in self.enrolled and not signed:
            raise Untaken("not_listed", who)
        return signed

    def _keep(self, letter: ReceivedLetter, data: bytes) -> None:
        """The file first, then its entry: what is interrupted in between is done again."""
        write_whole(_raw_file(self.folder, letter.digest), data)
        if self.received.keep(letter):
            self.report.taken.append(letter)
        if letter.lesson not in NO_NOTEBOOKS:
            self.touched.add((letter.learner, letter.lesson))

    def _tried(self, place: str, take: Callable[[], None]) -> bool:
        """Take something: what can't be taken goes onto the list with its reason, and off it once it can."""
        try:
            take()
        except Untaken as fault:
            self._list(place, fault.code, fault.params, fault.learner, fault.lesson)
        except HandinRefused as fault:
            self._list(place, fault.remark.code, fault.remark.params)
        except Exception as fault:
            if stops_all(fault):
                raise
            _log.exception("%s could not be taken", place)
            self._list(place, "not_taken", {})
        else:
            self.received.settle(place)
            return True
        return False

    def _list(self, place: str, code: str, params: Mapping[str, object], learner: str = "", lesson: str = "") -> None:
        self.received.trouble(NotTaken(place, code, params, learner, lesson, self.now.isoformat()))


def _check_inside(letter: HandIn) -> None:
    read, code = NO_NOTEBOOKS[letter.lesson]
    try:
        read(letter.notebook)
    except ValueError as fault:
        raise Untaken(code, letter.learner, letter.lesson) from fault


def hand_in_of(folder: MentorFolder, letter: ReceivedLetter) -> HandIn | None:
    """What was handed in with a letter that was taken; None where it can't be read any more."""
    try:
        found = open_envelope(_raw_file(folder, letter.digest).read_bytes()).letter
    except (OSError, Damaged):
        _log.warning("%s of %s can't be read any more", letter.lesson, letter.learner, exc_info=True)
        return None
    return found if isinstance(found, HandIn) else None


def with_partners(own: Iterable[ReceivedLetter], partners: Iterable[ReceivedLetter]) -> list[ReceivedLetter]:
    """What counts as handed in by a learner, oldest first: also what the partner has, where two hand in together."""
    return sorted((*own, *partners), key=lambda each: (_moment_of(each), each.digest))


def put_latest(folder: MentorFolder, received: Received, learner: str, lesson: str, partner: str = "") -> None:
    """Lay the latest hand-in of a learner, or of the partner, where nbgrader looks for it, unless a later one lies there."""
    letters = with_partners(received.letters(learner, lesson), received.letters(partner, lesson) if partner else ())
    if not letters:
        return
    latest = letters[-1]
    data = _raw_file(folder, latest.digest).read_bytes()
    envelope = _opened(data)
    notebook = (
        envelope.letter.notebook
        if envelope and isinstance(envelope.letter, HandIn)
        else read_json(data, as_sealed=True)
    )
    progress = unpacked(envelope.letter.progress) if envelope and isinstance(envelope.letter, HandIn) else b""
    at, is_own = _moment_of(latest), latest.learner == learner  # a learner's progress is nobody else's
    put_submitted(folder, Submitted(learner, lesson, at, notebook, {PROGRESS: progress} if progress and is_own else {}))


def reckoned(written: str, sent: str, arrived: dt.datetime | None, now: dt.datetime) -> tuple[dt.datetime, float]:
    """When something was handed in by the desk's clock, and by how many seconds the learner's is behind.

    How far the clocks are apart is told by when a file was sent by the learner's clock and came to lie there by the
    place's. Nothing is handed in later than it lay there, or than now.
    """
    try:
        at, sent_at = moment_in(written), moment_in(sent)
    except ValueError:
        return arrived or now, 0.0
    off = dt.timedelta(0)
    if arrived is not None and abs(arrived - sent_at) > CLOCK_SLACK:
        off = arrived - sent_at
    return min(at + off, arrived or now, now), off.total_seconds()


def _moment_of(letter: ReceivedLetter) -> dt.datetime:
    """When it was handed in; when it was found, where what is kept of an earlier version can't be meant."""
    try:
        return moment_in(letter.at)
    except ValueError:
        return moment_in(letter.seen)


def _opened(data: bytes) -> Envelope | None:
    try:
        return open_envelope(data)
    except Damaged:
        return None


def _raw_file(folder: MentorFolder, digest: str) -> Path:
    return folder.desk / "received" / f"{digest}.json"
