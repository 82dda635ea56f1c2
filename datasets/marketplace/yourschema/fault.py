"""What can be wrong with a company's input: a code and its parameters; the sentences live in messages/."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from marketplace.faults import MarketplaceError


class YourSchemaError(MarketplaceError):
    """Input that cannot be used; `sentence` says in one sentence what to do about it."""

    def sentence(self, lang: str = "ja") -> str:
        """Return the sentence in one language."""
        return sentences(lang)[self.code].format(**self.params)


@cache
def sentences(lang: str) -> dict[str, str]:
    """Return every sentence of one language by its code."""
    return tomllib.loads(files("marketplace").joinpath("yourschema", "messages", f"{lang}.toml").read_text("utf-8"))
