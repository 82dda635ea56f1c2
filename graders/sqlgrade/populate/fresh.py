"""New values for unique columns, once a pool is used up."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlgrade.populate.neighbours import as_moment, as_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.tables.sqltype import SqlType

_START = dt.datetime(2024, 5, 1)  # noqa: DTZ001  (columns without a zone)


def fresh_value(kind: SqlType, serial: int, samples: Sequence[Any]) -> Any:
    """A value the pool does not hold, made like the samples; None if the type has no endless supply."""
    if kind.numeric:
        top = min(1000, kind.limit)
        number = Decimal(min(10, top // 2) + serial)
        return as_number(number, kind) if number <= top else None
    if kind.family == "text":
        stems = [s for s in samples if isinstance(s, str) and s.strip()] or ["v"]
        stem = stems[serial % len(stems)]
        return str(10 + serial) if stem.isdigit() else f"{stem}{serial}"
    if kind.temporal:
        return as_moment(_START + dt.timedelta(days=serial), kind)
    if kind.family == "time":
        return (dt.datetime(2000, 1, 1, 6) + dt.timedelta(minutes=serial)).time()  # noqa: DTZ001  (a TIMESTAMP has no zone)
    if kind.family == "uuid":
        return str(UUID(int=1000 + serial))
    if kind.family == "blob":
        return str(serial).encode()
    return None
