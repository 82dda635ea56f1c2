"""Puts a hand-in where nbgrader's collect puts it, whole: submitted/<learner>/<lesson>/ with the released name and its time."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from classroom.mentor.collecting.handin import CARRIED, read_timestamp
from coursebook.compile import notebook_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder


@dataclass(frozen=True)
class Submitted:
    """A hand-in."""

    learner: str
    lesson: str
    at: dt.datetime
    notebook: Any
    """As JSON was read."""
    beside: Mapping[str, bytes] = field(default_factory=dict)
    """Files that go along, by name."""


def put_submitted(folder: MentorFolder, handin: Submitted) -> bool:
    """Lay it out; False where the same or a later one lies there, which stays."""
    target = folder.step("submitted", handin.learner, handin.lesson)
    known, _ = read_timestamp(target)
    if known is not None and known >= handin.at.replace(tzinfo=None):
        return False
    part = target.with_name(f".{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    text = json.dumps(handin.notebook, ensure_ascii=False, indent=1)
    (part / _name(folder, handin.lesson)).write_bytes(text.encode("utf-8", "backslashreplace"))
    (part / CARRIED[0]).write_text(f"{handin.at:%Y-%m-%d %H:%M:%S.%f} UTC", encoding="ascii")
    for name, content in handin.beside.items():
        (part / name).write_bytes(content)
    _swap(part, target)
    return True


def _name(folder: MentorFolder, lesson: str) -> str:
    """The released notebook's name."""
    released = sorted(folder.step("release", ".", lesson).glob("*.ipynb"))
    return released[0].name if released else f"{notebook_name(folder.course.lesson(lesson))}"


def _swap(part: Path, target: Path) -> None:
    old = target.with_name(f".{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    part.rename(target)
    shutil.rmtree(old, ignore_errors=True)
