"""The votes of those who listened: a line each, typed in from the sheets, and the same as a file and a table to practise on."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from classroom.learner.state.desk import Desk
from coursebook.own_schema import Making

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.language import Lang

TABLE = "expo_votes"
"""In the learner's own schema `my`."""
VOTES = ("worth", "later", "not_worth")
_MARKS = {
    "○": "worth",
    "〇": "worth",
    "◯": "worth",
    "o": "worth",
    "yes": "worth",
    "△": "later",
    "later": "later",
    "×": "not_worth",
    "✕": "not_worth",
    "x": "not_worth",
    "no": "not_worth",
}
"""What listeners write, and what it means."""


def read(text: str) -> tuple[tuple[str, str], ...]:
    """Vote and comment of each line; a line without a vote counts as none of them and is left out."""
    found = []
    for line in text.splitlines():
        mark, _, comment = line.replace("、", ",").partition(",")
        if vote := _MARKS.get(mark.strip().lower()):
            found.append((vote, comment.strip()))
    return tuple(found)


def counted(text: str) -> dict[str, int]:
    """How many voted how; empty without votes."""
    votes = [vote for vote, _ in read(text)]
    return {vote: votes.count(vote) for vote in VOTES} if votes else {}


def as_csv(text: str) -> bytes:
    """The votes as a table: number of the listener, vote, comment; in UTF-8 that Excel knows."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(("listener", "vote", "comment"))
    writer.writerows((number, *each) for number, each in enumerate(read(text), start=1))
    return file.getvalue().encode("utf-8-sig")


def as_query(text: str) -> str:
    """The same as a query that gives them."""
    rows = ", ".join(
        f"({number}, {_quoted(vote)}, {_quoted(comment)})" for number, (vote, comment) in enumerate(read(text), start=1)
    )
    return f"SELECT listener, vote, comment FROM (VALUES {rows}) AS votes(listener, vote, comment)"


def _quoted(text: str) -> str:
    return "'" + text.replace("\0", "").replace("'", "''") + "'"


def keep_table(practice: Path, progress: Path, lang: Lang, text: str) -> int:
    """Make `my.expo_votes` of them, in the place of the one before, and give its rows.

    Raises:
        OwnFault: the learner has too many tables.
        duckdb.Error, sqlite3.Error: it can't be made or kept.
    """
    desk = Desk(lang=lang, practice=practice)
    desk.progress_path = progress
    try:
        desk.open_own()
        made = desk.own_objects.make(desk.session, Making("table", TABLE, as_query(text), 0, replaces=True))
    finally:
        desk.close()
    return made.row_count or 0 if made else 0
