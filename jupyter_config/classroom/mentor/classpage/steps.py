"""The steps of a class's week, as the class page does them: each says what came of it, and what can go wrong with it in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.exchange.transport import Unreachable
from classroom.mentor.classpage.counted import tell_counted
from classroom.mentor.collecting.pairs import NoPair
from classroom.mentor.exam.marking import mark_exams
from classroom.mentor.expo.together import NoTeamsExpo
from classroom.mentor.grading.marks import all_marks
from classroom.mentor.grading.states import HandInState, hand_in_states
from classroom.mentor.place.calendar import NoDate, in_zone, read_due, zone_of
from classroom.mentor.place.gradebook import NoAssignment, name_of, names_of
from classroom.mentor.place.turn import one_at_a_time
from classroom.mentor.place.wording import told
from classroom.mentor.returning.send import is_released, tell_class
from classroom.mentor.returning.workflow import (
    NbgraderFault,
    NoLesson,
    NotListed,
    collect,
    extend,
    release,
    release_feedback,
)
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from classroom.mentor.grading.desk import Progress
    from classroom.mentor.place.folder import MentorFolder


def release_lesson(folder: MentorFolder, lesson: str, due: str) -> str:
    """Release a lesson, with the date that is written or none."""
    moment = read_due(due, zone_of(folder)) if due.strip() else None
    with one_at_a_time(folder):
        release(folder, lesson, moment, to_exchange=True)
    when = told("week.due", folder.lang, when=in_zone(moment, zone_of(folder))) if moment else ""
    return f"{told('week.is_released', folder.lang, lesson=lesson)} {when}".strip()


def collect_lesson(folder: MentorFolder, lesson: str = "") -> str:
    """Take what has arrived."""
    with one_at_a_time(folder):
        found = collect(folder, lesson)
        if not found.closed:
            mark_exams(folder)
            tell_counted(folder)
    said = [told("week.collected", folder.lang, count=found.taken, questions=found.questions)]
    said += [told("week.not_theirs", folder.lang, student=who, owner=owner) for who, owner in found.not_theirs]
    if found.closed:
        said.append(told("week.closed", folder.lang, place=found.closed))
    return " ".join(said)


def grade_lesson(folder: MentorFolder, lesson: str, progress: Progress | None = None) -> str:
    """Grade what is new."""
    from classroom.mentor.grading.grade import grade_assignment

    if not is_released(folder, lesson):
        raise NoAssignment(lesson)
    report = grade_assignment(folder, lesson, progress=progress)
    if not folder.has_stock_exchange:
        tell_class(folder)
    said = [told("week.graded", folder.lang, graded=len(report.graded), skipped=len(report.skipped))]
    if report.refused:
        said.append(told("week.refused", folder.lang, count=len(report.refused)))
    return " ".join(said)


def give_back_lesson(
    folder: MentorFolder, lesson: str, students: Sequence[str] | None = None, *, with_solutions: bool = False
) -> str:
    """Make the pages of these learners, or of all who are graded, and send them."""
    from classroom.mentor.returning.feedback import make_feedback

    with one_at_a_time(folder):
        made = make_feedback(folder, lesson, students, with_solutions=with_solutions)
        done = release_feedback(folder, lesson, students)
    said = [told("week.given_back", folder.lang, count=done.reached(made))]
    if done.keyless:
        said.append(told("week.keyless", folder.lang, students=_named(folder, done.keyless)))
    if done.withheld:
        said.append(told("week.withheld", folder.lang, students=_named(folder, done.withheld), lesson=lesson))
    return " ".join(said)


def marked_through(folder: MentorFolder, lesson: str) -> tuple[str, ...]:
    """The learners of whose hand-in nothing waits for a person's mark any more."""
    states = hand_in_states(folder, lesson, all_marks(folder, lesson))
    return tuple(student for student, state in states.items() if state is HandInState.GRADED)


def extend_for(folder: MentorFolder, lesson: str, student: str, days: float) -> str:
    """Give one learner more time."""
    with one_at_a_time(folder):
        extend(folder, lesson, student, days=days)
        if not folder.has_stock_exchange:
            tell_class(folder)
    return told("week.extended", folder.lang, student=name_of(folder, student), days=f"{days:g}")


def said_of(folder: MentorFolder, lesson: str, act: Callable[[], str]) -> tuple[str, bool]:
    """What came of a step, and whether it was done; what can go wrong with it in words."""
    try:
        return act(), True
    except NoDate as fault:
        return told("week.bad_date", folder.lang, text=fault), False
    except Unreachable as fault:
        return told("week.closed", folder.lang, place=fault.filename), False
    except (NoAssignment, NoLesson, NotListed):
        return told("week.release_first", folder.lang, lesson=lesson), False
    except NoPair as fault:
        return told(f"pair.{fault.code}", folder.lang, **_with_names(folder, fault.params)), False
    except NoTeamsExpo as fault:
        return told(f"team_expo.{fault.code}", folder.lang, **_with_names(folder, fault.params)), False
    except NbgraderFault as fault:
        return told("week.nbgrader", folder.lang, log=fault), False


_PEOPLE = frozenset({"student", "partner", "writer"})


def _with_names(folder: MentorFolder, params: Mapping[str, object]) -> dict[str, object]:
    """A fault's parameters, with people by their names."""
    return {key: name_of(folder, str(each)) if key in _PEOPLE else each for key, each in params.items()}


def _named(folder: MentorFolder, students: Iterable[str]) -> str:
    return say("desk.list_comma", folder.lang).join(names_of(folder, students))
