"""The manifest: what was planted in a data set, and how large it is; the answer key of lessons and mentors."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from marketplace.world import World


@dataclass(frozen=True)
class Manifest:
    """The facts of one data set."""

    version: str
    scale: str
    factor: float
    seed: int
    locale: str
    pools: str
    """Checksum of the texts."""
    seconds: float
    """Wall time of the build."""
    counts: Mapping[str, int]
    """Rows of each table."""
    truths: Mapping[str, object]
    """Planted parameters and realised values."""

    @property
    def rows(self) -> int:
        """Return the number of rows of all tables."""
        return sum(self.counts.values())

    def to_json(self) -> str:
        """Return the manifest as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


def make_manifest(world: World, counts: Mapping[str, int], seconds: float) -> Manifest:
    """Return the manifest of a finished build."""
    settings = world.settings
    return Manifest(
        version="1",
        scale=settings.scale_name,
        factor=settings.scale,
        seed=settings.seed,
        locale=settings.locale,
        pools=world.pools.checksum(),
        seconds=round(seconds, 3),
        counts=dict(counts),
        truths={},
    )
