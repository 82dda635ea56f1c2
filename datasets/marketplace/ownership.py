"""What may be written over: nothing but what this program wrote itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

DATA_SET, COPY = "marketplace_build", "marketplace_copy"
"""The types by which the DuckDB files of the program are known."""


def is_ours(path: Path, mark: str, manifest: Path | None = None) -> bool:
    """Whether a file or folder may be written over: it is not there, or empty, or one that the program has written.

    Args:
        path: What stands where something is to be written.
        mark: The type that a DuckDB file of that sort holds.
        manifest: What stands beside a data set, whole or damaged.
    """
    if path.is_dir():
        return all(each.suffix == ".parquet" and each.is_file() for each in path.iterdir())
    if not path.exists() or not path.stat().st_size or (manifest is not None and manifest.is_file()):
        return True
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            asked = "SELECT count(*) FROM duckdb_types() WHERE type_name = ?"
            return bool((connection.execute(asked, [mark]).fetchone() or (0,))[0])
    except duckdb.ConnectionException:  # open elsewhere in this process, with other settings: nobody opens a stranger's
        return True
    except duckdb.Error:
        return False


def begins_as_ours(path: Path, heads: Sequence[str]) -> bool:
    """Whether a text file may be written over: it is not there, or empty, or begins as one that the program writes."""
    if not path.exists():
        return True
    longest = max(len(head.encode()) for head in heads)
    with path.open("rb") as file:
        start = file.read(longest)
    return not start or any(start.startswith(head.encode()) for head in heads)
