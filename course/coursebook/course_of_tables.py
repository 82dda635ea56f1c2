"""A course made of a company's own tables: a DDL script with what is known of it, in a folder like any other course's."""

from __future__ import annotations

import re
import tomllib
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from coursebook.location import file_name
from coursebook.metrics import FILE as METRICS
from coursebook.metrics import read_metrics
from coursebook.problem import CourseError, Problem
from coursebook.toml_text import toml_text
from marketplace import yourschema as own
from marketplace.ownership import begins_as_ours
from marketplace.yourschema.fault import YourSchemaError
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from marketplace.yourschema.mapping import OwnClock
    from marketplace.yourschema.schema import Schema

MARK = (
    "# Made of your own tables by penguin, and made anew with them; take this line away to keep what you have changed."
)
"""First line of a course.toml that may be written over, with what lies beside it."""
MOST_TABLES = 500
"""More tables are no practice for anybody: the copy would take an hour, and nobody finds theirs in the list."""
LESSONS = "lessons/made.toml"
"""What was made as lessons, of which tables, and what they need of course.toml."""
_SAYS_NOTHING = ("schema", "ddl", "tables", "columns")
"""Names of scripts that tell nobody whose tables they are."""
_MAKES_TABLE = re.compile(r"\bcreate\b[^;('\"]{0,60}?\btable\b", re.IGNORECASE)


def write_course_of_tables(
    target: Path,
    script: Path,
    mapping: Path | None = None,
    statistics: Path | None = None,
    metrics: Path | None = None,
) -> None:
    """Write the folder of a course without lessons, once everything given can be read; what is there already is replaced.

    Args:
        target: The folder to make.
        script: CREATE TABLE statements, or a CSV of information_schema.columns.
        mapping: What the columns mean, as `penguin data profile --mapping-out` proposes it.
        statistics: The result of the script that `penguin data profile` wrote.
        metrics: The company's metrics; left out, those that are there stay.

    Raises:
        CourseError: the metrics can't be read.
        YourSchemaError: something given can't be read, the script makes too many tables, or there is a course of somebody's own.
    """
    if not begins_as_ours(target / "course.toml", (MARK,)):
        raise YourSchemaError("course_not_ours", path=target)
    text = own.read_text(script)
    if (count := len(_MAKES_TABLE.findall(text))) > MOST_TABLES:
        raise YourSchemaError("too_many_tables", count=f"{count:,}", most=MOST_TABLES)
    schema = own.read_schema(text)
    if len(schema.tables) > MOST_TABLES:
        raise YourSchemaError("too_many_tables", count=f"{len(schema.tables):,}", most=MOST_TABLES)
    plan = own.read_mapping_file(mapping, schema) if mapping else own.infer_mapping(schema)
    files = {"schema.sql": _script(schema) if own.is_dump(text) else text}
    if mapping:
        files["mapping.toml"] = own.read_text(mapping)
    if statistics:
        own.read_profile_file(statistics, plan)
        files["statistics.csv"] = own.read_text(statistics)
    if metrics:
        problems: list[Problem] = []
        read_metrics(metrics, problems)
        if problems:
            raise CourseError(tuple(problems))
        files[METRICS] = own.read_text(metrics)
    files["course.toml"] = _record(
        script.stem, files, plan.clock, _of_lessons(target, digest_of(text, files.get("mapping.toml", "")))
    )
    target.mkdir(parents=True, exist_ok=True)
    for name in ("mapping.toml", "statistics.csv"):
        (target / name).unlink(missing_ok=True)
    for name, content in files.items():
        write_whole(target / name, content.encode())


def digest_of(script: str, mapping: str) -> str:
    """What tells whether lessons were made of this script and mapping."""
    return sha256(f"{script}\0{mapping}".encode()).hexdigest()[:16]


def _of_lessons(target: Path, digest: str) -> dict[str, Any]:
    """What lessons that were made of the same tables need of course.toml; those of other tables are taken away."""
    made = target / LESSONS
    if not made.is_file():
        return {}
    told = tomllib.loads(made.read_text(encoding="utf-8"))
    if told["of"] == digest:
        course: dict[str, Any] = told["course"]
        return course
    forget_lessons(target, told)
    return {}


def forget_lessons(target: Path, told: dict[str, Any]) -> None:
    """Take away what was made as lessons; `told` is what made.toml says."""
    for name in told["files"]:
        place = (target / name).resolve()
        if place.is_relative_to(target.resolve()) and place.is_file():
            place.unlink()
    for folder in sorted((target / "lessons").rglob("*"), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    (target / LESSONS).unlink(missing_ok=True)


def _record(stem: str, files: dict[str, str], clock: OwnClock | None, of_lessons: dict[str, Any]) -> str:
    """course.toml: the name, which files are there, by which clock days are counted, and what lessons that were made need."""
    tells = stem.lower() not in _SAYS_NOTHING
    told: dict[str, Any] = {
        "name": file_name(stem),
        "title": {
            "ja": "自社の表で練習" + (f"（{stem}）" if tells else ""),
            "en": "Practice on your own tables" + (f" ({stem})" if tells else ""),
        },
        "schema": "schema.sql",
        **({"mapping": "mapping.toml"} if "mapping.toml" in files else {}),
        **({"statistics": "statistics.csv"} if "statistics.csv" in files else {}),
        "least_drills": 1,  # how often a task can be varied, a company's tables decide
    }
    if clock is not None:
        told["clock"] = {"ahead": clock.ahead, "day_begins": clock.day_begins}
    return f"{MARK}\n{toml_text({**told, **of_lessons})}"


def _script(schema: Schema) -> str:
    """CREATE TABLE statements of tables that came as a list of columns."""
    return "\n".join(_statements(schema))


def _statements(schema: Schema) -> Iterator[str]:
    for table in schema.tables:
        columns = (f"  {_name(each.name)} {each.type}{'' if each.nullable else ' NOT NULL'}" for each in table.columns)
        yield f"CREATE TABLE {_name(table.name)} (\n" + ",\n".join(columns) + "\n);"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
