"""The judge as its users see it: answers go to warm sandboxed processes, verdicts come back (pass 2, process layer)."""

from __future__ import annotations

import queue
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sqlgrade.errors import explain_run_error
from sqlgrade.service.duties import UNKNOWN_PACK
from sqlgrade.service.workers import Worker, WorkerLost
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import RunError
from sqlgrade.verdict import Reason, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from sqlgrade.pack.contents import Pack

_BACKSTOP_SECONDS = 30.0
_SHARE = 24
"""Answers to one exercise that a worker takes at a time in a batch."""


class Grader:
    """Grades answers in worker processes; an answer that kills its worker costs only itself."""

    def __init__(self, workers: int = 2, practice: Path | None = None) -> None:
        file = Path(practice).resolve() if practice is not None else None
        self._workers = [Worker(file) for _ in range(max(1, workers))]
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()
        for worker in self._workers:
            self._idle.put(worker)
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

    def grade(self, pack: Pack, sql: str, *, deep: bool = False) -> Verdict:
        """The verdict on one answer; deep=True searches longer for a counterexample before it accepts."""
        worker = self._idle.get()
        try:
            return self._graded(worker, pack, sql, deep=deep)
        finally:
            self._idle.put(worker)

    def grade_batch(self, answers: Iterable[tuple[Pack, str]], *, deep: bool = True) -> Iterator[Verdict]:
        """The verdicts on many answers in their order, on all workers; equal answers are judged once.

        Answers to one exercise go to one worker in shares, so that its databases are made once.
        """
        given = [(pack, sql, (pack.key, sql.strip())) for pack, sql in answers]
        shards: dict[str, dict[tuple[str, str], tuple[Pack, str]]] = {}
        for pack, sql, question in given:
            shards.setdefault(pack.key, {}).setdefault(question, (pack, sql))
        asked: dict[tuple[str, str], Future[dict[tuple[str, str], Verdict]]] = {}
        with ThreadPoolExecutor(len(self._workers)) as pool:
            for shard in sorted(shards.values(), key=_weight, reverse=True):  # no long one is left for the end
                questions = list(shard.items())
                for start in range(0, len(questions), _SHARE):
                    share = dict(questions[start : start + _SHARE])
                    asked.update(dict.fromkeys(share, pool.submit(self._graded_share, share, deep=deep)))
            for _, _, question in given:
                yield asked[question].result()[question]

    def _graded_share(
        self, share: dict[tuple[str, str], tuple[Pack, str]], *, deep: bool
    ) -> dict[tuple[str, str], Verdict]:
        worker = self._idle.get()
        try:
            return {question: self._graded(worker, pack, sql, deep=deep) for question, (pack, sql) in share.items()}
        finally:
            self._idle.put(worker)

    def judge_lines(self, lines: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Answers to lines of the batch format, in their order; see sqlgrade.batch."""
        from sqlgrade.service.batch import judge_lines

        return judge_lines(lines, self._line, len(self._workers))

    def _line(self, line: dict[str, Any]) -> dict[str, Any]:
        from sqlgrade.service.batch import lost_line

        worker = self._idle.get()
        try:
            answer: dict[str, Any] = worker.call(("line", line), _BACKSTOP_SECONDS * 4)
        except WorkerLost:
            return lost_line(line)
        else:
            return answer
        finally:
            self._idle.put(worker)

    @staticmethod
    def _graded(worker: Worker, pack: Pack, sql: str, *, deep: bool) -> Verdict:
        limits = pack.exercise.limits
        seconds = _BACKSTOP_SECONDS + limits.seconds * 4 + limits.practice_seconds
        try:
            for _ in range(2):
                if pack.key not in worker.known:
                    worker.call(("pack", pack.to_bytes()), seconds)
                    worker.known.add(pack.key)
                answer = worker.call(("grade", pack.key, sql, deep), seconds)
                if answer != UNKNOWN_PACK:
                    verdict: Verdict = answer
                    return verdict
                worker.known.discard(pack.key)
        except WorkerLost:
            pass
        return _lost(sql)


def _weight(shard: dict[tuple[str, str], tuple[Pack, str]]) -> int:
    """About what answers cost: longer queries take longer."""
    return sum(len(sql) for _, sql in shard.values())


def _lost(sql: str) -> Verdict:
    error = RunError(kinds.KILLED, "the query had to be stopped")
    return Verdict(Status.INVALID, Reason.LIMIT, error=explain_run_error(error, sql))
