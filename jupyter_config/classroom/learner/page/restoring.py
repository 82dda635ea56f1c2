"""A lesson that is missing is laid out anew, with the answers that are on record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.learner.page.notebooks import find_lesson
from classroom.learner.progress.opening import UNUSABLE
from classroom.learner.start.lay_out import Ledger, fingerprint
from classroom.notebook_names import notebook_name
from coursebook.answer_cell import first_line
from coursebook.laid_out import learners_notebook
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from classroom.folder import Folder
    from classroom.learner.progress import ProgressStore
    from coursebook import Lesson


@dataclass(frozen=True)
class OpenedNotebook:
    """The notebook of a lesson, as it can be opened now."""

    path: Path
    made: bool
    """Whether it was missing and has been laid out anew."""
    answers: int = 0
    """How many answers on record were put back into it."""


def open_lesson(
    folder: Folder, lesson: Lesson, lang: str, store: ProgressStore | None, ledger: Ledger | None = None
) -> OpenedNotebook:
    """The lesson's notebook, wherever it lies and whatever it is called; a missing one is laid out anew."""
    name = notebook_name(lesson, lang)
    if found := find_lesson(folder.root, lesson.id, lang, name):
        return OpenedNotebook(found, made=False)
    compiled = learners_notebook(lesson, lang)
    ledger = ledger or Ledger(folder.laid_out)
    known = (
        recorded_answers(store) if ledger.known(name) else {}
    )  # answers of another language's lesson fit no data here
    answers = {key: text for key, text in known.items() if key.startswith(f"{lesson.id}-")}
    content = with_answers(compiled, answers, lang)
    place = _free(folder.root / name)
    write_whole(place, content)
    ledger.note(name, fingerprint(json.loads(compiled)))
    return OpenedNotebook(place, made=True, answers=len(answers))


def recorded_answers(store: ProgressStore | None) -> Mapping[str, str]:
    """The answer to keep for each exercise: the last accepted one, else the last."""
    try:
        tries = store.tries() if store else ()
    except UNUSABLE:
        return {}
    last = {each.exercise_id: each.answer for each in tries}
    return last | {each.exercise_id: each.answer for each in tries if each.accepted}


def with_answers(notebook: bytes, answers: Mapping[str, str], lang: str) -> bytes:
    """A lesson's notebook with these answers in its answer cells."""
    read = json.loads(notebook)
    for cell in read["cells"]:
        marks = cell["metadata"].get("penguin", {})
        if marks.get("role") == "answer" and marks["exercise"] in answers:
            cell["source"] = f"{first_line(marks['exercise'], lang)}\n{answers[marks['exercise']]}\n"
    return (json.dumps(read, ensure_ascii=False, indent=1) + "\n").encode()


def _free(place: Path) -> Path:
    """A name that nothing has yet; a file that is no lesson any more is left where it lies."""
    names = [place, *(place.with_name(f"{place.stem} ({number}){place.suffix}") for number in range(2, 100))]
    return next(each for each in names if not each.exists())
