"""A text as sqlglot's tree, for all who look into one; a text that is no SQL, or nests too deeply to be read, has none."""

from __future__ import annotations

import functools
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, SqlglotError

from sqlgrade.parameters import as_literals

UNREADABLE = (SqlglotError, RecursionError)
"""What sqlglot raises on a text that it cannot read or print. Its parser calls itself: some 40 brackets exhaust Python."""

RULE_FAULTS = (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError, *UNREADABLE)
"""What a rule over trees raises when it meets a construct that it does not know; who catches these logs them."""

_MOST_REMEMBERED = 64
"""An answer and the solutions beside it are read a dozen times; a copy of a tree costs a third of reading the text."""


class _Place(dict[str, Any]):
    """Where a name stands in the text: copied as it is, of which sqlglot's deep copy makes more than half the time of copying a tree."""

    def __deepcopy__(self, memo: object) -> _Place:
        return _Place(self)


def read_tree(sql: str) -> exp.Expr:
    """The tree of a text that holds one statement, for whoever asks to change; its parameters are literals.

    Raises:
        SqlglotError: sqlglot cannot read it.
        RecursionError: it nests too deeply.
    """
    first = next(iter(_read(sql)), None)
    if first is None:
        raise ParseError("a text without a statement")
    return first.copy()


def parsed(sql: str) -> exp.Expr | None:
    """As read_tree; None if the text cannot be read."""
    try:
        return read_tree(sql)
    except UNREADABLE:
        return None


def all_parsed(sql: str) -> list[exp.Expr]:
    """The trees of a text's statements; none if it cannot be read."""
    try:
        return [tree.copy() for tree in _read(sql) if tree is not None]
    except UNREADABLE:
        return []


def same_tree(one: str, other: str) -> bool:
    """True if two texts are one statement but for layout, comments and letter case of keywords."""
    marks = [_mark(sql) for sql in (one, other)]
    return marks[0] is not None and marks[0] == marks[1]


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _mark(sql: str) -> tuple[str, int] | None:
    """What equal trees have in common; None for a text without a tree."""
    tree = parsed(sql)
    try:
        return (type(tree).__name__, hash(tree)) if tree is not None else None
    except RecursionError:
        return None


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _read(sql: str) -> tuple[exp.Expr | None, ...]:
    trees = tuple(sqlglot.parse(as_literals(sql), dialect="duckdb"))
    for node in (node for tree in trees if tree is not None for node in tree.walk()):
        if node._meta is not None:  # noqa: SLF001 - its public name makes a dict for every node
            node._meta = _Place(node._meta)  # noqa: SLF001
    return trees
