"""Vocabulary by meaning: Faker's names and places, and neutral words for everything that must not be told."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from faker import Faker

POOL = 600
"""Draws from Faker for each kind of word; fewer different words come of them."""
_LOCALES = {"ja": "ja_JP", "en": "en_US"}

_PROVIDERS: dict[str, Callable[[Faker], str]] = {
    "first_name": lambda fake: str(fake.first_name()),
    "last_name": lambda fake: str(fake.last_name()),
    "person_name": lambda fake: str(fake.name()),
    "company": lambda fake: str(fake.company()),
    "city": lambda fake: str(fake.city()),
    "street": lambda fake: str(fake.street_address()),
    "postal_code": lambda fake: str(fake.postcode()),
    "prefecture": lambda fake: str(fake.administrative_unit()),
}


@cache
def pool(meaning: str, locale: str) -> tuple[str, ...]:
    """Return the words for a meaning, always the same for one version of Faker; empty when it has no vocabulary."""
    own = _own_words()[locale]
    if meaning in own:
        return tuple(own[meaning])
    if meaning == "title":
        return tuple(f"{first}{second}" for first in own["title_first"] for second in own["title_second"])
    if meaning == "street" and locale == "ja":
        return tuple(f"{one}丁目{two}番{three}号" for one in range(1, 7) for two in range(1, 15) for three in (1, 4, 8))
    provider = _PROVIDERS.get(meaning)
    return _faked(provider, locale) if provider else ()


@cache
def _own_words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("marketplace") / "yourschema" / "words.toml").read_text("utf-8"))


def _faked(provider: Callable[[Faker], str], locale: str) -> tuple[str, ...]:
    from faker import Faker

    fake = Faker(_LOCALES[locale], use_weighting=False)
    fake.seed_instance(20_240_401)
    return tuple(dict.fromkeys(provider(fake) for _ in range(POOL)))
