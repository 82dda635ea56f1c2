"""What a verdict rests on: versions of the judge, the engine and the pack."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from sqlgrade.pack.keys import engines

if TYPE_CHECKING:
    from sqlgrade.pack.contents import Pack


def versions(pack: Pack) -> dict[str, str]:
    """Versions by name, with the seed."""
    return {**_engines(), "pack": pack.key[-64:][:12], "seed": str(pack.seed)}


@functools.lru_cache(maxsize=1)
def _engines() -> dict[str, str]:
    return engines()
