"""What an operator did wrong, as a code with parameters; the sentences live in vocabulary/sentences.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


class MarketplaceError(Exception):
    """A build, check or measure cannot be done; `sentence` says in one sentence what to do."""

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(self.sentence("en"))

    def sentence(self, lang: str) -> str:
        """Return the sentence in "ja" or "en"."""
        return sentence(self.code, lang, **self.params)


@cache
def _sentences() -> dict[str, dict[str, str]]:
    text = (files("marketplace") / "vocabulary" / "sentences.toml").read_text(encoding="utf-8")
    read: dict[str, Any] = tomllib.loads(text)
    return read


def sentence(code: str, lang: str, **params: object) -> str:
    """Return a sentence of vocabulary/sentences.toml."""
    return _sentences()[code][lang].format(**params)
