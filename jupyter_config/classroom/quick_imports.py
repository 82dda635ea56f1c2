"""Keeps out what libraries load or start for nothing that is used here, before they are imported."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

_UNUSED = ("rfc3987_syntax",)
"""jsonschema's check of internationalised addresses: 1.5 processor seconds and 17 MB for a grammar; without it that check is off."""


def keep_out_unused() -> None:
    """Have the import of those modules fail, which whoever would import them is ready for."""
    for name in _UNUSED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


def keep_out_node() -> None:
    """Have JupyterLab not ask yarn where it would build from, as where Node isn't installed.

    Nothing is built here; asking costs each server that starts 0.4 processor seconds and, for a moment, 80 MB.
    """
    commands: Any = import_module("jupyterlab.commands")
    commands._yarn_config = lambda _logger: {"yarn config": {}, "npm config": {}}  # noqa: SLF001
