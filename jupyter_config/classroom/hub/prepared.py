"""What is made once for all learners of a hub: the practice data in each language and the nights after it, read-only."""

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
    place: Path, langs: Iterable[Lang], scale: str, nights: int, progress: Callable[[int, int, int], None] | None = None
) -> Iterator[PracticeData]:
    """Build the data of each language in `place` where it is missing, and take everybody's right to write from the files.

    DuckDB opens such a file read-only in any number of processes; the system keeps its pages in memory once for all.

    Args:
        place: The folder that PENGUIN_DATA will name.
        langs: The languages that are spoken.
        scale: Size of the data.
        nights: How many nights after the end of the data learners can let go by; they cannot make any in this folder.
        progress: Called with blocks done, blocks in all and rows so far.

    Raises:
        marketplace.MarketplaceError: it can't be written there, or there are not so many nights.
    """
    from marketplace.nights import ensure_night

    place.mkdir(parents=True, exist_ok=True)
    for lang in langs:
        data = ensure_practice_data(place / practice_name(lang), lang, scale, progress)
        made = [data.path, *(ensure_night(data.path, night) for night in range(1, nights + 1))]
        for file in made:
            for each in (file, file.with_suffix(".manifest.json")):
                each.chmod(READ_BY_ALL)
        yield data
