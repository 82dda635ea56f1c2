"""What a learner's query may use: time and memory."""

from __future__ import annotations

import os
from dataclasses import dataclass

_ROOM_BYTES = 3 << 29
"""Address space that a query may take on top of what the kernel has; strings being built escape memory_limit."""


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


def cap_address_space(room: int = _ROOM_BYTES) -> bool:
    """Cap this process's address space where the system can; False on Windows and macOS."""
    try:
        import resource
        from pathlib import Path

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        ceiling = pages * resource.getpagesize() + room
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (ceiling if hard < 0 else min(ceiling, hard), hard))
    except (ImportError, OSError, ValueError):
        return False
    return True
