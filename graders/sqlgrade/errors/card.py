"""What a failing query tells its writer: a code, the place in the text, and the facts a sentence needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlgrade.verdict import SqlError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlgrade.errors.tokens import Token

ParamValue = str | float
_LONGEST_VALUE = 300


@dataclass(frozen=True)
class ErrorCard:
    """One mistake that keeps a query from running (or will surprise its writer), placed in the writer's own text."""

    code: str
    """Error code (E01…E08, E10, E16 …), or `limit`, `not_allowed`, `empty`, `syntax`, `engine`."""
    key: str
    """Name of the sentences in the message files: `error.<key>.cause` and `error.<key>.try`."""
    params: Mapping[str, ParamValue] = field(default_factory=dict)
    """Values for the sentences' placeholders."""
    start: int | None = None
    """Offset of the first character concerned, in characters of the writer's text."""
    end: int | None = None
    """Offset after the last character concerned."""
    line: int | None = None
    """Line of `start`, counted from 1."""
    column: int | None = None
    """Column of `start`, in characters, counted from 1."""

    def as_sql_error(self, kind: str, message: str) -> SqlError:
        """Give the card the form it has in a verdict; `card` and `end` travel among the parameters."""
        params = {**self.params, "card": self.key}
        if self.end is not None:
            params["end"] = self.end
        return SqlError(kind, message, self.line, self.column, self.start, self.code, params)


@dataclass(frozen=True)
class Failure:
    """The engine's complaint and the text it is about, taken apart once for all rules."""

    kind: str
    """First word of the engine's message: `Parser`, `Binder`, `Catalog`, `Conversion` …"""
    message: str
    """The engine's message without its excerpt of the text."""
    sql: str
    """The writer's text."""
    tokens: Sequence[Token]
    """The text's words, without spaces and comments."""
    start: int | None
    """Where the engine's caret points, as an offset into `sql`."""
    end: int | None
    """Where the caret ends."""
    names: Mapping[str, Sequence[str]]
    """Columns of each table of the schema; may be empty."""

    @property
    def at(self) -> int | None:
        """Index of the token under the caret."""
        if self.start is None:
            return None
        return next((i for i, token in enumerate(self.tokens) if token.end > self.start), None)

    def card(
        self,
        code: str,
        key: str,
        span: tuple[int | None, int | None] | None = None,
        **params: ParamValue,
    ) -> ErrorCard:
        """Make the card for `span`, or for the place under the caret."""
        return place_card(self.sql, code, key, span or (self.start, self.end), params)


def place_card(
    sql: str,
    code: str,
    key: str,
    span: tuple[int | None, int | None],
    params: Mapping[str, ParamValue],
) -> ErrorCard:
    """Make a card whose line and column agree with its offsets."""
    start, end = span
    params = {name: _cut(value) for name, value in params.items()}
    if start is None:
        return ErrorCard(code, key, params)
    line = sql.count("\n", 0, start) + 1
    column = start - (sql.rfind("\n", 0, start) + 1) + 1
    return ErrorCard(code, key, params, start, end, line, column)


def _cut(value: ParamValue) -> ParamValue:
    """The value, or its beginning: a sentence that quotes a page of text is read by nobody."""
    return f"{value[: _LONGEST_VALUE - 1]}…" if isinstance(value, str) and len(value) > _LONGEST_VALUE else value
