"""The cells of a compiled notebook, each with its fixed id and its nbgrader metadata."""

from typing import Any, cast

import nbformat
from nbformat import NotebookNode

from coursebook.exercise import LessonExercise

_EMPTY: dict[str, Any] = {}


def new_notebook(cells: list[NotebookNode], metadata: dict[str, Any]) -> NotebookNode:
    """A notebook of the format that the lessons are in."""
    return _node(nbformat=4, nbformat_minor=5, metadata=metadata, cells=cells)


def new_markdown_cell(source: str, *, id: str, metadata: dict[str, Any] = _EMPTY) -> NotebookNode:  # noqa: A002  (its name in the format)
    """A cell of prose."""
    return _node(cell_type="markdown", id=id, metadata=metadata, source=source)


def new_code_cell(source: str, *, id: str, metadata: dict[str, Any] = _EMPTY) -> NotebookNode:  # noqa: A002  (its name in the format)
    """A cell of SQL that has not been run."""
    return _node(cell_type="code", id=id, metadata=metadata, source=source, execution_count=None, outputs=[])


def _node(**fields: Any) -> NotebookNode:
    """Not nbformat's own maker, which validates each cell by itself: a notebook is validated once, as a whole."""
    return cast("NotebookNode", nbformat.from_dict(fields))  # type: ignore[no-untyped-call]


def text_cell(cell_id: str, markdown: str) -> NotebookNode:
    """Prose."""
    return new_markdown_cell(markdown, id=cell_id)


def run_cell(cell_id: str, sql: str) -> NotebookNode:
    """A query to run; it is not graded."""
    return new_code_cell(sql, id=cell_id)


def draft_cell(exercise: LessonExercise, sql: str) -> NotebookNode:
    """Somebody else's query that an exercise is about: to be run like an example, and not taken away."""
    metadata = {"deletable": False, "penguin": {"role": "draft"}}
    return new_code_cell(sql, id=f"run-{exercise.id}-draft", metadata=metadata)


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
