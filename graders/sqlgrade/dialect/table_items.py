"""A CREATE TABLE that sqlglot cannot read as a whole, read item by item: one column's unknown word does not cost the schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from sqlgrade.dialect.table_names import tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlglot.tokenizer_core import Token

_RULES = frozenset({"CONSTRAINT", "PRIMARY", "FOREIGN", "UNIQUE", "CHECK", "EXCLUDE"})
_NO_COLUMN = frozenset({*_RULES, "KEY", "INDEX", "FULLTEXT", "SPATIAL", "PERIOD", "LIKE"})
_FARTHEST = 4
"""So many words may have to stand together before they can be read: DEFAULT and its value."""
_DIRECTION = re.compile(r"\s+(?:ASC|DESC)\b", re.IGNORECASE)
_HEAD = re.compile(r"^CREATE\b.*?\bTABLE\b", re.IGNORECASE | re.DOTALL)


def read_by_items(text: str, system: str) -> tuple[exp.Create, list[str]] | None:
    """The table with all of it that can be read, and the parts that cannot; None if there is no column among the first."""
    tokens = tokens_of(text, system)
    opened = next((place for place, token in enumerate(tokens) if token.text == "("), None)
    if opened is None or not _HEAD.match(text) or not _is_closed(tokens):
        return None
    kept, lost = list[str](), list[str]()
    for item in _items(tokens[opened + 1 :], text):
        readable, whole = _read_item(item, system)
        kept += [readable] if readable else []
        lost += [] if whole else [_short(item)]
    try:
        tree = sqlglot.parse_one(f"{text[: tokens[opened].start]}({', '.join(kept)})", dialect=system)
    except SqlglotError:
        return None
    return (tree, lost) if isinstance(tree, exp.Create) and tree.find(exp.ColumnDef) else None


def _read_item(item: list[str], system: str) -> tuple[str, bool]:
    """What of a column or rule can be read, and whether nothing is lost that says something of the data."""
    first = item[0].upper()
    if first in _NO_COLUMN and len(item) > 1:
        readable = _whole(item, system)
        return readable, bool(readable) or first not in _RULES
    readable = _column(item, system)
    return readable, readable == " ".join(item)


def _is_closed(tokens: list[Token]) -> bool:
    words = [token.text for token in tokens]
    return words.count("(") == words.count(")")


def _items(tokens: list[Token], text: str) -> Iterator[list[str]]:
    """The columns and rules between a table's brackets, each as its words; what stands in brackets is one of them."""
    item, depth, begun = list[str](), 0, 0
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth < 0 or (depth == 0 and token.text == ","):
            if item:
                yield item
            item = []
            if depth < 0:
                return
        elif depth == 1 and token.text == "(":
            begun = token.start
        elif depth == 0:
            item.append(text[begun if token.text == ")" else token.start : token.end + 1])


def _whole(item: list[str], system: str) -> str:
    """A rule that can be read, if need be without the directions in which it sorts."""
    plain = [_DIRECTION.sub("", word) if word.startswith("(") else word for word in item]
    return next((" ".join(words) for words in (item, plain) if _is_read(words, system)), "")


def _column(item: list[str], system: str) -> str:
    """A column without the words that cannot be read; with a type that cannot, it is a text."""
    kept, at = item[:1], 1
    while at < len(item):
        steps = (n for n in range(1, _FARTHEST + 1) if _is_read([*kept, *item[at : at + n]], system))
        taken = next(steps, 0)
        if taken or len(kept) > 1:
            kept += item[at : at + taken]
        elif not item[at].startswith("("):
            kept.append("TEXT")
        at += taken or 1
    return " ".join(kept) if len(kept) > 1 else ""


def _is_read(words: list[str], system: str) -> bool:
    try:
        tree = sqlglot.parse_one(f"CREATE TABLE t ({' '.join(words)})", dialect=system)
    except SqlglotError:
        return False
    return isinstance(tree, exp.Create) and isinstance(tree.this, exp.Schema) and len(tree.this.expressions) == 1


def _short(item: list[str]) -> str:
    return " ".join(" ".join(item).split())[:120]
