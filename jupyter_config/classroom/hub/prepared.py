"""What is made once for all learners of a hub: the practice data in each language, which nobody can change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.folder import practice_name
from classroom.start.practice_data import PracticeData, ensure_practice_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from classroom.language import Lang

READ_BY_ALL = 0o444


def prepare(
    place: Path, langs: Iterable[Lang], scale: str, progress: Callable[[int, int, int], None] | None = None
) -> Iterator[PracticeData]:
    """Build the data of each language in `place` where it is missing, and take everybody's right to write from the files.

    DuckDB opens such a file read-only in any number of processes; the system keeps its pages in memory once for all.

    Raises:
        marketplace.MarketplaceError: it can't be written there.
    """
    place.mkdir(parents=True, exist_ok=True)
    for lang in langs:
        data = ensure_practice_data(place / practice_name(lang), lang, scale, progress)
        for file in (data.path, data.path.with_suffix(".manifest.json")):
            file.chmod(READ_BY_ALL)
        yield data
