"""An author's hint in two parts: what was done, which is said at once, and the rest, which is asked for."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[。？！])\s*|(?<=[.?!])\s+(?=[^a-z])")
_PRAISE = re.compile(
    r"は[^、。]*ました。?$|(?:正しい|合って|そろって|そろいました)[^、。]*[。!]?$"
    r"|\b(?:right|fine|good|mended)\b[^,;]*$|\b(?:now|is there)\.$",
    re.IGNORECASE,
)
"""What is right by now says nothing of what is wrong, unless a "but" comes after it."""


def what_was_done(hint: str) -> str:
    """The first sentence of a hint that says what is wrong, as plain text; empty where it only asks."""
    said = (each.replace("`", "") for each in _END.split(" ".join(hint.split())))
    return next((each for each in said if each and each[-1] not in "?？" and not _PRAISE.search(each)), "")


def not_yet_said(hint: str, finding: str) -> str:
    """The hint without its first sentence where the finding has said it; empty where that was all of it."""
    first, *rest = _END.split(hint.strip(), maxsplit=1)
    plain = " ".join(first.replace("`", "").split())
    return "".join(rest).strip() if plain and plain in finding else hint
