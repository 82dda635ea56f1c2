"""Between the learner's page and the mentors: handing in, what came back, and how the class stands; none of it without a class."""

from __future__ import annotations

import logging
import tempfile
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom.exchange.by_hand import receive
from classroom.exchange.exam import EXAM
from classroom.exchange.expo.record import EXPO
from classroom.exchange.expo.review import asked as asked_reviews
from classroom.exchange.invitation import BY_HAND, learners_end, membership
from classroom.exchange.mailbox import Mailbox
from classroom.exchange.moments import told_moment
from classroom.exchange.outbox import MOST_PROGRESS, Outbox, Receipt, read_notebook
from classroom.exchange.transport import Unreachable
from classroom.learner.exam.sittings import open_exams
from classroom.learner.page.course import the_course
from classroom.learner.page.handed import answers_in_dialect, answers_of
from classroom.learner.page.notebooks import find_lesson
from classroom.learner.progress.opening import UNUSABLE, open_progress
from classroom.learner.state.dialects import chosen_dialect
from classroom.notebook_names import notebook_name
from classroom.points import whole_points
from classroom.unwritten import is_full

if TYPE_CHECKING:
    from classroom.exchange.invitation import Membership
    from classroom.exchange.records import ExerciseFeedback, FaqEntry, Feedback, LessonAtDesk, Reply
    from classroom.folder import Folder

_log = logging.getLogger(__name__)
OUTGOING = {"ja": "提出ファイル", "en": "Hand-in files"}
"""The folder for files that are to be sent by hand."""


@dataclass(frozen=True)
class LessonInClass:
    """A lesson as the class has it. Moments are ISO 8601 in UTC; the page shows them in the learner's zone."""

    lesson: str
    due: str | None
    """The learner's own date; None without one."""
    over: bool
    """Whether that has passed."""
    released: bool
    receipts: tuple[Receipt, ...]
    """What was handed in from this folder, oldest first."""
    state: str
    """waiting, sent, to_send, collected, graded or refused; empty if nothing was handed in."""
    reason: str
    """Why it was refused."""
    graded: GradedOnPage | None
    late: bool
    """Whether the latest hand-in was made after the date."""
    file: str
    """Where the file lies that is still to be sent by hand, below the learner's folder; empty where there is none."""
    partner: str = ""
    """With whom it is handed in, where two do so together."""


@dataclass(frozen=True)
class GradedOnPage:
    """What came back of a lesson, without its page; marks in whole points, as they are read."""

    at: str
    code: str
    points: float
    possible: float
    solved: int
    """How many of the exercises were accepted, or given all their points by a mentor."""
    exercises: tuple[ExerciseFeedback, ...]
    unread: bool


@dataclass(frozen=True)
class QuestionOnPage:
    """A question of this learner's and its answer; `reply` is empty while there is none."""

    key: str
    exercise: str
    question: str
    at: str
    reply: str
    mentor: str
    unread: bool


@dataclass(frozen=True)
class ExamsInClass:
    """What of the level tests home tells."""

    open: int
    """How many can be taken now."""
    until: str
    """When the first of these ends, ISO 8601; empty without one."""
    back: int
    """How many results came back and were not read."""


@dataclass(frozen=True)
class ExpoInClass:
    """What of the Expo home tells."""

    graded: GradedOnPage | None
    """What came back."""
    reviews: int
    """How many answers of others wait for this learner's review."""
    partner: str = ""
    """With whom it is worked on; empty for who works alone."""
    writer: str = ""
    """In whose room it is then written; empty where that is this one."""


@dataclass(frozen=True)
class ClassOnPage:
    """How the class stands for this learner."""

    course: str
    mentor: str
    learner: str
    by_hand: bool
    """Whether files are carried by people."""
    closed: str
    """The shared folder, if it could not be reached the last time."""
    full: bool
    """Whether it could be reached, and has no room for what is sent."""
    waiting: int
    """Hand-ins and questions that have still to go."""
    lessons: tuple[LessonInClass, ...]
    questions: tuple[QuestionOnPage, ...]
    faq: tuple[FaqEntry, ...]
    expo: ExpoInClass
    exams: ExamsInClass
    unread: int
    """Of lessons, answers and the Expo."""


@dataclass(frozen=True)
class AnswerHandedIn:
    """One answer of a hand-in."""

    exercise: str
    title: str
    answer: str


class LearnersClass:
    """A learner's folder in its class."""

    def __init__(self, folder: Folder, member: Membership) -> None:
        self._folder, self._member = folder, member
        self._closed, self._full = "", False
        self._shown = b""

    @property
    def _outbox(self) -> Outbox:
        return Outbox(self._folder.hidden, self._member)

    @property
    def _mailbox(self) -> Mailbox:
        return Mailbox(self._folder.hidden)

    def now(self) -> ClassOnPage:
        """How things stand, from what lies in the learner's own folder."""
        receipts, known, read = self._outbox.receipts(), self._mailbox.known, self._mailbox.read()
        state, post = known.state, known.post
        at_desk = {each.lesson: each for each in post.standing.lessons} if post.standing else {}
        dates = {each.lesson: each.due for each in state.lessons} if state else {}
        graded = {each.lesson: _graded(each, read) for each in post.feedback}
        replies = {each.key: each for each in post.replies}
        lessons = tuple(
            self._to_be_sent(_lesson(each.id, dates, at_desk.get(each.id), receipts, graded.get(each.id)))
            for each in the_course().lessons
        )
        asked = self._outbox.questions()
        questions = tuple(
            _question(key, replies.get(key), asked.get(key), read)
            for key in dict.fromkeys([*(each.key for each in receipts if each.key), *replies])
        )
        unread = sum(each.unread for each in graded.values()) + sum(each.unread for each in questions)
        invitation = self._member.invitation
        return ClassOnPage(
            course=invitation.course,
            mentor=(state.mentor if state else "") or invitation.mentor,
            learner=self._member.learner,
            by_hand=invitation.way == BY_HAND,
            closed=self._closed,
            full=self._full,
            waiting=sum(not each.sent for each in receipts),
            lessons=lessons,
            questions=questions,
            faq=state.faq if state else (),
            expo=_expo(graded.get(EXPO), len(asked_reviews(self._folder.hidden, self._member)), at_desk.get(EXPO)),
            exams=ExamsInClass(*open_exams(self._folder.hidden, post.standing), _unread_exams(graded)),
            unread=unread,
        )

    def _to_be_sent(self, lesson: LessonInClass) -> LessonInClass:
        """Where people carry files, what was written into one is not handed in before it has arrived."""
        if self._member.invitation.way != BY_HAND or lesson.state != "sent":
            return lesson
        name = lesson.receipts[-1].name
        places = [each for each in OUTGOING.values() if (self._folder.root / each / name).is_file()]
        return replace(lesson, state="to_send", file=f"{places[0]}/{name}" if places else name)

    def synchronise(self, lang: str) -> ClassOnPage:
        """Send what waits and fetch what lies ready; a closed way is told, and nothing is lost."""
        end = learners_end(self._member, self._folder.hidden, self._folder.root / OUTGOING[lang])
        try:
            self._outbox.send(end)
            self._mailbox.fetch(end)
            content = self._progress()
            if content and content != self._shown and len(content) <= MOST_PROGRESS:
                end.progress(self._member.sender, content)
                self._shown = content
            self._closed, self._full = "", False
        except Unreachable as fault:
            _log.info("the way to the mentors is closed", exc_info=True)
            self._closed, self._full = str(fault.filename), is_full(fault)
        return self.now()

    def hand_in(self, lesson_id: str, lang: str) -> Receipt:
        """Keep the lesson as it is now; sending is `synchronise`'s.

        Raises:
            KeyError: there is no such lesson, or no notebook of it.
            OSError: it can't be kept.
        """
        lesson = the_course().lesson(lesson_id)
        path = find_lesson(self._folder.root, lesson.id, lang, notebook_name(lesson, lang))
        if path is None:
            raise KeyError(lesson_id)
        try:
            notebook = read_notebook(path)
        except (ValueError, RecursionError) as fault:
            raise OSError(str(fault)) from fault
        notebook = answers_in_dialect(notebook, chosen_dialect(self._folder))
        taught = the_course().known_as
        return self._outbox.hand_in(lesson.id, path.name, notebook, self._progress(), datetime.now(UTC), taught)

    def handed_in(self, code: str, lang: str) -> tuple[AnswerHandedIn, ...]:
        """The answers of a hand-in.

        Raises:
            KeyError: there is none of that number.
        """
        letter = self._outbox.look_at(code)
        if letter is None:
            raise KeyError(code)
        titles = {each.id: each.text[lang].title for each in the_course().lesson(letter.lesson).placed_exercises(lang)}
        return tuple(
            AnswerHandedIn(exercise, titles.get(exercise, ""), answer)
            for exercise, answer in answers_of(letter.notebook)
        )

    def file_of(self, code: str) -> tuple[str, bytes]:
        """A hand-in as a file to be sent by hand, with its name.

        Raises:
            KeyError: there is none of that number.
        """
        found = self._outbox.sealed(code)
        if found is None:
            raise KeyError(code)
        return found

    def page_of(self, lesson_id: str) -> str:
        """The feedback page of a lesson, which counts as read from now on.

        Raises:
            KeyError: none has come.
        """
        found = next((each for each in self._mailbox.known.post.feedback if each.lesson == lesson_id), None)
        if found is None:
            raise KeyError(lesson_id)
        self._mailbox.mark_read(_feedback_name(found))
        return found.page

    def mark_read(self, name: str) -> ClassOnPage:
        """Remember that a reply, or a lesson's feedback, was read."""
        for each in self._mailbox.known.post.feedback:
            if each.lesson == name:
                self._mailbox.mark_read(_feedback_name(each))
        if any(each.key == name for each in self._mailbox.known.post.replies):
            self._mailbox.mark_read(f"reply {name}")
        return self.now()

    def receive(self, data: bytes, lang: str) -> ClassOnPage:
        """Take a file that a mentor sent.

        Raises:
            classroom.exchange.envelope.Damaged: it is none.
            PermissionError: it is for somebody else.
        """
        receive(self._folder.hidden / "received", data, self._member.learner, datetime.now(UTC))
        return self.synchronise(lang)

    def _progress(self) -> bytes:
        """A copy of the progress file; empty where it can't be read."""
        store = open_progress(self._folder.progress, the_course()) if self._folder.progress.is_file() else None
        if store is None:
            return b""
        try:
            with tempfile.TemporaryDirectory() as place:
                store.copy_to(Path(place) / "progress.sqlite")
                return (Path(place) / "progress.sqlite").read_bytes()
        except UNUSABLE:
            _log.warning("the progress file does not go along", exc_info=True)
            return b""


def class_of(folder: Folder) -> LearnersClass | None:
    """The class that a learner's folder is in; None without one."""
    member = membership(folder.hidden)
    return LearnersClass(folder, member) if member else None


def as_json(record: Any) -> Any:
    """A record as JSON's own types."""
    return asdict(record)


def _lesson(
    lesson: str,
    dates: dict[str, str | None],
    desk: LessonAtDesk | None,
    receipts: tuple[Receipt, ...],
    graded: GradedOnPage | None,
) -> LessonInClass:
    due = desk.due if desk and desk.due else dates.get(lesson)
    mine = tuple(each for each in receipts if each.lesson == lesson and each.number)
    state, reason = _state(mine, desk)
    until = told_moment(due) if due is not None else None
    due = due if until is not None else None
    over = until is not None and until < datetime.now(UTC)
    late = until is not None and bool(mine) and datetime.fromisoformat(mine[-1].at) > until
    return LessonInClass(
        lesson, due, over, lesson in dates, mine, state, reason, graded, late, "", desk.partner if desk else ""
    )


def _state(mine: tuple[Receipt, ...], desk: LessonAtDesk | None) -> tuple[str, str]:
    """How the latest hand-in stands; what the desk says of an earlier one counts no more."""
    last = mine[-1] if mine else None
    earlier = {each.code for each in mine[:-1]}
    if last is not None and (desk is None or desk.code in earlier or (desk.code != last.code and desk.at < last.at)):
        return ("sent" if last.sent else "waiting"), ""
    return (desk.state, desk.reason) if desk and desk.code else ("", "")


def _expo(graded: GradedOnPage | None, reviews: int, desk: LessonAtDesk | None) -> ExpoInClass:
    return ExpoInClass(graded, reviews, desk.partner, desk.writer) if desk else ExpoInClass(graded, reviews)


def _unread_exams(graded: dict[str, GradedOnPage]) -> int:
    return sum(each.unread for lesson, each in graded.items() if lesson.startswith(EXAM))


def _graded(feedback: Feedback, read: frozenset[str]) -> GradedOnPage:
    unread = _feedback_name(feedback) not in read
    solved = sum(each.is_solved for each in feedback.exercises)
    points = whole_points(feedback.points, feedback.possible)
    return GradedOnPage(
        feedback.at, feedback.code, points, feedback.possible, solved, tuple(map(_as_read, feedback.exercises)), unread
    )


def _as_read(mark: ExerciseFeedback) -> ExerciseFeedback:
    return mark if mark.points is None else replace(mark, points=whole_points(mark.points, mark.possible))


def _feedback_name(feedback: Feedback) -> str:
    return f"feedback {feedback.lesson} {feedback.at}"


def _question(key: str, reply: Reply | None, asked: Any, read: frozenset[str]) -> QuestionOnPage:
    return QuestionOnPage(
        key,
        asked.exercise if asked else reply.exercise if reply else "",
        asked.wanted if asked else reply.question if reply else "",
        asked.at if asked else "",
        reply.reply if reply else "",
        reply.mentor if reply else "",
        reply is not None and f"reply {key}" not in read,
    )
