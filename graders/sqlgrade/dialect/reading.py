"""GoogleSQL's text as a tree: sqlglot's parser of BigQuery, with each call kept as it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.bigquery import BigQuery
from sqlglot.errors import ParseError, SqlglotError
from sqlglot.parsers.bigquery import BigQueryParser
from sqlglot.tokenizer_core import TokenType

from sqlgrade.dialect.bits import by_precedence
from sqlgrade.dialect.types import named
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import RunError

if TYPE_CHECKING:
    from sqlglot.tokenizer_core import Token

_BEGINNINGS = ("SELECT", "WITH", "(")
_BEFORE = ("DECLARE", "SET")
"""What may stand before a query in a script."""
_OF_FUNCTION = ("CREATE", "OR", "REPLACE", "TEMP", "TEMPORARY")
_CASTS = ("CAST", "SAFE_CAST")
_SIGNS = {
    "::": "CAST(… AS …)",
    "|>": "SELECT …",
    "==": "=",
    "//": "DIV(…, …)",
    "->": "…",
    "~": "REGEXP_CONTAINS(…, r'…')",
}
"""Signs that are none of GoogleSQL's, or that can't be run here -> what to write instead."""
_KEPT = ("CAST", "SAFE_CAST", "EXTRACT")


class _Parser(BigQueryParser):
    """Reads each call under the name that it is written with; sqlglot would forget which of several it was."""

    FUNCTIONS: ClassVar[dict[str, Any]] = {}
    FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {
        name: parser for name, parser in BigQueryParser.FUNCTION_PARSERS.items() if name in _KEPT
    }

    def _parse_bitwise(self) -> exp.Expr | None:
        return by_precedence(super()._parse_bitwise())


def tokens_of(text: str) -> list[Token]:
    """The words of a text as GoogleSQL cuts them.

    Raises:
        SqlglotError: a quote or comment is not closed.
    """
    return list(BigQuery().tokenize(text))


def trees_of(text: str) -> list[exp.Expr] | RunError:
    """The statements of a text, each a query; or why there are none."""
    dialect = BigQuery()
    try:
        tokens = tokens_of(text)
        if refused := _refused(text, tokens):
            return refused
        trees = _Parser(dialect=dialect).parse(tokens, text)
        return [each for each in trees if each is not None and not isinstance(each, exp.Semicolon)]
    except ParseError as error:
        return _syntax(error, text)
    except SqlglotError as error:  # the tokenizer's
        return RunError(kinds.SYNTAX, f"Parser Error: {str(error).splitlines()[0]}")


def _refused(text: str, tokens: list[Token]) -> RunError | None:
    """Why a text is no query of GoogleSQL's, as far as its words tell; a tree no longer does."""
    fresh = True
    for place, token in enumerate(tokens):
        word = text[token.start : token.end + 1]
        if fresh and token.token_type is TokenType.SEMICOLON:
            continue
        if fresh and word.upper() not in (*_BEGINNINGS, *_BEFORE) and not _is_function(tokens, place):
            return RunError(kinds.NOT_ALLOWED, "statement_type", token.start, "statement_type", word.upper())
        if name := "" if fresh else _own_form(text, tokens, place):
            return refusal("unsupported", name, token.start)
        fresh = token.token_type is TokenType.SEMICOLON
        if foreign := _foreign(text, tokens, place):
            return foreign
        if _is_type(tokens, place) and named(word) is None and word.upper() not in ("JSON", "INTERVAL"):
            return refusal("no_such", word, token.start, _type_meant(word))
    return None


def _own_form(text: str, tokens: list[Token], place: int) -> str:
    """What begins there and no tree is made of: WITH(…), ML.PREDICT(MODEL …), GAP_FILL(TABLE …), SELECT WITH …; empty for anything else."""
    word, behind = tokens[place].text.upper(), tokens[place + 1].text if place + 1 < len(tokens) else ""
    before = tokens[place - 1].text.upper() if place else ""
    if word == "WITH" and text[tokens[place].end + 1 : tokens[place].end + 2] == "(":
        return "WITH(…)"
    if word == "WITH" and before == "SELECT":
        return f"SELECT WITH {behind.upper()}"
    if word == "MATCH_RECOGNIZE" and behind == "(":
        return "MATCH_RECOGNIZE (…)"
    return _of_a_whole(text, tokens, place) if word in ("MODEL", "TABLE") and behind not in ("", ",", ")") else ""


def _of_a_whole(text: str, tokens: list[Token], place: int) -> str:
    """The call that takes a model or table which begins there, as ML.PREDICT(MODEL …)."""
    word = tokens[place].text.upper()
    if place < 2 or tokens[place - 1].text != "(":
        return ""
    first = place - 2
    while first >= 2 and tokens[first - 1].text == ".":
        first -= 2
    name = text[tokens[first].start : tokens[place - 2].end + 1]
    return f"{name.upper()}({word} …)" if "." in name or word == "TABLE" else ""


def _foreign(text: str, tokens: list[Token], place: int) -> RunError | None:
    """A sign that is none of GoogleSQL's or a value that nobody hands over here: `@day` (page parameterized-queries); `@@…` is a setting."""
    token, behind = tokens[place], tokens[place + 1 : place + 3]
    if token.token_type is TokenType.PARAMETER and behind:
        rule, sign = ("unsupported", "@@") if behind[0].token_type is TokenType.PARAMETER else ("parameter", "@")
        return refusal(rule, f"{sign}{behind[-1 if sign == '@@' else 0].text}", behind[0].start)
    if _is_text(token):
        return None
    words = (text[token.start : token.end + 1], text[token.start : token.start + 2])  # some of two letters are cut
    known = next((each for each in words if each in _SIGNS), "")
    if not known or (known == "~" and not _ends_a_value(tokens[place - 1])):
        return None
    return refusal("unsupported" if known == "|>" else "no_such", known, token.start, _SIGNS[known])


def _is_function(tokens: list[Token], place: int) -> bool:
    """Whether CREATE TEMP FUNCTION stands there."""
    words = [each.text.upper() for each in tokens[place : place + 5]]
    while words and words[0] in _OF_FUNCTION:
        del words[0]
    kept = {each.text.upper() for each in tokens[place : place + 4]}
    return words[:1] == ["FUNCTION"] and bool(kept & {"TEMP", "TEMPORARY"})


def refusal(rule: str, name: str, position: int | None, use: str = "") -> RunError:
    """Why a text in another dialect is not run."""
    allowed = rule not in ("unsupported", "parameter")
    kind = kinds.BIND if allowed else kinds.NOT_ALLOWED
    message = f"BigQuery does not take {name}" if allowed else f"{name} cannot be run here"
    return RunError(kind, message, position, f"dialect_{rule}", name, (use,) if use else ())


def _is_text(token: Token) -> bool:
    return token.token_type in (TokenType.STRING, TokenType.RAW_STRING, TokenType.BYTE_STRING, TokenType.IDENTIFIER)


def _ends_a_value(token: Token) -> bool:
    """Whether a value ends with this word, so that a sign behind it stands between two."""
    ending = (TokenType.VAR, TokenType.NUMBER, TokenType.R_PAREN, TokenType.R_BRACKET)
    return token.token_type in ending or _is_text(token)


def _is_type(tokens: list[Token], place: int) -> bool:
    """Whether a word stands where CAST names its type."""
    if place < 2 or tokens[place - 1].text.upper() != "AS" or place + 1 >= len(tokens):
        return False
    if tokens[place + 1].text not in (")", "("):
        return False
    depth = 0
    for at in range(place - 2, 0, -1):
        depth += {")": 1, "(": -1}.get(tokens[at].text, 0)
        if depth < 0:
            return tokens[at - 1].text.upper() in _CASTS
    return False


def _type_meant(word: str) -> str:
    letters = word.upper()
    if re.search("CHAR|TEXT", letters):
        return "STRING"
    if re.search("DOUBLE|FLOAT|REAL", letters):
        return "FLOAT64"
    return "INT64" if "INT" in letters else ""


def _syntax(error: ParseError, text: str) -> RunError:
    """Sqlglot's complaint in the form of the engine's, which is what the cards are made of."""
    first = error.errors[0] if error.errors else {}
    before, near = str(first.get("start_context") or ""), str(first.get("highlight") or "")
    at = text.find(f"{before}{near}") if near else -1
    if at < 0:
        return RunError(kinds.SYNTAX, "Parser Error: syntax error at end of input")
    position = at + len(before)
    return RunError(kinds.SYNTAX, f'Parser Error: syntax error at or near "{near}"', position)
