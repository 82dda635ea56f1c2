"""What a stranger's file holds, whatever it is called: which lesson a notebook is, and whose."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from classroom.mentor.collecting.archives import archive_fault
from classroom.mentor.collecting.reading import HandinRefused, paper_in
from coursebook.answer_cell import canonical_id, recognise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from classroom.mentor.collecting.reading import SubmittedNotebook
    from classroom.mentor.place.roster import Learner
    from coursebook import Course

_ANSWER = re.compile(r"answer-(L\d+)-\d+[a-z]?\Z")
_HEAD = 2_000
"""So many bytes of a file tell what it was begun as."""
_BETWEEN = re.compile(r"[^\w@]+|_")


def lesson_inside(paper: SubmittedNotebook, course: Course) -> str:
    """The lesson that a notebook is of: by what it says of itself, else by its answers; empty if it is of none."""
    known = course.lesson_ids
    if paper.lesson in known:
        return paper.lesson
    counted = Counter(
        lesson for each in paper.cells if (lesson := _lesson_of(each.grade_id, each.cell_id, each.source))
    )
    return next((lesson for lesson, _ in counted.most_common() if lesson in known), "")


def _lesson_of(grade_id: str, cell_id: str, source: str) -> str:
    for name in (grade_id, cell_id):
        if found := _ANSWER.match(name):
            return found[1]
    written = recognise(source)
    return canonical_id(written.exercise_id).partition("-")[0] if written else ""


def learner_inside(names: Iterable[str], learners: Iterable[Learner]) -> str:
    """The one learner whom a file's or folder's name tells, by id or by both names; empty if it is none or several."""
    known = list(learners)
    for name in names:
        words = {each.casefold() for each in _BETWEEN.split(PurePosixPath(name).name) if each}
        words |= {name.casefold(), PurePosixPath(name).stem.casefold()}
        found = {each.id for each in known if each.id.casefold() in words}
        if not found:
            whole = name.casefold()
            both = [(each.id, each.first_name, each.last_name) for each in known if each.first_name and each.last_name]
            found = {who for who, first, last in both if first.casefold() in whole and last.casefold() in whole}
        if len(found) == 1:
            return found.pop()
    return ""


def papers_in_archive(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The small files of an archive, with their names in it.

    Raises:
        Refused: it is damaged, swells, or a path in it leads elsewhere.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            if fault := archive_fault(members, len(data)):
                raise HandinRefused("archive", fault=fault)
            for member in members:
                if not PurePosixPath(member.filename).name.startswith("."):
                    yield member.filename, archive.read(member)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as damage:
        raise HandinRefused("archive", fault=str(damage)) from damage


def kind_of_damage(data: bytes) -> str:
    """What a file is that is neither a hand-in nor a notebook: one of them cut off or changed on its way, or something else."""
    began = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:_HEAD]
    if began.startswith(b"{") and (b'"penguin"' in began or (b'"cells"' in began and b'"cell_type"' in data)):
        return "cut_off"
    return "no_hand_in"


def as_paper(data: bytes) -> tuple[SubmittedNotebook, Any] | None:
    """A notebook read, with its JSON; None for what is no notebook."""
    try:
        return paper_in(data)
    except HandinRefused:
        return None
