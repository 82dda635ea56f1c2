"""An answer with each mistake, beside the same answer without it: for tests, and for the page of all mistakes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = Path(__file__).with_name("examples.toml")


@dataclass(frozen=True)
class Example:
    """An answer with one mistake."""

    wrong: str
    right: str
    shown_by: str = "texts"
    """What tells the mistake: the two texts; the results besides; or lists of values that another schema has."""
    told: Mapping[str, str] = field(default_factory=dict)
    """What its sentence speaks of, where the texts alone do not tell."""


@cache
def examples() -> Mapping[str, Example]:
    """The example of each mistake, by its key."""
    return {key: Example(**each) for key, each in _read()["mistake"].items()}


@cache
def schema() -> str:
    """The tables over which the examples are written, as CREATE TABLE."""
    return str(_read()["schema"])


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return read
