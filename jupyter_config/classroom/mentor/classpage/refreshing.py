"""The class page draws itself again while it is open."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_log = logging.getLogger(__name__)
EVERY_SECONDS = 60.0


def begin_refreshing(
    fetch: Callable[[], object], draw: Callable[[], None], seconds: float = EVERY_SECONDS
) -> asyncio.Task[None] | None:
    """Fetch beside the kernel's own loop and draw in it, again and again; None where no loop runs."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return None
    return loop.create_task(_again_and_again(fetch, draw, seconds))


def one_after_another(steps: Iterable[Callable[[], None]], pause: float = 0.05) -> None:
    """Do steps in the kernel's own loop, so that what each has drawn is seen before the next begins; at once where no loop runs."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        for each in steps:
            each()
        return
    left = iter(steps)

    def go_on() -> None:
        step = next(left, None)
        if step is None:
            return
        try:
            step()
        except Exception:  # noqa: BLE001  (the other steps are not its)
            _log.exception("a part of the class page could not be drawn")
        loop.call_later(pause, go_on)

    loop.call_later(pause, go_on)


async def _again_and_again(fetch: Callable[[], object], draw: Callable[[], None], seconds: float) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await asyncio.to_thread(fetch)
            draw()
        except Exception:  # noqa: BLE001  (the page stays as it is, and the next time may do better)
            _log.exception("the class page could not be drawn again by itself")
