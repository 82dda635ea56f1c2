"""DuckDB column types, read into the families that generation and comparison care about."""

from __future__ import annotations

import functools
import logging
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlglot import exp

_log = logging.getLogger(__name__)
_FIXED = re.compile(r"\[\d+\]$")
INTEGERS = {"TINYINT", "SMALLINT", "INT", "BIGINT", "INT128", "UTINYINT", "USMALLINT", "UINT", "UBIGINT", "UINT128"}
_FAMILIES = {
    **dict.fromkeys(INTEGERS, "integer"),
    **dict.fromkeys(("FLOAT", "DOUBLE"), "double"),
    **dict.fromkeys(("VARCHAR", "TEXT", "CHAR", "NCHAR", "NVARCHAR", "BPCHAR", "NAME"), "text"),
    **dict.fromkeys(
        ("TIMESTAMP", "TIMESTAMPNTZ", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "DATETIME"), "timestamp"
    ),
    **dict.fromkeys(("TIMESTAMPTZ", "TIMESTAMPLTZ"), "timestamptz"),
    **dict.fromkeys(("TIME", "TIMETZ"), "time"),
    **dict.fromkeys(("VARBINARY", "BLOB", "BINARY"), "blob"),
    **{
        name: name.lower()
        for name in ("DECIMAL", "BOOLEAN", "DATE", "INTERVAL", "UUID", "JSON", "STRUCT", "MAP", "ENUM")
    },
    "LIST": "list",
    "ARRAY": "list",
}
_LIMITS = {
    "TINYINT": 127,
    "UTINYINT": 255,
    "SMALLINT": 32_767,
    "USMALLINT": 65_535,
    "BIGINT": 2**63 - 1,
    "UBIGINT": 2**64 - 1,
    "INT128": 2**127 - 1,
    "UINT128": 2**128 - 1,
    "DOUBLE": 10**308,
}


@dataclass(frozen=True)
class SqlType:
    """A column's type: its DuckDB text, its family, and what the family needs."""

    text: str
    family: str
    scale: int = 0
    """Digits after the point of a decimal."""
    limit: int = 10**9
    """Largest magnitude worth generating."""
    signed: bool = True
    members: tuple[str, ...] = ()
    """The values of an enum."""
    fields: tuple[tuple[str, SqlType], ...] = ()
    """Named parts of a struct; a list has one part, a map has key and value."""

    @property
    def numeric(self) -> bool:
        """True for integers, decimals and doubles."""
        return self.family in {"integer", "decimal", "double"}

    def holds(self, value: Any) -> bool:
        """False for a number that is out of the type's range; every other value is taken to fit."""
        if not self.numeric or not isinstance(value, int | float | Decimal):
            return True
        return value == value and (-self.limit if self.signed else 0) <= value <= self.limit

    @property
    def temporal(self) -> bool:
        """True for dates and timestamps."""
        return self.family in {"date", "timestamp", "timestamptz"}


WHOLE = SqlType("BIGINT", "integer")
"""Numbers of ours: of rows, databases, places."""


@functools.lru_cache(maxsize=512)
def parse_type(text: str) -> SqlType:
    """The type behind DuckDB's name for it; an unknown one gets the family "other"."""
    try:
        return _typed(exp.DataType.build(text, dialect="duckdb"), text)
    except Exception:  # noqa: BLE001  (a type sqlglot cannot read is only a type nothing is known about)
        _log.debug("nothing is known about the type %s", text, exc_info=True)
        return SqlType(text, "other")


def _typed(node: exp.DataType, text: str) -> SqlType:
    kind = node.this.value if isinstance(node.this, exp.DataType.Type) else str(node.this)
    family = _FAMILIES.get(kind, "other")
    if family == "enum":
        return SqlType(text, family, members=tuple(literal.this for literal in node.expressions))
    if family == "decimal":
        return _decimal(node, text)
    if family == "list" and _FIXED.search(text):
        return SqlType(text, "other")  # of so many elements, which no list of another length is
    if family == "list":
        return SqlType(text, family, fields=(("element", _part(node.expressions[0])),))
    if family == "struct":
        parts = ((d.this.name, _part(d.args["kind"])) for d in node.expressions if isinstance(d, exp.ColumnDef))
        return SqlType(text, family, fields=tuple(parts))
    if family == "map":
        return SqlType(
            text, family, fields=(("key", _part(node.expressions[0])), ("value", _part(node.expressions[1])))
        )
    return SqlType(text, family, limit=_LIMITS.get(kind, 10**9), signed=not kind.startswith("U") or family != "integer")


def _part(node: exp.Expression) -> SqlType:
    return parse_type(node.sql(dialect="duckdb"))


def _decimal(node: exp.DataType, text: str) -> SqlType:
    sizes = [int(p.this.this) for p in node.expressions if isinstance(p, exp.DataTypeParam)] or [18, 3]
    scale = sizes[1] if len(sizes) > 1 else 0
    return SqlType(text, "decimal", scale=scale, limit=min(10**9, 10 ** (sizes[0] - scale) - 1))
