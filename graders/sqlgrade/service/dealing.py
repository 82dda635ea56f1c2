"""The only way in which many answers are shared out to the judge's workers."""

from __future__ import annotations

import queue
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

Share = TypeVar("Share")
Made = TypeVar("Made")


@dataclass(frozen=True)
class _Raised:
    fault: BaseException


def deal(shares: Iterable[tuple[Hashable, Share]], work: Callable[[Share], Made], hands: int) -> Iterator[Made]:
    """What each share comes to, as it is ready.

    Args:
        shares: Each with its topic, the exercise whose databases it needs. Topics are begun in their order, and whoever
            has begun one keeps to it as long as it can.
        work: Done in a thread.
        hands: How many threads there are.
    """
    table = _Table(shares)
    done: queue.SimpleQueue[Made | _Raised] = queue.SimpleQueue()
    expected = table.left
    threads = [
        threading.Thread(target=_work, args=(table, work, done), daemon=True) for _ in range(min(hands, expected))
    ]
    for thread in threads:
        thread.start()
    try:
        for _ in range(expected):
            made = done.get()
            if isinstance(made, _Raised):
                raise made.fault
            yield made
    finally:
        table.clear()
        for thread in threads:
            thread.join()


def _work(table: _Table[Share], work: Callable[[Share], Made], done: queue.SimpleQueue[Made | _Raised]) -> None:
    topic: Hashable = None
    try:
        while (taken := table.take(topic)) is not None:
            topic, share = taken
            done.put(work(share))
    except BaseException as fault:  # noqa: BLE001  (told to the thread that waits)
        done.put(_Raised(fault))


class _Table(Generic[Share]):
    """The shares that nobody has taken yet."""

    def __init__(self, shares: Iterable[tuple[Hashable, Share]]) -> None:
        self._lock = threading.Lock()
        self._waiting: OrderedDict[Hashable, list[Share]] = OrderedDict()
        self._begun: set[Hashable] = set()
        for topic, share in shares:
            self._waiting.setdefault(topic, []).append(share)
        self.left = sum(map(len, self._waiting.values()))

    def take(self, topic: Hashable) -> tuple[Hashable, Share] | None:
        """The next share of the topic; else of one that nobody has begun, else of the one with most left."""
        with self._lock:
            if not self._waiting:
                return None
            if topic not in self._waiting:
                fresh = [each for each in self._waiting if each not in self._begun]
                topic = fresh[0] if fresh else max(self._waiting, key=lambda each: len(self._waiting[each]))
            self._begun.add(topic)
            share = self._waiting[topic].pop(0)
            if not self._waiting[topic]:
                del self._waiting[topic]
            return topic, share

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()
