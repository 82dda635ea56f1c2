"""A notebook as it was released: what nbgrader's gradebook keeps of its source cells."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_ANSWER = re.compile(r"answer-(L\d+-\d+[a-z]?)\Z")
SCHEMA_VERSION = 3


@dataclass(frozen=True)
class TemplateCell:
    """One cell that nbgrader knows."""

    name: str
    """Its grade_id, such as answer-L1-07."""
    cell_type: str
    source: str
    checksum: str | None
    locked: bool
    grade: bool = False
    solution: bool = False
    task: bool = False
    points: float | None = None

    @property
    def exercise_id(self) -> str | None:
        """The exercise whose answer it holds, or None."""
        found = _ANSWER.match(self.name)
        return found[1] if found and self.solution else None

    @property
    def first_line(self) -> str:
        """The line that names the exercise."""
        return self.source.split("\n", 1)[0]

    @property
    def nbgrader(self) -> dict[str, Any]:
        """The cell's nbgrader metadata."""
        known: dict[str, Any] = {
            "cell_type": self.cell_type,
            "checksum": self.checksum,
            "grade": self.grade,
            "grade_id": self.name,
            "locked": self.locked,
            "schema_version": SCHEMA_VERSION,
            "solution": self.solution,
            "task": self.task,
        }
        return known if self.points is None else {**known, "points": self.points}


@dataclass(frozen=True)
class Template:
    """The cells in the order of the released notebook, and the kernel it was written for."""

    name: str
    """The notebook's name without .ipynb."""
    cells: tuple[TemplateCell, ...]
    kernelspec: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> Mapping[str, TemplateCell]:
        """The cells by grade_id."""
        return {each.name: each for each in self.cells}

    @cached_property
    def by_exercise(self) -> Mapping[str, TemplateCell]:
        """The answer cells by exercise."""
        return {each.exercise_id: each for each in self.cells if each.exercise_id}


def template_of(notebook: Any, released: Path) -> Template:
    """The template of a notebook of the gradebook (nbgrader.api.Notebook), ordered as the released file is."""
    graded = {each.name: each for each in (*notebook.grade_cells, *notebook.task_cells)}
    solutions = {each.name for each in notebook.solution_cells}
    tasks = {each.name for each in notebook.task_cells}
    cells = [
        TemplateCell(
            each.name,
            each.cell_type,
            each.source,
            each.checksum,
            bool(each.locked),
            each.name in graded and each.name not in tasks,
            each.name in solutions,
            each.name in tasks,
            float(graded[each.name].max_score) if each.name in graded else None,
        )
        for each in notebook.source_cells
    ]
    order = {name: number for number, name in enumerate(_released_order(released))}
    cells.sort(key=lambda each: order.get(each.name, len(order)))
    return Template(notebook.name, tuple(cells), json.loads(notebook.kernelspec or "{}"))


def _released_order(path: Path) -> Sequence[str]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return []
    return [str(each["metadata"]["nbgrader"]["grade_id"]) for each in cells if each["metadata"].get("nbgrader")]
