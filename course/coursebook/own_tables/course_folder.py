"""The course folder of a company's tables, with the drills that were made of them as text files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursebook.course_of_tables import write_course_of_tables
from coursebook.location import course_root
from coursebook.own_tables.script import script_of
from marketplace import yourschema as own
from marketplace.ownership import begins_as_ours
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from coursebook.own_tables.making import MadeDrills, OfferedDrill
    from marketplace.yourschema.mapping import Mapping
    from marketplace.yourschema.schema import Schema

MARK = "# Made by penguin drills; take this line away to keep the file as you have changed it."
"""First line of every template that may be made anew."""


def write_tables(
    folder: Path,
    script: Path,
    mapping: Path | None = None,
    statistics: Path | None = None,
    metrics: Path | None = None,
) -> tuple[Schema, Mapping]:
    """Write the course of a schema, as `write_course_of_tables` does, ready for drills; what was read is returned.

    The script says the keys and references that the mapping knows as well, which the judge's databases keep then.

    Raises:
        YourSchemaError: something given can't be read, or a file can't be written.
        CourseError: the metrics can't be read.
    """
    write_course_of_tables(folder, script, mapping, statistics, metrics)
    schema = own.read_schema_file(script)
    plan = own.read_mapping_file(mapping, schema) if mapping else own.infer_mapping(schema)
    write_whole(folder / "schema.sql", script_of(schema, plan).encode())
    write_whole(folder / "skills.toml", (course_root() / "skills.toml").read_bytes())
    return schema, plan


def _write(path: Path, text: str) -> None:
    """Write a template, unless somebody has made one of that name their own."""
    try:
        if begins_as_ours(path, (MARK,)):
            write_whole(path, f"{MARK}\n{text}".encode())
    except OSError as error:
        raise own.YourSchemaError("not_writable", path=str(path)) from error


def kept_ids(folder: Path) -> frozenset[str]:
    """Ids of the templates that somebody has changed by hand, or written."""
    return frozenset(_id_of(path) for path in _templates(folder) if not begins_as_ours(path, (MARK,)))


def write_drill(folder: Path, drill: OfferedDrill) -> None:
    """Write a drill that is offered, in place of the one that had its number at an earlier time.

    Raises:
        YourSchemaError: a file can't be written.
    """
    path = folder / "practice" / drill.template.skill / file_name(drill)
    for other in _templates(folder):
        if other != path and _id_of(other) == drill.template.id and begins_as_ours(other, (MARK,)):
            other.unlink()
    _write(path, drill.text)


def remove_others(folder: Path, made: MadeDrills) -> None:
    """Remove drills of an earlier time that are not offered any more; those that somebody has made their own stay."""
    offered = {file_name(each) for each in made.offered}
    for path in _templates(folder):
        if path.name not in offered and begins_as_ours(path, (MARK,)):
            path.unlink()


def file_name(drill: OfferedDrill) -> str:
    """02a-of-a-kind.toml."""
    return f"{drill.template.id}-{drill.pattern.split('-', 1)[1]}.toml"


def _templates(folder: Path) -> list[Path]:
    return list((folder / "practice").rglob("*.toml"))


def _id_of(path: Path) -> str:
    return path.stem.split("-")[0]
