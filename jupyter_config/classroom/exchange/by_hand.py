"""Files that people carry: a hand-in file to the mentor, a file with the answer back, by mail or chat, named anyhow."""

from __future__ import annotations

import datetime as dt
import errno
import json
import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from classroom.exchange.envelope import Damaged, Envelope, opened, read_json, seal
from classroom.exchange.names import safe_name
from classroom.exchange.records import ClassState, Feedback, HandIn, Post, Question, Reply, Standing
from classroom.exchange.shared_folder import arrival
from classroom.exchange.transport import Unreachable, nothing_known
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from classroom.exchange.records import Letter
    from classroom.exchange.transport import Arrival

BUNDLE = "post"
CLASS_NAME = "class.json"
MOST_LETTERS = 2_000
_PEOPLES_NAME = re.compile(r"[^\W_][\w@-]*(?:\.[\w@-]+)*\Z")


class HandForLearner:
    """The learner's end: what goes out lies in one folder to be sent, what was received in another."""

    def __init__(self, outgoing: Path, incoming: Path) -> None:
        self._outgoing, self._incoming = outgoing, incoming

    def submit(self, name: str, sealed: bytes) -> None:
        """Write the file that is to be sent."""
        self._put(name, sealed)

    def ask(self, name: str, sealed: bytes) -> None:
        """Write the question as a file to be sent."""
        self._put(name, sealed)

    def progress(self, sender: str, content: bytes) -> None:
        """Nothing: it goes with the hand-in."""

    def listed(self) -> tuple[str, ...]:
        """The files that were written."""
        return tuple(sorted(each.stem for each in self._outgoing.glob("*.json")))

    def fetch(self) -> ClassState | None:
        """The newest of what was received about the class."""
        found = [each for each in self._letters() if isinstance(each, ClassState)]
        return max(found, key=lambda each: each.at, default=None)

    def fetch_feedback(self) -> Post:
        """What came back in the files that were received."""
        letters = self._letters()
        standings = [each for each in letters if isinstance(each, Standing)]
        feedback = sorted((each for each in letters if isinstance(each, Feedback)), key=lambda each: each.at)
        replies = sorted((each for each in letters if isinstance(each, Reply)), key=lambda each: each.at)
        return Post(
            max(standings, key=lambda each: each.at, default=None),
            tuple({each.lesson: each for each in feedback}.values()),
            tuple({each.key: each for each in replies}.values()),
        )

    def _put(self, name: str, sealed: bytes) -> None:
        try:
            write_whole(self._outgoing / f"{name}.json", sealed)
        except OSError as fault:
            raise Unreachable(fault.errno, fault.strerror, str(self._outgoing)) from fault

    def _letters(self) -> list[Letter]:
        found: list[Letter] = []
        for file in sorted(self._incoming.glob("*.json")):
            try:
                found += [each.letter for each in unbundled(file.read_bytes())]
            except (Damaged, OSError):
                continue  # whoever received it was told then
        return found


class HandForDesk:
    """The desk's end: an inbox for whatever people drop into it, and a file for each learner in an outbox."""

    def __init__(self, inbox: Path, outbox: Path) -> None:
        self._inbox, self._outbox = inbox, outbox

    def release(self, state: ClassState) -> None:
        """Write what everybody may know into everybody's file, and as one file for all."""
        self._keep(CLASS_NAME, state)
        for file in sorted(self._outbox.glob("*.json")):
            if file.name != CLASS_NAME:
                self._keep(file.name, state)

    def collect(self, known: Callable[[str, str], bool] = nothing_known) -> Iterator[Arrival]:
        """Every file in the inbox and in the folders in it; what a folder is called counts as whose it is."""
        del known  # what was taken is taken out
        for file in sorted(self._inbox.rglob("*")) if self._inbox.is_dir() else []:
            place = file.relative_to(self._inbox)
            if any(part.startswith(".") for part in place.parts) or file.is_symlink() or not file.is_file():
                continue
            found = arrival(file, place.parts[0] if len(place.parts) > 1 else "")
            yield replace(found, name=PurePosixPath(*place.parts[1:]).as_posix()) if found.claimed else found

    def take_out(self, arrival: Arrival) -> None:
        """Take a file out of the inbox that the desk has kept."""
        (self._inbox / arrival.place).unlink(missing_ok=True)

    def standing(self, standing: Standing) -> None:
        """Tell a learner what the desk has."""
        self._give(standing.learner, standing)

    def feedback(self, feedback: Feedback) -> None:
        """Give a graded hand-in back."""
        self._give(feedback.learner, feedback)

    def reply(self, reply: Reply) -> None:
        """Answer a question."""
        self._give(reply.learner, reply)

    def _give(self, learner: str, letter: Letter) -> None:
        name = f"{learner if _PEOPLES_NAME.match(learner) and len(learner) < 80 else safe_name(learner)}.json"
        if not (self._outbox / name).exists() and (self._outbox / CLASS_NAME).is_file():
            for each in unbundled((self._outbox / CLASS_NAME).read_bytes()):
                self._keep(name, each.letter)
        self._keep(name, letter)

    def _keep(self, name: str, letter: Letter) -> None:
        """Put a letter into a bundle, in the place of one about the same."""
        file = self._outbox / name
        known: dict[tuple[str, ...], Any] = {}
        if file.is_file():
            raw = read_json(file.read_bytes())
            known = {_about(opened(each).letter): each for each in raw["letters"]}
        known[_about(letter)] = json.loads(seal(letter, dt.datetime.now(dt.UTC)))
        bundle = {"penguin": BUNDLE, "format": 1, "letters": list(known.values())}
        try:
            write_whole(file, json.dumps(bundle, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace"))
        except OSError as fault:
            raise Unreachable(fault.errno, fault.strerror, str(file)) from fault


def unbundled(data: bytes) -> tuple[Envelope, ...]:
    """The letters in a file from the desk.

    Raises:
        Damaged: it is none, or not whole.
    """
    raw = read_json(data)
    if not isinstance(raw, dict) or raw.get("penguin") != BUNDLE or not isinstance(raw.get("letters"), list):
        raise Damaged("no file from a desk")
    return tuple(opened(each) for each in raw["letters"][:MOST_LETTERS])


def receive(incoming: Path, data: bytes, learner: str, now: dt.datetime) -> int:
    """Keep a file from the desk, and give the number of letters in it.

    Raises:
        Damaged: it is none, or not whole.
        PermissionError: it is for another learner.
    """
    letters = [each.letter for each in unbundled(data)]
    for each in letters:
        if isinstance(each, (HandIn, Question)):
            raise Damaged("a learner's letter")
        if not isinstance(each, ClassState) and each.learner != learner:
            raise PermissionError(errno.EACCES, each.learner)
    write_whole(incoming / f"{now:%Y%m%d-%H%M%S-%f}.json", data)
    return len(letters)


def _about(letter: Letter) -> tuple[str, ...]:
    """Two letters about the same: the later one takes the other's place."""
    if isinstance(letter, Feedback):
        return ("feedback", letter.lesson)
    if isinstance(letter, Reply):
        return ("reply", letter.key)
    return (type(letter).__name__,)
