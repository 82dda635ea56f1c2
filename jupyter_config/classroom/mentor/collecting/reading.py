"""Reads a notebook that a stranger wrote: its size first, then its form; what does not fit is refused with a reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from coursebook.numbering import renumbered_name, renumbered_source
from sqlgrade.outside import read_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from coursebook import Course

MOST_BYTES = 16_000_000
MOST_PARTS = 400_000
"""Lists and objects in the file: a full notebook has some thousands."""
MOST_CELLS = 3_000


@dataclass(frozen=True)
class HandinRemark:
    """A code of classroom/messages under `desk.remark`, with its parameters."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


class HandinRefused(Exception):  # noqa: N818  (told to the mentor, not an error of ours)
    """A submission that cannot be graded, with the reason."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.remark = HandinRemark(code, params)


@dataclass(frozen=True)
class Cell:
    """What is taken from a submitted cell: identity, kind and text; nothing else crosses this border."""

    cell_id: str
    grade_id: str
    is_code: bool
    source: str


@dataclass(frozen=True)
class SubmittedNotebook:
    """A submitted notebook, read."""

    cells: tuple[Cell, ...]
    digest: str
    """Of the file's bytes."""
    numbering: object = None
    """What it claims of the numbering of its exercises; None if it is no lesson's notebook."""
    lesson: str = ""
    """The lesson that it claims to be; empty where it says nothing."""
    edition: str = ""
    """The edition that it claims to be of; its tasks tell no points in a learner's."""


def read_paper(path: Path) -> SubmittedNotebook:
    """The cells of a submitted notebook.

    Raises:
        Refused: it is missing, too large, no JSON, or no notebook.
    """
    return paper_in(_bytes_of(path))[0]


def paper_in(data: bytes) -> tuple[SubmittedNotebook, Any]:
    """The cells of a notebook in these bytes, and its JSON.

    Raises:
        Refused: it is too large, no JSON, or no notebook.
    """
    if len(data) > MOST_BYTES:
        raise HandinRefused("too_large", megabytes=len(data) // 1_000_000, most=MOST_BYTES // 1_000_000)
    if data.count(b"{") + data.count(b"[") > MOST_PARTS:
        raise HandinRefused("too_many_parts")
    try:
        raw = read_json(data, as_sealed=True)
    except ValueError as fault:
        raise HandinRefused("not_json") from fault
    return SubmittedNotebook(tuple(_cells(raw)), hashlib.sha256(data).hexdigest(), _numbering(raw), *_lesson(raw)), raw


def _bytes_of(path: Path) -> bytes:
    if path.is_symlink() or not path.is_file():
        raise HandinRefused("no_notebook", name=path.name)
    if path.stat().st_size > MOST_BYTES:
        raise HandinRefused("too_large", megabytes=path.stat().st_size // 1_000_000, most=MOST_BYTES // 1_000_000)
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def in_numbering(paper: SubmittedNotebook, course: Course) -> SubmittedNotebook:
    """The notebook with the exercise numbers of a course, if it was made in another numbering."""
    if paper.numbering is None:
        return paper
    ids = course.ids_from(paper.numbering)
    return replace(paper, cells=tuple(_renumbered(each, ids) for each in paper.cells)) if ids else paper


def _renumbered(cell: Cell, ids: Mapping[str, str]) -> Cell:
    return replace(
        cell,
        cell_id=renumbered_name(cell.cell_id, ids),
        grade_id=renumbered_name(cell.grade_id, ids),
        source=renumbered_source(cell.source, ids),
    )


def _numbering(raw: Any) -> object:
    marks = _marks(raw)
    return marks.get("numbering", 0) if "lesson" in marks else None


def _lesson(raw: Any) -> tuple[str, str]:
    marks = _marks(raw)
    return _text(marks.get("lesson")), _text(marks.get("edition"))


def _marks(raw: Any) -> Mapping[str, Any]:
    metadata = raw.get("metadata")
    penguin = metadata.get("penguin") if isinstance(metadata, dict) else None
    return penguin if isinstance(penguin, dict) else {}


def _cells(raw: Any) -> list[Cell]:
    cells = raw.get("cells") if isinstance(raw, dict) else None
    if not isinstance(cells, list):
        raise HandinRefused("no_cells")
    if len(cells) > MOST_CELLS:
        raise HandinRefused("too_many_cells", count=len(cells), most=MOST_CELLS)
    return [_cell(each) for each in cells if isinstance(each, dict)]


def _cell(raw: Mapping[str, Any]) -> Cell:
    metadata = raw.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return Cell(_text(raw.get("id")), _text(grade_id), raw.get("cell_type") == "code", _source(raw.get("source")))


def _source(value: Any) -> str:
    joined = "".join(each for each in value if isinstance(each, str)) if isinstance(value, list) else value
    return _text(joined).replace("\r\n", "\n")


def _text(value: Any) -> str:
    """A string that can be encoded; anything else is empty."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""
