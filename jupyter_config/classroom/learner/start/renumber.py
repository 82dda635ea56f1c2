"""Brings the learner's notebooks to the numbers that exercises have now; what the learner wrote stays as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from classroom.language import LANGS
from classroom.learner.start.lay_out import fingerprint
from coursebook.laid_out import learners_notebook
from coursebook.numbering import renumbered_notebook
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from classroom.folder import Folder
    from classroom.learner.start.lay_out import Ledger
    from coursebook import Course


def renumber_notebooks(folder: Folder, course: Course, ledger: Ledger) -> list[Path]:
    """Change the numbers in all lessons of a learner's folder that are in an earlier numbering.

    A class's notebooks keep theirs: the mentor's folder knows them by it.

    Returns:
        The notebooks in which a number changed.
    """
    numbering = course.numbering
    changed: list[Path] = []
    for path, notebook in _lessons(folder.root):
        penguin = notebook["metadata"]["penguin"]
        edition = numbering.known(penguin.get("numbering"))
        if edition == numbering.latest:
            continue
        ids = numbering.ids(edition, numbering.latest)
        ids = {old: new for old, new in ids.items() if old.startswith(f"{penguin['lesson']}-")}
        renumbered = renumbered_notebook(notebook, ids, numbering.latest)
        write_whole(path, json.dumps(renumbered, ensure_ascii=False, indent=1).encode())
        if ledger.known(path.name) == fingerprint(notebook):
            ledger.note(path.name, fingerprint(renumbered))
        elif ledger.known(path.name) == _laid_out_now(course.in_numbering(edition), penguin):
            ledger.note(path.name, _laid_out_now(course, penguin))
        changed += [path] if ids else []
    return changed


def _laid_out_now(course: Course, penguin: dict[str, str]) -> str:
    """The fingerprint of a lesson as it is laid out now; with an earlier numbering, as if only the numbers had changed."""
    try:
        lesson = course.lesson(penguin["lesson"])
    except KeyError:
        return ""
    return fingerprint(json.loads(learners_notebook(lesson, penguin["lang"])))


def _lessons(root: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The notebooks of lessons that the learner works on alone."""
    for path in sorted(root.rglob("*.ipynb")):
        if any(part.startswith(".") for part in path.relative_to(root).parts):
            continue
        try:
            notebook = json.loads(path.read_text(encoding="utf-8"))
            penguin = notebook["metadata"]["penguin"]
            if penguin["edition"] == "learner" and penguin["lesson"] and penguin["lang"] in LANGS:
                yield path, notebook
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            continue
