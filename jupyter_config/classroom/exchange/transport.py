"""What every way between learner and desk can do: a shared folder, a file by hand, a service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from classroom.exchange.envelope import Envelope
    from classroom.exchange.records import ClassState, Feedback, Post, Reply, Standing


class Unreachable(OSError):  # noqa: N818  (told to learner and mentor as a sentence)
    """The way is closed for now: a folder that is gone, full, or not to be written to."""


@dataclass(frozen=True)
class Arrival:
    """Something that was found at the desk's door."""

    name: str
    """Its name there, for people."""
    envelope: Envelope | None
    """None for what is no whole envelope."""
    data: bytes
    """The file as it is; empty for one that is too large or can't be read."""
    arrived: dt.datetime | None
    """When it came to lie there by the clock of the place; None where nothing says so."""
    claimed: str = ""
    """The learner in whose place it lay; empty where there are no such places."""
    stamp: str = ""
    """Its size and time: a file that was taken with this stamp need not be read again."""

    @property
    def place(self) -> str:
        """Where it lies at the door."""
        return f"{self.claimed}/{self.name}" if self.claimed else self.name


def nothing_known(place: str, stamp: str) -> bool:
    """Read everything."""
    del place, stamp
    return False


class LearnersEnd(Protocol):
    """A learner's end. Each call raises Unreachable while the way is closed; the learner's outbox keeps what could not go.

    `sealed` is an envelope's bytes; `name` tells it apart from all others of the learner's.
    """

    def submit(self, name: str, sealed: bytes) -> None:
        """Hand in. The same letter again is the same hand-in."""

    def ask(self, name: str, sealed: bytes) -> None:
        """Send a question."""

    def progress(self, sender: str, content: bytes) -> None:
        """Show the progress file as it is now, in place of the one before."""

    def listed(self) -> tuple[str, ...]:
        """The names of what lies there from this learner."""

    def fetch(self) -> ClassState | None:
        """What everybody may know; None where nothing is out yet."""

    def fetch_feedback(self) -> Post:
        """What came back. What is not whole yet is left for the next time."""


class DesksEnd(Protocol):
    """The desk's end; raises Unreachable as the learner's does."""

    def release(self, state: ClassState) -> None:
        """Tell everybody what is out."""

    def collect(self, known: Callable[[str, str], bool] = nothing_known) -> Iterator[Arrival]:
        """All that lies there from learners, hand-ins and questions.

        `known(place, stamp)` says of what need not be read that it is known; the rest may have been collected before.
        """

    def standing(self, standing: Standing) -> None:
        """Tell a learner what the desk has."""

    def feedback(self, feedback: Feedback) -> None:
        """Give a graded hand-in back, in place of what came back of that lesson before."""

    def reply(self, reply: Reply) -> None:
        """Answer a question."""
