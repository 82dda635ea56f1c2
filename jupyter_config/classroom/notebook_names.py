"""The names of a learner's notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coursebook import Lesson

PRACTICE_NAMES = {"ja": "練習.ipynb", "en": "Practice.ipynb"}
FREE_NAMES = {"ja": "自由ページ.ipynb", "en": "Free page.ipynb"}


def notebook_name(lesson: Lesson, lang: str) -> str:
    """The lesson's file name in the learner's own language, in the order of the course: `01 名簿を引く.ipynb`."""
    number = lesson.folder.name.split("-", 1)[0]
    title = "".join(" " if each in '\\/:*?"<>|' else each for each in lesson.record.title[lang])
    return f"{number} {' '.join(title.split())}.ipynb"
