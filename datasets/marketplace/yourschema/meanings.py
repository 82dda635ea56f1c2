"""The meanings a column can have, read from meanings.toml: the bilingual words, and what may be profiled."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from marketplace.yourschema.schema import Kind

if TYPE_CHECKING:
    from marketplace.yourschema.schema import OwnColumn

KEY, REFERENCE = "key", "reference"
"""Meanings that the keys decide, not the words."""


class ProfileClass(StrEnum):
    """What may be counted of a column at home, beside its share of NULL."""

    NEVER = "never"
    WEIGHTS = "weights"
    QUANTILES = "quantiles"
    TIMES = "times"
    SHARE = "share"


@dataclass(frozen=True)
class Meaning:
    """A meaning, the words that suggest it and the types it fits."""

    name: str
    profile: ProfileClass
    kinds: frozenset[Kind]
    english: re.Pattern[str]
    japanese: re.Pattern[str] | None

    def fits_name(self, column: OwnColumn) -> bool:
        """Tell whether type and name suggest this meaning."""
        return column.kind in self.kinds and bool(
            self.english.fullmatch(snake(column.name)) or (self.japanese and self.japanese.search(column.name))
        )

    def fits_comment(self, column: OwnColumn) -> bool:
        """Tell whether type and comment suggest this meaning; English words are not sought in running text."""
        return column.kind in self.kinds and bool(self.japanese and self.japanese.search(_folded(column.comment)))


@cache
def meanings() -> dict[str, Meaning]:
    """Return every meaning by name, in the order in which they are tried."""
    written = tomllib.loads(files("marketplace").joinpath("yourschema", "meanings.toml").read_text("utf-8"))["meanings"]
    return {
        entry["name"]: Meaning(
            name=entry["name"],
            profile=ProfileClass(entry["profile"]),
            kinds=frozenset(Kind(kind) for kind in entry["kinds"]),
            english=re.compile("|".join(f"(?:{word})" for word in entry["words_en"])),
            japanese=re.compile("|".join(entry["words_ja"])) if entry["words_ja"] else None,
        )
        for entry in written
    }


def meaning_of(column: OwnColumn) -> str:
    """Return the meaning that name, then comment, suggest; the catch-all of the type if neither does."""
    ordered = list(meanings().values())
    catch_all = {"time", "flag", "number", "neutral"}
    for fits in (Meaning.fits_name, Meaning.fits_comment):
        for meaning in ordered:
            if meaning.name not in catch_all and fits(meaning, column):
                return meaning.name
    if column.choices:
        return "category"
    return next(meaning.name for meaning in ordered if meaning.name in catch_all and column.kind in meaning.kinds)


def profile_class(meaning: str) -> ProfileClass:
    """Return what may be profiled of a meaning; keys and references never are."""
    return ProfileClass.NEVER if meaning in (KEY, REFERENCE) else meanings()[meaning].profile


def snake(name: str) -> str:
    """Return a name in lower_snake_case: CustomerId -> customer_id."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return re.sub(r"[\s\-.]+", "_", spaced).lower()


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
