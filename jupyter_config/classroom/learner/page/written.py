"""What a page had not saved yet when it was closed, put into its notebook."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_log = logging.getLogger(__name__)


def put_in(notebook: dict[str, Any], cells: Mapping[str, str]) -> bool:
    """Give cells their text, by their ids; whether that changed any. One that the file does not hold is left out."""
    there = {cell.get("id"): cell for cell in notebook["cells"]}
    for missing in cells.keys() - there.keys():
        _log.warning("A page that was closed had written in cell %s, which its notebook does not hold", missing)
    changed = [(there[name], text) for name, text in cells.items() if name in there and there[name]["source"] != text]
    for cell, text in changed:
        cell["source"] = text
    return bool(changed)
