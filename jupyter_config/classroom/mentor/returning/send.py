"""Sends back what the desk has: what is out and due, what became of each hand-in, graded pages, answers to questions."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from classroom.exchange.by_hand import HandForDesk
from classroom.exchange.decoding import decoded
from classroom.exchange.expo.grant import Grant
from classroom.exchange.records import (
    ClassState,
    ColleaguesWay,
    DefinedHow,
    ExerciseFeedback,
    FaqEntry,
    Feedback,
    ReleasedLesson,
    Reply,
    Standing,
)
from classroom.mentor.collecting.collect import received_file, with_partners
from classroom.mentor.grading.marks import read_marks
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.notices.outbox import NoticeKind, notify
from classroom.mentor.place.calendar import as_utc
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.door import door_of
from classroom.mentor.place.exam_store import ExamStore
from classroom.mentor.place.expo_store import ExpoMarksStore
from classroom.mentor.place.faults import DeskFault
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.stores import BROKEN, DEFINITIONS, FAQ, HASTE, WAYS
from classroom.mentor.returning.asked_reviews import asked_of
from classroom.mentor.returning.expos_at_desk import ExposAtDesk
from classroom.mentor.returning.lessons_at_desk import LessonsAtDesk
from coursebook.practice.day_draft import Broken
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from typing import Any

    from classroom.exchange.exam_paper import ExamPaper
    from classroom.exchange.records import Letter
    from classroom.exchange.transport import DesksEnd
    from classroom.mentor.collecting.received import Received
    from classroom.mentor.place.folder import MentorFolder

_log = logging.getLogger(__name__)
_Record = TypeVar("_Record", FaqEntry, ColleaguesWay, DefinedHow, Broken)
EVERYBODY = ""


def ends_for(folder: MentorFolder, learner: str = EVERYBODY) -> list[DesksEnd]:
    """The ways to a learner: the shared folder or the hub where there is one, and by hand where that is how things come."""
    by_hand = HandForDesk(folder.inbox, folder.outbox)
    shared: DesksEnd | None = door_of(folder)
    if shared is None:
        return [by_hand]
    came = received_file(folder).letters(learner) if learner else ()
    return [shared, by_hand] if came and came[-1].way != "folder" else [shared]


def tell_class(folder: MentorFolder, faq: Iterable[FaqEntry] | None = None) -> int:
    """Tell everybody what is out and when it is due, and each learner what the desk has; gives how many were told anew.

    Without `faq` what was said there before stays.

    Raises:
        Unreachable: the shared folder is closed.
    """
    received, now = received_file(folder), dt.datetime.now(dt.UTC).isoformat()
    with open_gradebook(folder) as gradebook:
        names = {each.id: " ".join(filter(None, (each.last_name, each.first_name))) for each in gradebook.students}
        out = [each for each in gradebook.assignments if is_released(folder, each.name)]
        lessons = tuple(ReleasedLesson(each.name, as_utc(each.duedate)) for each in out)
        own_dates = {
            (each.student_id, assignment.name): as_utc(assignment.duedate + each.extension)
            for assignment in out
            for each in gradebook.assignment_submissions(assignment.name)
            if assignment.duedate is not None and each.extension
        }
    if faq is not None:
        keep_faq(folder, faq)
    points, expos = bool(folder.settings.get("points", True)), ExpoMarksStore(folder)
    state = ClassState(
        folder.course_id,
        folder.mentor_for_learners,
        now,
        lessons,
        read_faq(folder),
        read_ways(folder),
        read_definitions(folder),
        points,
        read_haste(folder),
        read_broken(folder),
    )
    before = _lessons_told(received)
    count = int(_tell(folder, received, EVERYBODY, "class", state, lambda end: end.release(state)))
    _notify_class(folder, lessons, before)
    reviews, exams = asked_of(folder), _open_exams(folder)
    at_desks, own_expos = LessonsAtDesk(folder, received, lessons, names), ExposAtDesk(folder, received, expos, names)
    for student in sorted({*names, *(each.learner for each in received.letters())}):
        at_desk = (*at_desks.of(student, own_dates), *own_expos.of(student))
        month, papers = _month_of(expos, student), exams.get(student, ())
        standing = Standing(student, now, at_desk, month, reviews.get(student, ()), papers)
        if any((standing.lessons, month, standing.reviews, papers, received.told(student, "standing"))):
            count += _tell(folder, received, student, "standing", standing, _standing_of(standing))
    return count


def _lessons_told(received: Received) -> tuple[ReleasedLesson, ...] | None:
    """What the class was told is out; None where an earlier version told it and kept nothing."""
    letter = received.told_letters("class").get(EVERYBODY)
    if letter is None:
        return None if received.told(EVERYBODY, "class") else ()
    return decoded(ClassState, json.loads(letter)).lessons


def _notify_class(
    folder: MentorFolder, lessons: Iterable[ReleasedLesson], before: tuple[ReleasedLesson, ...] | None
) -> None:
    """Have it said what is out anew, or due at another time."""
    for each in lessons:
        if before is not None and each not in before:
            notify(folder, NoticeKind.OUT, f"{each.lesson} {each.due or ''}".strip())


@dataclass(frozen=True)
class Returned:
    """What came of giving a lesson back."""

    sent: tuple[str, ...] = ()
    """The learners to whom a page went."""
    withheld: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Those to whom none went, for it would have taken away what they have: the exercises whose comment or points are gone."""


def give_back(
    folder: MentorFolder, assignment: str, students: Iterable[str] | None = None, *, replace_all: bool = False
) -> Returned:
    """Send the feedback pages that were made; one that would take away what its learner has goes with `replace_all` only.

    Raises:
        Unreachable: the shared folder is closed.
    """
    received, store, sent = received_file(folder), DeskStore(folder.store_path), list[str]()
    told, withheld = told_feedback(folder, assignment), dict[str, tuple[str, ...]]()
    wanted = None if students is None else set(students)
    for page in sorted(folder.root.glob(f"feedback/*/{assignment}/*.html")):
        learner = page.parents[1].name
        if wanted is not None and learner not in wanted:
            continue
        feedback = _feedback(folder, store, received, assignment, learner, page.read_text(encoding="utf-8"))
        gone = taken_away(facts_of(told[learner]), facts_of(feedback)) if learner in told else ()
        if gone and not replace_all:
            withheld[learner] = gone
            continue
        send_feedback(folder, feedback)
        sent.append(learner)
    return Returned(tuple(sent), withheld)


def told_feedback(folder: MentorFolder, assignment: str) -> dict[str, Feedback]:
    """What each learner was given back last of a lesson."""
    letters = received_file(folder).told_letters(f"feedback {assignment}")
    return {learner: decoded(Feedback, json.loads(letter)) for learner, letter in letters.items()}


Facts: TypeAlias = "Mapping[str, tuple[float | None, str]]"
"""Each exercise's points and comment."""


def facts_of(told: Feedback) -> Facts:
    """What a page says that a learner may keep."""
    return {each.exercise: (each.points, each.comment) for each in told.exercises}


def taken_away(before: Facts, now: Facts) -> tuple[str, ...]:
    """The exercises of which a learner has a comment or points that what is to be sent has no more."""
    return tuple(
        exercise
        for exercise, (points, comment) in before.items()
        if (one := now.get(exercise)) is None or (comment and not one[1]) or (points is not None and one[0] is None)
    )


def send_feedback(folder: MentorFolder, feedback: Feedback) -> None:
    """Send something marked back, unless it went out just so before.

    Raises:
        Unreachable: the shared folder is closed.
    """
    about = f"feedback {feedback.lesson}"
    if _tell(folder, received_file(folder), feedback.learner, about, feedback, _feedback_of(feedback)):
        notify(folder, NoticeKind.RETURNED, feedback.lesson, feedback.learner)


def send_reply(folder: MentorFolder, reply: Reply, kind: NoticeKind = NoticeKind.ANSWERED) -> None:
    """Send an answer to a question, or a word that nobody asked for.

    Raises:
        Unreachable: the shared folder is closed.
    """
    for end in ends_for(folder, reply.learner):
        end.reply(reply)
    notify(folder, kind, reply.exercise, reply.learner)


def is_released(folder: MentorFolder, assignment: str) -> bool:
    """Whether the learners' version of a lesson was made."""
    return any(folder.step("release", ".", assignment).glob("*.ipynb"))


def keep_faq(folder: MentorFolder, entries: Iterable[FaqEntry]) -> None:
    """Keep what all may read."""
    _keep(folder.desk / FAQ, entries)


def read_faq(folder: MentorFolder) -> tuple[FaqEntry, ...]:
    """What all may read."""
    return _kept(FaqEntry, folder.desk / FAQ)


def keep_ways(folder: MentorFolder, ways: Iterable[ColleaguesWay]) -> None:
    """Keep the right answers that are shown to whoever has solved their exercises."""
    _keep(folder.desk / WAYS, ways)


def read_ways(folder: MentorFolder) -> tuple[ColleaguesWay, ...]:
    """The right answers that are shown, in the order in which mentors have chosen them."""
    return _kept(ColleaguesWay, folder.desk / WAYS)


def keep_definitions(folder: MentorFolder, counted: Iterable[DefinedHow]) -> None:
    """Keep how many defined the questions of the day how."""
    _keep(folder.desk / DEFINITIONS, counted)


def read_definitions(folder: MentorFolder) -> tuple[DefinedHow, ...]:
    """How many defined them how when that was counted last."""
    return _kept(DefinedHow, folder.desk / DEFINITIONS)


def keep_haste(folder: MentorFolder, haste: int) -> None:
    """Keep how fast the class forgets beside the model (`coursebook.practice.memory.usual_haste`)."""
    write_whole(folder.desk / HASTE, f"{haste}\n".encode())


def read_haste(folder: MentorFolder) -> int:
    """How fast it forgets as that was fitted last; 1 before."""
    try:
        return int((folder.desk / HASTE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return 1
    except ValueError as fault:
        raise DeskFault("store_damaged", cause=HASTE) from fault


def keep_broken(folder: MentorFolder, best: Iterable[Broken]) -> None:
    """Keep how the class fared with the latest drafts of the day."""
    _keep(folder.desk / BROKEN, best)


def read_broken(folder: MentorFolder) -> tuple[Broken, ...]:
    """How it fared when that was counted last."""
    return _kept(Broken, folder.desk / BROKEN)


def _keep(place: Path, records: Iterable[FaqEntry | ColleaguesWay | DefinedHow | Broken]) -> None:
    text = json.dumps([asdict(each) for each in records], ensure_ascii=False, indent=1)
    write_whole(place, text.encode("utf-8", "backslashreplace"))


def _kept(record: type[_Record], place: Path) -> tuple[_Record, ...]:
    """What was kept; one that can't be read stops, for what all may read would be taken from them."""
    try:
        return tuple(decoded(record, each) for each in json.loads(place.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return ()
    except (ValueError, TypeError) as fault:
        raise DeskFault("store_damaged", cause=place.name) from fault


def _standing_of(standing: Standing) -> Callable[[DesksEnd], None]:
    return lambda end: end.standing(standing)


def _feedback_of(feedback: Feedback) -> Callable[[DesksEnd], None]:
    return lambda end: end.feedback(feedback)


def _tell(
    folder: MentorFolder, received: Received, learner: str, about: str, letter: Letter, give: Callable[[DesksEnd], None]
) -> bool:
    """Send what is new in it; what was sent with the same content before is left as it lies."""
    timeless = replace(letter, at="")
    ways = ends_for(folder, learner)
    text = json.dumps([asdict(timeless), [type(each).__name__ for each in ways]], sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    if received.told(learner, about) == digest:
        return False
    for end in ways:
        give(end)
    received.note_told(learner, about, digest, json.dumps(asdict(letter), ensure_ascii=False))
    return True


def _open_exams(folder: MentorFolder) -> dict[str, tuple[ExamPaper, ...]]:
    """The papers that have no result yet; when their time is over the learner's page says so."""
    found: dict[str, tuple[ExamPaper, ...]] = {}
    for each in ExamStore(folder).all():
        if each.result is None:
            found[each.learner] = (*found.get(each.learner, ()), each.paper)
    return found


def _month_of(expos: ExpoMarksStore, learner: str) -> str:
    """What was given last: a learner whose plan is another waits on."""
    given = expos.months(learner)
    return Grant(given[-1].seal, given[-1].effect, given[-1].seed).to_text() if given else ""


def _feedback(
    folder: MentorFolder, store: DeskStore, received: Received, assignment: str, learner: str, page: str
) -> Feedback:
    marks = read_marks(folder, assignment, learner)
    answers: dict[str, Any] = {each.exercise: each for each in store.answers(assignment, student=learner)}
    partner = class_file(folder).partners().get((learner, assignment))
    partners = received.letters(partner, assignment) if partner else ()
    letters = with_partners(received.letters(learner, assignment), partners)
    exercises = tuple(
        ExerciseFeedback(
            name,
            each.points,
            each.possible,
            "untouched" if each.untouched else answers[name].outcome if name in answers else "",
            each.comment,
        )
        for name, each in marks.exercises.items()
    )
    code = letters[-1].code if letters else ""
    now = dt.datetime.now(dt.UTC).isoformat()
    return Feedback(assignment, learner, now, code, marks.total, marks.possible, exercises, page)
