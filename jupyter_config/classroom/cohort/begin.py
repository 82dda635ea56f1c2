"""`penguin mentor init`: a course folder for nbgrader, with the lessons compiled and the desk set up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from classroom.cohort.page import write_page
from classroom.mentor.gradebook import open_gradebook
from classroom.mentor.place import CONFIGURATION, MentorFolder
from classroom.mentor.roster import enrol

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.roster import Learner

_CONFIGURATION = '''"""nbgrader in this folder: SQL lessons, graded by the mentor's desk. Add your own settings below."""

from classroom.mentor.config import configure

c = get_config()  # noqa: F821
configure(c, __file__)
'''


def begin(
    root: Path,
    lang: str,
    learners: list[Learner],
    *,
    course: str = "",
    exchange: Path | None = None,
    practice: Path | None = None,
) -> MentorFolder:
    """Make the folder, or bring its sources and class list up to date; settings, seed and grades are kept."""
    root.mkdir(parents=True, exist_ok=True)
    folder = MentorFolder(root.resolve())
    folder.desk.mkdir(exist_ok=True)
    if not folder.settings_path.is_file():
        settings = [f"numbering = {folder.course.numbering.latest}"]
        settings += [f'lang = "{lang}"', f'course = "{course or _course_name(folder.root.name)}"']
        settings += [
            f"{name} = '{path.resolve()}'" for name, path in (("exchange", exchange), ("practice", practice)) if path
        ]
        folder.settings_path.write_text("\n".join(settings) + "\n", encoding="utf-8")
    folder = MentorFolder(folder.root)
    _ = folder.seed
    configuration = folder.root / CONFIGURATION
    if not configuration.is_file():
        configuration.write_text(_CONFIGURATION, encoding="utf-8")
    write_sources(folder)
    write_page(folder)
    with open_gradebook(folder) as gradebook:
        enrol(gradebook, learners)
        for lesson in folder.course.lessons:
            gradebook.update_or_create_assignment(lesson.id)
    return folder


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
