"""The process that runs the queries of the BI room may be lost; that costs one result."""

from __future__ import annotations

import multiprocessing
import threading
from typing import TYPE_CHECKING, Any

from classroom.learner.bi.asking import ProcessAsker, QueryOutcome, QueryTask

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    import pytest

QUESTION = QueryTask("SELECT 1 AS n")


class _Ended:
    """A process that is no more."""

    def kill(self) -> None:
        """Nothing to end."""

    def join(self) -> None:
        """Nothing to wait for."""


def serve_one(pipe: Connection) -> None:
    """Answer once."""
    name, (questions, night) = pipe.recv()
    pipe.send([QueryOutcome(None, f"{name} {questions[0].text} {night}")])


def test_a_lost_process_costs_one_query_and_the_next_has_another(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Any] = []

    def start(_: ProcessAsker) -> tuple[_Ended, Connection]:
        ours, theirs = multiprocessing.Pipe()
        begun.append(theirs)
        if len(begun) == 1:
            theirs.close()
        else:
            threading.Thread(target=serve_one, args=(theirs,), daemon=True).start()
        return _Ended(), ours

    monkeypatch.setattr(ProcessAsker, "_start", start)
    asker = ProcessAsker("ja", None)
    lost, found = asker.ask([QUESTION, QUESTION], 3)
    assert "メモリ" in lost.problem
    assert found.problem == "ask SELECT 1 AS n 3"
    asker.close()
