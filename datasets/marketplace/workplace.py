"""The hidden folder beside the target in which a build works, so that the target is complete or not there."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from marketplace.faults import MarketplaceError
from marketplace.ownership import DATA_SET, is_ours

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marketplace.manifest import Manifest
    from marketplace.settings import Settings

_BYTES_A_GUEST = 5000
"""Room on the disk that all rows of one guest take at the most."""
_STALE_SECONDS = 6 * 3600
"""Where no lock tells whether a builder lives, its folder is left alone for so long."""
_LOCK = "lock"


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
    if not is_ours(settings.out, DATA_SET, manifest_path(settings.out)):
        raise MarketplaceError("out_is_not_ours", out=settings.out)
    try:
        parent.mkdir(parents=True, exist_ok=True)
        _sweep(parent)
        place = Path(tempfile.mkdtemp(prefix=f".{settings.out.name}.", suffix=".building", dir=parent))
    except OSError as fault:
        raise MarketplaceError("folder_unwritable", folder=parent, reason=fault.strerror or fault) from fault
    held = ExitStack()
    try:
        held.enter_context(_locked(place))
        _ask_for_room(settings, parent)
        yield place
    except (OSError, duckdb.IOException) as fault:
        reason = (getattr(fault, "strerror", None) or str(fault)).splitlines()[0]
        raise MarketplaceError("cannot_write", out=settings.out, reason=reason) from fault
    except (duckdb.OutOfMemoryException, MemoryError) as fault:
        raise MarketplaceError("memory_exhausted", memory=settings.memory_mb) from fault
    finally:
        held.close()
        shutil.rmtree(place, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Remove what killed builds have left behind."""
    for left in parent.glob(".*.building"):
        if left.is_dir() and not _is_at_work(left):
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _locked(place: Path) -> Iterator[None]:
    """Hold the folder's lock, which the system lets go of when the builder dies, however it does."""
    with (place / f"{_LOCK}.part").open("w") as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
            (place / f"{_LOCK}.part").rename(place / _LOCK)  # no one finds it before it is held
        yield


def _is_at_work(place: Path) -> bool:
    """Tell whether the builder of a folder may still live."""
    if fcntl is None or not (place / _LOCK).exists():
        return time.time() - place.stat().st_mtime < _STALE_SECONDS
    with (place / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


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
