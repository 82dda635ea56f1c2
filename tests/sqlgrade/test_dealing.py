"""Many answers are shared out so that each is judged once and exercises stay together."""

from __future__ import annotations

import threading
import time
from collections import defaultdict

import pytest

from sqlgrade.service.dealing import deal
from sqlgrade.service.memory import Asked, Memory
from sqlgrade.verdict import Status, Verdict

QUESTION = Asked("pack", "SELECT 1", deep=False)
VERDICT = Verdict(Status.ACCEPTED)


def test_every_share_is_worked_once() -> None:
    shares = [(topic, f"{topic}{number}") for topic in "abcde" for number in range(7)]
    assert sorted(deal(shares, str.upper, 3)) == sorted(share.upper() for _, share in shares)
    assert list(deal([], str.upper, 3)) == []


def test_whoever_has_begun_an_exercise_keeps_to_it() -> None:
    worked: dict[int, list[str]] = defaultdict(list)

    def work(topic: str) -> None:
        worked[threading.get_ident()].append(topic)
        time.sleep(0.02)

    list(deal([(topic, topic) for _ in range(6) for topic in "ab"], work, 2))
    assert sorted("".join(topics) for topics in worked.values()) == ["aaaaaa", "bbbbbb"]


def test_a_long_exercise_is_shared_when_nothing_else_is_left() -> None:
    worked: set[int] = set()

    def work(_: int) -> None:
        worked.add(threading.get_ident())
        time.sleep(0.02)

    list(deal([("a", number) for number in range(10)], work, 2))
    assert len(worked) == 2


def test_a_fault_ends_the_dealing_and_is_told() -> None:
    done: list[int] = []

    def work(number: int) -> None:
        done.append(number)
        if number == 1:
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        list(deal([("a", number) for number in range(50)], work, 1))
    assert done == [0, 1]


def test_who_stops_listening_stops_the_work() -> None:
    done: list[int] = []

    def work(number: int) -> None:
        done.append(number)
        time.sleep(0.01)

    made = deal([("a", number) for number in range(1_000)], work, 2)
    next(made)
    made.close()
    assert len(done) < 20


def test_what_is_asked_twice_at_the_same_time_is_judged_once() -> None:
    memory, asked, answers = Memory(), list[int](), list[Verdict]()
    begun = threading.Event()

    def judge() -> Verdict:
        asked.append(1)
        begun.set()
        time.sleep(0.2)
        return VERDICT

    threads = [threading.Thread(target=lambda: answers.append(memory.verdict(QUESTION, judge))) for _ in range(3)]
    threads[0].start()
    begun.wait(20)
    for thread in threads[1:]:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(asked), answers) == (1, [VERDICT] * 3)


def test_the_oldest_verdicts_make_room() -> None:
    memory, asked = Memory(most=2), list[str]()

    def ask(sql: str) -> None:
        memory.verdict(QUESTION._replace(sql=sql), lambda: asked.append(sql) or VERDICT)

    for sql in ("a", "b", "a", "c", "a", "b"):
        ask(sql)
    assert asked == ["a", "b", "c", "b"]


def test_a_judge_that_fails_is_asked_again() -> None:
    memory = Memory()

    def broken() -> Verdict:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        memory.verdict(QUESTION, broken)
    assert memory.verdict(QUESTION, lambda: VERDICT) is VERDICT
