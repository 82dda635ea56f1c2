"""What an alert's threshold may be: a number for numbers, a day or moment for times, true or false, any text for texts."""

from __future__ import annotations

import operator
import re
import unicodedata
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.session.result import ResultTable

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
}
"""The conditions, by their signs."""
OPERATOR_CODES = {">": "more", ">=": "least", "<": "less", "<=": "most", "=": "same", "!=": "other"}
"""By which word each is told."""
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_TIMES = ("DATE", "TIMESTAMP")
_NUMERIC = tuple(
    "TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT UHUGEINT FLOAT DOUBLE DECIMAL BIGNUM".split()
)


def kind_of(value: Any, type_name: str) -> str:
    """boolean, number, time or text: what a value is, or, where it is NULL, what its column's type says."""
    if isinstance(value, bool) or type_name == "BOOLEAN":
        return "boolean"
    if isinstance(value, int | float | Decimal) or type_name.startswith(_NUMERIC):
        return "number"
    return "time" if type_name.startswith(_TIMES) else "text"


def written(threshold: str) -> str:
    """A threshold as it is kept: full-width signs as half-width ones, and no commas between the digits of a number."""
    plain = unicodedata.normalize("NFKC", threshold).strip()
    bare = plain.replace(",", "")
    return bare if _NUMBER.fullmatch(bare) else plain


def read(threshold: str, kind: str) -> Any:
    """A threshold as something of a kind; None where it can't be read as that."""
    if kind == "number":
        return Decimal(threshold) if _NUMBER.fullmatch(threshold) else None
    if kind == "boolean":
        return threshold.lower() if threshold.lower() in ("true", "false") else None
    return _moment(threshold) if kind == "time" else threshold


def holds(value: Any, type_name: str, sign: str, threshold: str) -> bool | None:
    """Whether a value fits a condition; None where the two can't be compared."""
    kind = kind_of(value, type_name)
    wanted = read(threshold, kind)
    if value is None or wanted is None:
        return None
    own: Any = value
    if kind == "boolean":
        own = str(value).lower()
    elif kind == "number":
        own = _exact(value)
    elif kind == "time":
        own = _moment(str(value))
    elif kind == "text":
        own = str(value)
    return None if own is None else OPERATORS[sign](own, wanted)


def number_columns(result: ResultTable) -> tuple[str, ...]:
    """The columns that hold numbers."""
    first = result.rows[0] if result.rows else (None,) * len(result.columns)
    found = zip(result.columns, result.types, first, strict=True)
    return tuple(name for name, type_name, value in found if kind_of(value, type_name) == "number")


def _exact(value: Any) -> Decimal | None:
    """A number as it is written, so that 0.1 is 0.1 whatever holds it; None for what no number compares with."""
    found = Decimal(str(value))
    return None if found.is_nan() else found


def problem_of(column: str, threshold: str, result: ResultTable | None) -> str:
    """Why a condition can't be compared with a result, as a code of `alert.problem`; empty where it can."""
    if not column:
        return "column"
    if not threshold:
        return "threshold"
    if result is None or not result.columns:
        return ""
    if column not in result.columns:
        return "no_column"
    at = result.columns.index(column)
    kind = kind_of(result.rows[0][at] if result.rows else None, result.types[at])
    return kind if read(threshold, kind) is None else ""


def _moment(text: str) -> datetime | None:
    try:
        read_as = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read_as.replace(tzinfo=None)
