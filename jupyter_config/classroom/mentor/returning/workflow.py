"""The steps around grading, as nbgrader does them: release, collect, extend, release feedback."""

from __future__ import annotations

import contextlib
import os
import warnings
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from classroom.exchange.transport import Unreachable
from classroom.mentor.collecting.collect import collect as take_all
from classroom.mentor.collecting.collect import note_empty_door
from classroom.mentor.collecting.handin import CARRIED, read_timestamp
from classroom.mentor.place.gradebook import open_gradebook, put_tools_on_path
from classroom.mentor.returning.send import give_back, is_released, tell_class

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from classroom.mentor.collecting.received import ReceivedLetter
    from classroom.mentor.place.folder import MentorFolder


class NbgraderFault(Exception):  # noqa: N818  (told to the mentor)
    """nbgrader could not do a step; the message is its own log."""


class NoLesson(LookupError):  # noqa: N818  (told to the mentor)
    """The course has no such lesson, or it was not released."""


def release(folder: MentorFolder, assignment: str, duedate: dt.datetime | None, *, to_exchange: bool) -> None:
    """Generate the learners' version, set the due date (in UTC), and let the class know; done again it moves the date.

    Raises:
        NoLesson: there is no such lesson.
        NbgraderFault: nbgrader could not make it.
        Unreachable: the shared folder is closed; the lesson is made, and releasing again tells the class.
    """
    if assignment not in folder.course.lesson_ids:
        raise NoLesson(assignment)
    generate(folder, assignment)
    with _api(folder) as api:
        # nbgrader does not release twice what lies in its exchange
        api.exchange.config.ExchangeReleaseAssignment.force = True
        if duedate is not None:
            with open_gradebook(folder) as gradebook:
                gradebook.update_or_create_assignment(assignment, duedate=duedate)
        if to_exchange and folder.has_stock_exchange:
            _checked(api.release_assignment(assignment))
    if to_exchange and not folder.has_stock_exchange:
        tell_class(folder)
        note_empty_door(folder)


def generate(folder: MentorFolder, assignment: str) -> None:
    """Make the learners' version of a lesson, and let the gradebook know its cells.

    Raises:
        NbgraderFault: nbgrader could not make it.
    """
    with _api(folder) as api:
        _checked(api.generate_assignment(assignment, force=True, create=True))


@dataclass(frozen=True)
class Collected:
    """What a run of collecting brought."""

    letters: tuple[ReceivedLetter, ...] = ()
    """Hand-ins that are new."""
    fetched: tuple[tuple[str, str], ...] = ()
    """Those that nbgrader's own exchange brought: (learner, lesson)."""
    questions: int = 0
    not_theirs: tuple[tuple[str, str], ...] = ()
    """Hand-ins in nbgrader's exchange that another account has left, and that were not taken: (learner, account)."""
    closed: str = ""
    """The shared folder, if it could not be reached."""

    @property
    def taken(self) -> int:
        """How many hand-ins are new."""
        return len(self.letters) + len(self.fetched)

    @property
    def by_lesson(self) -> dict[str, int]:
        """How many are new of each lesson."""
        lessons = [*(each.lesson for each in self.letters), *(lesson for _, lesson in self.fetched)]
        return dict(sorted(Counter(lessons).items()))


def collect(folder: MentorFolder, assignment: str = "") -> Collected:
    """Fetch what was handed in, newer hand-ins over older ones: of one lesson from nbgrader's exchange, else of all.

    Raises:
        NoLesson: that lesson is not released.
        NbgraderFault: nbgrader could not do it.
    """
    if assignment and not is_released(folder, assignment):
        raise NoLesson(assignment)
    not_theirs: tuple[tuple[str, str], ...] = ()
    before = _times_of_submitted(folder)
    if folder.has_stock_exchange:
        from classroom.mentor.collecting.owners import left_out

        for each in [assignment] if assignment else folder.course.lesson_ids:
            if is_released(folder, each):
                with _api(folder) as api:
                    log = _checked(api.collect(each, update=True))
                not_theirs += left_out(log)
    fetched = {place for place, time in _times_of_submitted(folder).items() if before.get(place) != time}
    found = take_all(folder)
    if not folder.has_stock_exchange and not found.closed:
        with contextlib.suppress(Unreachable):  # told with the next step
            tell_class(folder)
    return Collected(tuple(found.taken), tuple(sorted(fetched)), found.questions, not_theirs, found.closed)


def _times_of_submitted(folder: MentorFolder) -> dict[tuple[str, str], str]:
    """When what lies there was handed in, by learner and lesson."""
    places = [each for each in folder.root.glob("submitted/*/*") if not each.name.startswith(".")]
    return {(each.parent.name, each.name): read_timestamp(each)[1] for each in places}


@dataclass(frozen=True)
class FeedbackReleased:
    """What came of sending feedback."""

    keyless: tuple[str, ...] = ()
    """Learners whose hand-in did not come through nbgrader's exchange: it has no key to give their page back there."""
    withheld: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """See `returning.Returned`."""

    def reached(self, made: Iterable[str]) -> int:
        """How many of those whose page was made have it by this."""
        return len({*made} - {*self.keyless} - self.withheld.keys())


def release_feedback(
    folder: MentorFolder, assignment: str, students: Sequence[str] | None = None, *, replace_all: bool = False
) -> FeedbackReleased:
    """Send the feedback pages.

    Raises:
        Unreachable: the shared folder is closed.
    """
    if not folder.has_stock_exchange:
        returned = give_back(folder, assignment, students, replace_all=replace_all)
        tell_class(folder)
        return FeedbackReleased(withheld=returned.withheld)
    pages = sorted(folder.root.glob(f"feedback/*/{assignment}"))
    keyless = [page.parent.name for page in pages if not all((page / name).is_file() for name in CARRIED)]
    left_out = [str(folder.config.CourseDirectory.get("student_id_exclude") or ""), *keyless]
    with _api(folder, student_id_exclude=",".join(filter(None, left_out))) as api, warnings.catch_warnings():
        # a misspelt argument inside nbgrader 0.9.6, of which traitlets warns
        warnings.filterwarnings("ignore", "Passing unrecognized arguments", DeprecationWarning)
        _checked(api.release_feedback(assignment))
    return FeedbackReleased(tuple(each for each in keyless if students is None or each in students))


class NotListed(Exception):  # noqa: N818  (told to the mentor)
    """The gradebook knows no such learner, or no such lesson."""


def extend(folder: MentorFolder, assignment: str, student: str, *, days: float) -> None:
    """Give one learner more time; 0 days takes an extension back. The next grading counts lateness anew.

    Raises:
        NotListed: the learner is not on the list, or the lesson has not been released.
        ValueError: it would be less time.
    """
    from nbgrader.api import MissingEntry

    if days < 0:
        raise ValueError(days)
    if not is_released(folder, assignment):
        raise NotListed
    with open_gradebook(folder) as gradebook, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader 0.9.6 adds rows in an order of which SQLAlchemy warns
        try:
            gradebook.update_or_create_submission(assignment, student)
        except MissingEntry:
            raise NotListed from None
        gradebook.grant_extension(assignment, student, hours=days * 24)


@contextlib.contextmanager
def _api(folder: MentorFolder, **course: str) -> Iterator[Any]:
    """The interface of nbgrader in the mentor's folder, with settings of its CourseDirectory beside the folder's."""
    from nbgrader.apps import NbGraderAPI

    here = os.getcwd()  # noqa: PTH109  (put back as it was)
    os.chdir(folder.root)
    try:
        put_tools_on_path()
        api: Any = NbGraderAPI
        config = folder.config
        config.CourseDirectory.update(course)
        yield api(config=config)
    finally:
        os.chdir(here)


def _checked(result: dict[str, Any]) -> str:
    """The log of a step that was done."""
    if not result["success"]:
        raise NbgraderFault(str(result.get("error") or result.get("log") or "").strip())
    return str(result.get("log") or "")
