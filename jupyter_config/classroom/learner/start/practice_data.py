"""Builds the practice data of a folder, or takes what is there for it or for all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.folder import shared_practice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from classroom.folder import Folder
    from classroom.language import Lang

SEED = 1


@dataclass(frozen=True)
class PracticeData:
    """The practice file, and whether it was built just now."""

    path: Path
    built: bool
    rows: int


def ensure_practice_data(
    place: Path, lang: Lang, scale: str = "std", progress: Callable[[int, int, int], None] | None = None
) -> PracticeData:
    """Build the practice data unless a whole file of this version is there; a half-built file never gets its name.

    Raises:
        marketplace.MarketplaceError: it can't be written there.
    """
    from marketplace.settings import VERSION, Settings, scale_factor

    known = _manifest(place)
    if place.is_file() and known.get("version") == VERSION and known.get("factor") == scale_factor(scale):
        return PracticeData(place, built=False, rows=_rows(known))
    from marketplace import build

    place.parent.mkdir(parents=True, exist_ok=True)
    build(Settings(scale=scale_factor(scale), seed=SEED, locale=lang, out=place), progress)
    return PracticeData(place, built=True, rows=_rows(_manifest(place)))


def practice_data(
    folder: Folder, lang: Lang, scale: str = "std", progress: Callable[[int, int, int], None] | None = None
) -> PracticeData:
    """The data that all here share where the environment names it, else the folder's own, built where it is missing.

    Raises:
        marketplace.MarketplaceError: it can't be written, or the shared one is missing or of another version.
    """
    shared = shared_practice(lang)
    return ensure_practice_data(folder.practice(lang), lang, scale, progress) if shared is None else _take(shared)


def _take(shared: Path) -> PracticeData:
    from marketplace import VERSION, MarketplaceError

    if not shared.is_file():
        raise MarketplaceError("shared_missing", path=shared)
    known = _manifest(shared) or _said_by(shared)
    if known.get("version") != VERSION:
        raise MarketplaceError("shared_old", path=shared)
    return PracticeData(shared, built=False, rows=_rows(known))


def _manifest(place: Path) -> dict[str, object]:
    try:
        read = json.loads(place.with_suffix(".manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _said_by(file: Path) -> dict[str, object]:
    """What a practice file says of itself: the month of a measure is given to learners without its manifest."""
    import duckdb

    from marketplace import MarketplaceError
    from marketplace.checks.running import identity_of

    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            counts = connection.execute("SELECT table_name, estimated_size FROM duckdb_tables()").fetchall()
            return {**identity_of(connection, file), "counts": dict(counts)}
    except duckdb.Error as fault:
        raise MarketplaceError("not_a_dataset", path=file) from fault


def _rows(manifest: dict[str, object]) -> int:
    counts = manifest.get("counts")
    return sum(counts.values()) if isinstance(counts, dict) else 0
