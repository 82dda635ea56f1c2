"""What a spreadsheet would make something else of than what stands there."""

from __future__ import annotations

_FORMULA = tuple("=+-@＝＋－＠\t\r\n")
"""How a formula begins; a Japanese Excel takes full-width signs for the same."""


def harmless(value: object) -> object:
    """A cell for a CSV file: a text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
