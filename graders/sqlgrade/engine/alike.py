"""A text that differs from one that has been read in constants alone, as with other values of its parameters: it is not read again.

What may run is decided by what a text is made of, not by its constants. Two texts of the same tokens but for the contents
of string and number literals have the same tree but for those, as long as none of them names a table.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb

from sqlgrade.record import LONGEST_ANSWER

if TYPE_CHECKING:
    from sqlgrade.engine.sandbox import Statement

_CONSTANT = re.compile(rb"'[^'\\]*'|\d+(?:\.\d+)?")
"""A literal with nothing in it that could end it elsewhere."""


def read_alike(text: str, known: Statement) -> Statement | None:
    """The statement of a text, from that of another one; None where it has to be read for itself."""
    if known.tree is None or len(text) > LONGEST_ANSWER:
        return None
    places, read = _tokens(known.sql)
    _, asked = _tokens(text)
    if len(read) != len(asked):
        return None
    differ = [number for number, raw in enumerate(read) if raw != asked[number]]
    if not all(_CONSTANT.fullmatch(read[number]) and _CONSTANT.fullmatch(asked[number]) for number in differ):
        return None
    if known.table_places & {-1, *(places[number] for number in differ)}:
        return None
    last_sort = max((number for number, raw in enumerate(read) if raw.upper() == b"ORDER"), default=0)
    sorts_alike = all(number < last_sort for number in differ)
    return replace(known, sql=text, sorted_as=known.sql if sorts_alike else "")


def _tokens(text: str) -> tuple[list[int], list[bytes]]:
    """Places in bytes and texts of the tokens by the engine's own tokenizer, without comments and the space behind them."""
    raw, found = text.encode(), duckdb.tokenize(text)
    ends = [place for place, _ in found[1:]] + [len(raw)]
    comment = duckdb.token_type.comment
    kept = [(place, end) for (place, kind), end in zip(found, ends, strict=True) if kind != comment]
    return [place for place, _ in kept], [raw[place:end].rstrip() for place, end in kept]
