"""Memory, time and a lost process are told apart, and what the machine did is never laid at the learner's door."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from sqlgrade import Exercise, Grader, Pack, Reason, Solution, Status, Verdict, build_pack
from sqlgrade.messages import verdict_sentences
from sqlgrade.service import grader
from sqlgrade.service.duties import Duties
from sqlgrade.service.memory import Memory
from sqlgrade.service.replies import READY, Fault
from sqlgrade.service.workers import WorkerLost
from sqlgrade.verdict import SqlError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RIGHT = "SELECT name FROM users WHERE user_id > 3"
EXERCISE = Exercise(
    "lost", "CREATE TABLE users (user_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);", (Solution(RIGHT),)
)
ACCEPTED = Verdict(Status.ACCEPTED)
OUT_OF_MEMORY = Verdict(Status.INVALID, Reason.LIMIT, error=SqlError("memory", "out of memory"))
BUSY = Verdict(Status.UNJUDGED, error=SqlError("busy", "interrupted"))
LOST, STUCK = WorkerLost(), WorkerLost(stuck=True)

Play = list[Verdict | WorkerLost]


class Scripted:
    """A worker that says what it is told to, and whose new process is fresh."""

    play: ClassVar[Play] = []

    def __init__(self, practice: Path | None, *, shrinks: bool) -> None:
        del practice, shrinks
        self.restart()

    def restart(self) -> None:
        self.known: set[str] = set()
        self.fresh = True

    def call(self, message: tuple[Any, ...], seconds: float) -> object:
        del seconds
        if message[0] != "grade":
            return READY
        answer = self.play.pop(0)
        if isinstance(answer, WorkerLost):
            self.restart()
            raise answer
        return answer

    def stop(self) -> None:
        pass


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Callable[[Play], list[Verdict]]:
    """What is said of as many answers as the play has room for."""

    def ask(play: Play) -> list[Verdict]:
        monkeypatch.setattr(grader, "Worker", Scripted)
        monkeypatch.setattr(Scripted, "play", list(play))
        said = []
        with Grader(workers=1, memory=Memory(most=0)) as asked:
            while Scripted.play:
                said.append(asked.grade(EXERCISE, RIGHT))
        return said

    return ask


@pytest.fixture(scope="module")
def pack() -> Pack:
    return build_pack(EXERCISE)


def statuses(verdicts: list[Verdict]) -> list[Status]:
    return [each.status for each in verdicts]


def test_an_answer_under_which_a_process_was_lost_is_asked_again(judged: Callable[[Play], list[Verdict]]) -> None:
    assert judged([LOST, ACCEPTED]) == [ACCEPTED]


def test_an_answer_under_which_two_were_lost_is_not_judged_and_costs_no_other(
    judged: Callable[[Play], list[Verdict]],
) -> None:
    assert statuses(judged([LOST, LOST, ACCEPTED])) == [Status.UNJUDGED, Status.ACCEPTED]


def test_a_query_that_used_up_its_time_and_did_not_stop_was_too_slow(judged: Callable[[Play], list[Verdict]]) -> None:
    (verdict,) = judged([STUCK])
    assert (verdict.reason, verdict.error.kind) == (Reason.LIMIT, "timeout")  # type: ignore[union-attr]
    assert "ran too long" in " ".join(verdict_sentences(verdict, "en"))


def test_memory_is_blamed_only_where_a_process_held_nothing_else(judged: Callable[[Play], list[Verdict]]) -> None:
    assert judged([ACCEPTED, OUT_OF_MEMORY, ACCEPTED]) == [ACCEPTED, ACCEPTED]
    assert judged([ACCEPTED, OUT_OF_MEMORY, OUT_OF_MEMORY]) == [ACCEPTED, OUT_OF_MEMORY]
    assert judged([OUT_OF_MEMORY]) == [OUT_OF_MEMORY]


def test_an_answer_that_a_busy_machine_gave_no_time_is_asked_again(judged: Callable[[Play], list[Verdict]]) -> None:
    assert judged([BUSY, ACCEPTED]) == [ACCEPTED]
    assert statuses(judged([BUSY, BUSY])) == [Status.UNJUDGED]


@pytest.mark.parametrize(("lang", "never"), [("en", ("JOIN", "memory", "too long")), ("ja", ("JOIN", "メモリー"))])
def test_an_unjudged_answer_is_told_without_blame(lang: str, never: tuple[str, ...]) -> None:
    said = " ".join(verdict_sentences(BUSY, lang, level=2))
    assert said
    assert not [word for word in never if word in said]


def test_a_lost_answer_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grader, "Worker", Scripted)
    monkeypatch.setattr(Scripted, "play", [LOST, LOST, ACCEPTED])
    with Grader(workers=1) as asked:
        said = [asked.grade(EXERCISE, RIGHT).status for _ in range(3)]
    assert said == [Status.UNJUDGED, Status.ACCEPTED, Status.ACCEPTED]


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signal")
def test_a_process_that_is_killed_from_outside_costs_nobody_anything(pack: Pack) -> None:
    with Grader(workers=1, memory=Memory(most=0)) as asked:
        for number in range(3):
            process = asked._workers[0]._process
            assert process is not None
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
            assert asked.grade(pack, RIGHT).status is Status.ACCEPTED, number


def test_a_query_that_cannot_be_interrupted_is_called_slow(pack: Pack) -> None:
    with Grader(workers=1) as asked:
        verdict = asked.grade(pack, "SELECT lpad('x', 2000000000, 'y') FROM range(3)")
    assert verdict.error is not None
    assert (verdict.reason, verdict.error.kind) == (Reason.LIMIT, "timeout")


def test_a_bug_of_ours_ends_no_process_and_is_not_the_learners() -> None:
    fault = Duties(None).answer(("pack", b"no pack"))
    assert (type(fault), fault.kind) == (Fault, "internal")
