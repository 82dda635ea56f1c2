"""Makes a learner's folder ready in one language: every lesson where it lies or anew, practice, home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.notebook_names import PRACTICE_NAMES, notebook_name
from classroom.progress.opening import open_progress
from classroom.room.course import the_course, the_library
from classroom.room.notebooks import find_lesson
from classroom.room.restoring import open_lesson
from classroom.start.home import write_home
from classroom.start.lay_out import Fate, Ledger, lay_out
from classroom.start.practice_notebook import practice_notebook
from classroom.start.renumber import renumber_notebooks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from classroom.folder import Folder
    from classroom.language import Lang
    from coursebook import Lesson

    Tell = Callable[..., None]


def make_ready(folder: Folder, lang: Lang, tell: Tell) -> Path:
    """Lay out the notebooks and give home's; `tell(code, **params)` says what became of those that were there before.

    A lesson is found by what is inside it, so one that was renamed is not laid out twice; one that was laid out and is
    gone comes back with the answers that are on record.
    """
    from coursebook import compile_lesson

    course = the_course()
    ledger, store = Ledger(folder.laid_out), open_progress(folder.progress, course)
    for path in renumber_notebooks(folder, course, ledger):
        tell("start.renumbered", name=path.name)
    notebooks: list[tuple[Lesson, Path]] = []
    for lesson in course.lessons:
        name = notebook_name(lesson, lang)
        found = find_lesson(folder.root, lesson.id, lang, name)
        if found is None and ledger.known(name) and not (folder.root / name).exists():
            opened = open_lesson(folder, lesson, lang, store, ledger)
            notebooks.append((lesson, opened.path))
            if opened.answers:
                tell("start.restored", name=opened.path.name, answers=opened.answers)
            continue
        laid = lay_out(folder, name, compile_lesson(lesson, lang, "learner"), ledger, found=found)
        notebooks.append((lesson, found or folder.root / name))
        if laid.fate in (Fate.UPDATED, Fate.BESIDE):
            tell(f"start.{laid.fate.value}", name=laid.path.name)
    lay_out(folder, PRACTICE_NAMES[lang], practice_notebook(the_library().reviews, lang), ledger)
    return write_home(folder.root, course, notebooks, lang, store)
