"""How deep brackets stand inside one another in a text, known without reading it as SQL: before anything is loaded for that."""

from __future__ import annotations

import re

MOST_NESTED = 100
"""Brackets inside one another that an answer may have; more are refused unread.

DuckDB takes minutes over thousands of brackets that are never closed, and cannot be interrupted meanwhile.
"""

_PIECE = re.compile(
    r"""[eE]'(?:[^'\\]|\\.)*+(?:'|\Z)   # a text with escapes
      | '[^']*+(?:'|\Z)
      | "[^"]*+(?:"|\Z)
      | --[^\n]*+
      | /\*.*?(?:\*/|\Z)
      | \$(\w*+)\$.*?(?:\$\1\$|\Z)
      | [(\[{)\]}]""",
    re.DOTALL | re.VERBOSE,
)


def nesting(sql: str) -> int:
    """How many brackets stand open inside one another at the deepest place, those in texts and comments not counted."""
    depth = deepest = 0
    for piece in _PIECE.finditer(sql):
        depth = max(depth + {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(piece[0], 0), 0)
        deepest = max(deepest, depth)
    return deepest
