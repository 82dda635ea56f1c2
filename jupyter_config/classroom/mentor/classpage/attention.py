"""What needs a mentor: everything of a lesson that does not go by itself, in words, with what to do."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from classroom.exchange.expo.record import EXPO
from classroom.exchange.over_hub import HubForDesk
from classroom.exchange.transport import Unreachable
from classroom.mentor.classpage.questions import read_questions
from classroom.mentor.collecting.collect import NO_NOTEBOOKS, received_file
from classroom.mentor.collecting.remarks import merged, reason_of, remark_sentence, remarks_of, trouble_sentence
from classroom.mentor.expo.expos import handed_in
from classroom.mentor.expo.outcome import lacks_in_words, outcome_of
from classroom.mentor.expo.peer_reviews import to_release
from classroom.mentor.expo.view import doubt_text
from classroom.mentor.grading.marks import all_marks
from classroom.mentor.grading.states import to_grade
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place.calendar import in_zone, zone_of
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.door import door_of
from classroom.mentor.place.wording import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from classroom.exchange.over_hub import SolutionOpened
    from classroom.mentor.classpage.progress_files import LearnersFile
    from classroom.mentor.collecting.received import ReceivedLetter
    from classroom.mentor.grading.marks import Marks
    from classroom.mentor.place.folder import MentorFolder

CLOCK_MATTERS = dt.timedelta(minutes=10)
"""A learner's clock that is further off is told."""
_UNITS = (("days", 86_400), ("hours", 3_600), ("minutes", 60))
_TOLD_REMARKS = frozenset({"locked_changed", "answer_missing", "first_line", "copy", "answer_cut", "extra_cut"})


class Kind(StrEnum):
    """Why something waits; in the order in which it is shown."""

    CLOSED = "closed"
    NOT_TAKEN = "not_taken"
    REFUSED = "refused"
    QUESTION = "question"
    FREE_FORM = "free_form"
    NOT_GRADED = "not_graded"
    LATE = "late"
    CHANGED = "changed"
    EXPO = "expo"
    REVIEW = "review"
    CLOCK = "clock"
    OPENED = "opened"
    PAIR = "pair"


@dataclass(frozen=True)
class WaitingItem:
    """One thing that waits."""

    kind: Kind
    student: str
    """Empty where nothing says whose it is."""
    text: str
    place: str = ""
    """Of a file that could not be taken."""
    exercise: str = ""
    """Whose answers wait to be read."""


class Looked:
    """What is looked through for what waits; what is the same for all lessons is read once."""

    def __init__(
        self,
        folder: MentorFolder,
        files: Mapping[str, LearnersFile],
        marks: Mapping[tuple[str, str], Marks] | None = None,
    ) -> None:
        """`marks` are those of all lessons, where they have been read; else those of a lesson are read when it is looked at."""
        self.folder, self.files, self._marks = folder, files, marks

    def marks_of(self, assignment: str) -> dict[str, Marks]:
        """A lesson's marks by learner."""
        marks = all_marks(self.folder, assignment) if self._marks is None else self._marks
        return {student: each for (lesson, student), each in marks.items() if lesson == assignment}

    @cached_property
    def partners(self) -> Mapping[tuple[str, str], str]:
        """Who hands in with whom: the partner by (learner, lesson)."""
        return class_file(self.folder).partners()

    @cached_property
    def opened(self) -> tuple[SolutionOpened, ...]:
        """The solutions that a hub's service has told; it is asked for all at a time."""
        door = door_of(self.folder)
        if not isinstance(door, HubForDesk):
            return ()
        try:
            return door.solutions_opened()
        except Unreachable:  # told as the way that is closed
            return ()


def needs_attention(
    folder: MentorFolder, assignment: str, files: Mapping[str, LearnersFile]
) -> tuple[WaitingItem, ...]:
    """All that waits in a lesson, and what waits in the class, such as files that could not be taken at all."""
    finds, looked = (*_OF_CLASS, *_OF_LESSON, _not_graded), Looked(folder, files)
    return _in_order(item for find in finds for item in find(looked, assignment))


def needs_attention_in(looked: Looked, assignment: str) -> tuple[WaitingItem, ...]:
    """What waits in one lesson alone, but for hand-ins to grade, which who reads the whole class knows already."""
    return _in_order(item for find in _OF_LESSON for item in find(looked, assignment))


def class_needs(looked: Looked) -> tuple[WaitingItem, ...]:
    """What waits of whatever lesson is looked at."""
    return _in_order(item for find in _OF_CLASS for item in find(looked, ""))


def _in_order(items: Iterable[WaitingItem]) -> tuple[WaitingItem, ...]:
    order = list(Kind)
    return tuple(sorted(items, key=lambda each: (order.index(each.kind), each.student, each.text)))


def _not_taken(looked: Looked, assignment: str) -> Iterator[WaitingItem]:
    folder = looked.folder
    if folder.share is not None and not folder.share.is_dir():
        yield WaitingItem(Kind.CLOSED, "", told("week.closed", folder.lang, place=folder.share))
    for each in received_file(folder).troubles():
        yield WaitingItem(Kind.NOT_TAKEN, each.learner, trouble_sentence(each, folder.lang), each.place)


def _refused_or_changed(looked: Looked, assignment: str) -> Iterator[WaitingItem]:
    folder = looked.folder
    rows = DeskStore(folder.store_path).submissions(assignment)
    latest = {each.student: each for each in rows}
    for each in (one for one in rows if one.state == "refused"):
        yield WaitingItem(Kind.REFUSED, each.student, reason_of(each.reason, folder.lang))
    for student, each in latest.items():
        remarks = [one for one in remarks_of(each.remarks) if one.code in _TOLD_REMARKS]
        if each.state != "refused" and remarks:
            said = " ".join(remark_sentence(one, folder.lang) for one in merged(remarks))
            yield WaitingItem(Kind.CHANGED, student, said)


def _questions(looked: Looked, assignment: str) -> Iterator[WaitingItem]:
    for each in read_questions(looked.folder, assignment, looked.files):
        if each.reply is None:
            about = f"{each.asked.exercise} · {each.asked.wanted}" if each.asked.exercise else each.asked.wanted
            yield WaitingItem(Kind.QUESTION, each.student, about)


def _free_form_and_late(looked: Looked, assignment: str) -> Iterator[WaitingItem]:
    folder = looked.folder
    zone, unread = zone_of(folder), Counter[str]()
    for student, marks in looked.marks_of(assignment).items():
        if marks.is_late and marks.submitted is not None and marks.duedate is not None:
            moments = {"at": in_zone(marks.submitted, zone), "due": in_zone(marks.duedate, zone)}
            yield WaitingItem(Kind.LATE, student, told("attention.late_by", folder.lang, **moments))
        if (
            marks.waiting and folder.step("autograded", student, assignment).exists()
        ):  # more time alone gives a learner cells without points
            unread.update(exercise for exercise, each in marks.exercises.items() if each.points is None)
    for exercise, count in sorted(unread.items()):
        text = told("attention.to_read", folder.lang, exercise=exercise, count=count)
        yield WaitingItem(Kind.FREE_FORM, "", text, exercise=exercise)


def _not_graded(looked: Looked, assignment: str) -> Iterator[WaitingItem]:
    if count := len(to_grade(looked.folder, assignment)):
        yield WaitingItem(Kind.NOT_GRADED, "", told("attention.to_grade", looked.folder.lang, count=count))


def _clocks(looked: Looked, assignment: str) -> Iterator[WaitingItem]:
    yield from _clocks_of(looked.folder, assignment)


def _clocks_without_lesson(looked: Looked, assignment: str) -> Iterator[WaitingItem]:
    """Of Expos and the like, which belong to no lesson."""
    for each in NO_NOTEBOOKS:
        yield from _clocks_of(looked.folder, each)


def _clocks_of(folder: MentorFolder, lesson: str) -> Iterator[WaitingItem]:
    latest = {each.learner: each for each in received_file(folder).letters(lesson=lesson)}
    for each in latest.values():
        if said := clock_text(each, folder.lang):
            yield WaitingItem(Kind.CLOCK, each.learner, said)


def of_new_hand_ins(folder: MentorFolder, letters: Iterable[ReceivedLetter]) -> list[str]:
    """What the page tells of hand-ins that have just arrived: clocks that are off, and what is to be done with Expos."""
    new = list(letters)
    lines = [f"{each.learner}: {said}" for each in new if (said := clock_text(each, folder.lang))]
    with_expo = {each.learner for each in new if each.lesson == EXPO}
    lines += [f"{each.student}: {each.text}" for each in _expos(Looked(folder, {}), "") if each.student in with_expo]
    return list(dict.fromkeys(lines))


def clock_text(letter: ReceivedLetter, lang: str) -> str:
    """How far off the clock was by which something was handed in; empty where that matters little."""
    if abs(letter.clock_off) <= CLOCK_MATTERS.total_seconds():
        return ""
    code = "attention.clock_behind" if letter.clock_off > 0 else "attention.clock_ahead"
    return told(code, lang, length=length_in_words(abs(letter.clock_off), lang), number=letter.code)


def length_in_words(seconds: float, lang: str) -> str:
    """A length of time in the largest unit of which there are two."""
    unit, size = next((each for each in _UNITS if seconds >= 2 * each[1]), _UNITS[-1])
    return told(f"attention.{unit}", lang, count=f"{round(seconds / size):,}")


def _dated_back(looked: Looked, assignment: str) -> Iterator[WaitingItem]:
    """Hand-ins that say a time at which they had not come yet; the time they say counts, and a mentor decides."""
    folder = looked.folder
    zone = zone_of(folder)
    for each in received_file(folder).letters(lesson=assignment):
        if not each.came:
            continue
        at, came = dt.datetime.fromisoformat(each.at), dt.datetime.fromisoformat(each.came)
        if came - at > CLOCK_MATTERS:
            moments = {"at": in_zone(at, zone), "came": in_zone(came, zone)}
            said = told("attention.came_later", folder.lang, number=each.code, **moments)
            yield WaitingItem(Kind.CLOCK, each.learner, said)


def _opened_early(looked: Looked, assignment: str) -> Iterator[WaitingItem]:
    """Solutions that were asked for before their hints, and those that a hub's service has told after one answer or none."""
    folder = looked.folder
    for each in looked.opened:
        if each.exercise.startswith(f"{assignment}-") and (each.answers <= 1 or not each.told):
            at = in_zone(dt.datetime.fromisoformat(each.at), zone_of(folder))
            code = "attention.opened_early" if each.told else "attention.asked_early"
            said = told(code, folder.lang, exercise=each.exercise, at=at)
            yield WaitingItem(Kind.OPENED, each.learner, said)


def _pairs(looked: Looked, assignment: str) -> Iterator[WaitingItem]:
    """Two who hand in together, and have each handed in: the later counts for both."""
    paired = {one: other for (one, lesson), other in looked.partners.items() if lesson == assignment and one < other}
    here = {each.learner: each for each in received_file(looked.folder).letters(lesson=assignment)} if paired else {}
    for student, partner in paired.items():
        if {student, partner} <= here.keys():
            later = max(here[student], here[partner], key=lambda each: each.at)
            said = told("attention.pair_both", looked.folder.lang, partner=partner, number=later.code)
            yield WaitingItem(Kind.PAIR, student, said)


def _expos(looked: Looked, assignment: str) -> Iterator[WaitingItem]:
    """What is doubtful in an Expo, and sealed plans whose learners wait for their second data; of whatever lesson is looked at."""
    folder = looked.folder
    for each in handed_in(folder):
        for doubt in each.doubts:
            yield WaitingItem(Kind.EXPO, each.learner, doubt_text(doubt, folder.lang))
        if each.plan is not None and each.month is None:
            yield WaitingItem(Kind.EXPO, each.learner, told("attention.waits_for_month", folder.lang))
        outcome = outcome_of(folder, each)
        if each.reported and outcome.lacks:
            missing = lacks_in_words(outcome.lacks, folder.lang)
            yield WaitingItem(Kind.EXPO, each.learner, told("attention.waits_for_marks", folder.lang, missing=missing))


def _reviews(looked: Looked, assignment: str) -> Iterator[WaitingItem]:
    """Reviews by those who have finished that wait to be read; of whatever lesson is looked at."""
    for each in to_release(looked.folder):
        said = told("attention.review_came", looked.folder.lang, reviewer=each.given.reviewer)
        yield WaitingItem(Kind.REVIEW, each.given.author, said)


_OF_LESSON = (_refused_or_changed, _questions, _free_form_and_late, _clocks, _dated_back, _opened_early, _pairs)
_OF_CLASS = (_not_taken, _expos, _reviews, _clocks_without_lesson)
