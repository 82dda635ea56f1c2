"""Values that a function or a shift applied to a column calls for: lengths, spaces, capitals, separators, day edges."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from sqlgrade.populate.bundles import COMPARED, interval_length
from sqlgrade.populate.regexes import texts_of_regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlgrade.populate.columns_used import ColumnFinder, ColumnId

_EDGE = dt.datetime(2024, 4, 1)  # noqa: DTZ001  (a month's first instant, on the clock of the query)
_START = dt.datetime(2024, 3, 11)  # noqa: DTZ001  (columns without a zone)
_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001  (a TIMESTAMP has no zone)
_FIRST_EPOCH = 1_000_000_000
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_SECOND = dt.timedelta(seconds=1)
_HALF_HOUR = dt.timedelta(minutes=30)
_LETTERS = "Abcdefghij klmnopqrst"
_LONGEST = 300
_LONGEST_WORD, _MOST_WORDS = 20, 3
_BYTE_LENGTHS = frozenset(["strlen", "octet_length", "bit_length"])
_CONDITIONS = (exp.RegexpLike, exp.RegexpFullMatch)
_REGEXES = tuple(kind for name, kind in vars(exp).items() if name.startswith("Regexp") and kind not in _CONDITIONS)
_SPLITS = (exp.SplitPart, exp.Split, exp.StrPosition, exp.Replace)

Found = tuple[exp.Expr, list[Any]]
"""An expression and the values its columns should hold."""


def crafted_values(tree: exp.Expr, finder: ColumnFinder) -> dict[ColumnId, list[Any]]:
    """For each column the values that the functions and shifts applied to it tell apart: moments, texts, numbers."""
    found: dict[ColumnId, list[Any]] = {}
    for node in tree.walk():
        for craft in _CRAFTS:
            for subject, values in craft(node):
                for column in finder.columns(subject):
                    found.setdefault(column, []).extend(values)
    return found


def _lengths(node: exp.Expr) -> Iterator[Found]:
    """Texts as long as the number their length is compared with, one shorter, one longer; blanks and a wide letter."""
    subject = _measured(node)
    if subject is None:
        return
    yield subject, ["n\u00e9", "to be "]
    for literal in node.parent.find_all(exp.Literal) if isinstance(node.parent, COMPARED) else ():
        if literal.is_int and 0 < int(literal.this) <= _LONGEST:
            sizes = (int(literal.this), int(literal.this) + 1, int(literal.this) - 1)
            texts = [(_LETTERS * (size // len(_LETTERS) + 1))[:size] for size in sizes]
            yield subject, [*texts, texts[1][:-1] + " ", "\u00e9" + texts[0][1:]]


def _measured(node: exp.Expr) -> exp.Expr | None:
    """What a function takes the length of, in letters or in bytes."""
    found: exp.Expr | None = None
    if isinstance(node, exp.Length):
        found = node.this
    elif isinstance(node, exp.Anonymous) and str(node.this).lower() in _BYTE_LENGTHS and node.expressions:
        found = node.expressions[0]
    return found


def _cuts(node: exp.Expr) -> Iterator[Found]:
    """Texts that end where a text is cut, one letter before and two after."""
    if not isinstance(node, (exp.Substring, exp.Left, exp.Right)):
        return
    numbers = [int(n.this) for n in node.find_all(exp.Literal) if n.is_int]
    if numbers and 0 < sum(numbers) <= _LONGEST:
        sizes = (sum(numbers) + 2, sum(numbers), sum(numbers) - 1)
        yield node.this, [(_LETTERS * (size // len(_LETTERS) + 1))[:size] for size in sizes]


def _spaces(node: exp.Expr) -> Iterator[Found]:
    """Texts with a space before, after and on both sides."""
    if isinstance(node, exp.Trim):
        yield node.this, [" Aki", "Ben ", " Cho "]


def _regexes(node: exp.Expr) -> Iterator[Found]:
    """Texts in which a regular expression finds what is taken out or replaced, or just does not."""
    if isinstance(node, _REGEXES):
        pattern = node.args.get("expression")
        if isinstance(pattern, exp.Literal) and pattern.is_string:
            yield node.this, list(texts_of_regex(pattern.this))


def _capitals(node: exp.Expr) -> Iterator[Found]:
    """Texts with capitals where one may not expect them."""
    if isinstance(node, (exp.Upper, exp.Lower, exp.Initcap)):
        yield node, ["aLICE", "mary ANN", "Bob"]


def _separators(node: exp.Expr) -> Iterator[Found]:
    """Texts with the separator once, twice, first, and not at all."""
    if not isinstance(node, _SPLITS):
        return
    for literal in node.find_all(exp.Literal):
        mark = literal.this
        if literal.is_string and 0 < len(mark) <= 3 and not re.search(r"[\w\\]", mark):
            yield node, [f"ab{mark}cd", f"ab{mark}cd{mark}ef", f"{mark}gh", "ij"]
            for word in _words_sought(node.root(), mark):
                yield node, [f"{word}{mark}{word}", f"1{word}{mark}ab", f"ab{mark}{word}", f"{word}{mark} {word}"]


def _words_sought(tree: exp.Expr, mark: str) -> list[str]:
    """Texts that something is compared with, which may be parts of a list: there twice, or inside another part."""
    sides = (side for node in tree.find_all(exp.EQ, exp.In) for side in (*node.args.values(), *node.expressions))
    words = (side.this for side in sides if isinstance(side, exp.Literal) and side.is_string)
    return [*dict.fromkeys(word for word in words if 0 < len(word) <= _LONGEST_WORD and mark not in word)][:_MOST_WORDS]


def _shifts(node: exp.Expr) -> Iterator[Found]:
    """Moments on both sides of the midnight that a shifted clock shows."""
    if not isinstance(node, (exp.Add, exp.Sub)):
        return
    length = interval_length(node.expression)
    if length is None or node.this.find(exp.Column) is None:
        return
    edge = _EDGE - length if isinstance(node, exp.Add) else _EDGE + length
    yield node.this, [edge, edge - _SECOND, edge + _HALF_HOUR]


def _zones(node: exp.Expr) -> Iterator[Found]:
    """Moments on both sides of midnight in a named time zone, whichever way it is applied."""
    if not isinstance(node, exp.AtTimeZone) or not isinstance(node.args.get("zone"), exp.Literal):
        return
    offset = _zone_offset(node.args["zone"].this)
    if offset:
        edges = (_EDGE - offset, _EDGE + offset)
        yield node.this, [moment for edge in edges for moment in (edge, edge - _SECOND, edge + _HALF_HOUR)]


def _clocks(node: exp.Expr) -> Iterator[Found]:
    """Moments on and beside the time of day they are compared with."""
    if not isinstance(node, COMPARED) or not any(_is_clock(cast) for cast in node.find_all(exp.Cast)):
        return
    for literal in node.find_all(exp.Literal):
        found = _CLOCK.fullmatch(str(literal.this))
        if found:
            moment = _START + dt.timedelta(hours=int(found[1]), minutes=int(found[2]), seconds=int(found[3] or 0))
            yield node, [moment, moment - _SECOND, moment + _SECOND]


def _is_clock(node: exp.Cast) -> bool:
    return node.is_type(exp.DataType.Type.TIME) and node.this.find(exp.Column) is not None


def _epochs(node: exp.Expr) -> Iterator[Found]:
    """Moments on and beside the second, counted from 1970, that they are compared with."""
    if not isinstance(node, COMPARED):
        return
    for literal in node.find_all(exp.Literal):
        if literal.is_int and _FIRST_EPOCH < int(literal.this) < 2 * _FIRST_EPOCH:
            moment = _EPOCH + dt.timedelta(seconds=int(literal.this))
            yield node, [moment, moment - _SECOND, moment + _SECOND]


def _magnitudes(node: exp.Expr) -> Iterator[Found]:
    """Numbers on the other side of zero where only their size is compared."""
    if not isinstance(node, exp.Abs) or not isinstance(node.parent, COMPARED):
        return
    for literal in node.parent.find_all(exp.Literal):
        if literal.is_int and len(literal.this) < 10:
            size = int(literal.this)
            yield node, [-size, -size - 1, -size + 1]


def _stand_ins(node: exp.Expr) -> Iterator[Found]:
    """What stands in for NULL, as a value of its own: a row that holds it is then taken for one that holds nothing."""
    if isinstance(node, exp.Coalesce) and isinstance(node.this, exp.Column):
        for literal in (each for each in node.expressions if isinstance(each, exp.Literal)):
            if literal.is_string or (literal.is_int and len(literal.this) < 10):
                yield node.this, [literal.this if literal.is_string else int(literal.this)]


def _zone_offset(name: str) -> dt.timedelta | None:
    try:
        from zoneinfo import ZoneInfo

        return ZoneInfo(name).utcoffset(_EDGE)
    except (KeyError, ValueError, OSError, ImportError):
        return None


_CRAFTS: tuple[Callable[[exp.Expr], Iterator[Found]], ...] = (
    _lengths,
    _cuts,
    _spaces,
    _regexes,
    _capitals,
    _separators,
    _shifts,
    _zones,
    _clocks,
    _epochs,
    _magnitudes,
    _stand_ins,
)
