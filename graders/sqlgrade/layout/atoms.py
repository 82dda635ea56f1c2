"""A text taken apart into atoms: each word, number, text and sign as it was written, with the comments that belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlglot.dialects import Dialect
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import TokenType

from sqlgrade.parameters import spans_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TEXTS = frozenset(
    {
        TokenType.STRING,
        TokenType.BYTE_STRING,
        TokenType.HEREDOC_STRING,
        TokenType.NATIONAL_STRING,
        TokenType.RAW_STRING,
        TokenType.UNICODE_STRING,
        TokenType.HEX_STRING,
        TokenType.BIT_STRING,
    }
)
_BLANK = re.compile(r"[ \t\r\n\f\v\u00a0\u3000]+")
_COMMENT = re.compile(r"(?P<line>(?:--|\#)[^\n]*)|/\*.*?\*/", re.DOTALL)
_WORD = re.compile(r"[^\W\d]\w*")
_WORDS = re.compile(r"[^\W\d]\w*(?:\s+[^\W\d]\w*)+")


class CannotRead(ValueError):  # noqa: N818  (a value for whoever wrote the text)
    """A text that is left as it is.

    `code` is quote (a text, name or comment is not closed), bracket (one has no partner), or text; `place` a character of the text.
    """

    def __init__(self, code: str, place: int = 0) -> None:
        super().__init__(code)
        self.code, self.place = code, place


@dataclass(frozen=True)
class Comment:
    """A comment as it was written."""

    text: str
    after_blank: bool = False
    """Whether an empty line stands before it."""


@dataclass(frozen=True)
class LaidAtom:
    """What is never taken apart."""

    text: str
    start: int
    word: str = ""
    """In capitals, if it is a word without quotes; else nothing."""
    is_text: bool = False
    """Whether it is a value in quotes."""
    before: tuple[Comment, ...] = ()
    """Comments on lines of their own before it."""
    after: Comment | None = None
    """A comment that ends its line."""
    is_apart: bool = False
    """Whether white space stands before it."""
    after_blank: bool = False
    """Whether an empty line stands before it."""


def read_atoms(
    sql: str, dialect: str, as_read: Callable[[str], str] = str
) -> tuple[list[LaidAtom], tuple[Comment, ...]]:
    """The atoms of a text in sqlglot's dialect, and the comments after the last.

    `as_read` gives the text as whoever runs it reads it, at the same length: each character of it stands for one of `sql`.

    Raises:
        CannotRead: a quote is open, or there is what is neither SQL nor a comment.
    """
    read = as_read(sql)
    pieces = [*_pieces(sql, read, dialect)]
    atoms: list[LaidAtom] = []
    waiting: list[Comment] = []
    end = 0
    for start, stop, is_text in [*pieces, (len(sql), len(sql), False)]:
        is_apart, last = start > end, end
        for comment, place, ends_line in _in_gap(sql, read, end, start):
            last = place + len(comment.text)
            begins_line = not sql[sql.rfind("\n", 0, place) + 1 : place].strip()
            if not ends_line:
                atoms.append(LaidAtom(comment.text, place, before=tuple(waiting), is_apart=True))
                waiting, is_apart = [], True
            elif begins_line or not atoms or waiting or atoms[-1].after:
                waiting.append(comment)
            else:
                atoms[-1] = replace(atoms[-1], after=comment)
        if start == stop:
            break
        text = sql[start:stop]
        word = text.upper() if _WORD.fullmatch(text) else ""
        after_blank = sql.count("\n", last, start) > 1
        atoms.append(LaidAtom(text, start, word, is_text, tuple(waiting), None, is_apart, after_blank))
        waiting, end = [], stop
    return _with_comments_behind_commas(atoms), tuple(waiting)


def _pieces(sql: str, read: str, dialect: str) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether it is a text, of each piece; words that sqlglot takes together are apart, a parameter is one."""
    try:
        tokens = Dialect.get_or_raise(dialect).tokenize(read)
    except SqlglotError as fault:
        raise CannotRead("quote", _open_place(read)) from fault
    parameters = dict(spans_in(sql))
    end = 0
    held: tuple[int, int] | None = None
    for token in tokens:
        start, stop = token.start, token.end + 1
        if start < end:
            continue
        if start in parameters:
            stop, is_text = parameters[start], False
        else:
            is_text = token.token_type in _TEXTS
        if held and not (is_text and not read[held[1] : start].strip()):
            yield (*held, True)
            held = None
        if is_text:  # two with a line break between them are one text
            held = (held[0] if held else start, stop)
        elif token.token_type is not TokenType.IDENTIFIER and _WORDS.fullmatch(sql, start, stop):
            yield from ((*each.span(), False) for each in _WORD.finditer(sql, start, stop))
        else:
            yield (start, stop, False)
        end = stop
    if held:
        yield (*held, True)


def _in_gap(sql: str, read: str, start: int, stop: int) -> Iterator[tuple[Comment, int, bool]]:
    """The comments between two pieces, where each begins, and whether its line ends with it."""
    at, lines = start, 0
    while at < stop:
        if blank := _BLANK.match(read, at, stop):
            lines += blank[0].count("\n")
            at = blank.end()
        elif found := _COMMENT.match(read, at, stop):
            ends_line = bool(found["line"]) or not sql[found.end() : _line_end(sql, found.end())].strip()
            yield Comment(sql[at : found.end()].rstrip(), lines > 1), at, ends_line
            at, lines = found.end(), 0
        else:
            raise CannotRead("text", at)


def _line_end(sql: str, at: int) -> int:
    end = sql.find("\n", at)
    return len(sql) if end < 0 else end


def _open_place(read: str) -> int:
    """Where the last quote or comment begins that may be open: sqlglot does not say."""
    return max((read.rfind(each) for each in ("'", '"', "/*", "`")), default=0)


def _with_comments_behind_commas(atoms: list[LaidAtom]) -> list[LaidAtom]:
    """A comment at a line's end stands behind the comma or semicolon that follows on the next line."""
    for at in range(1, len(atoms)):
        one, other = atoms[at - 1], atoms[at]
        if other.text in (",", ";") and one.after and not other.before and other.after is None:
            atoms[at - 1], atoms[at] = replace(one, after=None), replace(other, after=one.after)
    return atoms
