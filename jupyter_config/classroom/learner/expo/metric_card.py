"""A metric card against its SQL: whether what the words name occurs in the query, and for what it gives one number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from classroom.exchange.expo.spoiling import tables_in
from marketplace.data_dictionary import dictionary
from sqlgrade.parse import parsed

if TYPE_CHECKING:
    from classroom.exchange.expo.record import Metric
    from classroom.session.result import ResultTable

_NAME = re.compile(r"[a-z][a-z_]*[a-z]")
_MONTH = re.compile(r"(20\d\d)\s*(?:年|[-/])\s*(\d{1,2})(?!\d)")


@dataclass(frozen=True)
class Compared:
    """What came of it."""

    tables: tuple[str, ...]
    """That the query reads."""
    missing: tuple[str, ...]
    """Tables and columns that the card names and the query doesn't."""
    months: tuple[str, ...]
    """Months that the card's period names, such as 2025-12."""
    months_missing: tuple[str, ...]
    """Those of them that don't occur in the query."""
    rows: int
    """Of the result."""
    by: str
    """The column for whose values there is one number each; empty if there is one in all."""
    is_double: bool
    """Whether a value of that column occurs twice."""


def compare(card: Metric, result: ResultTable) -> Compared:
    """Hold a card against its query and what that gave."""
    known = {table.name for table in dictionary("en")}
    known |= {column.name for table in dictionary("en") for column in table.columns}
    words = dict.fromkeys(
        word for text in (card.numerator, card.denominator, card.exclusions) for word in _NAME.findall(text.lower())
    )
    used = _names(card.sql)
    missing = tuple(word for word in words if word in known and "_" in word and word not in used)
    missing += tuple(table.name for table in dictionary("en") if table.name in words and table.name not in used)
    months = tuple(dict.fromkeys(f"{year}-{int(month):02d}" for year, month in _MONTH.findall(card.period)))
    several = len(result.rows) > 1
    first = [row[0] for row in result.rows]
    return Compared(
        tables_in(card.sql),
        tuple(dict.fromkeys(missing)),
        months,
        tuple(month for month in months if month not in card.sql),
        result.row_count,
        result.columns[0] if several else "",
        several and len(set(first)) < len(first) and len(result.columns) < 3,
    )


def _names(sql: str) -> set[str]:
    tree = parsed(sql)
    if tree is None:
        return set()
    return {each.name.lower() for each in tree.find_all(exp.Table, exp.Column)}
