"""A synthetic copy of a company's own schema, made without ever seeing a row of it.

What the command line calls, in order; every fault is a YourSchemaError whose `sentence(lang)` says what to do:

    schema = read_schema_file(path, dialect=None)            # DDL or an information_schema CSV; dialect None = guessed
    mapping = infer_mapping(schema)                          # proposal
    text = mapping_text(mapping, lang)                       # TOML for people to edit
    mapping = read_mapping_file(path, schema)                # the edited file
    sql = home_script(schema, mapping, dialect, level=2, prefix="")   # `penguin data profile`: SQL to run at home
    profile = read_profile_file(path, mapping)               # its result: CSV, JSON or JSON lines
    report = copy_schema(schema, mapping, profile | None, CopySettings(out, seed, scale, locale, format), progress=None)

`progress(table, rows)` is called when a table is done. `report.ok`, `report.rows`, `report.findings`, `report.seconds`.
`write_text(path, text)` writes a file in one step. Levels: L0 = no profile; L1 and L2 = what `home_script(level=…)` counts.
"""

from __future__ import annotations

import errno
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from marketplace.ownership import begins_as_ours
from marketplace.yourschema.checking import CopyReport, SchemaFinding, check_copy
from marketplace.yourschema.copying import CopySettings, copy_schema
from marketplace.yourschema.ddl_reader import DIALECTS, read_ddl
from marketplace.yourschema.dump_reader import is_dump, read_dump
from marketplace.yourschema.fault import YourSchemaError
from marketplace.yourschema.home_script import LEVELS, home_script
from marketplace.yourschema.inference import infer_mapping
from marketplace.yourschema.mapping_file import mapping_text, read_mapping
from marketplace.yourschema.profile import Profile, read_profile

if TYPE_CHECKING:
    from marketplace.yourschema.mapping import Mapping
    from marketplace.yourschema.schema import Schema

__all__ = [
    "DIALECTS",
    "LEVELS",
    "CopyReport",
    "CopySettings",
    "Profile",
    "SchemaFinding",
    "YourSchemaError",
    "check_copy",
    "copy_schema",
    "home_script",
    "infer_mapping",
    "is_dump",
    "mapping_text",
    "read_mapping_file",
    "read_profile_file",
    "read_schema",
    "read_schema_file",
    "read_text",
    "write_text",
]


@lru_cache(maxsize=4)  # a start asks for the same script three times
def read_schema(text: str, dialect: str | None = None) -> Schema:
    """Return the schema in a text: CREATE TABLE statements or a CSV of information_schema.columns."""
    return read_dump(text, dialect) if is_dump(text) else read_ddl(text, dialect)


def read_schema_file(path: Path | str, dialect: str | None = None) -> Schema:
    """Return the schema in a file."""
    return read_schema(read_text(path), dialect)


def read_mapping_file(path: Path | str, schema: Schema) -> Mapping:
    """Return the proposed mapping with a file's changes."""
    return read_mapping(read_text(path), schema, infer_mapping(schema))


def read_profile_file(path: Path | str, mapping: Mapping) -> Profile:
    """Return the statistics in a file, after the privacy rules have been checked once more."""
    return read_profile(read_text(path), mapping)


def write_text(path: Path | str, text: str) -> None:
    """Write a whole file or nothing; over another file only if that begins as this text does.

    A mapping is edited by hand, so one that says something else is left as it is.
    """
    path = Path(path)
    head = text if text.startswith("#") else text.split("\n", 1)[0] + "\n"
    if not begins_as_ours(path, (head,)):
        raise YourSchemaError("out_is_not_ours", path=str(path))
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(text, encoding="utf-8")
        os.replace(unfinished, path)  # noqa: PTH105  (replaces an older file in one step on every system)
    except OSError as error:
        code = "disk_full" if error.errno == errno.ENOSPC else "not_writable"
        raise YourSchemaError(code, path=str(path)) from error
    finally:
        if unfinished.exists():
            unfinished.unlink()


def read_text(path: Path | str) -> str:
    """Return what stands in a text file of the user's."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError) as error:
        raise YourSchemaError("file_missing", path=str(path)) from error
    except (UnicodeDecodeError, PermissionError) as error:
        raise YourSchemaError("file_not_text", path=str(path)) from error
