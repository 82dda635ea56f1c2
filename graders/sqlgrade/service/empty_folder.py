"""The empty folder that a judging process works in: it goes with the process, however that ends."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_PREFIX = "sqlgrade_"
_YOUNG_SECONDS = 60.0
"""So long may a process take from the making of its folder until it holds it."""


def make_folder() -> Path:
    """A new empty folder; those of processes that were killed together with their parents are swept away first."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # somebody else's, gone, or not empty and so none of ours
            if time.time() - left.stat().st_mtime > _YOUNG_SECONDS and not _is_held(left):
                left.rmdir()
    return Path(tempfile.mkdtemp(prefix=_PREFIX))


def enter(folder: Path) -> None:
    """Make a folder this process's working directory, and hold it until the process ends."""
    with suppress(OSError):
        os.chdir(folder)
        if fcntl is not None:
            fcntl.flock(os.open(folder, os.O_RDONLY), fcntl.LOCK_EX)


def leave(folder: Path) -> None:
    """Go out of a folder and remove it."""
    with suppress(OSError):
        os.chdir(folder.parent)
        folder.rmdir()


def _is_held(folder: Path) -> bool:
    if fcntl is None:
        return True
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(opened)
    return False
