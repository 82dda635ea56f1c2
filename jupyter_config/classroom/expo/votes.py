"""The votes of those who listened: a line each, typed in from the sheets, and the same as a file to practise on."""

from __future__ import annotations

import csv
import io

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
