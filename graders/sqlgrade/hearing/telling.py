"""Whether a database tells anything of an answer that agrees on it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlgrade.compare.cells import canonical, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlgrade.compare import Reference
    from sqlgrade.tables.result import Database


def is_telling(database: Database, reference: Reference) -> bool:
    """Tell whether neither an empty result nor the columns of one whole table would pass on a database."""
    rows = reference.result.rows
    if not rows:
        return False
    wanted = [_bag(row[place] for row in rows) for place in range(len(reference.result.columns))]
    return not any(
        len(table) == len(rows) and all(bag in _column_bags(table) for bag in wanted)
        for table in database.tables.values()
    )


def _column_bags(table: Sequence[Sequence[object]]) -> list[Counter[object]]:
    return [_bag(row[place] for row in table) for place in range(len(table[0]))] if table else []


def _bag(values: Iterable[object]) -> Counter[object]:
    return Counter(repr(rounded(canonical(value), 9)) for value in values)
