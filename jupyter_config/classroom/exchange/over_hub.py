"""The hub's service between learner and desk: what a shared folder does, for those who share none.

The service keeps a shared folder of its own, which nobody else's account can read, and knows by the token who sends what.
"""

from __future__ import annotations

import base64
import datetime as dt
import errno
import http.client
import json
import logging
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from classroom.exchange.decoding import decoded
from classroom.exchange.envelope import Damaged, open_envelope
from classroom.exchange.records import ClassState, Post
from classroom.exchange.transport import Arrival, Unreachable, nothing_known
from classroom.folder import written_in
from sqlgrade.outside import read_json
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from classroom.exchange.hub_line import HubLine
    from classroom.exchange.records import Feedback, Reply, Standing

T = TypeVar("T")
_log = logging.getLogger(__name__)
PLACE = "JupyterHub"
"""What people are told is closed, where another way has the shared folder's name."""


@dataclass(frozen=True)
class Lying:
    """A file that lies at the service's door."""

    claimed: str
    """The learner's folder."""
    name: str
    stamp: str
    arrived: str
    """ISO 8601 in UTC."""


@dataclass(frozen=True)
class SolutionOpened:
    """A solution that the service has told to a learner, or that was asked for too early."""

    learner: str
    exercise: str
    at: str
    """ISO 8601 in UTC."""
    answers: int
    """How many answers of theirs to it had been judged by then."""
    told: bool = True
    """Else it was asked for before its hints were open, and not told."""


class HubForLearner:
    """The learner's end."""

    def __init__(self, line: HubLine | None, course: str) -> None:
        self._line, self._course = line, course

    def submit(self, name: str, sealed: bytes) -> None:
        """Hand in."""
        ask(self._line, self._course, "submit", sealed, name=name)

    def ask(self, name: str, sealed: bytes) -> None:
        """Send a question."""
        ask(self._line, self._course, "ask", sealed, name=name)

    def progress(self, sender: str, content: bytes) -> None:
        """Show the progress as it is now."""
        ask(self._line, self._course, "progress", content, name=sender)

    def listed(self) -> tuple[str, ...]:
        """What lies there from this learner."""
        return tuple(ask(self._line, self._course, "listed"))

    def fetch(self) -> ClassState | None:
        """What everybody may know."""
        found = ask(self._line, self._course, "fetch")
        return None if found is None else _record(ClassState, found)

    def fetch_feedback(self) -> Post:
        """What came back."""
        return _record(Post, ask(self._line, self._course, "post"))


class HubForDesk:
    """The desk's end; the service lets mentors alone use it."""

    def __init__(self, line: HubLine | None, course: str, kept: Path) -> None:
        """`kept` is where copies of progress files are put."""
        self._line, self._course, self._kept = line, course, kept

    def release(self, state: ClassState) -> None:
        """Tell everybody what is out."""
        self._give("release", state)

    def collect(self, known: Callable[[str, str], bool] = nothing_known) -> Iterator[Arrival]:
        """All that lies there from learners."""
        for each in self._lying("lying"):
            if not known(f"{each.claimed}/{each.name}", each.stamp):
                data = self._file(each)
                arrived = dt.datetime.fromisoformat(each.arrived)
                try:
                    yield Arrival(each.name, open_envelope(data), data, arrived, each.claimed, each.stamp)
                except Damaged:
                    yield Arrival(each.name, None, data, arrived, each.claimed, each.stamp)

    def progress_files(self) -> dict[str, Path]:
        """Each learner's progress as a computer of theirs showed it last, by the name of their place there."""
        found = {}
        for each in self._lying("progress-files"):
            file = self._kept / each.claimed / each.name
            stamp = file.with_suffix(".stamp")
            if written_in(stamp) != each.stamp:
                write_whole(file, self._file(each))
                write_whole(stamp, each.stamp.encode("ascii"))
            found[each.claimed] = file
        return found

    def solutions_opened(self) -> tuple[SolutionOpened, ...]:
        """Which solutions the service has told to whom."""
        return tuple(_record(SolutionOpened, each) for each in ask(self._line, self._course, "opened"))

    def standing(self, standing: Standing) -> None:
        """Tell a learner what the desk has."""
        self._give("standing", standing)

    def feedback(self, feedback: Feedback) -> None:
        """Give a graded hand-in back."""
        self._give("feedback", feedback)

    def reply(self, reply: Reply) -> None:
        """Answer a question."""
        self._give("reply", reply)

    def _give(self, act: str, letter: Any) -> None:
        ask(self._line, self._course, act, json.dumps(asdict(letter)).encode())

    def _lying(self, act: str) -> tuple[Lying, ...]:
        return tuple(_record(Lying, each) for each in ask(self._line, self._course, act))

    def _file(self, lying: Lying) -> bytes:
        found = ask(self._line, self._course, "file", name=f"{lying.claimed}/{lying.name}")
        return base64.b64decode(found)


def classes(line: HubLine | None) -> tuple[ClassState, ...]:
    """The classes that are out on this hub; raises Unreachable as all else does."""
    return tuple(_record(ClassState, each) for each in ask(line, "", "classes"))


def ask(line: HubLine | None, course: str, act: str, body: bytes = b"", *, name: str = "") -> Any:
    """What the service answers.

    Raises:
        Unreachable: it is not there, or refuses, or there is no hub around this process.
    """
    if line is None:
        raise Unreachable(errno.EHOSTUNREACH, "no hub", PLACE)
    where = f"class/{act}?course={quote(course, safe='')}&name={quote(name, safe='')}"
    try:
        answer = line.post(where, body)
    except (OSError, http.client.HTTPException) as fault:
        raise Unreachable(getattr(fault, "errno", None) or errno.EHOSTUNREACH, str(fault), PLACE) from fault
    if not answer.is_fine:
        _log.warning("%s was answered by %s: %s", act, answer.status, answer.body[:200])
        is_full = answer.status == http.client.INSUFFICIENT_STORAGE
        raise Unreachable(errno.EDQUOT if is_full else errno.EACCES, f"{answer.status}", PLACE)
    return read_json(answer.body, len(answer.body), as_sealed=True)


def _record(kind: type[T], found: Any) -> T:
    try:
        return decoded(kind, found)
    except ValueError as fault:
        raise Unreachable(errno.EPROTO, str(fault), PLACE) from fault
