"""What a verdict rests on: versions of the judge, the engine and the pack."""

from __future__ import annotations

import functools
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from sqlgrade.pack.contents import Pack


def versions(pack: Pack) -> dict[str, str]:
    """Versions by name, with the seed."""
    return {
        "sqlgrade": _own(),
        "duckdb": duckdb.__version__,
        "sqlglot": version("sqlglot"),
        "pack": pack.key[-64:][:12],
        "seed": str(pack.seed),
    }


@functools.lru_cache(maxsize=1)
def _own() -> str:
    try:
        return version("second-penguin")
    except PackageNotFoundError:
        return "0"
