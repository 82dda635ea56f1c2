"""What can be wrong with a company's input: a code and its parameters; the sentences live in messages/."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


class YourSchemaError(ValueError):
    """Input that cannot be used; `sentence` says in one sentence what to do about it."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def sentence(self, lang: str = "ja") -> str:
        """Return the sentence in one language."""
        return sentences(lang)[self.code].format(**self.params)

    def __str__(self) -> str:
        return self.sentence("en")


@cache
def sentences(lang: str) -> dict[str, str]:
    """Return every sentence of one language by its code."""
    return tomllib.loads(files("marketplace").joinpath("yourschema", "messages", f"{lang}.toml").read_text("utf-8"))
