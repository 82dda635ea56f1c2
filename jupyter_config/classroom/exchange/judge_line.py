"""The line to the judge that all learners of a hub share: what is asked, and how long it is asked again."""

from __future__ import annotations

import http.client
import json
import logging
import threading
import time
from copy import copy
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from classroom.exchange.hub_line import hub_line
from sqlgrade.dialect.heading import DUCKDB
from sqlgrade.outside import read_json

if TYPE_CHECKING:
    from classroom.exchange.hub_line import Answer, HubLine

_log = logging.getLogger(__name__)
PATIENCE_SECONDS = 75.0
"""So long is a judge that is not there asked again: the hub looks for a dead one every half minute and starts it anew."""
ANSWER_SECONDS = 180.0
"""So long may one answer take with all who wait before it."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 3.0


@dataclass(frozen=True)
class JudgeRequest:
    """What a learner's kernel may ask; who asks is known by the token, not by what is written here."""

    lang: str
    """The learner's language."""
    exercise: str = ""
    """An exercise's or a drill's id, or that of a question of the day."""
    edition: int | None = None
    """The numbering that the id is in; None is the latest."""
    text: str = ""
    """The answer, without its cell's first line."""
    dialect: str = DUCKDB
    """What that is written in."""
    template: str = ""
    """The template that a drill is to be drawn from."""
    seed: int = 0
    """The seed to draw it with."""
    hint: str = ""
    """The hint that has been opened."""
    words: tuple[str, ...] = ()
    """What was put into the simpler form, to be checked."""


class NoJudge(Exception):  # noqa: N818  (a fact, not an error of ours)
    """The judge did not answer: "away", "busy", or "stranger" where it does not know who asks."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class JudgeLine:
    """Asks the shared judge; one that is away or has too much to do is asked again for a while."""

    def __init__(self, line: HubLine, patience: float = PATIENCE_SECONDS) -> None:
        self._line, self._patience = line, patience
        self._given_up = threading.Event()  # of what was asked last

    def ask(self, duty: str, question: JudgeRequest) -> Any:
        """What the judge says to a duty: "judge", "hint", "simpler", "shape", "reveal", "draw" or "readings".

        Raises:
            NoJudge: it did not answer in all that time, or whoever asked has given up.
        """
        given_up = self._given_up = threading.Event()
        until, pause = time.monotonic() + self._patience, _FIRST_PAUSE
        body = json.dumps(asdict(question)).encode()
        while True:
            try:
                answer = self._line.post(duty, body)
            except (OSError, http.client.HTTPException) as fault:
                _log.info("the judge is away: %s", fault)
                why = "away"
            else:
                if answer.is_fine:
                    return read_json(answer.body, len(answer.body))
                why = _why_not(answer)
                if answer.status < http.client.INTERNAL_SERVER_ERROR:
                    raise NoJudge(why)  # the same would be said again
            if time.monotonic() + pause > until or given_up.wait(pause):
                raise NoJudge(why)
            pause = min(pause * 2, _LONGEST_PAUSE)

    def beside(self, patience: float) -> JudgeLine:
        """A line of its own to the same judge, for what is told it while an answer is waited for."""
        return JudgeLine(copy(self._line), patience)

    def give_up(self) -> None:
        """Wait no longer for what has been asked."""
        self._given_up.set()
        self._line.hang_up()


def shared_judge() -> JudgeLine | None:
    """The line to the judge of the hub around this kernel; None where it judges for itself."""
    line = hub_line(ANSWER_SECONDS)
    return JudgeLine(line) if line else None


def _why_not(answer: Answer) -> str:
    if answer.status in (http.client.UNAUTHORIZED, http.client.FORBIDDEN):
        _log.warning("the judge does not know who asks: %s", answer.status)
        return "stranger"
    if answer.status == http.client.SERVICE_UNAVAILABLE:
        return "busy"
    _log.warning("the judge answered %s: %s", answer.status, answer.body[:200])
    return "away"
