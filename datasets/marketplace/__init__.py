"""The marketplace: a synthetic company whose guests book casts, at any size, with its truth known in advance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marketplace.data_dictionary import ColumnEntry, TableEntry, dictionary
from marketplace.faults import MarketplaceError
from marketplace.lookup import Hit, describe_text, search
from marketplace.prefectures import wordings
from marketplace.schema import FIXED, TABLES, ddl, fixed_rows, keyless_ddl, promise_about, promises
from marketplace.settings import SCALES, VERSION, Settings, scale_factor

if TYPE_CHECKING:
    from collections.abc import Callable

    from marketplace.manifest import Manifest

__all__ = [
    "FIXED",
    "SCALES",
    "TABLES",
    "VERSION",
    "ColumnEntry",
    "Hit",
    "MarketplaceError",
    "Settings",
    "TableEntry",
    "build",
    "ddl",
    "describe_text",
    "dictionary",
    "fixed_rows",
    "keyless_ddl",
    "promise_about",
    "promises",
    "scale_factor",
    "search",
    "wordings",
]


def build(settings: Settings, progress: Callable[[int, int, int], None] | None = None) -> Manifest:
    """Build a data set; `progress` is called with blocks done, blocks in all and rows so far."""
    from marketplace.building import build as run

    return run(settings, progress)
