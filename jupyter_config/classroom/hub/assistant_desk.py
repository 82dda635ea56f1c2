"""The company's assistant for all rooms of a hub: its key lies here and in no room, and nobody asks more often than their share."""

from __future__ import annotations

import asyncio
import logging
import os
import re
import time
from collections import defaultdict, deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from classroom.assistant.asking import instructions
from classroom.assistant.line import BUSY, OFTEN, NoWord, assistant_line
from sqlgrade.outside import NotJson, read_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.assistant.line import AssistantLine

_log = logging.getLogger(__name__)
MOST = "PENGUIN_ASSISTANT_MOST"
"""The variable that says how often a learner may ask within an hour."""
MOST_BYTES = 400_000
"""Of a question: the schema of the synthetic copy and the metric dictionary are a tenth of it."""
_MOST_A_HOUR = 30
_HOUR = 3600.0
_HANDS = 8
"""Questions that are under way at a time; who comes then is told that it is busy."""


class NotOurs(Exception):  # noqa: N818  (a fact about the request)
    """What is asked is nothing that a room of this course asks."""


class AssistantDesk:
    """Asks the company's assistant what rooms want to know, each learner one question at a time."""

    def __init__(
        self, line: Callable[[], AssistantLine | None], most: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`line` gives a line of its own for each question; `most` is how many a learner may ask within an hour."""
        self._line, self._most, self._clock = line, most, clock
        self._told = {instructions(name) for name in ("draft", "voice")}
        self._asked: dict[str, deque[float]] = defaultdict(deque)
        self._under_way: set[str] = set()
        self._hands = ThreadPoolExecutor(_HANDS, thread_name_prefix="assistant")

    async def take(self, who: str, body: bytes) -> str:
        """The assistant's answer to what a room of this learner's asks.

        Raises:
            NotOurs: it is not of the form that rooms send.
            NoWord: there is none, the learner has one under way, or has asked often enough for now.
        """
        told, question = self._read(body)
        self._let_in(who)
        line = self._line()
        if line is None:
            raise NoWord("away")
        self._under_way.add(who)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._hands, line.ask, told, question)
        except asyncio.CancelledError:
            line.give_up()  # nobody is there any more to be answered
            raise
        finally:
            self._under_way.discard(who)

    def close(self) -> None:
        """Take no more."""
        self._hands.shutdown(wait=False, cancel_futures=True)

    def _let_in(self, who: str) -> None:
        now, times = self._clock(), self._asked[who]
        while times and times[0] <= now - _HOUR:
            times.popleft()
        if who in self._under_way or len(self._under_way) >= _HANDS:
            raise NoWord(BUSY)
        if len(times) >= self._most:
            _log.warning("%s has asked the assistant %s times within an hour", who, len(times))
            raise NoWord(OFTEN)
        times.append(now)

    def _read(self, body: bytes) -> tuple[str, str]:
        """What the assistant is told to do, which is one of the course's two texts, and what it is asked."""
        try:
            system, user = read_json(body, MOST_BYTES)["messages"]
            told, question = system["content"], user["content"]
        except (NotJson, LookupError, TypeError, ValueError) as fault:
            raise NotOurs(type(fault).__name__) from fault
        if not (isinstance(told, str) and isinstance(question, str)) or told not in self._told:
            raise NotOurs("other instructions than the course's")
        return told, question


def assistant_desk() -> AssistantDesk | None:
    """The desk that the service's environment names; None without an assistant; raises ValueError where `MOST` is no number above zero."""
    if assistant_line() is None:
        return None
    written = os.environ.get(MOST, "").strip()
    if written and (not re.fullmatch(r"[0-9]{1,6}", written) or int(written) == 0):
        raise ValueError(f"{MOST} is {written!r}, and has to be a whole number above zero")
    return AssistantDesk(assistant_line, int(written or _MOST_A_HOUR))
