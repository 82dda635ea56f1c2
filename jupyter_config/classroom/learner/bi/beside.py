"""Heavy work of a room aside, in a process of its own."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Made = TypeVar("Made")


def in_a_process(work: Callable[..., Made], *arguments: object) -> Made:
    """What a function gives that takes much memory or time: in a process of its own, which is gone afterwards.

    Raises:
        BrokenProcessPool: the process was lost.
    """
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()
