"""What stops grading from outside, such as a full disk, as the mentor is told it."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE_SECONDS = 30.0
"""So long is waited for a gradebook that another program holds."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_LITTLE_ROOM = 1_000_000
T = TypeVar("T")


class DeskFault(Exception):  # noqa: N818  (told to the mentor as a sentence)
    """Work had to stop; `code` names the sentence that says what to do. What was graded stays graded."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@contextmanager
def told_faults(root: Path) -> Iterator[None]:
    """Turn what a full disk and a held file raise into a DeskFault; `root` is the mentor's folder."""
    from sqlalchemy.exc import DatabaseError, OperationalError

    try:
        yield
    except OSError as fault:
        if fault.errno in _FULL:
            raise DeskFault("disk_full", place=fault.filename or root) from fault
        raise
    except (sqlite3.OperationalError, OperationalError) as fault:
        if is_locked(fault):
            raise DeskFault("gradebook_locked", seconds=int(PATIENCE_SECONDS)) from fault
        if "full" in _cause(fault) or ("disk I/O" in _cause(fault) and shutil.disk_usage(root).free < _LITTLE_ROOM):
            raise DeskFault("disk_full", place=root) from fault
        if _is_damage(fault):
            raise DeskFault("store_damaged", cause=_cause(fault)) from fault
        raise
    except (sqlite3.DatabaseError, DatabaseError) as fault:
        if _is_damage(fault):
            raise DeskFault("store_damaged", cause=_cause(fault)) from fault
        raise


def patiently(action: Callable[[], T]) -> T:
    """Do something with the gradebook, again and again for a while if another program holds it.

    Raises:
        DeskFault: it was held for all of `PATIENCE_SECONDS`.
    """
    from sqlalchemy.exc import OperationalError

    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return action()
        except OperationalError as fault:
            if not is_locked(fault):
                raise
            if time.monotonic() > until:
                raise DeskFault("gradebook_locked", seconds=int(PATIENCE_SECONDS)) from fault


def stops_all(fault: Exception) -> bool:
    """Whether a fault comes from the desk or its disk, so that it would meet every other hand-in as well."""
    from sqlalchemy.exc import DatabaseError, OperationalError

    if isinstance(fault, (sqlite3.DatabaseError, DatabaseError)) and _is_damage(fault):
        return True
    full = isinstance(fault, OSError) and fault.errno in _FULL
    return full or isinstance(fault, (DeskFault, sqlite3.OperationalError, OperationalError))


def _is_damage(fault: Exception) -> bool:
    return any(each in _cause(fault) for each in ("malformed", "not a database", "corrupt", "unable to open"))


def is_locked(fault: Exception) -> bool:
    """Whether another program holds the database."""
    return "locked" in _cause(fault)


def _cause(fault: Exception) -> str:
    """What the database said, without the statement that SQLAlchemy adds."""
    return str(getattr(fault, "orig", None) or fault)
