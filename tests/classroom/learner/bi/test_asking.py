"""The process that runs the queries of the BI room may be lost; that costs one result."""

from __future__ import annotations

import multiprocessing
import threading
import time
from typing import TYPE_CHECKING, Any

from classroom.learner.bi.asking import ProcessAsker, QueryOutcome, QueryTask
from classroom.messages import say_in

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    import pytest

QUESTION = QueryTask("SELECT 1 AS n")
# Long, but of one side that memory holds: a wider one ends with the memory, on a fast machine within a second
ENDLESS = QueryTask("SELECT count(*) FROM range(10000000) a, range(10000000) b")


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


def test_stop_ends_the_query_that_runs_and_those_after_it_and_the_next_runs_again(practice: Path) -> None:
    asker = ProcessAsker("ja", practice)
    assert asker.ask([QUESTION], 0)[0].result is not None  # the process is there
    told: list[QueryOutcome] = []
    waiting = threading.Thread(target=lambda: told.extend(asker.ask([ENDLESS, QUESTION], 0)))
    waiting.start()
    for _ in range(100):
        if asker.quickly("reach", 0, lost="", busy="busy") == "busy":
            break
        time.sleep(0.05)
    asker.stop()
    waiting.join(20)
    assert [each.problem for each in told] == [say_in("classroom.learner.bi", "query.stopped", "ja")] * 2
    assert asker.ask([QUESTION], 0)[0].result is not None
    asker.close()


def test_stop_that_comes_when_nothing_runs_any_more_costs_the_next_query_nothing(practice: Path) -> None:
    asker = ProcessAsker("ja", practice)
    assert asker.ask([QUESTION], 0)[0].result is not None  # the process is there
    asker.stop()
    assert asker.ask([QUESTION], 0)[0].problem == ""
    asker.close()


def test_a_query_on_many_nights_ends_with_its_seconds_or_when_it_is_stopped(practice: Path) -> None:
    asker = ProcessAsker("ja", practice)
    assert len(asker.over(QUESTION, [0, -1], 600)) == 2
    assert len(asker.over(QUESTION, [0, -1, -2], 0)) == 1
    threading.Timer(1, asker.stop).start()
    assert asker.over(ENDLESS, [0, -1, -2], 600) == []
    asker.close()
