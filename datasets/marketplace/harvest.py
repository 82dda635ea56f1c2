"""Freeze the names that Faker knows into vocabulary/names.<locale>.toml (python -m marketplace.harvest).

Faker promises no stable output across versions, so the generator reads the frozen files and never Faker itself.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

_LOCALES = {"ja": "ja_JP", "en": "en_US"}
_SEED = 20240101
"""Any number: it only says which of Faker's names are taken."""
_DRAWS = 4000
"""Enough for every list to reach its limit, or for Faker to have no further names."""


def harvest(locale: str, limit: int = 240) -> dict[str, list[str]]:
    """Return up to `limit` distinct given and family names of a locale, sorted."""
    from faker import Faker

    fake = Faker(_LOCALES[locale], use_weighting=False)
    fake.seed_instance(_SEED)
    draws = {
        "given": fake.first_kana_name if locale == "ja" else fake.first_name,
        "shown": fake.first_name,
        "family": fake.last_name,
    }
    return {kind: sorted(list(dict.fromkeys(draw() for _ in range(_DRAWS)))[:limit]) for kind, draw in draws.items()}


def toml_text(names: dict[str, list[str]]) -> str:
    """Return the names as TOML, one list a line."""
    lines = [f"{kind} = [{_quoted(listed)}]" for kind, listed in names.items()]
    return "\n".join(("# Written by marketplace.harvest.", *lines, ""))


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def main() -> None:
    """Write both files beside this module."""
    folder = Path(str(files("marketplace"))) / "vocabulary"
    for locale in _LOCALES:
        (folder / f"names.{locale}.toml").write_text(toml_text(harvest(locale)), encoding="utf-8")


if __name__ == "__main__":
    main()
