"""Brings a progress file to the numbers that exercises have now, so that nothing in it is taken for another exercise's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from coursebook.numbering import Numbering

_TABLES = ("tries", "rungs", "places", "items", "questions")
_ON_THE_WAY = ">"
"""Before an id that has changed already: two exercises may exchange their numbers."""


def bring_to_latest(connection: sqlite3.Connection, numbering: Numbering) -> None:
    """Change the ids in a file of an earlier numbering, once; a file that is up to date is not locked."""
    if numbering.latest == 0 or edition_of(connection) >= numbering.latest:
        return
    connection.commit()
    connection.execute("BEGIN IMMEDIATE")
    ids = numbering.ids(edition_of(connection), numbering.latest)
    for table in _TABLES:
        connection.executemany(
            f"UPDATE OR REPLACE {table} SET exercise_id = ? WHERE exercise_id = ?",
            [(f"{_ON_THE_WAY}{new}", old) for old, new in ids.items()],
        )
        connection.execute(
            f"UPDATE OR REPLACE {table} SET exercise_id = substr(exercise_id, 2) WHERE substr(exercise_id, 1, 1) = ?",
            (_ON_THE_WAY,),
        )
    connection.execute("DELETE FROM numbering")
    connection.execute("INSERT INTO numbering VALUES (?)", (numbering.latest,))


def edition_of(connection: sqlite3.Connection) -> int:
    """The numbering that a file is in; one that says nothing is in the first."""
    row = connection.execute("SELECT max(edition) FROM numbering").fetchone()
    return int(row[0] or 0)
