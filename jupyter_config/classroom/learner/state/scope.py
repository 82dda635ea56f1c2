"""Which tables a piece of SQL mentions, and under which short names, while it is still being written."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""--[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^']|'')*(?:'|\Z)|"(?:[^"]|"")*(?:"|\Z)|[^\W\d]\w*|\d[\w.]*|\S""", re.DOTALL
)
_AFTER_TABLE = frozenset(
    "ON USING WHERE GROUP ORDER HAVING LIMIT JOIN LEFT RIGHT FULL INNER CROSS NATURAL ASOF POSITIONAL SEMI ANTI UNION"
    " EXCEPT INTERSECT QUALIFY WINDOW SELECT FROM OUTER AND OR SET PIVOT UNPIVOT TABLESAMPLE OFFSET".split()
)
_TABLE = re.compile(r'(?:[^\W\d]\w*\.)?[^\W\d]\w*|"(?:[^"]|"")*"')
_NAME = re.compile(r'[^\W\d]\w*|"(?:[^"]|"")*"')


@dataclass(frozen=True)
class Source:
    """A table of a FROM clause and the name it goes by."""

    table: str
    alias: str


@dataclass(frozen=True)
class Scope:
    """Tables in use, names of CTEs, and the names given by AS."""

    sources: tuple[Source, ...] = ()
    ctes: tuple[str, ...] = ()
    given_names: tuple[str, ...] = ()

    def table_called(self, name: str) -> str | None:
        """The table behind an alias or a table name."""
        wanted = name.strip('"').lower()
        return next((each.table for each in self.sources if wanted in (each.alias.lower(), each.table.lower())), None)


def read_scope(sql: str) -> Scope:
    """Read what FROM and JOIN name; texts and comments are skipped."""
    words = [word for word in _TOKEN.findall(sql) if not word.startswith(("--", "/*", "'"))]
    sources: list[Source] = []
    ctes: list[str] = []
    given: list[str] = []
    in_from = False
    for at, word in enumerate(words):
        upper = word.upper()
        following = _with_schema(words[at + 1 : at + 6])
        if upper in ("FROM", "JOIN") or (word == "," and in_from):
            in_from = True
            if following and _TABLE.fullmatch(following[0]) and following[0].upper() not in _AFTER_TABLE:
                sources.append(Source(following[0].strip('"'), _alias(following)))
        elif upper in _AFTER_TABLE - {"ON", "USING", "AND", "OR"} or word in "()":
            in_from = in_from and upper in ("LEFT", "RIGHT", "FULL", "INNER", "CROSS", "OUTER", "NATURAL")
        elif upper == "AS" and following:
            if following[0] == "(" and at and _NAME.fullmatch(words[at - 1]):
                ctes.append(words[at - 1].strip('"'))
            elif _NAME.fullmatch(following[0]):
                given.append(following[0].strip('"'))
    return Scope(tuple(sources), tuple(ctes), tuple(dict.fromkeys(given)))


def statement_around(text: str, cursor: int) -> tuple[str, int]:
    """The statement that the cursor is in, and where it begins; semicolons in texts and comments do not count."""
    begin = 0
    for found in _TOKEN.finditer(text):
        if found[0] == ";":
            if found.start() >= cursor:
                return text[begin : found.start()], begin
            begin = found.end()
    return text[begin:], begin


def in_text_or_comment(sql: str, cursor: int) -> bool:
    """Whether a place lies in a quoted text or a comment."""
    for found in _TOKEN.finditer(sql):
        if found.start() < cursor < found.end() or (cursor == found.end() == len(sql)):
            word = found[0]
            if word.startswith("'"):
                return not (cursor == found.end() and len(word) > 1 and word.endswith("'"))
            return word.startswith("--") or (
                word.startswith("/*") and not (cursor == found.end() and word.endswith("*/"))
            )
    return False


def last_keyword(sql: str) -> str:
    """The word, in capitals, that the text before the cursor's own word ends with."""
    words = [word for word in _TOKEN.findall(sql) if not word.startswith(("--", "/*"))]
    return words[-1].upper() if words else ""


def _with_schema(following: list[str]) -> list[str]:
    """The words after FROM, of which a name with a schema before it is one."""
    named = [_NAME.fullmatch(each) for each in following[:3:2]]
    if len(following) > 2 and following[1] == "." and all(named):
        return [".".join(each.strip('"') for each in following[:3:2]), *following[3:]]
    return following[:3]


def _alias(following: list[str]) -> str:
    table = following[0].strip('"').rpartition(".")[2]
    rest = following[1:]
    if rest and rest[0].upper() == "AS":
        rest = rest[1:]
    if rest and _NAME.fullmatch(rest[0]) and rest[0].upper() not in _AFTER_TABLE:
        return rest[0].strip('"')
    return table
