"""Synthetic copies of a company's tables in both languages, on which its drills are tried out."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from coursebook.messages import LANGUAGES
from coursebook.practice.sample_data import run_on
from marketplace import yourschema as own

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coursebook.practice.draw import Run
    from marketplace.yourschema.mapping import Mapping
    from marketplace.yourschema.schema import Schema

SEED = 1
"""That of the copy in a learner's room, so that what is fair here is fair there."""


@contextmanager
def copied_runs(schema: Schema, mapping: Mapping, statistics: Path | None, folder: Path) -> Iterator[dict[str, Run]]:
    """Runs SELECTs on a copy of each language, which are made in a folder.

    Raises:
        YourSchemaError: the copy can't be made.
    """
    profile = own.read_profile_file(statistics, mapping) if statistics is not None else None
    connections = {}
    try:
        for lang in LANGUAGES:
            place = folder / f"copy-{lang}.duckdb"
            own.copy_schema(schema, mapping, profile, own.CopySettings(place, seed=SEED, locale=lang))
            connections[lang] = duckdb.connect(place, read_only=True)
            connections[lang].execute("SET TimeZone = 'UTC'")
        yield {lang: run_on(connection) for lang, connection in connections.items()}
    finally:
        for connection in connections.values():
            connection.close()
