"""The free page: a notebook to query in, in a course that has no practice; whatever is written there is the learner's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from classroom.learner.start.notebooks import markdown_cell, notebook_bytes
from classroom.messages import say
from classroom.session.sql_names import as_written

if TYPE_CHECKING:
    from coursebook import Course


def free_page(course: Course, lang: str) -> bytes:
    """The notebook as it is laid out: a first look at a table that others refer to, and an empty cell."""
    shapes = course.data.shapes()
    referred = [key.table for shape in shapes for key in shape.foreign_keys if key.table != shape.name]
    names = [each.name for each in shapes]
    first = max(names, key=lambda name: (referred.count(name), -names.index(name)))
    cells = [
        markdown_cell("free-intro", say("free_page.intro", lang)),
        _query("free-first", f"SELECT *\nFROM {as_written(first)}\nLIMIT 10"),
        _query("free-own", ""),
    ]
    return notebook_bytes(cells, "free", lang)


def _query(cell_id: str, sql: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": cell_id,
        "metadata": {},
        "source": sql,
        "outputs": [],
        "execution_count": None,
    }
