"""What the hub's service does between learners and mentors: its own shared folder, with a door for each of both.

A learner reaches what is their own and nothing else, by the name that the hub knows them by; what a letter says of its
sender has to agree with it. The mentors' gradebook is not here.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
import threading
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from classroom.exchange.decoding import decoded
from classroom.exchange.envelope import Damaged, open_envelope
from classroom.exchange.names import safe_name
from classroom.exchange.over_hub import Lying
from classroom.exchange.records import ClassState, Feedback, HandIn, Question, Reply, Standing
from classroom.exchange.shared_folder import CLASS, PROGRESS, FolderForDesk, FolderForLearner, arrival, stamp_of
from classroom.hub.quotas import Quotas, Shelves, is_progress, is_sender
from sqlgrade.outside import read_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from classroom.hub.climbed import Climbed

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,199}")
"""What a file or folder may be called here: nothing that leads elsewhere."""
_LETTERS: dict[str, type[Any]] = {"release": ClassState, "standing": Standing, "feedback": Feedback, "reply": Reply}


class ActRefused(Exception):  # noqa: N818  (told to whoever asked)
    """It is not theirs to do, or is no such thing."""


class ExchangeService:
    """Does what rooms and desks ask for; each act takes who asks, the class, a name and a body, and gives JSON."""

    def __init__(
        self, folder: Path, mentors: frozenset[str], quotas: Quotas | None = None, climbed: Climbed | None = None
    ) -> None:
        self._folder, self._mentors = folder, mentors
        self._shelves, self._writing = Shelves(folder, quotas or Quotas()), threading.Lock()
        self._of_learners: dict[str, Callable[[FolderForLearner, str, bytes], Any]] = {
            "submit": lambda end, name, body: end.submit(name, body),
            "ask": lambda end, name, body: end.ask(name, body),
            "progress": lambda end, name, body: end.progress(name, body),
            "listed": lambda end, *_: list(end.listed()),
            "fetch": lambda end, *_: _plain(end.fetch()),
            "post": lambda end, *_: asdict(end.fetch_feedback()),
        }
        self._of_mentors: dict[str, Callable[[FolderForDesk, str, str, bytes], Any]] = {
            **{act: self._give(act) for act in _LETTERS},
            "opened": lambda *_: [asdict(each) for each in climbed.all()] if climbed else [],
            "lying": lambda _, course, *__: [asdict(each) for each in self._lying(course)],
            "progress-files": lambda end, *_: [asdict(_as_lying(each)) for each in end.progress_files().values()],
            "file": lambda _, course, name, __: base64.b64encode(self._file(course, name).read_bytes()).decode(),
        }

    @property
    def acts(self) -> frozenset[str]:
        """What may be asked for, by name."""
        return frozenset({"classes", *self._of_learners, *self._of_mentors})

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
            if act not in _CHECKS:
                return self._of_learners[act](end, name, body)
            _CHECKS[act](who, name, body)
            if not self._place(course, CLASS).is_file():
                raise ActRefused(act)
            with self._writing:  # the room that was found is there until it is taken
                self._make_room(act, course, who, name, body)
                return self._of_learners[act](end, name, body)
        if act not in self._of_mentors or who not in self._mentors:
            raise ActRefused(act)
        return self._of_mentors[act](FolderForDesk(self._folder, course), course, name, body)

    def _make_room(self, act: str, course: str, who: str, name: str, body: bytes) -> None:
        """See that a learner's file has room; raises Unreachable where it has none."""
        is_letter = act != "progress"
        file = f"{name}.json" if is_letter else f"{PROGRESS}{safe_name(name)}.sqlite"
        place = self._place(course, "from") / safe_name(who)
        self._shelves.make_room(place, len(body), instead_of=file, is_letter=is_letter)

    def _give(self, act: str) -> Callable[[FolderForDesk, str, str, bytes], Any]:
        def give(end: FolderForDesk, course: str, name: str, body: bytes) -> None:
            del course, name
            try:
                letter: Any = decoded(_LETTERS[act], read_json(body, len(body), as_sealed=True))
            except ValueError as fault:
                raise ActRefused(str(fault)) from fault
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
            raise ActRefused(name)
        return found

    def _place(self, course: str, name: str) -> Path:
        return self._folder / safe_name(course) / name


def _as_lying(file: Path) -> Lying:
    arrived = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
    return Lying(file.parent.name, file.name, stamp_of(file), arrived.isoformat())


def _check_letter(kind: type[HandIn | Question], who: str, name: str, body: bytes) -> None:
    """A letter is whole and says that it is from who sends it."""
    if not _NAME.fullmatch(name):
        raise ActRefused(f"no name: {name[:50]!r}")
    try:
        letter = open_envelope(body).letter
    except Damaged as fault:
        raise ActRefused(str(fault)) from fault
    if not isinstance(letter, kind) or letter.learner != who:
        raise ActRefused("another's name")


def _check_progress(_: str, name: str, body: bytes) -> None:
    if not is_sender(name):
        raise ActRefused(f"no number of a folder: {name[:50]!r}")
    if not is_progress(body):
        raise ActRefused("no progress file")


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ActRefused(f"no name: {name[:50]!r}")
    return name


_CHECKS: dict[str, Callable[[str, str, bytes], None]] = {
    "submit": partial(_check_letter, HandIn),
    "ask": partial(_check_letter, Question),
    "progress": _check_progress,
}
"""What of a learner's is kept, and what is asked of it before; each raises Refused."""


def _plain(state: ClassState | None) -> dict[str, Any] | None:
    return None if state is None else asdict(state)
