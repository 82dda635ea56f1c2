"""Judges shares of questions on this machine: a thread and a sandboxed process for each core."""

from __future__ import annotations

import logging
import os
import queue
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom.mentor.judged import StoredJudgement, stored
from coursebook import Judgement, Outcome, judge_answer
from sqlgrade import Grader, Verdict
from sqlgrade.result import KILLED
from sqlgrade.verdict import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from classroom.mentor.questions import Share

_log = logging.getLogger(__name__)


class PatientJudge:
    """Asks a grader, once more if the process was killed under the answer, and remembers what it was told in this share."""

    def __init__(self, grader: Grader) -> None:
        self._grader = grader
        self._told: dict[tuple[str, str], Verdict] = {}

    def grade(self, pack: Any, sql: str) -> Verdict:
        """The verdict on one query."""
        asked = (pack.key, sql)
        if asked not in self._told:
            verdict = self._grader.grade(pack, sql)
            if verdict.reason is Reason.LIMIT and verdict.error and verdict.error.kind == KILLED:
                verdict = self._grader.grade(pack, sql)
            self._told[asked] = verdict
        return self._told[asked]


def judge_share(share: Share, grader: Grader) -> list[StoredJudgement]:
    """The judgements on a share; one that cannot be judged is left to the mentor and costs no other."""
    judge = PatientJudge(grader)
    return [_judged(share, key, normal, judge) for key, normal in share.questions]


def _judged(share: Share, key: str, normal: str, judge: PatientJudge) -> StoredJudgement:
    exercise = share.exercise
    try:
        return stored(key, exercise, normal, judge_answer(exercise, normal, judge, share.lang, pack=share.pack))
    except Exception:  # noqa: BLE001  (whatever a text does to the reading of it, the others are judged)
        _log.exception("an answer to %s could not be judged", exercise.id)
        fault = Judgement(exercise.id, exercise.kind, share.lang, Outcome.AUTHOR_FAULT, possible=exercise.points)
        return stored(key, exercise, normal, fault)


def judge_here(shares: Iterable[Share], workers: int | None = None) -> Iterator[list[StoredJudgement]]:
    """The judgements share by share, as they are ready."""
    dealer = _Dealer(list(shares))
    done: queue.Queue[list[StoredJudgement] | BaseException] = queue.Queue()
    count = min(workers or os.cpu_count() or 1, max(dealer.left, 1))
    threads = [threading.Thread(target=_work, args=(dealer, done), daemon=True) for _ in range(count)]
    expected = dealer.left
    for thread in threads:
        thread.start()
    try:
        for _ in range(expected):
            made = done.get()
            if isinstance(made, BaseException):
                raise made
            yield made
    finally:
        dealer.stop()
        for thread in threads:
            thread.join()


def _work(dealer: _Dealer, done: queue.Queue[list[StoredJudgement] | BaseException]) -> None:
    grader: Grader | None = None
    current: str | None = None
    try:
        while (share := dealer.next(current)) is not None:
            current = share.exercise.id
            if grader is None:
                grader = Grader(workers=1, practice=Path(share.practice) if share.practice else None)
            done.put(judge_share(share, grader))
    except BaseException as fault:  # noqa: BLE001  (told to the thread that waits)
        done.put(fault)
    finally:
        if grader is not None:
            grader.close()


class _Dealer:
    """Hands out shares so that a worker keeps to its exercise, whose databases it has made, as long as it can."""

    def __init__(self, shares: list[Share]) -> None:
        self._shares: dict[str, list[Share]] = {}
        for share in shares:
            self._shares.setdefault(share.exercise.id, []).append(share)
        self._lock = threading.Lock()
        self._taken: set[str] = set()
        self.left = len(shares)

    def next(self, current: str | None) -> Share | None:
        with self._lock:
            waiting = [name for name, shares in self._shares.items() if shares]
            if not waiting:
                return None
            fresh = [name for name in waiting if name not in self._taken]
            longest = max(fresh or waiting, key=lambda name: len(self._shares[name]))
            name = current if current in waiting else longest
            self._taken.add(name)
            return self._shares[name].pop()

    def stop(self) -> None:
        with self._lock:
            self._shares.clear()
