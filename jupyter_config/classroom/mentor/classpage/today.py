"""What to do next, in one line each, the most urgent first; each line names the step that does it or the place where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.mentor.classpage.attention import Kind, Looked, class_needs, needs_attention_in
from classroom.mentor.classpage.board import stuck_lately
from classroom.mentor.classpage.groups import to_comment
from classroom.mentor.classpage.questions import REMINDER
from classroom.mentor.classpage.reminders import reminders
from classroom.mentor.classpage.stuck_tab import stuck_line
from classroom.mentor.grading.states import HandInState
from classroom.mentor.passback.deliver import kept_back
from classroom.mentor.passback.told import what_is_wrong, why_in_words
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.wording import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from classroom.mentor.classpage.attention import WaitingItem
    from classroom.mentor.classpage.board import Stuck
    from classroom.mentor.classpage.whole import WholeClass

_OF_KIND = {
    Kind.CLOSED: ("closed", ""),
    Kind.NOT_TAKEN: ("not_taken", "waiting"),
    Kind.REFUSED: ("refused", "waiting"),
    Kind.QUESTION: ("question", "questions"),
    Kind.FREE_FORM: ("free_form", "answers"),
    Kind.EXPO: ("expo", "notebook"),
    Kind.REVIEW: ("review", "notebook"),
}
"""What waits for a mentor: the name of its line, and where it is done."""
_TO_KNOW = frozenset({Kind.LATE, Kind.CHANGED, Kind.CLOCK, Kind.OPENED, Kind.PAIR})
"""What a mentor may want to know before a hand-in goes back, and has nothing to do about; then the table of the class says it."""


@dataclass(frozen=True)
class Waiting:
    """One thing behind a line."""

    kind: str
    lesson: str
    student: str
    """Empty where nothing says whose it is."""
    name: str
    text: str
    place: str = ""
    """Of a file that could not be taken."""
    exercise: str = ""
    """At which somebody is stuck, or whose answers are to be read."""


@dataclass(frozen=True)
class Line:
    """One line of the list."""

    kind: str
    text: str
    count: int
    lesson: str = ""
    """Of which lesson; empty where it is of none."""
    step: str = ""
    """The step that does it: grade, give_back or remind; empty where a person has to look."""
    leads: str = ""
    """The place where it is done: questions, answers, learners, waiting, notebook; empty where a step does it."""
    details: tuple[Waiting, ...] = ()


def stuck_now(view: WholeClass) -> tuple[Stuck, ...]:
    """Who tried last in vain and has been written to by no mentor since, reminders left out; longest first."""
    written: dict[tuple[str, str], str] = {}
    for each in class_file(view.folder).replies():
        if each.question_key.startswith(REMINDER):
            continue
        key = (each.student, each.exercise)
        written[key] = max(written.get(key, ""), each.at)
    listed = {each.id for each in view.learners}
    return tuple(
        each
        for each in stuck_lately(view.files, view.now)
        if each.student in listed and written.get((each.student, each.exercise), "") < each.since.isoformat()
    )


def today(view: WholeClass) -> tuple[Line, ...]:
    """The lines, the most urgent first."""
    looked = Looked(view.folder, view.files, view.marks)
    waiting = [(lesson, each) for lesson in view.released for each in needs_attention_in(looked, lesson)]
    waiting += [("", each) for each in class_needs(looked)]
    lines = [*_kinds(view, waiting, (Kind.CLOSED, Kind.NOT_TAKEN, Kind.REFUSED)), *_stuck(view)]
    lines += _kinds(view, waiting, (Kind.QUESTION,))
    lines += _graded(view)
    lines += _groups(view)
    lines += _kinds(view, waiting, (Kind.FREE_FORM, Kind.EXPO, Kind.REVIEW))
    lines += _owed(view)
    lines += _scores(view)
    lines += _reminders(view)
    known = [
        _waiting(view, lesson, each)
        for lesson, each in waiting
        if each.kind in _TO_KNOW and not view.is_back(lesson, each.student)
    ]
    if known:
        lines.append(_line(view, "to_know", len(known), leads="waiting", details=known))
    return tuple(lines)


def _kinds(view: WholeClass, waiting: list[tuple[str, WaitingItem]], kinds: Iterable[Kind]) -> Iterator[Line]:
    """One line for each kind and lesson of which something waits; a question is counted once, whichever lesson it is about."""
    for kind in kinds:
        code, leads = _OF_KIND[kind]
        found: dict[str, dict[Waiting, None]] = {}
        for lesson, each in waiting:
            if each.kind is kind:
                of_lesson = "" if kind is Kind.QUESTION else lesson
                found.setdefault(of_lesson, {})[_waiting(view, of_lesson, each)] = None
        for lesson, details in found.items():
            yield _line(view, code, len(details), lesson=lesson, leads=leads, details=details)


def _stuck(view: WholeClass) -> Iterator[Line]:
    details = [
        Waiting(
            "stuck",
            each.exercise.partition("-")[0],
            each.student,
            view.names.get(each.student, each.student),
            text,
            exercise=each.exercise,
        )
        for each in stuck_now(view)
        for text in [stuck_line(view.folder, each, view.names.get(each.student, each.student), now=view.now)]
    ]
    if details:
        yield _line(view, "stuck", len(details), leads="learners", details=details)


def _graded(view: WholeClass) -> Iterator[Line]:
    for lesson, states in view.states.items():
        students = [student for student, state in states.items() if state is HandInState.TO_GRADE]
        if students:
            yield _line(
                view, "grade", len(students), lesson=lesson, step="grade", details=_people(view, lesson, students)
            )


def _groups(view: WholeClass) -> Iterator[Line]:
    for lesson in view.released:
        counted = to_comment(view.folder, lesson, view.marks)
        details = [
            Waiting("comment", lesson, "", exercise, text, exercise=exercise)
            for exercise, count in counted.items()
            for text in [told("today.groups_of", view.folder.lang, count=count)]
        ]
        if counted:
            yield _line(view, "comment", counted.total(), lesson=lesson, leads="answers", details=details)


def _owed(view: WholeClass) -> Iterator[Line]:
    for lesson, students in view.owed.items():
        if students:
            details = _people(view, lesson, students)
            yield _line(view, "give_back", len(students), lesson=lesson, step="give_back", details=details)
    for lesson, students in view.withheld.items():
        if students:
            details = _people(view, lesson, students)
            yield _line(view, "withheld", len(students), lesson=lesson, leads="learners", details=details)


def _scores(view: WholeClass) -> Iterator[Line]:
    """Scores that don't reach the learning platform, one line for all."""
    lang, details = view.folder.lang, []
    if wrong := what_is_wrong(view.folder):
        details.append(Waiting("scores", "", "", "", wrong))
    details += [
        Waiting("scores", each.lesson, each.learner, view.names.get(each.learner, each.learner), why)
        for each in kept_back(view.folder)
        for why in [why_in_words(each.fault, lang)]
    ]
    if details:
        yield _line(view, "scores", len(details), leads="waiting", details=details)


def _reminders(view: WholeClass) -> Iterator[Line]:
    found: dict[str, list[Waiting]] = {}
    for each in reminders(view):
        name = view.names.get(each.student, each.student)
        found.setdefault(each.lesson, []).append(Waiting("remind", each.lesson, each.student, name, each.text))
    for lesson, details in found.items():
        yield _line(view, "remind", len(details), lesson=lesson, step="remind", details=details)


def _people(view: WholeClass, lesson: str, students: Iterable[str]) -> list[Waiting]:
    return [Waiting("", lesson, each, view.names.get(each, each), "") for each in students]


def _waiting(view: WholeClass, lesson: str, item: WaitingItem) -> Waiting:
    name = view.names.get(item.student, item.student)
    return Waiting(item.kind.value, lesson, item.student, name, item.text, item.place, item.exercise)


def _line(
    view: WholeClass,
    kind: str,
    count: int,
    *,
    lesson: str = "",
    step: str = "",
    leads: str = "",
    details: Iterable[Waiting] = (),
) -> Line:
    text = told(f"today.{kind}", view.folder.lang, count=count, lesson=lesson)
    return Line(kind, text, count, lesson, step, leads, tuple(details))
