"""`penguin mentor init`: a course folder for nbgrader, with the lessons compiled and the desk set up."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from classroom.mentor.classpage.page import write_page
from classroom.mentor.place.calendar import usual_zone
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.folder import CONFIGURATION, MentorFolder
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.roster import check_beside, enrol
from classroom.mentor.place.stores import GRADEBOOK
from coursebook import load_course
from coursebook.toml_text import toml_value

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from classroom.mentor.place.roster import Learner
    from coursebook import Course

_OTHERS = 0o007
_CONFIGURATION = '''"""nbgrader in this folder: SQL lessons, graded by the mentor's desk. Add your own settings below."""

from classroom.mentor.config import configure

c = get_config()  # noqa: F821
configure(c, __file__)
'''

_IGNORED = """\
# Solutions, grades and learners' work lie here: git keeps none of it. Delete this file if you want it to.
*
"""


class BadCourseName(ValueError):  # noqa: N818  (told to the mentor)
    """The exchange keeps a course in a folder of its name, and this is none."""


def begin(
    root: Path,
    lang: str,
    learners: list[Learner],
    *,
    course: str = "",
    exchange: Path | None = None,
    share: Path | None = None,
    practice: Path | None = None,
    lessons: Path | None = None,
    zone: str = "",
    hub: bool = False,
    mentor: str = "",
) -> MentorFolder:
    """Make the folder, or bring its sources and class list up to date; settings, seed and grades are kept.

    Raises:
        BadCourseName: the course is called what no folder of nbgrader's exchange can be called.
        RosterFault: a learner is enrolled already under another writing of the id; nothing was changed.
    """
    if course and (course in {".", ".."} or not course.isprintable() or set(course) & set("/\\")):
        raise BadCourseName(course)
    if learners and (root / "desk").is_dir():
        with open_gradebook(MentorFolder(root.resolve())) as gradebook:
            check_beside(learners, [each.id for each in gradebook.students])
    _make_private(root)
    folder = MentorFolder(root.resolve())
    _make_private(folder.desk)
    if not (ignored := folder.root / ".gitignore").exists():
        ignored.write_text(_IGNORED, encoding="utf-8")
    if not folder.settings_path.is_file():
        settings = {"lang": lang, "course": course or _course_name(folder.root.name)}
        places = (("exchange", exchange), ("share", share), ("practice", practice), ("lessons", lessons))
        settings |= {name: str(path.expanduser().resolve()) for name, path in places if path}
        told = {"zone": zone or usual_zone(lang), "mentor": mentor.strip()}
        settings |= {name: value for name, value in told.items() if value}
        lines = ["hub = true\n"] if hub else []
        lines += [f"numbering = {_taught(folder, lessons).numbering.latest}\n"]
        lines += [f"{name} = {toml_value(value)}\n" for name, value in settings.items()]
        folder.settings_path.write_text("".join(lines), encoding="utf-8")
    folder = MentorFolder(folder.root)
    _ = folder.seed
    configuration = folder.root / CONFIGURATION
    if not configuration.is_file():
        configuration.write_text(_CONFIGURATION, encoding="utf-8")
    if not folder.has_stock_exchange:
        folder.inbox.mkdir(exist_ok=True)
    write_sources(folder)
    write_page(folder)
    with open_gradebook(folder) as gradebook:
        enrol(gradebook, learners)
        for lesson in folder.course.lessons:
            gradebook.update_or_create_assignment(lesson.id)
    _keep_teams(folder, learners)
    for each in (folder.settings_path, folder.root / GRADEBOOK):
        if each.is_file():
            each.chmod(0o600)
    return folder


def _taught(folder: MentorFolder, lessons: Path | None) -> Course:
    """The course that a class is begun with, before its settings say which."""
    return load_course(lessons.expanduser()) if lessons else folder.course


def _keep_teams(folder: MentorFolder, learners: Iterable[Learner]) -> None:
    """What the list says of teams; where it says nothing, they stay as they are."""
    if teams := {each.id: each.team for each in learners if each.team is not None}:
        class_file(folder).put_into_teams(teams)


def _make_private(place: Path) -> None:
    """Make a folder that its owner alone can read; one that is there keeps what its owner and group may, and closes to all others."""
    if not place.exists():
        place.mkdir(parents=True)
        place.chmod(0o700)
    elif place.stat().st_mode & _OTHERS:
        with contextlib.suppress(PermissionError):  # a second mentor's, whose folder it is not to change
            place.chmod(place.stat().st_mode & ~_OTHERS)


def write_sources(folder: MentorFolder) -> None:
    """Compile each lesson into nbgrader's source folder."""
    from coursebook import compile_lesson
    from coursebook.compile import notebook_name

    for lesson in folder.course.lessons:
        place = folder.step("source", ".", lesson.id) / notebook_name(lesson)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(compile_lesson(lesson, folder.lang, "source"))


def _course_name(folder_name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "-", folder_name) or "course"
