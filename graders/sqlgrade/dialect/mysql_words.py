"""Words of MySQL's that sqlglot does not read, or takes for something else."""

from __future__ import annotations

import re

_INTRODUCER = re.compile(r"(?<![\w'\"`])_(?:utf8\w*|latin1|ascii|binary)\s*(?=['\"])", re.IGNORECASE)


def without_introducers(text: str) -> str:
    """A text without the character sets that are named before texts (`_utf8'a'`), which say nothing of their values."""
    return _INTRODUCER.sub("", text)
