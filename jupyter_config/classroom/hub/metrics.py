"""What the hub's service does, for Prometheus: how many questions it answered and how, how long they waited, what waits now.

No names stand in it: who asked, and what, is nobody's who watches a machine.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 180)
ANSWERED, FULL, REFUSED, GONE, FAILED = "answered", "full", "refused", "gone", "failed"
"""What became of a question: an answer; no place left to wait in; none that may be asked; its asker left; a failure of ours."""


@dataclass
class Told:
    """What became of a question or an act."""

    outcome: str = FAILED


class Metrics:
    """The service's own numbers, each from its start."""

    def __init__(self, waiting: Callable[[], int]) -> None:
        self._registry = CollectorRegistry()
        self._questions = Counter(
            "penguin_questions",
            "Questions to the judge, by duty and outcome",
            ("duty", "outcome"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "penguin_question_seconds",
            "Seconds from a question's arrival to its answer, waiting and judging",
            ("duty",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._acts = Counter(
            "penguin_class_acts",
            "Acts between learners and the class, by act and outcome",
            ("act", "outcome"),
            registry=self._registry,
        )
        Gauge("penguin_questions_waiting", "Questions that wait for their turn", registry=self._registry).set_function(
            waiting
        )

    @contextmanager
    def question(self, duty: str) -> Iterator[Told]:
        """Count a question when it is over, by what the block has said became of it; a failure of ours where it said nothing."""
        told, began = Told(), time.perf_counter()
        try:
            yield told
        finally:
            self._questions.labels(duty, told.outcome).inc()
            if told.outcome == ANSWERED:
                self._seconds.labels(duty).observe(time.perf_counter() - began)

    @contextmanager
    def act(self, act: str) -> Iterator[Told]:
        """Count an act in the same way."""
        told = Told()
        try:
            yield told
        finally:
            self._acts.labels(act, told.outcome).inc()

    def text(self) -> bytes:
        """All of it in Prometheus's text format."""
        return generate_latest(self._registry)
