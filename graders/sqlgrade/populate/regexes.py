"""Texts that a regular expression matches, and texts that just miss it: each part of it varied on its own."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from re import _constants as ops  # type: ignore[attr-defined]  # the standard library's own tree of a pattern
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

REGEXES = (exp.RegexpLike, exp.RegexpFullMatch, exp.SimilarTo)
PARTS = (exp.StartsWith, exp.EndsWith, exp.Contains, exp.StrPosition)
"""Conditions that hold a text against a part of it."""
_PROBES = "bK7_.- @x~é+"
"""One character of each kind that patterns tell apart."""
_MOST_TEXTS = 120
_LONGEST = 120
_MOST_REPEATS = 40

Part: TypeAlias = "tuple[str, list[str]]"
"""What a piece of the pattern gives at first, and what it might give instead."""


@lru_cache(maxsize=256)
def texts_of_regex(pattern: str) -> tuple[str, ...]:
    """List a text that the pattern matches, then texts that differ from it in one part, inside the pattern or out of it.

    Empty for a pattern that Python does not read as DuckDB's RE2 does.
    """
    try:
        parts = [_part(op, arg) for op, arg in parser.parse(pattern)]
    except (re.error, RecursionError, OverflowError):
        return ()
    first = "".join(part for part, _ in parts)
    texts = [first, first + "x", "x" + first, first.swapcase(), first + " "]
    texts += _varied(parts)
    return tuple(text for text in dict.fromkeys(texts) if len(text) <= _LONGEST)[:_MOST_TEXTS]


def regex_of_like(pattern: str, escape: str = "") -> str:
    """A LIKE pattern as a regular expression."""
    parts, letters = [], iter(pattern)
    for letter in letters:
        if letter == escape:
            parts.append(re.escape(next(letters, "")))
        else:
            parts.append({"%": ".*", "_": "."}.get(letter) or re.escape(letter))
    return "".join(parts)


def _varied(parts: Sequence[Part]) -> Iterator[str]:
    """The whole with one part changed at a time, the first change of every part before the second of any."""
    for changes in itertools.zip_longest(*(others for _, others in parts)):
        for place, change in enumerate(changes):
            if change is not None:
                yield "".join(change if i == place else part for i, (part, _) in enumerate(parts))


def _part(op: Any, arg: Any) -> Part:
    if op is ops.LITERAL:
        letter = chr(arg)
        return letter, [letter.swapcase() if letter.isalpha() else "x", ""]
    if op in {ops.ANY, ops.NOT_LITERAL}:
        return "q", [".", " ", "7", "-", ""]
    if op is ops.IN:
        return _of_set(arg)
    if op in {ops.MAX_REPEAT, ops.MIN_REPEAT}:
        return _repeated(*arg)
    if op is ops.SUBPATTERN:
        return _joined([_part(*each) for each in arg[-1]])
    if op is ops.BRANCH:
        branches = [_joined([_part(*each) for each in branch]) for branch in arg[1]]
        return branches[0][0], [text for text, _ in branches[1:]] + [text for _, others in branches for text in others]
    if op is ops.AT:
        return "", ["-", " ", "x"]
    return "", []


def _joined(parts: list[Part]) -> Part:
    return "".join(part for part, _ in parts), list(_varied(parts))


def _of_set(members: Any) -> Part:
    inside = [letter for letter in _PROBES if _is_in(letter, members)]
    ends = [chr(end) for op, arg in members if op is ops.RANGE for end in arg]
    ends += [chr(arg) for op, arg in members if op is ops.LITERAL]
    outside = [letter for letter in _PROBES if letter not in inside]
    first = (inside or ends or ["q"])[0]
    mixed = [x for pair in itertools.zip_longest(inside[1:], outside) for x in pair if x is not None]
    return first, [*mixed, *ends, ""]


def _is_in(letter: str, members: Any) -> bool:
    found, negated = False, False
    for op, arg in members:
        if op is ops.NEGATE:
            negated = True
        elif op is ops.LITERAL:
            found |= letter == chr(arg)
        elif op is ops.RANGE:
            found |= arg[0] <= ord(letter) <= arg[1]
        elif op is ops.CATEGORY:
            found |= re.fullmatch(_CATEGORIES.get(arg, r"\w"), letter, re.ASCII) is not None
    return found != negated


_CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d",
    ops.CATEGORY_NOT_DIGIT: r"\D",
    ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S",
    ops.CATEGORY_WORD: r"\w",
    ops.CATEGORY_NOT_WORD: r"\W",
}


def _repeated(low: int, high: int, body: Any) -> Part:
    text, others = _joined([_part(*each) for each in body])
    count = min(max(low, 1), _MOST_REPEATS)
    most = low + 2 if high is parser.MAXREPEAT else min(int(high), _MOST_REPEATS)
    sizes = [low, low - 1, low + 1, most, most + 1]
    rest = text * (count - 1)
    changed = [rest + other for other in others]
    return text * count, [*(text * size for size in dict.fromkeys(sizes) if size >= 0 and size != count), *changed]


def regex_of_condition(node: exp.Expr, pattern: str) -> str:
    """What a text is matched against, whatever the operator, as a regular expression."""
    if isinstance(node, REGEXES):
        return pattern
    if isinstance(node, PARTS):
        return re.escape(pattern)
    if isinstance(node, exp.Glob):
        return regex_of_like(pattern.replace("*", "%").replace("?", "_"))
    escape = node.parent.expression if isinstance(node.parent, exp.Escape) else None
    return regex_of_like(pattern, escape.name if escape is not None else "")
