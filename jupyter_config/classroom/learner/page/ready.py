"""Makes a learner's folder ready in one language: every lesson where it lies or anew, and practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.learner.page.course import the_course, the_library
from classroom.learner.page.notebooks import find_lesson
from classroom.learner.page.restoring import open_lesson
from classroom.learner.progress.opening import open_progress
from classroom.learner.start.free_page import free_page
from classroom.learner.start.lay_out import Fate, Ledger, lay_out
from classroom.learner.start.practice_notebook import practice_notebook
from classroom.learner.start.renumber import renumber_notebooks
from classroom.notebook_names import FREE_NAMES, PRACTICE_NAMES, notebook_name
from coursebook.laid_out import learners_notebook

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.folder import Folder
    from classroom.language import Lang

    Tell = Callable[..., None]


def make_ready(folder: Folder, lang: Lang, tell: Tell) -> None:
    """Lay out the notebooks; `tell(code, **params)` says what became of those that were there before.

    A lesson is found by what is inside it, so one that was renamed is not laid out twice; one that was laid out and is
    gone comes back with the answers that are on record.
    """
    course = the_course()
    ledger, store = Ledger(folder.laid_out), open_progress(folder.progress, course)
    for path in renumber_notebooks(folder, course, ledger):
        tell("start.renumbered", name=path.name)
    for lesson in course.lessons:
        name = notebook_name(lesson, lang)
        found = find_lesson(folder.root, lesson.id, lang, name)
        if found is None and ledger.known(name) and not (folder.root / name).exists():
            opened = open_lesson(folder, lesson, lang, store, ledger)
            if opened.answers:
                tell("start.restored", name=opened.path.name, answers=opened.answers)
            continue
        laid = lay_out(folder, name, learners_notebook(lesson, lang), ledger, found=found)
        if laid.fate in (Fate.UPDATED, Fate.BESIDE):
            tell(f"start.{laid.fate.value}", name=laid.path.name)
    lay_out(folder, *beside_lessons(lang), ledger)


def beside_lessons(lang: Lang) -> tuple[str, bytes]:
    """The notebook besides the lessons, by its name: the course's practice, or where it has none a free page."""
    if the_course().parts.practice:
        return PRACTICE_NAMES[lang], practice_notebook(the_library(), the_course(), lang)
    return FREE_NAMES[lang], free_page(the_course(), lang)
