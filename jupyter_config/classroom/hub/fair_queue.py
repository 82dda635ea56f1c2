"""Who is next: one answer of each learner in turn, however many somebody sends, and no more in all than can be waited for."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
MOST_OF_ONE = 8
"""What one learner may have waiting: an answer, its help, and another notebook's."""
MOST = 400
"""What may wait in all: at a second an answer on two cores, some three minutes."""


class QueueFull(Exception):  # noqa: N818  (a fact, not an error of ours)
    """There is no place left to wait in; nothing is lost, since whoever asks keeps the answer and asks again."""


@dataclass(frozen=True)
class _Waiting:
    work: Callable[[], Any]
    done: asyncio.Future[Any]


class FairQueue:
    """Lets so many hands work at a time, one learner after the other."""

    def __init__(self, hands: int, most_of_one: int = MOST_OF_ONE, most: int = MOST) -> None:
        self._hands = ThreadPoolExecutor(hands, thread_name_prefix="judge")
        self._free = hands
        self._most_of_one, self._most = most_of_one, most
        self._waiting: OrderedDict[str, deque[_Waiting]] = OrderedDict()
        self._working: set[asyncio.Task[None]] = set()

    async def take(self, who: str, work: Callable[[], T]) -> T:
        """What the work comes to, once it is that learner's turn; whoever is cancelled before that leaves the line.

        Raises:
            Full: too much is waiting, of this learner or in all.
        """
        own = self._waiting.get(who, deque())
        if len(own) >= self._most_of_one or self.waiting >= self._most:
            raise QueueFull
        waiting = _Waiting(work, asyncio.get_running_loop().create_future())
        self._waiting.setdefault(who, own).append(waiting)
        self._call()
        made: T = await waiting.done
        return made

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return sum(map(len, self._waiting.values()))

    def close(self) -> None:
        """Begin nothing more."""
        self._waiting.clear()
        self._hands.shutdown(wait=False, cancel_futures=True)

    def _call(self) -> None:
        """Give free hands something to do: the first learner's first, and that learner goes to the end of the line."""
        while self._free and self._waiting:
            who, own = self._waiting.popitem(last=False)
            first = own.popleft()
            if own:
                self._waiting[who] = own
            if not first.done.done():
                self._free -= 1
                task = asyncio.ensure_future(self._work(first))
                self._working.add(task)
                task.add_done_callback(self._working.discard)

    async def _work(self, waiting: _Waiting) -> None:
        try:
            made = await asyncio.get_running_loop().run_in_executor(self._hands, waiting.work)
        except Exception as fault:  # noqa: BLE001  (told to whoever waits)
            if not waiting.done.done():
                waiting.done.set_exception(fault)
        else:
            if not waiting.done.done():
                waiting.done.set_result(made)
        finally:
            self._free += 1
            self._call()
