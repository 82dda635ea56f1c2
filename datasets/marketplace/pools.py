"""The texts of a locale: names, prefectures and message bodies, each pool of the same length in every locale."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from marketplace.prefectures import prefectures_of

if TYPE_CHECKING:
    from marketplace.keys import I64

KINDS = ("greeting", "chat", "proposal", "thanks")
"""Kinds of message that have texts; a stamp has none."""
NICKNAMES = 2400
DISPLAY_NAMES = 240
"""Different names of guests and of casts: more guests than names, as in life."""

_SUFFIXES = {
    "ja": ("", "さん", "ちゃん", "くん", "@東京", "。", "☆", "の夜", "パパ", "先輩"),
    "en": ("", "88", "_jp", "San", "InTokyo", "Q", "x", "AtNight", "_dad", "Sempai"),
}


@dataclass(frozen=True)
class Pools:
    """The texts of a locale."""

    nicknames: tuple[str, ...]
    display_names: tuple[str, ...]
    prefectures: tuple[str, ...]
    bodies: tuple[str, ...]
    """All message texts: per sender and kind, then those of fraud rings."""
    spans: dict[tuple[str, str], tuple[int, int]]
    """First body and number of bodies of each (sender, kind); ("ring", "spam") for the rings."""

    @cached_property
    def body_lengths(self) -> I64:
        """The characters of each message text."""
        return np.array([len(text) for text in self.bodies])

    def checksum(self) -> str:
        """Return a checksum of all texts."""
        joined = "\x1f".join(
            (*self.nicknames, "\x1e", *self.display_names, "\x1e", *self.prefectures, "\x1e", *self.bodies)
        )
        return sha256(joined.encode()).hexdigest()[:16]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("marketplace") / "vocabulary" / name).read_text(encoding="utf-8"))


def _filled(template: str, lists: dict[str, list[str]]) -> list[str]:
    """Return the template with every combination of a place, day and time that it asks for."""
    asked = [slot for slot in ("place", "day", "time") if f"{{{slot}}}" in template]
    combinations = product(*(lists[f"{slot}s"] for slot in asked))
    return [template.format(**dict(zip(asked, values, strict=True))) for values in combinations]


def _bodies(texts: dict[str, Any]) -> tuple[tuple[str, ...], dict[tuple[str, str], tuple[int, int]]]:
    bodies: list[str] = []
    spans: dict[tuple[str, str], tuple[int, int]] = {}
    groups = [(sender, kind) for sender in ("guest", "cast") for kind in KINDS] + [("ring", "spam")]
    for sender, kind in groups:
        # Each template weighs the same, however many fillings it has: 24 entries a template, fillings cycled through.
        filled = [_filled(template, texts) for template in texts[sender][kind]]
        block = [fillings[place % len(fillings)] for fillings in filled for place in range(24 if kind != "spam" else 1)]
        spans[(sender, kind)] = (len(bodies), len(block))
        bodies += block
    return tuple(bodies), spans


def _cycled(names: list[str], size: int, locale: str) -> tuple[str, ...]:
    """Return `size` nicknames: every name with one suffix after another, then with numbers."""
    suffixes = [*_SUFFIXES[locale], *(str(number) for number in range(1, size // len(names) + 1))]
    return tuple(f"{name}{suffix}" for suffix in suffixes for name in names)[:size]


@cache
def pools_of(locale: str) -> Pools:
    """Return the texts of "ja" or "en"."""
    names = _read(f"names.{locale}.toml")
    bodies, spans = _bodies(_read(f"messages.{locale}.toml"))
    spoken = names["given"] if locale == "en" else [*names["given"], *names["shown"]]
    family = names["family"]
    pairs = [(name, family[place * 37 % len(family)]) for place, name in enumerate(names["shown"])]
    shown = [f"{surname} {name}" if locale == "ja" else f"{name} {surname}" for name, surname in pairs]
    display = tuple((shown * (DISPLAY_NAMES // len(shown) + 1))[:DISPLAY_NAMES])
    return Pools(_cycled(spoken, NICKNAMES, locale), display, prefectures_of(locale), bodies, spans)
