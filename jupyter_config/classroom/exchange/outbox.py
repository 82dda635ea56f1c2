"""What a learner has handed in and asked: kept in the learner's own folder first, sent when the way is open."""

from __future__ import annotations

import datetime as dt
import json
import logging
import zlib
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from classroom.exchange.envelope import Damaged, Envelope, open_envelope, seal
from classroom.exchange.moments import utc_now
from classroom.exchange.names import safe_name
from classroom.exchange.records import HandIn, Question
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from classroom.exchange.invitation import Membership
    from classroom.exchange.transport import LearnersEnd

_log = logging.getLogger(__name__)
MOST_PROGRESS = 16_000_000
"""Bytes of a progress file that goes along, before packing."""


@dataclass(frozen=True)
class Receipt:
    """A hand-in or question of this learner's, from this folder."""

    code: str
    lesson: str
    number: int
    """How many of this lesson this was, from 1; 0 for a question."""
    at: str
    sent: bool
    """Whether it has gone; else it waits for the way to open."""
    name: str
    """Of its file."""
    exercise: str = ""
    """A question's exercise."""
    key: str = ""
    """A question's key."""


class Outbox:
    """The learner's copies of what was handed in and asked; a file each, whole or not at all."""

    def __init__(self, hidden: Path, member: Membership, clock: Callable[[], dt.datetime] = utc_now) -> None:
        self._waiting, self._sent = hidden / "outbox", hidden / "sent"
        self._member, self._clock = member, clock

    def hand_in(
        self, lesson: str, file_name: str, notebook: dict[str, Any], progress: bytes, now: dt.datetime, taught: str = ""
    ) -> Receipt:
        """Keep a hand-in that is to go, of a course that is known as `taught`.

        Raises:
            OSError: it can't be kept, for instance because the disk is full; then nothing is.
        """
        member = self._member
        letter = HandIn(
            course=member.invitation.course,
            lesson=lesson,
            learner=member.learner,
            sender=member.sender,
            at=now.astimezone(dt.UTC).isoformat(),
            file_name=file_name,
            notebook=without_outputs(notebook),
            progress=packed(progress),
            taught=taught,
        )
        return self._keep(letter, now)

    def ask(self, question: Question, now: dt.datetime) -> Receipt:
        """Keep a question that is to go; raises as `hand_in` does."""
        return self._keep(question, now)

    def send(self, end: LearnersEnd) -> int:
        """Send what waits, oldest first, and give how many went.

        Raises:
            Unreachable: the way closed; what did not go waits on.
        """
        count = 0
        for file in sorted(self._waiting.glob("*.json")):
            found = _opened(file)
            if found is None:
                _log.warning("%s is no letter and stays", file)
                continue
            # sealed anew: when it was sent tells the desk how far the clocks are apart
            sealed = seal(found.letter, self._clock(), self._member.invitation.key)
            send = end.submit if isinstance(found.letter, HandIn) else end.ask
            send(file.stem, sealed)
            self._sent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # another window sent it meanwhile
                file.replace(self._sent / file.name)
            count += 1
        return count

    def receipts(self) -> tuple[Receipt, ...]:
        """All that was handed in and asked, oldest first."""
        kept = [
            (file, sent)
            for place, sent in ((self._sent, True), (self._waiting, False))
            for file in place.glob("*.json")
        ]
        found = [(file.name, each, sent) for file, sent in kept if (each := _opened(file))]
        numbers: dict[str, int] = {}
        made = []
        for name, each, sent in sorted(found, key=lambda one: (one[1].letter.at, one[0])):
            letter = each.letter
            if isinstance(letter, HandIn):
                numbers[letter.lesson] = numbers.get(letter.lesson, 0) + 1
                made.append(Receipt(each.code, letter.lesson, numbers[letter.lesson], letter.at, sent, name))
            elif isinstance(letter, Question):
                made.append(Receipt(each.code, letter.lesson, 0, letter.at, sent, name, letter.exercise, letter.key))
        return tuple(made)

    def look_at(self, code: str) -> HandIn | None:
        """What was handed in under a number."""
        for place in (self._waiting, self._sent):
            for file in place.glob("*.json"):
                found = _opened(file)
                if found and found.code == code and isinstance(found.letter, HandIn):
                    return found.letter
        return None

    def sealed(self, code: str) -> tuple[str, bytes] | None:
        """A kept letter as a file to be sent by hand, with its name."""
        for receipt in self.receipts():
            if receipt.code == code:
                found = next(each for place in (self._waiting, self._sent) if (each := _opened(place / receipt.name)))
                return receipt.name, seal(found.letter, self._clock(), self._member.invitation.key)
        return None

    def questions(self) -> dict[str, Question]:
        """The questions that were asked from this folder, by their keys."""
        found = [_opened(file) for place in (self._waiting, self._sent) for file in place.glob("*-question-*.json")]
        letters = [each.letter for each in found if each]
        return {each.key: each for each in letters if isinstance(each, Question)}

    def _keep(self, letter: HandIn | Question, now: dt.datetime) -> Receipt:
        sealed = seal(letter, now, self._member.invitation.key)
        kind = "hand-in" if isinstance(letter, HandIn) else "question"
        code = open_envelope(sealed).code
        name = f"{safe_name(letter.lesson.lower())[1:] or 'any'}-{kind}-{now.astimezone(dt.UTC):%Y%m%dT%H%M%S%f}-{code}.json"
        write_whole(self._waiting / name, sealed)
        return next(each for each in self.receipts() if each.name == name)


def without_outputs(notebook: dict[str, Any]) -> dict[str, Any]:
    """A notebook with texts and marks, and nothing of its results."""
    cells = [
        {**each, "outputs": [], "execution_count": None} if each.get("cell_type") == "code" else each
        for each in notebook.get("cells", [])
    ]
    return {**notebook, "cells": [{**each, "attachments": {}} if "attachments" in each else each for each in cells]}


def packed(progress: bytes) -> str:
    """A progress file as a letter carries it; empty if it is too large."""
    return b64encode(zlib.compress(progress, 6)).decode() if 0 < len(progress) <= MOST_PROGRESS else ""


def unpacked(progress: str) -> bytes:
    """The progress file in a letter; empty for one that is none, or swells."""
    try:
        raw = zlib.decompressobj()
        content = raw.decompress(b64decode(progress, validate=True), MOST_PROGRESS)
    except (ValueError, zlib.error):
        return b""
    return content if raw.eof else b""


def _opened(file: Path) -> Envelope | None:
    try:
        return open_envelope(file.read_bytes())
    except (Damaged, OSError):
        return None


def read_notebook(path: Path) -> dict[str, Any]:
    """The notebook that is to be handed in.

    Raises:
        ValueError: it can't be read as one.
        OSError: it can't be opened.
    """
    read = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(read, dict) or not isinstance(read.get("cells"), list):
        raise ValueError("no cells")  # noqa: TRY004  (the file is at fault)
    return read
