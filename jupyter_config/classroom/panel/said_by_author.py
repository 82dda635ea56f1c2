"""An author's hint in two parts: what was done, which is said at once, and the rest, which is asked for."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[。？！])\s*|(?<=[.?!])\s+(?=[^a-z])")
_PRAISE = re.compile(
    r"は[^、。]*ました。?$|(?:正しい|合って|そろって|そろいました)[^、。]*[。!]?$"
    r"|\b(?:right|fine|good|mended)\b[^,;]*$|\bnow\.$",
    re.IGNORECASE,
)
"""What is right by now says nothing of what is wrong, unless a "but" comes after it."""


def what_was_done(hint: str) -> str:
    """The first sentence of a hint that says what is wrong, as plain text; empty where it only asks."""
    said = (each.replace("`", "") for each in _END.split(" ".join(hint.split())))
    return next((each for each in said if each and each[-1] not in "?？" and not _PRAISE.search(each)), "")


def says_more(hint: str, finding: str) -> bool:
    """Whether a hint holds more than a finding that was taken from it."""
    return " ".join(hint.replace("`", "").split()) != finding
