"""Practice data in both languages, as large as a learner's and kept in the user's cache, on which templates are tried out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import platformdirs

from coursebook.data_set import SEED, DataSet, MarketplaceData
from coursebook.location import MARKETPLACE
from coursebook.messages import LANGUAGES
from coursebook.practice.draw import Rows, Run

_SCALE = "std"
"""The practice data on which templates are proved: what `penguin start` builds, so that a drill which is fair here is fair to a learner."""


def sample_file(lang: str, data: DataSet | None = None) -> Path:
    """The practice data of one language, the marketplace's by default, built when it is first asked for."""
    from marketplace.settings import scale_factor

    data = data or MarketplaceData()
    folder = Path(platformdirs.user_cache_dir("second-penguin", appauthor=False)) / "sample"
    own = "" if data.name == MARKETPLACE else f"{data.name}-"
    place = folder / f"{own}{_SCALE}-{SEED}-{data.version}-{lang}.duckdb"
    if not place.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        data.build(place, "ja" if lang == "ja" else "en", scale_factor(_SCALE))
    return place


@contextmanager
def sample_runs(data: DataSet | None = None) -> Iterator[dict[str, Run]]:
    """Runs SELECTs on the sample of each language."""
    connections = {lang: duckdb.connect(sample_file(lang, data), read_only=True) for lang in LANGUAGES}
    try:
        yield {lang: run_on(connection) for lang, connection in connections.items()}
    finally:
        for connection in connections.values():
            connection.close()


def run_on(connection: duckdb.DuckDBPyConnection) -> Run:
    """Runs SELECTs on a connection."""

    def run(sql: str) -> Rows:
        return connection.execute(sql).fetchall()

    return run
