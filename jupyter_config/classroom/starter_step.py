"""A step of nbgrader's release: the exercise's starter takes the place of its solution."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors.base import NbGraderPreprocessor


class PutStarter(NbGraderPreprocessor):
    """Write the starter that the compiled source keeps in a cell's metadata, and take it out of there."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Change one cell; `cell_index` is its place in the notebook."""
        del cell_index
        penguin = cell.metadata.get("penguin", {})
        starter = penguin.pop("starter", None)
        if starter is not None:
            cell.source = starter if _names_exercise(starter) else _with_first_line(cell.source, starter)
        return cell, resources


def _names_exercise(starter: str) -> bool:
    from coursebook.answer_cell import recognise

    return recognise(starter) is not None


def _with_first_line(source: str, starter: str) -> str:
    return f"{source.splitlines()[0]}\n{starter}"
