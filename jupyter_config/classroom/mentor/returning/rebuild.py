"""What a copy does not have, made anew from what else the desk keeps: letters, releases, dates, scores, comments and points."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from classroom.exchange.decoding import decoded
from classroom.exchange.envelope import Damaged, code_of, open_envelope
from classroom.exchange.moments import moment_in, moment_of_file
from classroom.exchange.records import ClassState, HandIn, Standing
from classroom.mentor.collecting.collect import received_file
from classroom.mentor.collecting.inside import as_paper, lesson_inside
from classroom.mentor.collecting.received import ReceivedLetter
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.invitations import key_of
from classroom.mentor.place.roster import is_id
from classroom.mentor.returning.send import EVERYBODY, is_released, told_feedback
from classroom.mentor.returning.workflow import generate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from classroom.exchange.records import Feedback
    from classroom.mentor.collecting.received import Received
    from classroom.mentor.place.folder import MentorFolder

_log = logging.getLogger(__name__)


@dataclass
class Rebuilt:
    """What was made anew."""

    letters: int = 0
    lessons: list[str] = field(default_factory=list)
    """Those whose release the gradebook did not know."""
    learners: list[str] = field(default_factory=list)
    """Those the gradebook did not know; their names are to be given anew."""
    dates: int = 0
    graded: int = 0
    comments: int = 0
    points: int = 0

    @property
    def is_something(self) -> bool:
        """Whether there was anything to be made."""
        return any((self.letters, self.lessons, self.learners, self.dates, self.graded, self.comments, self.points))


def rebuild(folder: MentorFolder) -> Rebuilt:
    """Fill in what is missing; nothing that is there is changed, so that it can be done again.

    Raises:
        DeskFault: the gradebook is locked or the disk is full; done again it goes on.
        NbgraderFault: nbgrader could not make a release.
    """
    made = Rebuilt()
    out = [each for each in folder.course.lesson_ids if is_released(folder, each)]
    with open_gradebook(folder, anew=True) as gradebook:
        known = {each.name for each in gradebook.assignments if each.notebooks}
        for lesson in folder.course.lessons:
            gradebook.update_or_create_assignment(lesson.id)
    for name in out:
        if name not in known:
            generate(folder, name)
            made.lessons.append(name)
    _enrol(folder, made)
    _letters(folder, made)
    _enrol(folder, made)
    _dates(folder, made)
    for name in out:
        made.graded += len(grade_assignment(folder, name).graded)
        for learner, feedback in told_feedback(folder, name).items():
            _words_and_points(folder, name, learner, feedback, made)
    _own_dates(folder, made)
    return made


def _enrol(folder: MentorFolder, made: Rebuilt) -> None:
    """Whoever has handed something in, or was told something."""
    received, store = received_file(folder), DeskStore(folder.store_path)
    found = {each.learner for each in received.letters()} | set(received.told_letters("standing"))
    found |= {each.student for lesson in folder.course.lesson_ids for each in store.submissions(lesson)}
    found |= {each.parent.name for each in folder.root.glob("submitted/*/*") if each.is_dir()}
    with open_gradebook(folder) as gradebook:
        known = {each.id for each in gradebook.students}
        for learner in sorted(each for each in found - known if is_id(each)):
            gradebook.add_student(learner)
            made.learners.append(learner)


def _letters(folder: MentorFolder, made: Rebuilt) -> None:
    """What was taken and is not on the list of it any more; the files themselves are kept by their numbers."""
    received = received_file(folder)
    with open_gradebook(folder) as gradebook:
        learners = [each.id for each in gradebook.students]
    for file in sorted((folder.desk / "received").glob("*.json")):
        if received.knows(file.stem):
            continue
        try:
            data = file.read_bytes()
            seen = moment_of_file(file.stat().st_mtime) or dt.datetime.now(dt.UTC)
        except OSError:
            _log.warning("%s can't be read", file, exc_info=True)
            continue
        kept = _letter_in(folder, data, seen, received) or _notebook_in(folder, file, data, learners, seen)
        if kept is not None:
            made.letters += received.keep(kept)


def _letter_in(folder: MentorFolder, data: bytes, seen: dt.datetime, received: Received) -> ReceivedLetter | None:
    try:
        envelope = open_envelope(data)
    except Damaged:
        return None
    letter = envelope.letter
    if not isinstance(letter, HandIn):
        return None
    try:
        at = min(moment_in(letter.at), seen).isoformat()
    except ValueError:
        at = seen.isoformat()
    signed = envelope.is_signed(key_of(folder, letter.learner))
    if signed:
        received.invite(letter.learner)
    return ReceivedLetter(
        *(envelope.digest, "hand-in", envelope.code, letter.learner, letter.lesson, at, letter.at),
        *(seen.isoformat(), 0.0, letter.sender[:64], int(signed), "file"),
    )


def _notebook_in(
    folder: MentorFolder, file: Path, data: bytes, learners: list[str], seen: dt.datetime
) -> ReceivedLetter | None:
    """A notebook without an envelope: its file's number tells whose it was taken for."""
    whose = next((each for each in learners if _number(each, data) == file.stem), "")
    paper = as_paper(data) if whose else None
    lesson = lesson_inside(paper[0], folder.course) if paper else ""
    if not lesson:
        return None
    at = seen.isoformat()
    return ReceivedLetter(
        *(file.stem, "hand-in", code_of(file.stem), whose, lesson, at, at, at, 0.0, "", 0, "notebook")
    )


def _number(learner: str, data: bytes) -> str:
    return hashlib.sha256(f"{learner}\0".encode() + data).hexdigest()


def _dates(folder: MentorFolder, made: Rebuilt) -> None:
    """Due dates as the class was told them."""
    told = received_file(folder).told_letters("class").get(EVERYBODY)
    state = decoded(ClassState, json.loads(told)) if told else None
    with open_gradebook(folder) as gradebook:
        dateless = {each.name for each in gradebook.assignments if each.duedate is None}
        for each in state.lessons if state else ():
            if each.due and each.lesson in dateless:
                duedate = moment_in(each.due).replace(tzinfo=None)
                gradebook.update_or_create_assignment(each.lesson, duedate=duedate)
                made.dates += 1


def _own_dates(folder: MentorFolder, made: Rebuilt) -> None:
    """Extensions as their learners were told them."""
    for learner, text in received_file(folder).told_letters("standing").items():
        with open_gradebook(folder) as gradebook, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nbgrader 0.9.6 adds rows in an order of which SQLAlchemy warns
            due = {each.name: each.duedate for each in gradebook.assignments}
            for each in decoded(Standing, json.loads(text)).lessons:
                if not each.due or due.get(each.lesson) is None:
                    continue
                submission = gradebook.update_or_create_submission(each.lesson, learner)
                more = moment_in(each.due).replace(tzinfo=None) - due[each.lesson]
                if not submission.extension and more > dt.timedelta(0):
                    gradebook.grant_extension(each.lesson, learner, minutes=more.total_seconds() / 60)
                    made.dates += 1


def _words_and_points(folder: MentorFolder, lesson: str, learner: str, feedback: Feedback, made: Rebuilt) -> None:
    """A mentor's comments, and points that no judge gives, as they went to the learner."""
    from nbgrader.api import MissingEntry

    told = {each.exercise: each for each in feedback.exercises}
    judged = {each.exercise: each for each in DeskStore(folder.store_path).answers(lesson, student=learner)}
    with open_gradebook(folder) as gradebook:
        try:
            submission = gradebook.find_submission(lesson, learner)
        except MissingEntry:
            return
        for said in _of(submission, "comments"):
            one = told.get(said.name.partition("-")[2])
            if one is not None and one.comment and not said.manual_comment:
                said.manual_comment = one.comment
                made.comments += 1
        for grade in _of(submission, "grades"):
            name = grade.name.partition("-")[2]
            one, answer = told.get(name), judged.get(name)
            if one is None or one.points is None or grade.manual_score is not None or answer is None:
                continue
            if answer.is_open or one.points != answer.points:
                grade.manual_score, grade.needs_manual_grade = one.points, False
                made.points += 1
        gradebook.db.commit()


def _of(submission: Any, name: str) -> Iterator[Any]:
    return (each for notebook in submission.notebooks for each in getattr(notebook, name))
