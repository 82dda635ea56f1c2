"""The only memory of verdicts: equal answers are judged once, also when they are asked at the same time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future
from typing import TYPE_CHECKING, NamedTuple

from sqlgrade.dialect.heading import DUCKDB
from sqlgrade.verdict import Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST = 512


class Asked(NamedTuple):
    """What a verdict answers."""

    pack: str
    """The pack's key."""
    sql: str
    deep: bool
    dialect: str = DUCKDB


class Memory:
    """Remembers so many verdicts in this process; with none at all, each answer is judged anew."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._known: OrderedDict[Asked, Future[Verdict]] = OrderedDict()

    def verdict(self, asked: Asked, judge: Callable[[], Verdict]) -> Verdict:
        """The verdict that is known, or that whoever asked first is waiting for; else the judge's."""
        with self._lock:
            known = self._known.get(asked)
            if known is not None:
                self._known.move_to_end(asked)
        return known.result() if known is not None else self._judged(asked, judge)

    def _judged(self, asked: Asked, judge: Callable[[], Verdict]) -> Verdict:
        waiting = Future[Verdict]()
        with self._lock:
            self._known[asked] = waiting
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        try:
            verdict = judge()
        except BaseException as fault:
            self._forget(asked)
            waiting.set_exception(fault)
            raise
        if not self.lasts(verdict):
            self._forget(asked)
        waiting.set_result(verdict)
        return verdict

    def lasts(self, verdict: Verdict) -> bool:
        """Whether the same would be said again."""
        return verdict.status is not Status.UNJUDGED

    def _forget(self, asked: Asked) -> None:
        with self._lock:
            self._known.pop(asked, None)
