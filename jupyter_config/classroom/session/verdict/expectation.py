"""The number a learner expected, written as a comment in the answer cell, beside what came out."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from classroom.session.verdict.sentences import sentence

if TYPE_CHECKING:
    from classroom.session.result import ResultTable

_WRITTEN = re.compile(
    r"^[^\S\n]*--[^\S\n]*(?:予想|expect(?:ed)?)\s*[:=]?\s*(?:約|about|~)?\s*(\d[\d,]*(?:\.\d+)?)",
    re.IGNORECASE | re.MULTILINE,
)
_FAR = 2
"""By what factor a result may be off before it deserves a second look."""


def expected_number(source: str) -> Decimal | None:
    """The number of a line such as `-- 予想 120` or `-- expected: about 1,200`; full-width figures count."""
    found = _WRITTEN.search(unicodedata.normalize("NFKC", source))
    return Decimal(found[1].replace(",", "")) if found else None


def expectation_sentence(source: str, result: ResultTable | None, lang: str) -> str:
    """The expected number beside the result's only number, or its rows; nothing if none was expected."""
    expected = expected_number(source)
    if expected is None or result is None or not result.columns:
        return ""
    actual, code = Decimal(result.row_count), "expected.rows" if result.counted_all else "expected.rows_at_least"
    if len(result.rows) == len(result.columns) == 1 and isinstance(result.rows[0][0], (int, float, Decimal)):
        actual, code = Decimal(str(result.rows[0][0])), "expected.value"
    near = min(expected, actual) * _FAR >= max(expected, actual)
    said = sentence(code, lang, expected=f"{expected:,}", actual=f"{actual:,}")
    return f"{said} {sentence('expected.near' if near else 'expected.far', lang)}"
