"""A pattern: a practice template in which the tables and columns are parts to be played, patterns/*.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

KEY = "key"
REFERS = "->"
"""`->t`: a column that refers to the table that plays t."""
AFTER = "after:"
"""`after:first`: a time that may be blank and comes after the one that plays first."""


@dataclass(frozen=True)
class DrillPattern:
    """[parts] and [asks] of a pattern, and the template that is left without them."""

    name: str
    """The file's name: 22-left-zero."""
    parts: dict[str, dict[str, str]]
    """Part -> its columns, by the role that each plays: `key`, a role of `facts`, `->` and the part referred to, or `after:` and a role."""
    template: dict[str, Any]
    """The template, without an id; `<t>` and `<t.id>` stand in its strings for what plays these."""
    most: int = 3
    """Templates that are made of it at most."""
    clock: str = ""
    """`ahead` or `day_begins`: what the company's clock must say for it."""

    @property
    def skill(self) -> str:
        """S01 to S39."""
        return str(self.template["skill"])


@cache
def patterns() -> tuple[DrillPattern, ...]:
    """All patterns, in the order of their files' names."""
    folder = files("coursebook").joinpath("own_tables", "patterns")
    read = sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda each: each.name)
    return tuple(_pattern(each.name.removesuffix(".toml"), tomllib.loads(each.read_text("utf-8"))) for each in read)


def _pattern(name: str, written: dict[str, Any]) -> DrillPattern:
    parts, asks = written.pop("parts"), written.pop("asks", {})
    return DrillPattern(name, parts, written, **asks)
