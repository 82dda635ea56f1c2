"""Which notebook of a folder holds which lesson: told by what is inside them, never by their names."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_DEEPEST = 3


def find_lesson(root: Path, lesson_id: str, lang: str, name: str) -> Path | None:
    """The notebook of a lesson in a language: the one of that name, else the one that was saved last; None if none is."""
    found = [place for place, held in notebooks_in(root) if held == (lesson_id, lang)]
    named = root / name
    return named if named in found else max(found, key=lambda place: place.stat().st_mtime, default=None)


def notebooks_in(root: Path) -> list[tuple[Path, tuple[str, str]]]:
    """Every notebook of a lesson in a folder and the folders below it, with the lesson and its language."""
    found = []
    for place in _all_notebooks(root, _DEEPEST):
        try:
            stamp = place.stat()
            held = _lesson_in(place, stamp.st_mtime_ns, stamp.st_size)
        except OSError:  # gone meanwhile
            continue
        if held:
            found.append((place, held))
    return found


def _all_notebooks(folder: Path, depth: int) -> list[Path]:
    found = []
    for each in sorted(folder.iterdir()):
        if each.name.startswith("."):
            continue
        if each.suffix == ".ipynb" and each.is_file():
            found.append(each)
        elif depth and each.is_dir():
            found += _all_notebooks(each, depth - 1)
    return found


@lru_cache(maxsize=512)
def _lesson_in(place: Path, _changed: int, _size: int) -> tuple[str, str] | None:
    """The lesson and language that a notebook's metadata names; what lies in a file is read once for each state of it."""
    try:
        read: Any = json.loads(place.read_text(encoding="utf-8"))
        marks = read["metadata"]["penguin"]
        return str(marks["lesson"]), str(marks["lang"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
