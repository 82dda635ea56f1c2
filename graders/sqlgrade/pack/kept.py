"""Packs kept on disk, by what they are made from."""

from __future__ import annotations

import pickle
import re
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from pathlib import Path

    from sqlgrade.record import Exercise

from sqlgrade.pack.building import build_pack
from sqlgrade.pack.contents import FORMAT, Depth, Pack


def pack_for(exercise: Exercise, seed: int = 0, cache_dir: Path | None = None, depth: Depth = "quick") -> Pack:
    """The exercise's pack, from the cache if its content has not changed."""
    if cache_dir is None:
        return build_pack(exercise, seed, depth)
    stamp = f"{FORMAT}-{depth}-{seed}-{exercise.fingerprint()[:40]}-{_code_version()}"
    file = cache_dir / f"{re.sub(r'[^A-Za-z0-9_-]', '_', exercise.id)}-{stamp}.pack"
    if file.is_file():
        try:
            return Pack.from_bytes(file.read_bytes())
        except (pickle.UnpicklingError, EOFError, AttributeError, TypeError, ImportError):
            file.unlink(missing_ok=True)
    pack = build_pack(exercise, seed, depth)
    cache_dir.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_bytes(pack.to_bytes())
    part.replace(file)
    return pack


def _code_version() -> str:
    try:
        own = version("second-penguin")
    except PackageNotFoundError:
        own = "0"
    return f"{own}-{duckdb.__version__}"
