"""The class list, from a CSV file."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("id", "first_name", "last_name", "email")
_ID = re.compile(r"[^\W_][\w.@-]{0,99}\Z")


class RosterFault(ValueError):  # noqa: N818  (told to the mentor)
    """A line of the file cannot be used; `line` is its number."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(f"{line}: {text}")
        self.line = line
        self.text = text


@dataclass(frozen=True)
class Learner:
    """One line of the class list."""

    id: str
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None


def is_id(text: str) -> bool:
    """Whether a text can be a learner's id, which is the name of a folder too."""
    return _ID.match(text) is not None


def read_roster(path: Path) -> list[Learner]:
    """The learners of a file with a heading line: id, and if you like first_name, last_name, email.

    Excel's byte order mark is read over; other columns are left alone.

    Raises:
        RosterFault: there is no column id, or an id could not be the name of a folder.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if "id" not in (reader.fieldnames or ()):
            raise RosterFault(1, ",".join(reader.fieldnames or ()))
        learners = []
        for row in reader:
            known = {name: (row.get(name) or "").strip() or None for name in COLUMNS}
            if not any(known.values()):
                continue
            if not known["id"] or not is_id(known["id"]):
                raise RosterFault(reader.line_num, known["id"] or "")
            learners.append(Learner(known["id"], known["first_name"], known["last_name"], known["email"]))
    return learners


def enrol(gradebook: Any, learners: list[Learner]) -> None:
    """Add learners to the gradebook, or bring their names up to date."""
    for each in learners:
        gradebook.update_or_create_student(
            each.id, first_name=each.first_name, last_name=each.last_name, email=each.email
        )
