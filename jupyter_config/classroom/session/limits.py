"""What a learner's query may use: time and memory."""

from __future__ import annotations

import mmap
import os
from dataclasses import dataclass
from pathlib import Path

_ROOM_BYTES = 3 << 29
"""Memory that a kernel may take on top of what it starts with; strings being built escape memory_limit."""

_LEAST_ROOM_BYTES = 1 << 29
"""Room for threads, for a panel, for a small query, whatever a large one has left behind."""

GRACE_SECONDS = 4.0
"""From an interrupt on, until the process that runs the query is ended; a query that heeds it ends within one."""


@dataclass(frozen=True)
class QueryLimits:
    """How much one statement may take."""

    seconds: float = 60.0
    slow_seconds: float = 30.0
    """After which the learner is told that it still runs."""
    memory: str = "1GB"
    threads: int = 2


def query_limits() -> QueryLimits:
    """The limits, with PENGUIN_QUERY_SECONDS and PENGUIN_QUERY_MEMORY taken from the environment."""
    given = QueryLimits()
    return QueryLimits(
        seconds=float(os.environ.get("PENGUIN_QUERY_SECONDS", given.seconds)),
        slow_seconds=float(os.environ.get("PENGUIN_SLOW_SECONDS", given.slow_seconds)),
        memory=os.environ.get("PENGUIN_QUERY_MEMORY", given.memory),
        threads=min(4, os.cpu_count() or given.threads),
    )


class AddressSpace:
    """This process's address space, capped where the system can.

    What a large query has mapped stays mapped when it is over, though most of it is empty and costs nothing. A cap that
    stands still would soon leave no room for a thread; so each cell gets it anew, by the memory that is really in use.
    """

    def __init__(self) -> None:
        _, self._used_at_start = _mapped_and_used()

    def cap(self, room: int = _ROOM_BYTES) -> bool:
        """Cap it at `room` more than there was in use at the start; False on Windows and macOS."""
        mapped, used = _mapped_and_used()
        if not mapped:
            return False
        ceiling = mapped + max(room - max(used - self._used_at_start, 0), _LEAST_ROOM_BYTES)
        try:
            import resource

            _, hard = resource.getrlimit(resource.RLIMIT_AS)
            resource.setrlimit(resource.RLIMIT_AS, (ceiling if hard < 0 else min(ceiling, hard), hard))
        except (ImportError, OSError, ValueError):
            return False
        return True


def _mapped_and_used() -> tuple[int, int]:
    """Bytes of address space that this process has mapped, and of memory that it uses; zeros where nobody says."""
    try:
        mapped, used = Path("/proc/self/statm").read_text(encoding="ascii").split()[:2]
    except (OSError, ValueError):
        return 0, 0
    return int(mapped) * mmap.PAGESIZE, int(used) * mmap.PAGESIZE
