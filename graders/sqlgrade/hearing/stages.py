"""The stages of judging one answer: what each took, and what could not be explained."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

S = TypeVar("S")
T = TypeVar("T")
_log = logging.getLogger(__name__)


class Stages:
    """Milliseconds by stage, and the steps of explaining that failed."""

    def __init__(self) -> None:
        self.ms: dict[str, float] = {}
        self.lost: list[str] = []
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """Books the time since the last lap."""
        now = time.perf_counter()
        self.ms[stage] = round(self.ms.get(stage, 0.0) + (now - self._last) * 1000, 2)
        self._last = now

    def explain(self, step: str, make: Callable[[], T], otherwise: S) -> T | S:
        """What a step of explaining gives; one that fails costs what it would have said, and the verdict stands."""
        try:
            return make()
        except Exception:  # noqa: BLE001  (whatever it is, it is a fault of ours and no part of the verdict)
            _log.exception("%s failed", step)
            self.lost.append(step)
            return otherwise
