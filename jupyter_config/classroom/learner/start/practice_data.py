"""Builds the practice data of a folder, or takes what is there for it or for all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.chosen_course import chosen_course
from classroom.folder import shared_practice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from classroom.folder import Folder
    from classroom.language import Lang
    from coursebook import Course


@dataclass(frozen=True)
class PracticeData:
    """The practice file, and whether it was built just now."""

    path: Path
    built: bool
    rows: int


def ensure_practice_data(
    place: Path,
    lang: Lang,
    scale: str = "std",
    progress: Callable[[int, int, int], None] | None = None,
    course: Course | None = None,
) -> PracticeData:
    """Build a course's practice data, those of the chosen one by default, unless a whole file of this version is there; a half-built file never gets its name.

    Raises:
        marketplace.MarketplaceError: it can't be written there.
    """
    from marketplace.settings import scale_factor

    data, known = (chosen_course() if course is None else course).data, _manifest(place)
    if place.is_file() and known.get("version") == data.version and known.get("factor") == scale_factor(scale):
        return PracticeData(place, built=False, rows=_rows(known))
    place.parent.mkdir(parents=True, exist_ok=True)
    data.build(place, lang, scale_factor(scale), progress)
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
    from marketplace import MarketplaceError

    if not shared.is_file():
        raise MarketplaceError("shared_missing", path=shared)
    data, known = chosen_course().data, _manifest(shared)
    if (known.get("version") or data.says_version(shared)) != data.version:
        raise MarketplaceError("shared_old", path=shared)
    return PracticeData(shared, built=False, rows=_rows(known) or _rows_in(shared))


def _manifest(place: Path) -> dict[str, object]:
    try:
        read = json.loads(place.with_suffix(".manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _rows_in(file: Path) -> int:
    """How many rows a file without a manifest holds: the month of a measure is given to learners without its own."""
    import duckdb

    with duckdb.connect(str(file), read_only=True) as connection:
        found = connection.execute("SELECT sum(estimated_size) FROM duckdb_tables()").fetchone()
    return int(found[0] or 0) if found else 0


def _rows(manifest: dict[str, object]) -> int:
    counts = manifest.get("counts")
    return sum(counts.values()) if isinstance(counts, dict) else 0
