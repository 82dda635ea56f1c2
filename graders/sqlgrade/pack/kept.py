"""Packs kept on disk, by what they are made from."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from sqlgrade.pack.building import build_pack
from sqlgrade.pack.contents import Pack
from sqlgrade.pack.keys import Depth, pack_file
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from sqlgrade.record import Exercise


def pack_for(exercise: Exercise, seed: int = 0, cache_dir: Path | None = None, depth: Depth = "quick") -> Pack:
    """The exercise's pack, from the cache if its content has not changed."""
    if cache_dir is None:
        return build_pack(exercise, seed, depth)
    file = pack_file(cache_dir, exercise, seed, depth)
    if file.is_file():
        try:
            return Pack.from_bytes(file.read_bytes())
        except (pickle.UnpicklingError, EOFError, AttributeError, TypeError, ImportError, ValueError, LookupError):
            file.unlink(missing_ok=True)
    pack = build_pack(exercise, seed, depth)
    write_whole(file, pack.to_bytes())
    return pack
