"""Passages of the lessons that speak of the marketplace, and what a lesson on a company's tables says instead."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Passages:
    """Language -> (passage, what stands instead) in the order of the file."""

    instead: dict[str, tuple[tuple[str, str], ...]]

    def replaced(self, text: str, lang: str) -> str:
        """A text of the course with what stands instead of its passages."""
        for passage, other in self.instead[lang]:
            text = text.replace(passage, other)
        return text


@cache
def passages() -> Passages:
    """The passages of passages.toml."""
    written = tomllib.loads(files("coursebook").joinpath("own_tables", "passages.toml").read_text("utf-8"))
    return Passages({lang: tuple((each["of"], each["instead"]) for each in found) for lang, found in written.items()})
