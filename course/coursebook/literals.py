"""Reads a SELECT of literals, the form in which predictions and decisions are handed in."""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import duckdb
from sqlglot import exp

from coursebook.judgement import Message
from sqlgrade.engine.sealed import open_sealed
from sqlgrade.parse import all_parsed

Value = object

_ALLOWED = (exp.Literal, exp.Null, exp.Boolean, exp.Neg, exp.Cast, exp.DataType, exp.Paren, exp.Add, exp.Sub, exp.Mul)
_ALLOWED_TOO = (exp.Alias, exp.Identifier, exp.Select, exp.DataTypeParam, exp.Interval, exp.Var)
_ARITHMETIC = (exp.Div, exp.IntDiv, exp.Mod, exp.Round)
"""What a value may be made of: written values, casts, intervals, and what is worked out from them."""
_FORM = "SELECT 6 AS a, 4 AS b"
"""How values are written, where no exercise says it for itself."""
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_BEGINS_A_QUERY = re.compile(r"\s*(?:SELECT|WITH|FROM|VALUES)\b", re.IGNORECASE)
_READS = (exp.From, exp.Subquery, exp.With, exp.Join, exp.Table)
"""What betrays that a table is read, which a prediction must do without."""


@dataclass(frozen=True)
class Literals:
    """The columns of a SELECT of literals, in order."""

    names: tuple[str, ...]
    """Aliases; empty where none is given."""
    values: tuple[Value, ...]
    """One value a column."""

    def pick(self, name: str, position: int, width: int) -> Value:
        """The value of a column, by name and else by position; `MISSING` if it isn't there."""
        folded = [each.casefold() for each in self.names]
        if name.casefold() in folded:
            return self.values[folded.index(name.casefold())]
        return self.values[position] if len(self.values) == width else MISSING


MISSING = object()
"""The value of a column that was not handed in."""


@lru_cache(maxsize=1024)
def read_literals(answer: str) -> Literals | Message:
    """The values, or what to tell someone who wrote something else.

    They hang on the text alone, and working them out takes an engine: each wrong answer is held against the same near misses.
    """
    statements = all_parsed(answer)
    if len(statements) != 1 or not isinstance(statements[0], exp.Select):
        if any(each.find(*_READS) for each in statements):
            return Message("prediction_reads_table")
        return _without_select(answer) or Message("prediction_unreadable", {"form": _FORM})
    select = statements[0]
    if select.find(*_READS):
        return Message("prediction_reads_table")
    if word := select.find(exp.Column):
        return Message("prediction_unquoted", {"word": word.name})
    if not all(isinstance(node, _ALLOWED + _ALLOWED_TOO + _ARITHMETIC) for node in select.walk()):
        return Message("prediction_not_literal", {"form": _FORM})
    return _evaluate(select)


def agree(given: Value, expected: Value, tolerance: float = 1e-6) -> bool:
    """Whether a value handed in says the same as the expected one; 'Ｂ' is 'b' and '6' is 6."""
    if given is MISSING:
        return False
    if given is None or expected is None:
        return given is expected
    if isinstance(expected, bool) or isinstance(given, bool):
        return _as_text(given) == _as_text(expected)
    left, right = _as_number(given), _as_number(expected)
    if left is not None and right is not None:
        return abs(left - right) <= tolerance * max(1.0, abs(right))
    return _as_text(given) == _as_text(expected)


def is_letter(value: Value) -> bool:
    """Whether a value is the letter of an option, in whatever width or case, or with its bracket."""
    return isinstance(value, str) and len(_as_text(value)) == 1 and _as_text(value).isalpha()


def shown(value: Value) -> str:
    """A value as the learner reads it."""
    if value is MISSING:
        return ""
    return "NULL" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _without_select(answer: str) -> Message | None:
    """What to say of values that only lack the word SELECT, and letters that lack their quotes too."""
    if _BEGINS_A_QUERY.match(answer):
        return None
    trees = all_parsed(f"SELECT {answer}")
    if len(trees) != 1 or not isinstance(trees[0], exp.Select):
        return None
    if any(not is_letter(word.name) for word in trees[0].find_all(exp.Column)):
        return None
    quoted = trees[0].transform(lambda node: exp.Literal.string(node.name) if isinstance(node, exp.Column) else node)
    if not all(isinstance(node, _ALLOWED + _ALLOWED_TOO + _ARITHMETIC) for node in quoted.walk()):
        return None
    return Message("prediction_no_select", {"use": quoted.sql(dialect="duckdb")})


def _evaluate(select: exp.Select) -> Literals | Message:
    try:
        with open_sealed() as connection:
            row = connection.execute(select.sql(dialect="duckdb")).fetchone()
    except duckdb.ConversionException:
        text = next((each.this.name for each in select.find_all(exp.Cast) if each.this.is_string), "")
        return Message("prediction_date", {"given": text})
    except duckdb.Error:
        return Message("prediction_unreadable", {"form": _FORM})
    return Literals(tuple(each.alias for each in select.expressions), tuple(row or ()))


def _as_number(value: Value) -> float | None:
    if isinstance(value, int | float | Decimal):
        return float(value)
    try:
        return float(unicodedata.normalize("NFKC", value)) if isinstance(value, str) else None
    except ValueError:
        return None


def _as_text(value: Value) -> str:
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    text = unicodedata.normalize("NFKC", str(value)).strip().strip("().").casefold()
    date = _DATE.fullmatch(text)
    return f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}" if date else text
