"""What the hub's service does between learners and mentors: its own shared folder, with a door for each of both.

A learner reaches what is their own and nothing else, by the name that the hub knows them by; what a letter says of its
sender has to agree with it. The mentors' gradebook is not here.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from classroom.exchange.decoding import decoded
from classroom.exchange.envelope import Damaged, open_envelope
from classroom.exchange.names import safe_name
from classroom.exchange.over_hub import Lying
from classroom.exchange.records import ClassState, Feedback, HandIn, Question, Reply, Standing
from classroom.exchange.shared_folder import CLASS, FolderForDesk, FolderForLearner, arrival, stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,199}")
"""What a file or folder may be called here: nothing that leads elsewhere."""
MOST_LETTERS = 1_000
"""Of one learner in one class: more are no work of a person."""
_LETTERS: dict[str, type[Any]] = {"release": ClassState, "standing": Standing, "feedback": Feedback, "reply": Reply}


class Refused(Exception):  # noqa: N818  (told to whoever asked)
    """It is not theirs to do, or is no such thing."""


class ClassDesk:
    """Does what rooms and desks ask for; each act takes who asks, the class, a name and a body, and gives JSON."""

    def __init__(self, folder: Path, mentors: frozenset[str]) -> None:
        self._folder, self._mentors = folder, mentors
        self._of_learners: dict[str, Callable[[FolderForLearner, str, str, bytes], Any]] = {
            "submit": lambda end, who, name, body: end.submit(_named(name), _own(body, who, HandIn)),
            "ask": lambda end, who, name, body: end.ask(_named(name), _own(body, who, Question)),
            "progress": lambda end, _, name, body: end.progress(_named(name), body),
            "listed": lambda end, *_: list(end.listed()),
            "fetch": lambda end, *_: _plain(end.fetch()),
            "post": lambda end, *_: asdict(end.fetch_feedback()),
        }
        self._of_mentors: dict[str, Callable[[FolderForDesk, str, str, bytes], Any]] = {
            **{act: self._give(act) for act in _LETTERS},
            "lying": lambda _, course, *__: [asdict(each) for each in self._lying(course)],
            "progress-files": lambda end, _, name, __: [asdict(_as_lying(each)) for each in end.progress_files(name)],
            "file": lambda _, course, name, __: base64.b64encode(self._file(course, name).read_bytes()).decode(),
        }

    def do(self, act: str, who: str, course: str, name: str, body: bytes) -> Any:
        """What an act comes to.

        Raises:
            Refused: it is not theirs to do.
            Unreachable: the folder is gone, full or closed.
        """
        if act == "classes":
            return [asdict(each) for each in self._classes()]
        if act in self._of_learners:
            end = FolderForLearner(self._folder, course, who)
            if body and (not self._place(course, CLASS).is_file() or len(end.listed()) >= MOST_LETTERS):
                raise Refused(act)
            return self._of_learners[act](end, who, name, body)
        if act not in self._of_mentors or who not in self._mentors:
            raise Refused(act)
        return self._of_mentors[act](FolderForDesk(self._folder, course), course, name, body)

    def _give(self, act: str) -> Callable[[FolderForDesk, str, str, bytes], Any]:
        def give(end: FolderForDesk, course: str, name: str, body: bytes) -> None:
            del course, name
            try:
                letter: Any = decoded(_LETTERS[act], json.loads(body))
            except ValueError as fault:
                raise Refused(str(fault)) from fault
            getattr(end, act)(letter)

        return give

    def _classes(self) -> list[ClassState]:
        found = (arrival(each).envelope for each in sorted(self._folder.glob(f"*/{CLASS}")))
        return [each.letter for each in found if each and isinstance(each.letter, ClassState)]

    def _lying(self, course: str) -> list[Lying]:
        files = (each for each in self._place(course, "from").glob("*/*.json") if not each.is_symlink())
        return [_as_lying(each) for each in sorted(files) if not each.name.startswith(".")]

    def _file(self, course: str, name: str) -> Path:
        claimed, _, file = name.partition("/")
        found = self._place(course, "from") / _named(claimed) / _named(file)
        if not found.is_file() or found.is_symlink():
            raise Refused(name)
        return found

    def _place(self, course: str, name: str) -> Path:
        return self._folder / safe_name(course) / name


def _as_lying(file: Path) -> Lying:
    arrived = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
    return Lying(file.parent.name, file.name, stamp_of(file), arrived.isoformat())


def _own(body: bytes, who: str, kind: type[HandIn | Question]) -> bytes:
    """A letter that is whole and says that it is from who sends it."""
    try:
        letter = open_envelope(body).letter
    except Damaged as fault:
        raise Refused(str(fault)) from fault
    if not isinstance(letter, kind) or letter.learner != who:
        raise Refused("another's name")
    return body


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise Refused(f"no name: {name[:50]!r}")
    return name


def _plain(state: ClassState | None) -> dict[str, Any] | None:
    return None if state is None else asdict(state)
