"""Names that another table has: what to write where FROM reads one table, and where it joins several (E01, E07, E27)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlgrade.errors.near import nearest, typing_distance
from sqlgrade.errors.tokens import Kind

if TYPE_CHECKING:
    from sqlgrade.errors.card import ErrorCard, Failure
    from sqlgrade.errors.tokens import Token

_COLUMN = re.compile(r'Referenced column "(?P<name>.*?)" not found in FROM clause', re.DOTALL)
_FOREIGN = re.compile(r'Referenced table "(?P<name>.*?)" not found!')
_AMBIGUOUS = re.compile(r'Ambiguous reference to column name "(?P<name>.*?)" \(use: (?P<use>.*)\)')
_MOST_COLUMNS = 5


def table_as_column(failure: Failure) -> ErrorCard | None:
    """The name of a table where a column is wanted (E01)."""
    match = _COLUMN.search(failure.message)
    name = match["name"] if match else ""
    table = next((table for table in failure.names if table.casefold() == name.casefold()), None)
    if table is None:
        return None
    read = _tables_read(failure)
    home = next((each for each in read if each == table), read[0] if read else table)
    return failure.card(
        "E01", "table_as_column", name=name, table=home, candidates=_nearest_columns(failure, home, name)
    )


def column_of_another_table(failure: Failure) -> ErrorCard | None:
    """A column of another table than the one that FROM reads (E27): most often a mix-up, seldom a forgotten JOIN."""
    match = _COLUMN.search(failure.message)
    read = _tables_read(failure)
    if match is None or len(read) != 1 or _joins(failure):
        return None
    name = match["name"]
    homes = [table for table, columns in failure.names.items() if name.casefold() in map(str.casefold, columns)]
    if not homes or nearest(name, failure.names[read[0]]):
        return None
    listed = _nearest_columns(failure, read[0], name)
    return failure.card(
        "E27",
        "column_of_another_table",
        name=name,
        table=read[0],
        home=homes[0],
        homes=" / ".join(homes[:3]),
        candidates=listed,
    )


def prefix_of_another_table(failure: Failure) -> ErrorCard | None:
    """`other.column` where FROM reads one table (E27), or a short name that FROM does not give (E01)."""
    match = _FOREIGN.search(failure.message)
    read = _tables_read(failure)
    if match is None:
        return None
    name = match["name"]
    bare = [table for table in read if table[:1].casefold() == name[:1].casefold() and not _has_alias(failure, table)]
    if len(name) <= 2 and bare:
        return failure.card("E01", "alias_not_given", name=name, table=bare[0])
    known = next((table for table in failure.names if table.casefold() == name.casefold()), None)
    if known and len(read) == 1 and known not in read and not _joins(failure):
        return failure.card("E27", "prefix_of_another_table", name=known, table=read[0])
    return None


def key_without_tables(failure: Failure) -> ErrorCard | None:
    """`ON id = id` or `ON (id)`: each side says its table (E07)."""
    match = _AMBIGUOUS.search(failure.message)
    at = failure.at
    if match is None or at is None or not at:
        return None
    choices = [choice.strip("'").replace('"', "") for choice in re.split(r" or |, ", match["use"])]
    before = next((i for i in range(at - 1, max(-1, at - 3), -1) if failure.tokens[i].text != "("), None)
    if before is None or failure.tokens[before].upper != "ON" or len(choices) != 2:
        return None
    name = failure.tokens[at].text
    after = [token.text for token in failure.tokens[at + 1 : at + 3]]
    if after[:1] == ["="] and after[1:] != [name]:
        return None
    if after[:1] and after[0] not in {"=", ")"}:
        return None
    use = f"ON {choices[0]} = {choices[1]}"
    return failure.card("E07", "key_without_tables", name=name, use=use)


def _joins(failure: Failure) -> bool:
    return any(token.upper == "JOIN" for token in failure.tokens)


def _tables_read(failure: Failure) -> list[str]:
    """The known tables after FROM, JOIN and the commas of FROM, each once."""
    known = {table.casefold(): table for table in failure.names}
    read = [
        known[token.text.strip('"').casefold()]
        for before, token in zip(failure.tokens, failure.tokens[1:], strict=False)
        if _opens(before) and token.text.strip('"').casefold() in known
    ]
    return list(dict.fromkeys(read))


def _opens(token: Token) -> bool:
    return token.upper in {"FROM", "JOIN"} or token.text == ","


def _has_alias(failure: Failure, table: str) -> bool:
    for index, token in enumerate(failure.tokens[:-1]):
        if index and token.text.casefold() == table.casefold() and _opens(failure.tokens[index - 1]):
            after = failure.tokens[index + 1]
            return after.upper == "AS" or (after.kind is Kind.WORD and len(after.text) <= 2 and after.upper != "ON")
    return False


def _nearest_columns(failure: Failure, table: str, name: str) -> str:
    """A table's columns, those that are spelt most alike first."""
    wanted = name.casefold()
    columns = sorted(failure.names[table], key=lambda each: typing_distance(wanted, each.casefold()))
    return ", ".join(columns[:_MOST_COLUMNS])
