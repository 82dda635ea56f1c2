"""The home notebook: home as it stands at the start, for JupyterLab as it is; a page of its own is drawn from the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.home.view import home_page
from classroom.start.notebooks import notebook_bytes, shown_cell
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from classroom.progress import ProgressStore
    from coursebook import Course, Lesson

NAMES = {"ja": "ホーム.ipynb", "en": "Home.ipynb"}


def write_home(
    root: Path, course: Course, notebooks: Sequence[tuple[Lesson, Path]], lang: str, store: ProgressStore | None = None
) -> Path:
    """Write the home notebook anew; it holds nothing of the learner's."""
    from coursebook.practice import load_library

    place = root / NAMES[lang]
    names = {lesson.id: path.name for lesson, path in notebooks}
    shown = home_page(course, load_library(course.root), store, lang, names)
    write_whole(place, notebook_bytes([shown_cell("home-live", "%home", shown)], "home", lang))
    return place
