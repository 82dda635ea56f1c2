"""What the desk keeps for good, in one place: the files that are copied each day, and that are missed when they are gone."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GRADEBOOK = "gradebook.db"
JUDGEMENTS, RECEIVED, EXPOS, REVIEWS, CLASS, EXAMS = (
    *("desk.db", "received.db", "expo.db"),
    *("reviews.db", "class.db", "exams.db"),
)
KEY, FAQ, WAYS, DEFINITIONS, BROKEN, HASTE = (
    *("key.txt", "faq.json", "ways.json"),
    *("definitions.json", "broken.json", "haste.txt"),
)
_BUSY_SECONDS = 10.0


@dataclass(frozen=True)
class Store:
    """A file that the desk keeps."""

    name: str
    """Below the mentor's folder, with / between its parts."""
    is_database: bool = True
    """SQLite; else a text."""
    lasting: tuple[str, ...] = ()
    """Tables that no work at the desk ever empties again once something is in them."""
    form: re.Pattern[str] | None = None
    """What a text looks like that no person writes; None where a mentor may write anything."""

    def path(self, root: Path) -> Path:
        """Where it lies in the mentor's folder."""
        return root / self.name


STORES: tuple[Store, ...] = (
    Store(GRADEBOOK, lasting=("notebook", "submitted_assignment")),
    Store(f"desk/{JUDGEMENTS}", lasting=("submissions",)),
    Store(f"desk/{RECEIVED}", lasting=("letters", "told")),
    Store(f"desk/{EXPOS}", lasting=("marks", "months")),
    Store(f"desk/{REVIEWS}"),
    Store(f"desk/{EXAMS}", lasting=("opened", "results")),
    Store(f"desk/{CLASS}", lasting=("comments", "rubric_marks", "replies")),
    Store("desk/settings.toml", is_database=False),
    Store("desk/seed.txt", is_database=False, form=re.compile(r"\d{1,10}\s*")),
    Store(f"desk/{KEY}", is_database=False, form=re.compile(r"[0-9a-f]{64}\s*")),
    *(
        Store(f"desk/{name}", is_database=False, form=re.compile(r"\[.*\]\s*", re.DOTALL))
        for name in (FAQ, WAYS, DEFINITIONS, BROKEN)
    ),
    Store(f"desk/{HASTE}", is_database=False, form=re.compile(r"\d{1,2}\s*")),
)
BESIDE_A_DATABASE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database, and what belongs to no other."""


class StoreDamaged(Exception):  # noqa: N818  (told to the mentor)
    """A store can't be read."""


def rows_of(path: Path) -> Mapping[str, int]:
    """How many rows each table of a database has.

    Raises:
        StoreDamaged: it is no database, or not whole.
    """
    try:
        with closing(_to_read(path)) as connection:
            names = [
                row[0]
                for row in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
                )
            ]
            return {
                name: int(connection.execute('SELECT count(*) FROM "{}"'.format(name.replace('"', '""'))).fetchone()[0])
                for name in names
            }
    except sqlite3.OperationalError as fault:
        if "locked" in str(fault):
            raise  # another program's, or the disk's: the file may be as good as ever
        raise StoreDamaged(path.name) from fault
    except sqlite3.DatabaseError as fault:
        raise StoreDamaged(path.name) from fault


def copy_database(source: Path, target: Path) -> None:
    """Copy a database that other programs may be writing to, as of one moment.

    Raises:
        Damaged: the copy is not whole, so the database is not.
        sqlite3.OperationalError: the disk is full, or the database stayed locked.
    """
    try:
        with closing(_to_read(source)) as one, closing(sqlite3.connect(target)) as other:
            # Its own waiting has no end where another program holds the file; a transaction's has, and keeps it as of one moment.
            one.execute("BEGIN")
            one.execute("SELECT count(*) FROM sqlite_master").fetchone()
            one.backup(other)
            other.execute("PRAGMA journal_mode = DELETE")
            said = [row[0] for row in other.execute("PRAGMA quick_check(1)")]
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as fault:
        raise StoreDamaged(source.name) from fault
    if said != ["ok"]:
        raise StoreDamaged(source.name)


def _to_read(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS)
