"""Practice data in both languages, as large as a learner's and kept in the user's cache, on which templates are tried out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import platformdirs

from coursebook.messages import LANGUAGES
from coursebook.practice.draw import Rows, Run

_SEED = 1
_SCALE = "std"
"""The practice data on which templates are proved: what `penguin start` builds, so that a drill which is fair here is fair to a learner."""


def sample_file(lang: str) -> Path:
    """The marketplace of one language, built when it is first asked for."""
    from marketplace import Settings, build, scale_factor
    from marketplace.settings import VERSION

    folder = Path(platformdirs.user_cache_dir("second-penguin", appauthor=False)) / "sample"
    place = folder / f"{_SCALE}-{_SEED}-{VERSION}-{lang}.duckdb"
    if not place.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        build(Settings(scale=scale_factor(_SCALE), seed=_SEED, locale="ja" if lang == "ja" else "en", out=place))
    return place


@contextmanager
def sample_runs() -> Iterator[dict[str, Run]]:
    """Runs SELECTs on the sample of each language."""
    connections = {lang: duckdb.connect(sample_file(lang), read_only=True) for lang in LANGUAGES}
    try:
        yield {lang: _run_on(connection) for lang, connection in connections.items()}
    finally:
        for connection in connections.values():
            connection.close()


def _run_on(connection: duckdb.DuckDBPyConnection) -> Run:
    def run(sql: str) -> Rows:
        return connection.execute(sql).fetchall()

    return run
