"""What the rows have that a wrong cell and the right one are not both made from: a blank, or a value that says their kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlgrade.verdict import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.tables.model import Table
    from sqlgrade.tables.result import Database, Row

_ASKED_FOR_BLANKS = re.compile(r"(\w+)\s+IS\s+(?:NOT\s+)?NULL|COALESCE\((?:\w+\.)?(\w+)", re.IGNORECASE)


def rows_apart(
    database: Database, queries: tuple[str, str], mine: list[tuple[Table, Row]], theirs: list[tuple[Table, Row]]
) -> Iterator[Remark]:
    """Say what the rows that one side alone is made from have, where that is one thing.

    Args:
        database: The data shown.
        queries: The answer and the solution; only columns that one of them names are looked at.
        mine: The rows that the answer's cell is made from.
        theirs: Those that the expected cell is made from.
    """
    own, asked = ({word.lower() for word in re.findall(r"\w+", sql)} for sql in queries)
    for_blanks = own - {word.lower() for pair in _ASKED_FOR_BLANKS.findall(queries[0]) for word in pair}
    blanks: list[Remark] = []
    kinds: list[Remark] = []
    for table, rows, beside in _by_table(database, mine, theirs):
        blanks += (
            _blanks(table, for_blanks, rows) if not (mine and theirs) else ()
        )  # else "the row" could be either side's
        kinds += _kinds(table, own | asked, rows, beside)
    yield from blanks if len(blanks) == 1 else kinds if len(kinds) == 1 else ()


def _by_table(
    database: Database, mine: list[tuple[Table, Row]], theirs: list[tuple[Table, Row]]
) -> Iterator[tuple[Table, list[Row], list[Row]]]:
    """Each table with its rows that one side alone uses, and those to hold against them: what both use, else all others."""
    apart = [each for each in (*mine, *theirs) if (each in mine) is not (each in theirs)]
    for table in {table.name: table for table, _ in apart}.values():
        rows = [row for each, row in apart if each.name == table.name]
        both = [row for each, row in mine if each.name == table.name and row not in rows]
        yield table, rows, both or [row for row in database.tables[table.name] if row not in rows]


def _blanks(table: Table, words: set[str], rows: list[Row]) -> Iterator[Remark]:
    for name, place in table.positions.items():
        if name.lower() in words and any(row[place] is None for row in rows):
            yield Remark("made_apart_blank", {"column": name, "table": table.name})


def _kinds(table: Table, words: set[str], rows: list[Row], beside: list[Row]) -> Iterator[Remark]:
    """The texts and truths that all these rows have and no other; dates and numbers stand in nearly every row alone."""
    for name, place in table.positions.items():
        one = rows[0][place]
        kind = name.lower() in words and isinstance(one, str | bool) and all(row[place] == one for row in rows)
        if kind and beside and all(row[place] != one for row in beside):
            yield Remark("made_apart_value", {"column": name, "table": table.name, "value": str(one)})
