"""The class list, from a table in a text file as Excel and others save it."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

COLUMNS = ("id", "first_name", "last_name", "email", "team")
UTF_8 = "UTF-8"
_ID = re.compile(r"[^\W_](?:[\w.@-]{0,98}[\w@-])?\Z")
_WINDOWS_OWN = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?\Z", re.IGNORECASE)
_DELIMITERS = (",", "\t", ";")
_LONGEST_TEAM = 80
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", UTF_8),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How Excel's own files begin."""


class RosterFault(ValueError):  # noqa: N818  (told to the mentor)
    """The file cannot be used; `code` names a sentence below `desk.roster`, and `params` says where and what."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(f"{code}: {params}")
        self.code, self.params = code, params


@dataclass(frozen=True)
class Learner:
    """One line of the class list."""

    id: str
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    team: str | None = None
    """Empty where the list says that there is none; None where it says nothing of teams."""


@dataclass(frozen=True)
class Roster:
    """The class list as it was read."""

    learners: tuple[Learner, ...]
    encoding: str = UTF_8
    """How its characters were written, as people call it."""


def is_id(text: str) -> bool:
    """Whether a text can be a learner's id, which is the name of a folder too, on every system."""
    return _ID.match(text) is not None and _WINDOWS_OWN.match(text) is None


def read_roster(path: Path) -> Roster:
    """The learners of a file with a heading line: id, and if you like first_name, last_name, email, team.

    Read as UTF-8, UTF-16 or CP932 (Excel's in Japan), with commas, tabs or semicolons. Other columns are left alone.

    Raises:
        RosterFault: it is no such table, an id could not be the name of a folder, or two ids are one.
        OSError: it can't be read.
    """
    text, encoding = _text_of(path.read_bytes())
    if text.lower().startswith("sep="):  # what Excel is told of its own file
        text = text.partition("\n")[2]
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    # line ends as they stand: an id may not hold one, and csv counts them
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [_plain(each) for each in next(reader, [])]
        if names.count("id") != 1:
            raise RosterFault("no_id_column", text=head.strip()[:80])
        lines = [(reader.line_num, dict(zip(names, row, strict=False))) for row in reader if any(map(str.strip, row))]
    except csv.Error as fault:
        raise RosterFault("no_table", cause=fault) from fault
    found = [(line, _learner(line, row)) for line, row in lines]
    _check_apart(found)
    return Roster(tuple(learner for _, learner in found), encoding)


def check_beside(learners: Iterable[Learner], enrolled: Iterable[str]) -> None:
    """See that no new id is one of those enrolled in another writing.

    Raises:
        RosterFault: one is.
    """
    known = {_plain(each): each for each in enrolled}
    for each in learners:
        other = known.get(_plain(each.id), each.id)
        if other != each.id:
            raise RosterFault("enrolled_otherwise", text=each.id, other=other)


def enrol(gradebook: Any, learners: Iterable[Learner]) -> None:
    """Add learners to the gradebook, or bring their names up to date."""
    for each in learners:
        gradebook.update_or_create_student(
            each.id, first_name=each.first_name, last_name=each.last_name, email=each.email
        )


def _text_of(data: bytes) -> tuple[str, str]:
    """The characters, and what they were written in."""
    if data.startswith(_WORKBOOKS):
        raise RosterFault("workbook")
    marked = next(((codec, name) for mark, codec, name in _MARKS if data.startswith(mark)), None)
    guessed = [marked] if marked else [*_unmarked_utf_16(data), ("utf-8", UTF_8), ("cp932", "CP932 (Shift_JIS)")]
    for codec, name in guessed:
        try:
            return data.decode(codec), name
        except UnicodeDecodeError:
            continue
    raise RosterFault("no_text")


def _unmarked_utf_16(data: bytes) -> list[tuple[str, str]]:
    """UTF-16 without a mark shows by the zeros beside the letters of the heading."""
    head = data[:4]
    if len(head) == 4 and head[1] == head[3] == 0 and head[0]:
        return [("utf-16-le", "UTF-16")]
    return [("utf-16-be", "UTF-16")] if len(head) == 4 and head[0] == head[2] == 0 and head[1] else []


def _learner(line: int, row: dict[str, str]) -> Learner:
    known = {name: row.get(name, "").strip() or None for name in COLUMNS}
    if not known["id"] or not is_id(known["id"]):
        raise RosterFault("bad_id", line=line, text=(known["id"] or "")[:80])
    team = row["team"].strip()[:_LONGEST_TEAM] if "team" in row else None
    return Learner(known["id"], known["first_name"], known["last_name"], known["email"], team)


def _check_apart(found: list[tuple[int, Learner]]) -> None:
    seen: dict[str, tuple[int, str]] = {}
    for line, learner in found:
        first, other = seen.setdefault(_plain(learner.id), (line, learner.id))
        if first != line:
            code = "twice" if other == learner.id else "alike"
            raise RosterFault(code, line=line, text=learner.id, first=first, other=other)


def _plain(text: str) -> str:
    """A text as it is compared: capitals and widths are no difference; many disks make none either."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()
