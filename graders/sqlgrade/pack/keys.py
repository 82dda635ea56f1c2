"""The only names of packs: one key for each content, one file for each key in a cache."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from sqlgrade.record import Exercise

FORMAT = "6"
"""Of the pack's own record; counted up when an older pack can no longer be read."""

Depth = Literal["quick", "full"]
_MOST_OF_A_NAME = 40


def pack_key(exercise: Exercise, seed: int = 0, depth: Depth = "quick") -> str:
    """Names a pack's content: packs of equal keys judge alike."""
    return f"{FORMAT}-{depth}-{seed}-{exercise.fingerprint()}"


def pack_file(folder: Path, exercise: Exercise, seed: int = 0, depth: Depth = "quick") -> Path:
    """Where a folder keeps the pack that this code and these engines build; nothing is opened or built."""
    name = re.sub(r"[^A-Za-z0-9_-]", "_", exercise.id)[:_MOST_OF_A_NAME]
    return folder / f"{name}-{pack_key(exercise, seed, depth)}-{'-'.join(engines().values())}.pack"


def engines() -> dict[str, str]:
    """The versions of everything that a pack and a verdict rest on, but for the judge's own code in a checkout."""
    return {"sqlgrade": _own(), "duckdb": version("duckdb"), "sqlglot": version("sqlglot")}


def _own() -> str:
    try:
        return version("second-penguin")
    except PackageNotFoundError:
        return "0"
