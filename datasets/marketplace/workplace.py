"""The hidden folder beside the target in which a build works, so that the target is complete or not there."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from marketplace.faults import MarketplaceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marketplace.manifest import Manifest
    from marketplace.settings import Settings

_BYTES_A_GUEST = 5000
"""Room on the disk that all rows of one guest take at the most."""
_STALE_SECONDS = 6 * 3600
"""No build runs so long: what is older was left by one that was killed."""


@contextmanager
def workplace(settings: Settings) -> Iterator[Path]:
    """Give a hidden folder beside the target; translate what can go wrong there, and leave nothing behind."""
    parent = settings.out.absolute().parent
    if settings.out.is_dir() and settings.format == "duckdb":
        raise MarketplaceError("out_is_folder", out=settings.out)
    if settings.out.is_file() and settings.format == "parquet":
        raise MarketplaceError("out_is_file", out=settings.out)
    if settings.out.exists() and not (settings.out.is_dir() or settings.out.is_file()):
        raise MarketplaceError("out_is_special", out=settings.out)
    try:
        parent.mkdir(parents=True, exist_ok=True)
        _sweep(parent)
        place = Path(tempfile.mkdtemp(prefix=f".{settings.out.name}.", suffix=".building", dir=parent))
    except OSError as fault:
        raise MarketplaceError("folder_unwritable", folder=parent, reason=fault.strerror or fault) from fault
    try:
        _ask_for_room(settings, parent)
        yield place
    except (OSError, duckdb.IOException) as fault:
        reason = (getattr(fault, "strerror", None) or str(fault)).splitlines()[0]
        raise MarketplaceError("cannot_write", out=settings.out, reason=reason) from fault
    except (duckdb.OutOfMemoryException, MemoryError) as fault:
        raise MarketplaceError("memory_exhausted", memory=settings.memory_mb) from fault
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Remove what killed builds left behind hours ago."""
    for left in parent.glob(".*.building"):
        if left.is_dir() and time.time() - left.stat().st_mtime > _STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _ask_for_room(settings: Settings, parent: Path) -> None:
    needed = settings.guests * _BYTES_A_GUEST + 8_000_000
    free = shutil.disk_usage(parent).free
    if free < needed:
        raise MarketplaceError("disk_full", folder=parent, needed=needed // 1_000_000 + 1, free=free // 1_000_000)


def manifest_path(out: Path) -> Path:
    """Return where the manifest of a data set stands: beside it."""
    return out.with_name(f"{out.stem}.manifest.json")


def put_in_place(settings: Settings, made: Path, manifest: Manifest, place: Path) -> None:
    """Move the finished files to their places; the data go first, so that no manifest speaks of data to come."""
    text = place / "manifest.json"
    text.write_text(manifest.to_json(), encoding="utf-8")
    if settings.out.is_dir():
        settings.out.replace(place / "old")
    made.replace(settings.out)
    text.replace(manifest_path(settings.out))
