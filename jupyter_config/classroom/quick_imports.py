"""Keeps out what libraries load for nothing that is used here, before they are imported."""

from __future__ import annotations

import sys

_UNUSED = ("rfc3987_syntax",)
"""jsonschema's check of internationalised addresses: 1.5 processor seconds and 17 MB for a grammar; without it that check is off."""


def keep_out_unused() -> None:
    """Have the import of those modules fail, which whoever would import them is ready for."""
    for name in _UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
