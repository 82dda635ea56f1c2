"""The steps around grading, as nbgrader does them: release, collect, extend, release feedback."""

from __future__ import annotations

import contextlib
import os
import warnings
from typing import TYPE_CHECKING, Any

from classroom.mentor.gradebook import open_gradebook, put_tools_on_path
from classroom.mentor.handin import CARRIED

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from classroom.mentor.place import MentorFolder


class NbgraderFault(Exception):  # noqa: N818  (told to the mentor)
    """nbgrader could not do a step; the message is its own log."""


def release(folder: MentorFolder, assignment: str, duedate: dt.datetime | None, *, to_exchange: bool) -> None:
    """Generate the learners' version, set the due date (in UTC), and put it into the exchange."""
    with _api(folder) as api:
        _checked(api.generate_assignment(assignment, force=True, create=True))
        if duedate is not None:
            with open_gradebook(folder) as gradebook:
                gradebook.update_or_create_assignment(assignment, duedate=duedate)
        if to_exchange:
            _checked(api.release_assignment(assignment))


def collect(folder: MentorFolder, assignment: str) -> None:
    """Fetch what was handed in through the exchange, newer hand-ins over older ones."""
    with _api(folder) as api:
        _checked(api.collect(assignment, update=True))


def release_feedback(folder: MentorFolder, assignment: str) -> list[str]:
    """Put the feedback pages into the exchange.

    Returns:
        Learners whose hand-in did not come through the exchange: nbgrader has no key to give their page back there.
    """
    pages = sorted(folder.root.glob(f"feedback/*/{assignment}"))
    keyless = [page.parent.name for page in pages if not all((page / name).is_file() for name in CARRIED)]
    left_out = [str(folder.config.CourseDirectory.get("student_id_exclude") or ""), *keyless]
    with _api(folder, student_id_exclude=",".join(filter(None, left_out))) as api, warnings.catch_warnings():
        # a misspelt argument inside nbgrader 0.9.6, of which traitlets warns
        warnings.filterwarnings("ignore", "Passing unrecognized arguments", DeprecationWarning)
        _checked(api.release_feedback(assignment))
    return keyless


class NotListed(Exception):  # noqa: N818  (told to the mentor)
    """The gradebook knows no such learner, or no such lesson."""


def extend(folder: MentorFolder, assignment: str, student: str, *, days: float) -> None:
    """Give one learner more time; 0 days takes an extension back. The next grading counts lateness anew.

    Raises:
        NotListed: the learner is not on the list, or the lesson has not been released.
    """
    from nbgrader.api import MissingEntry

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


def _checked(result: dict[str, Any]) -> None:
    if not result["success"]:
        raise NbgraderFault(str(result.get("error") or result.get("log") or "").strip())
