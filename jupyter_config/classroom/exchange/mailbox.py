"""What came back to a learner: kept in the learner's own folder, so that it can be read when the way is closed."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from classroom.exchange.decoding import decoded
from classroom.exchange.records import ClassState, Post
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.exchange.transport import LearnersEnd

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Known:
    """What was fetched last."""

    state: ClassState | None = None
    post: Post = field(default_factory=Post)


class Mailbox:
    """The learner's copies of what came back, and which of it was read."""

    def __init__(self, hidden: Path) -> None:
        self._kept, self._read = hidden / "mail.json", hidden / "mail-read.json"

    @property
    def known(self) -> Known:
        """What came so far."""
        try:
            return decoded(Known, json.loads(self._kept.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return Known()
        except (OSError, ValueError):
            _log.warning("%s could not be read and is fetched anew", self._kept, exc_info=True)
            return Known()

    def fetch(self, end: LearnersEnd) -> Known:
        """Fetch what lies ready. What came before and is not whole there now is kept.

        Raises:
            Unreachable: the way is closed.
        """
        before, state, post = self.known, end.fetch(), end.fetch_feedback()
        feedback = {each.lesson: each for each in (*before.post.feedback, *post.feedback)}
        replies = {each.key: each for each in (*before.post.replies, *post.replies)}
        standing = post.standing or before.post.standing
        now = Known(state or before.state, Post(standing, tuple(feedback.values()), tuple(replies.values())))
        if now != before:
            write_whole(self._kept, json.dumps(asdict(now), ensure_ascii=False).encode("utf-8", "backslashreplace"))
        return now

    def read(self) -> frozenset[str]:
        """What was read, by the names that `mark_read` was given."""
        try:
            kept = json.loads(self._read.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return frozenset()
        return frozenset(map(str, kept)) if isinstance(kept, list) else frozenset()

    def mark_read(self, name: str) -> None:
        """Remember that something was read."""
        if name not in (known := self.read()):
            write_whole(self._read, json.dumps(sorted({*known, name})).encode())
