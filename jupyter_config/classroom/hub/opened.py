"""Which solutions the hub's service has told to whom, and after how many answers: kept for the mentors."""

from __future__ import annotations

import datetime as dt
import json
import logging
import threading
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

from classroom.exchange.decoding import decoded
from classroom.exchange.over_hub import SolutionOpened

if TYPE_CHECKING:
    from pathlib import Path

_log = logging.getLogger(__name__)
NAME = "opened.jsonl"
"""In the service's own folder; a line each."""


class Opened:
    """Counts what each learner has had judged, and notes each solution once; without a file nothing outlives the service."""

    def __init__(self, file: Path | None = None) -> None:
        self._file, self._lock = file, threading.Lock()
        self._answers: Counter[tuple[str, str]] = Counter()
        self._known = {(each.learner, each.exercise): each for each in _read(file)}

    def count_answer(self, learner: str, exercise: str) -> None:
        """An answer to an exercise was judged."""
        with self._lock:
            self._answers[learner, exercise] += 1

    def note(self, learner: str, exercise: str) -> None:
        """A solution is told."""
        with self._lock:
            if (learner, exercise) in self._known:
                return
            answers = self._answers[learner, exercise]
            opened = SolutionOpened(learner, exercise, dt.datetime.now(dt.UTC).isoformat(), answers)
            self._known[learner, exercise] = opened
            if self._file is not None:
                with self._file.open("a", encoding="utf-8") as lines:
                    lines.write(json.dumps(asdict(opened)) + "\n")

    def all(self) -> tuple[SolutionOpened, ...]:
        """All that were told, oldest first."""
        with self._lock:
            return tuple(self._known.values())


def _read(file: Path | None) -> list[SolutionOpened]:
    found = []
    for line in file.read_text(encoding="utf-8").splitlines() if file is not None and file.is_file() else ():
        try:
            found.append(decoded(SolutionOpened, json.loads(line)))
        except ValueError:  # cut off by a full disk
            _log.warning("a line of %s can't be read", file)
    return found
