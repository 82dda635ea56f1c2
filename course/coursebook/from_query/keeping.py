"""Puts an exercise into a course: its folder, its place in both texts of a lesson, and the lesson's minutes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from coursebook.from_query.files import MINUTES, exercise_files
from coursebook.messages import LANGUAGES, render
from coursebook.records import line_of_key
from coursebook.toml_text import toml_text
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from coursebook.course import Course
    from coursebook.from_query.files import QueryDraft

NEW_LESSON = "01-from-work"
"""The folder of the lesson that a course without any gets."""
_LONGEST_SLUG = 40


class NotKept(ValueError):  # noqa: N818  (told to whoever asked)
    """The exercise can't be put where it should go; the text is a code of the messages."""


def next_id(course: Course, lesson: str) -> str:
    """The id of the next exercise of a lesson, by its folder; of the new lesson for an empty name.

    Raises:
        NotKept: there is no such lesson that can be read, or its numbers are used up.
    """
    if not lesson:
        if course.folders:
            raise NotKept("no_lesson")
        return "L1-01"
    record = course.outlines.get(lesson) if lesson in course.folders else None
    if record is None:
        raise NotKept("no_lesson")
    numbers = [int(found[0]) for each in _exercises(course, lesson).glob("*") if (found := re.match(r"\d+", each.name))]
    number = max(numbers, default=0) + 1
    if number > 99:
        raise NotKept("lesson_full")
    return f"{record.id}-{number:02d}"


def keep(course: Course, lesson: str, draft: QueryDraft) -> Path:
    """Write a draft into a lesson; gives its folder. Nothing outside of the course's folder is written.

    Raises:
        NotKept: it can't be put there.
        OSError: the course's folder can't be written.
    """
    root = course.root.resolve()
    name = lesson or NEW_LESSON
    home = course.root / "lessons" / name
    folder = home / "exercises" / f"{draft.id.split('-')[1]}-{_slug(draft)}"
    if not folder.resolve().is_relative_to(root) or not home.resolve().is_relative_to(root):
        raise NotKept("outside")
    if not lesson:
        _write_lesson(home)
    folder.parent.mkdir(exist_ok=True)
    try:
        folder.mkdir()
    except FileExistsError as there:
        raise NotKept("there") from there
    for file, text in exercise_files(draft).items():
        write_whole(folder / file, text.encode())
    for lang in LANGUAGES:
        _append(home / f"lesson.{lang}.md", f":::exercise {folder.name}")
    _say_minutes(home / "lesson.toml", draft)
    return folder


def _exercises(course: Course, lesson: str) -> Path:
    return course.root / "lessons" / lesson / "exercises"


def _slug(draft: QueryDraft) -> str:
    """The folder's name of an English title: small letters, digits and -."""
    words = re.findall(r"[a-z0-9]+", ((draft.title or {}).get("en") or "").lower())
    return "-".join(words)[:_LONGEST_SLUG].strip("-") or "query"


def _append(path: Path, line: str) -> None:
    text = path.read_text(encoding="utf-8").rstrip("\n")
    write_whole(path, f"{text}\n\n{line}\n".encode())


def _say_minutes(path: Path, draft: QueryDraft) -> None:
    """Add the exercise's minutes to the lesson's, and a stretch of its own."""
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    at = line_of_key("\n".join(lines), ("minutes",)) - 1
    lines[at] = re.sub(r"\d+", lambda found: str(int(found[0]) + MINUTES), lines[at], count=1)
    stretch = toml_text({"stretches": [_stretch(draft)]})
    write_whole(path, "\n".join([*lines, "", stretch]).encode())


def _stretch(draft: QueryDraft) -> dict[str, Any]:
    titles = {lang: (draft.title or {}).get(lang) or draft.id for lang in LANGUAGES}
    said = {
        key: {lang: render(f"from_query.{key}", {"title": titles[lang]}, lang) for lang in LANGUAGES}
        for key in ("question", "ability")
    }
    return {"last": draft.id, **said}


def _write_lesson(home: Path) -> None:
    """A lesson that holds nothing yet but its first words."""
    said = {
        key: {lang: render(f"from_query.lesson_{key}", {}, lang) for lang in LANGUAGES} for key in ("title", "question")
    }
    write_whole(home / "lesson.toml", toml_text({"id": "L1", **said, "minutes": 1, "level": 1}).encode())
    for lang in LANGUAGES:
        text = f"# {said['title'][lang]}\n\n{render('from_query.lesson_text', {}, lang)}\n"
        write_whole(home / f"lesson.{lang}.md", text.encode())
