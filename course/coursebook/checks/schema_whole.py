"""The judge's databases have and keep all that the course's DDL script declares."""

import re
from collections.abc import Iterator

from coursebook.course import Course
from coursebook.problem import Problem
from sqlgrade.record import ExerciseFault


def schema_whole(course: Course) -> Iterator[Problem]:
    """What is left out of the script, such as a CHECK that names no column: the data of every exercise would break it."""
    schema = course.schema
    try:
        left_out = schema.model.left_out
    except ExerciseFault as fault:
        yield Problem(schema.script or course.root / "course.toml", 1, "schema_unread", {"detail": str(fault)})
        return
    for each in left_out:
        what = f"{each.name}: {each.text}" if each.text else each.name
        line = _line_of(schema.ddl, each.name) if schema.script else 1
        yield Problem(schema.script or course.root / "course.toml", line, "schema_left_out", {"what": what})


def _line_of(script: str, name: str) -> int:
    """The line that names a table first; 1 where none does."""
    table = re.escape(name.rpartition(".")[2] if name.startswith(".") else name.partition(".")[0])
    found = re.search(rf"\b{table}\b", script, re.IGNORECASE)
    return script.count("\n", 0, found.start()) + 1 if found else 1
