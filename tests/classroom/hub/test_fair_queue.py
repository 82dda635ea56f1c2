"""Who is next at the judge that all share."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from classroom.hub.fair_queue import FairQueue, QueueFull

if TYPE_CHECKING:
    from collections.abc import Coroutine


class Order:
    """One hand that writes down whose work it does, once it is let go."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.gate = threading.Event()

    def work(self, who: str) -> str:
        self.gate.wait(30)
        self.done.append(who)
        return who


def in_line(queue: FairQueue, order: Order, *names: str) -> list[asyncio.Task[str]]:
    return [asyncio.ensure_future(queue.take(each, lambda each=each: order.work(each))) for each in names]  # type: ignore[misc]


def run(line: Coroutine[None, None, None]) -> None:
    asyncio.run(line)


def test_whoever_sends_one_answer_is_not_kept_waiting_by_whoever_sends_many() -> None:
    order = Order()

    async def line() -> None:
        queue = FairQueue(1)
        asked = in_line(queue, order, "many", "many", "many", "one", "many")
        await asyncio.sleep(0)
        order.gate.set()
        assert await asyncio.gather(*asked) == ["many", "many", "many", "one", "many"]

    run(line())
    assert order.done[:3] == ["many", "many", "one"] or order.done[:2] == ["many", "one"]


def test_what_is_too_much_of_one_or_of_all_is_turned_away_at_once() -> None:
    order = Order()

    async def line() -> None:
        queue = FairQueue(1, most_of_one=2, most=3)
        asked = in_line(queue, order, "busy", "a", "a", "b")
        await asyncio.sleep(0)
        with pytest.raises(QueueFull):
            await queue.take("a", lambda: order.work("a"))
        with pytest.raises(QueueFull):
            await queue.take("c", lambda: order.work("c"))
        order.gate.set()
        await asyncio.gather(*asked)

    run(line())
    assert sorted(order.done) == ["a", "a", "b", "busy"]


def test_whoever_presses_stop_leaves_the_line() -> None:
    order = Order()

    async def line() -> None:
        queue = FairQueue(1)
        first, gone, last = in_line(queue, order, "first", "gone", "last")
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.sleep(0)
        order.gate.set()
        await asyncio.gather(first, last)

    run(line())
    assert order.done == ["first", "last"]


def test_a_fault_is_told_to_whoever_asked_and_the_next_is_served() -> None:
    async def line() -> None:
        queue = FairQueue(1)
        with pytest.raises(ZeroDivisionError):
            await queue.take("a", lambda: 1 // 0)
        assert await queue.take("a", lambda: 1) == 1

    run(line())
