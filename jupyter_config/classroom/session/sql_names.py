"""Names of tables and columns as a person writes them in a query."""

from __future__ import annotations

import re
from functools import cache

from coursebook.given_views import SCHEMA as GIVEN
from coursebook.own_schema import SCHEMA as OWN
from sqlgrade.tables.values import quoted

_PLAIN = re.compile(r"[^\W\d]\w*")


def as_written(name: str) -> str:
    """A name with quotes only where it takes them: odd letters in it, or a word of the grammar's own.

    What stands in the learner's own schema, or in that of lessons, is named with it.
    """
    schema, dot, inside = name.partition(".")
    if dot and schema in (OWN, GIVEN):
        return f"{schema}.{as_written(inside)}"
    return name if _PLAIN.fullmatch(name) and name.lower() not in _reserved() else quoted(name)


@cache
def _reserved() -> frozenset[str]:
    """The words that the engine takes for no name of a column or table."""
    import duckdb

    with duckdb.connect(":memory:") as connection:
        rows = connection.execute(
            "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category IN ('reserved', 'type_function')"
        ).fetchall()
    return frozenset(name for (name,) in rows)
