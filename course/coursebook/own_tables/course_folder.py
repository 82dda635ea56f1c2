"""The course folder of a company's tables: schema, mapping, skills, and the drills that were made as text files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coursebook.location import course_root
from coursebook.own_tables.script import script_of
from marketplace import yourschema as own
from marketplace.ownership import begins_as_ours
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coursebook.own_tables.making import MadeDrills, OfferedDrill
    from marketplace.yourschema.mapping import Mapping, OwnClock
    from marketplace.yourschema.schema import Schema

MARK = "# Made by penguin drills; take this line away to keep the file as you have changed it."
"""First line of every file that may be made anew."""
SCRIPT, STATISTICS = "schema.sql", "statistics.csv"


def write_tables(folder: Path, schema: Schema, mapping: Mapping, lang: str, statistics: Path | None = None) -> None:
    """Write what a course on these tables needs before it has a drill; files that were changed by hand stay.

    Raises:
        YourSchemaError: a file can't be written.
    """
    texts = {
        "course.toml": _course_text(folder.name, mapping.clock, statistics),
        "mapping.toml": own.mapping_text(mapping, lang),
        "skills.toml": (course_root() / "skills.toml").read_text(encoding="utf-8"),
    }
    for name, text in texts.items():
        _write(folder / name, f"{MARK}\n{text}", MARK)
    script_mark = MARK.replace("#", "--", 1)
    _write(folder / SCRIPT, f"{script_mark}\n{script_of(schema, mapping)}", script_mark)
    if statistics is not None:
        _write(folder / STATISTICS, statistics.read_text(encoding="utf-8-sig"), "")


def _write(path: Path, text: str, mark: str) -> None:
    """Write a file, unless somebody has made one of that name their own."""
    try:
        if begins_as_ours(path, (mark,)):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text.encode())
    except OSError as error:
        raise own.YourSchemaError("not_writable", path=str(path)) from error


def kept_ids(folder: Path) -> frozenset[str]:
    """Ids of the templates that somebody has changed by hand, or written."""
    return frozenset(path.stem.split("-")[0] for path in _templates(folder) if not begins_as_ours(path, (MARK,)))


def write_drills(folder: Path, made: MadeDrills) -> None:
    """Write the drills that are offered, in place of those of an earlier time.

    Raises:
        YourSchemaError: a file can't be written.
    """
    for path in _templates(folder):
        if begins_as_ours(path, (MARK,)):
            path.unlink()
    for drill in made.offered:
        path = folder / "practice" / drill.template.skill / file_name(drill)
        _write(path, f"{MARK}\n{drill.text}", MARK)


def file_name(drill: OfferedDrill) -> str:
    """02a-of-a-kind.toml."""
    return f"{drill.template.id}-{drill.pattern.split('-', 1)[1]}.toml"


def _templates(folder: Path) -> Iterator[Path]:
    return (folder / "practice").rglob("*.toml")


def _course_text(name: str, clock: OwnClock | None, statistics: Path | None) -> str:
    lines = [
        f"title.ja = {json.dumps(f'{name} のSQL練習', ensure_ascii=False)}",
        f"title.en = {json.dumps(f'SQL practice on {name}', ensure_ascii=False)}",
        f'schema = "{SCRIPT}"',
        'mapping = "mapping.toml"',
        *([f'statistics = "{STATISTICS}"'] if statistics is not None else []),
        "least_drills = 1",
    ]
    if clock is not None:
        lines += ["", "[clock]", f"ahead = {clock.ahead}", f"day_begins = {clock.day_begins}"]
    return "\n".join(lines) + "\n"
