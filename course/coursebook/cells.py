"""The cells of a compiled notebook, each with its fixed id and its nbgrader metadata."""

from collections.abc import Callable
from typing import Any, cast

import nbformat.v4
from nbformat import NotebookNode

from coursebook.exercise import LessonExercise

_Make = Callable[..., NotebookNode]
new_code_cell = cast("_Make", nbformat.v4.new_code_cell)
new_markdown_cell = cast("_Make", nbformat.v4.new_markdown_cell)
new_notebook = cast("_Make", nbformat.v4.new_notebook)


def text_cell(cell_id: str, markdown: str) -> NotebookNode:
    """Prose."""
    return new_markdown_cell(markdown, id=cell_id)


def run_cell(cell_id: str, sql: str) -> NotebookNode:
    """A query to run; it is not graded."""
    return new_code_cell(sql, id=cell_id)


def finish_cell(lesson_id: str, source: str) -> NotebookNode:
    """The lesson's last cell: what it was all for, handed over."""
    metadata = {"deletable": False, "penguin": {"lesson": lesson_id, "role": "finish"}}
    return new_code_cell(source, id=f"run-{lesson_id}-finish", metadata=metadata)


def task_cell(exercise: LessonExercise, markdown: str) -> NotebookNode:
    """The prompt: locked, so that nbgrader restores it."""
    cell_id = f"task-{exercise.id}"
    metadata = {
        "deletable": False,
        "editable": False,
        "nbgrader": _nbgrader(cell_id, "markdown", locked=True),
        "penguin": _penguin(exercise, "task"),
    }
    return new_markdown_cell(markdown, id=cell_id, metadata=metadata)


def answer_cell(exercise: LessonExercise, source: str, starter: str | None = None) -> NotebookNode:
    """The cell that holds an answer in SQL; `starter` is kept for the release when the source is a solution."""
    cell_id = f"answer-{exercise.id}"
    penguin = _penguin(exercise, "answer")
    if starter is not None:
        penguin["starter"] = starter
    metadata = {
        "deletable": False,
        "nbgrader": _nbgrader(cell_id, "code", solution=True),
        "penguin": penguin,
    }
    return new_code_cell(source, id=cell_id, metadata=metadata)


def prose_answer_cell(exercise: LessonExercise, source: str) -> NotebookNode:
    """The cell that holds an answer in words, which a mentor marks."""
    cell_id = f"answer-{exercise.id}"
    metadata = {
        "deletable": False,
        "nbgrader": _nbgrader(cell_id, "markdown", solution=True, points=exercise.points),
        "penguin": _penguin(exercise, "answer"),
    }
    return new_markdown_cell(source, id=cell_id, metadata=metadata)


def grade_cell(exercise: LessonExercise) -> NotebookNode:
    """The locked cell whose result is the points of the answer above."""
    cell_id = f"grade-{exercise.id}"
    metadata = {
        "deletable": False,
        "editable": False,
        "nbgrader": _nbgrader(cell_id, "code", locked=True, points=exercise.points),
        "penguin": _penguin(exercise, "grade"),
    }
    return new_code_cell(f"%grade {exercise.id}", id=cell_id, metadata=metadata)


def _penguin(exercise: LessonExercise, role: str) -> dict[str, str]:
    return {"exercise": exercise.id, "kind": exercise.kind.letter, "role": role}


def _nbgrader(
    grade_id: str, cell_type: str, *, solution: bool = False, locked: bool = False, points: float | None = None
) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "cell_type": cell_type,
        "grade": points is not None,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if points is not None:
        metadata["points"] = points
    return metadata
