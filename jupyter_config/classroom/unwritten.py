"""Why something could not be written down: the disk is full, or may not be written to, in the reader's words."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING

from classroom.messages import say

if TYPE_CHECKING:
    from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS}
"""Of one file that is refused, the folder has still to be tried: the name may be at fault."""
_OF_SQLITE = {sqlite3.SQLITE_FULL: "full", sqlite3.SQLITE_READONLY: "read_only", sqlite3.SQLITE_BUSY: "busy"}
_PROBE_BYTES = 65_536
"""What is tried to be written: SQLite wants some pages for a single row."""


def is_full(fault: BaseException) -> bool:
    """Whether something could not be written because there is no room for it."""
    return _named(fault) == "full"


def why_unwritten(lang: str, place: Path, fault: BaseException | None = None) -> str:
    """One sentence on why nothing could be written at a place; empty where neither the fault nor a trial tells.

    Args:
        lang: `ja` or `en`.
        place: The file or folder; what is missing of it is looked for above it.
        fault: What was raised. SQLite says of a full disk "disk I/O error" as well, so the place itself is tried.
    """
    reason = _named(fault) or _tried(place)
    return say(f"unwritten.{reason}", lang, place=place) if reason else ""


def _named(fault: BaseException | None) -> str:
    if isinstance(fault, sqlite3.Error):
        return _OF_SQLITE.get((getattr(fault, "sqlite_errorcode", 0) or 0) & 0xFF, "")
    number = fault.errno if isinstance(fault, OSError) else None
    return "full" if number in _FULL else "read_only" if number in _READ_ONLY else ""


def _tried(place: Path) -> str:
    folder = next((each for each in (place, *place.parents) if each.is_dir()), place)
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".trial-", buffering=0, delete=False) as file:
            try:
                file.write(bytes(_PROBE_BYTES))
                os.fsync(file.fileno())
            finally:
                with suppress(OSError):
                    os.unlink(file.name)  # noqa: PTH108  (a name, as tempfile gives it)
    except OSError as fault:
        return _named(fault) or "read_only"
    return ""
