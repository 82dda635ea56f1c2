"""The judge as its users see it: answers go to warm sandboxed processes, verdicts come back."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

from sqlgrade.dialect.heading import DUCKDB
from sqlgrade.engine.watchdog import PATIENCE
from sqlgrade.errors import explain_run_error
from sqlgrade.pack.keys import pack_key
from sqlgrade.record import Exercise
from sqlgrade.service.dealing import deal
from sqlgrade.service.memory import Asked, Memory
from sqlgrade.service.replies import READY, UNKNOWN_PACK, Fault
from sqlgrade.service.workers import Worker, WorkerLost
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import RunError
from sqlgrade.verdict import Reason, SqlError, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator
    from types import TracebackType

    from sqlgrade.pack.contents import Pack

    Share = TypeVar("Share")
    Made = TypeVar("Made")

_log = logging.getLogger(__name__)
_BACKSTOP_SECONDS = 30.0
_BUILDING_SECONDS = 120.0
_SHARE = 24
"""Answers to one exercise that a worker takes at a time in a batch."""
_LOST = Verdict(Status.UNJUDGED, error=SqlError(kinds.BUSY, "the judging process was lost twice"))


class _Question(NamedTuple):
    """One answer to judge."""

    key: str
    """Of the pack."""
    source: Pack | Exercise
    sql: str
    deep: bool
    dialect: str

    @property
    def exercise(self) -> Exercise:
        return self.source if isinstance(self.source, Exercise) else self.source.exercise


class Grader:
    """Grades answers in worker processes; an answer that kills its worker costs only itself.

    An exercise whose pack is not there is built in the worker. What a process was lost under is asked again of a new one;
    if that is lost too, the answer is unjudged, which says nothing about it.
    """

    def __init__(
        self, workers: int = 2, practice: Path | None = None, memory: Memory | None = None, *, shrinks: bool = True
    ) -> None:
        """Answers that were asked before are looked up in the memory, in one of its own if none is given.

        Whoever needs to know what is found, but shows no data to anybody, saves half the time by not having it shrunk.
        """
        file = Path(practice).resolve() if practice is not None else None
        self._workers = [Worker(file, shrinks=shrinks) for _ in range(max(1, workers))]
        self._idle = list(self._workers)
        self._free = threading.Condition()
        self._memory = memory or Memory()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the workers."""
        if not self._closed:
            self._closed = True
            for worker in self._workers:
                worker.stop()

    def grade(self, pack: Pack | Exercise, sql: str, *, deep: bool = False, dialect: str = DUCKDB) -> Verdict:
        """The verdict on one answer, in a dialect unless it names one itself.

        With `deep` a counterexample is searched for longer before it is accepted.
        """
        key = pack_key(pack) if isinstance(pack, Exercise) else pack.key
        question = _Question(key, pack, sql, deep, dialect)
        return self._memory.verdict(Asked(key, sql, deep, dialect), lambda: self._judged(question))

    def prepare(self, pack: Pack) -> None:
        """Have a pack made ready before its first answer comes; what stands in the way is told with that answer."""
        with self._lent(pack.key) as worker:
            if pack.key in worker.known:
                return
            try:
                _send_pack(worker, _Question(pack.key, pack, "", False, DUCKDB), _BACKSTOP_SECONDS)
            except WorkerLost:
                _log.info("a judging process was lost under the pack of %s", pack.exercise.id)

    def grade_batch(self, answers: Iterable[tuple[Pack | Exercise, str]], *, deep: bool = True) -> Iterator[Verdict]:
        """The verdicts on many answers in their order, on all workers."""
        by_pack: dict[str, list[tuple[int, Pack | Exercise, str]]] = {}
        for place, (pack, sql) in enumerate(answers):
            key = pack_key(pack) if isinstance(pack, Exercise) else pack.key
            by_pack.setdefault(key, []).append((place, pack, sql))
        shares = (
            (key, given[start : start + _SHARE])
            for key, given in by_pack.items()
            for start in range(0, len(given), _SHARE)
        )

        def graded(share: list[tuple[int, Pack | Exercise, str]]) -> dict[int, Verdict]:
            return {place: self.grade(pack, sql, deep=deep) for place, pack, sql in share}

        ready: dict[int, Verdict] = {}
        due = 0
        for made in self.deal(shares, graded):
            ready |= made
            while due in ready:
                yield ready.pop(due)
                due += 1

    def deal(self, shares: Iterable[tuple[Hashable, Share]], work: Callable[[Share], Made]) -> Iterator[Made]:
        """What each share of questions comes to, as it is ready, on as many threads as there are workers: see deal."""
        return deal(shares, work, len(self._workers))

    def _judged(self, question: _Question) -> Verdict:
        """Asks a worker, and a new one where the first was lost, or was short of memory with more than this to hold."""
        verdict = _LOST
        with self._lent(question.key) as worker:
            for _ in range(2):
                fresh = worker.fresh
                try:
                    verdict = _ask(worker, question)
                except WorkerLost as lost:
                    if lost.stuck:
                        return _too_slow(question.sql)
                    _log.info("a judging process was lost under an answer to %s", question.exercise.id)
                    verdict = _LOST
                    continue
                if verdict.status is not Status.UNJUDGED and (fresh or not _is_short_of_memory(verdict)):
                    return verdict
                worker.restart()
        return verdict

    @contextmanager
    def _lent(self, key: str) -> Iterator[Worker]:
        """An idle worker that has the pack, else the one that has been idle longest."""
        with self._free:
            self._free.wait_for(lambda: self._idle)
            worker = next((each for each in self._idle if key in each.known), self._idle[0])
            self._idle.remove(worker)
        try:
            yield worker
        finally:
            with self._free:
                self._idle.append(worker)
                self._free.notify()


def _ask(worker: Worker, question: _Question) -> Verdict:
    """The worker's verdict; it is sent the pack where it has none.

    Raises:
        WorkerLost: it died, or did not answer in time.
    """
    limits = question.exercise.limits
    seconds = _BACKSTOP_SECONDS + limits.seconds * PATIENCE + limits.practice_seconds
    for _ in range(2):
        answer = None if question.key in worker.known else _send_pack(worker, question, seconds)
        if answer is None:
            worker.fresh = False
            answer = worker.call(("grade", question.key, question.sql, question.deep, question.dialect), seconds)
        if isinstance(answer, Fault):
            return Verdict(Status.AUTHOR_FAULT, error=SqlError(answer.kind, answer.message))
        if isinstance(answer, Verdict):
            return answer
        if answer == UNKNOWN_PACK:
            worker.known.discard(question.key)
    raise WorkerLost


def _send_pack(worker: Worker, question: _Question, seconds: float) -> object:
    """Has the pack made ready; None if it is, else what stood in its way."""
    key, source = question.key, question.source
    try:
        if isinstance(source, Exercise):
            answer = worker.call(("exercise", key, source), _BUILDING_SECONDS)
        else:
            answer = worker.call(("pack", source.to_bytes()), seconds)
    except WorkerLost as lost:
        raise WorkerLost from lost  # whatever it was stuck in, it was not the answer
    if answer != READY:
        return answer
    worker.known.add(key)
    return None


def _is_short_of_memory(verdict: Verdict) -> bool:
    return verdict.error is not None and verdict.error.kind == kinds.MEMORY


def _too_slow(sql: str) -> Verdict:
    error = RunError(kinds.TIMEOUT, "the query ran past its time and could not be interrupted")
    return Verdict(Status.INVALID, Reason.LIMIT, error=explain_run_error(error, sql))
