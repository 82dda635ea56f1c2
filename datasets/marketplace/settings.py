"""What a build is asked for: scale, seed, locale, place, threads, memory, format."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from marketplace.faults import MarketplaceError

VERSION = "7"
"""Version of the generated data; the same version, seed, scale and locale give the same rows."""

SCALES = {"tiny": 0.001, "small": 0.01, "dev": 0.1, "std": 1.0, "large": 10.0, "xl": 100.0}
"""Named scales as factors of the standard size, about a million events."""

_GUESTS_AT_STANDARD = 8000
"""Guests at scale 1, from which about a million events follow."""
_LEAST_GUESTS = 500
"""Fewer guests than this could not hold the rows that every lesson needs."""
_TINY_GUESTS = 12
"""At the scale of tests and of the dictionary's sample rows, where lessons need not hold."""
_CASTS = ((0.001, 20), (0.01, 40), (0.1, 120), (1.0, 400), (10.0, 1600), (100.0, 6000))
"""Scale -> casts: they grow more slowly than guests, as supply does; between two scales in proportion."""


def _threads() -> int:
    return max(1, min(8, os.cpu_count() or 1))


@dataclass(frozen=True)
class Settings:
    """Everything a build depends on; scale, seed and locale decide the rows, the rest only how they are made."""

    scale: float = 1.0
    """Factor of the standard size."""
    seed: int = 1
    locale: str = "ja"
    """Language of names, prefectures and message texts: "ja" or "en"."""
    out: Path = field(default_factory=lambda: Path("marketplace.duckdb"))
    """File to write, or the folder for Parquet."""
    threads: int = field(default_factory=_threads)
    memory_mb: int = 1536
    """Memory limit of the database engine while building."""
    format: str = "duckdb"
    """"duckdb" or "parquet"."""
    chunk_guests: int = 50_000
    """Guests a unit of work covers; it changes memory and speed, never rows."""

    def __post_init__(self) -> None:
        if not 0.0005 <= self.scale <= 400:
            raise MarketplaceError("scale_out_of_range", scale=self.scale)
        if self.seed < 0 or self.seed >= 2**63:
            raise MarketplaceError("seed_out_of_range", seed=self.seed)
        if self.locale not in ("ja", "en"):
            raise MarketplaceError("locale_unknown", locale=self.locale)
        if self.format not in ("duckdb", "parquet"):
            raise MarketplaceError("format_unknown", format=self.format)
        if self.threads < 1 or self.threads > 256:
            raise MarketplaceError("threads_out_of_range", threads=self.threads)
        if self.memory_mb < 256:
            raise MarketplaceError("memory_too_small", memory=self.memory_mb)
        if self.chunk_guests < 1:
            raise MarketplaceError("chunk_too_small", chunk=self.chunk_guests)

    @property
    def is_tiny(self) -> bool:
        """Return whether the data set is too small for the planted guarantees."""
        return self.scale < 0.005

    @property
    def guests(self) -> int:
        """Return the number of guests."""
        asked = round(_GUESTS_AT_STANDARD * self.scale)
        return max(_TINY_GUESTS, asked) if self.is_tiny else max(_LEAST_GUESTS, asked)

    @property
    def casts(self) -> int:
        """Return the number of casts, which grows more slowly than guests (interpolated between the named scales)."""
        if self.scale <= _CASTS[0][0]:
            return _CASTS[0][1]
        for (low, few), (high, many) in pairwise(_CASTS):
            if self.scale <= high:
                return few + round((many - few) * (self.scale - low) / (high - low))
        return _CASTS[-1][1]

    @property
    def scale_name(self) -> str:
        """Return the name of the scale, or the factor as text."""
        return next((name for name, factor in SCALES.items() if factor == self.scale), f"{self.scale:g}")


def scale_factor(text: str) -> float:
    """Return the factor of a scale given by name or as a number; raises MarketplaceError."""
    if text in SCALES:
        return SCALES[text]
    try:
        return float(text)
    except ValueError:
        raise MarketplaceError("scale_unknown", scale=text, names=", ".join(SCALES)) from None
