"""A cell taken apart: stretches of SQL, and lines that begin with % and a known name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coursebook.answer_cell import KERNEL_LINE

if TYPE_CHECKING:
    from collections.abc import Collection

_HASH_LINE = re.compile(r"^([ \t]*)#(?!\d)(.?)", re.MULTILINE)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
"""As the editor numbers them; Python's own idea of a line ends at control characters too."""


@dataclass(frozen=True)
class SqlBlock:
    """SQL between magic lines, at the length and place it has in the cell."""

    sql: str
    offset: int


@dataclass(frozen=True)
class MagicLine:
    """`%name argument`."""

    name: str
    argument: str
    offset: int


def split_cell(source: str, known: Collection[str] | None = None) -> list[SqlBlock | MagicLine]:
    """The blocks of a cell in order; a % line of no known name is handed on too, so that it can be answered.

    Lines inside a block that do not begin with % stay together, so offsets into a block are offsets into the cell.
    """
    blocks: list[SqlBlock | MagicLine] = []
    begun = offset = 0
    for line in _LINE.findall(source):
        found = KERNEL_LINE.match(line.rstrip("\r\n"))
        if found and (known is None or found[1].lower() in known or not _continues(source[begun:offset])):
            _add_sql(blocks, source[begun:offset], begun)
            blocks.append(MagicLine(found[1].lower(), found[2], offset))
            begun = offset + len(line)
        offset += len(line)
    _add_sql(blocks, source[begun:], begun)
    return blocks


def hash_comments(sql: str) -> str:
    """The same text, and of the same length, with lines that begin with # made comments of SQL."""
    return _HASH_LINE.sub(lambda found: found[1] + ("--" if found[2] else " "), sql)


def _add_sql(blocks: list[SqlBlock | MagicLine], sql: str, offset: int) -> None:
    if sql.strip():
        blocks.append(SqlBlock(sql, offset))


def _continues(sql: str) -> bool:
    """Whether a % after this text can be the operator."""
    return bool(sql.strip()) and not sql.rstrip().endswith(";")
