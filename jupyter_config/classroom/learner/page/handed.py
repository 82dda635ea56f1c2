"""The answers in a notebook that is handed in."""

from __future__ import annotations

from typing import Any

from classroom.learner.page.course import the_course
from classroom.learner.state.dialects import dialect_in
from sqlgrade.dialect.heading import DUCKDB, in_dialect


def answers_in_dialect(notebook: dict[str, Any], chosen: str) -> dict[str, Any]:
    """The notebook with a line in each answer that says in which dialect it was written: the desk knows no learner's choice."""
    if chosen == DUCKDB:
        return notebook
    cells = []
    for cell in notebook["cells"]:
        marks = cell.get("metadata", {}).get("penguin", {})
        try:
            exercise = the_course().exercise(str(marks["exercise"])) if marks.get("role") == "answer" else None
        except KeyError:  # of another numbering, or one that is gone: the desk says so
            exercise = None
        source = cell.get("source", "")
        text = source if isinstance(source, str) else "".join(source)
        told = in_dialect(text, dialect_in(exercise, chosen))
        cells.append(cell if told == text else {**cell, "source": told})
    return {**notebook, "cells": cells}


def answers_of(notebook: dict[str, Any]) -> list[tuple[str, str]]:
    """The answers in a notebook of the learner's edition, in their order."""
    found = []
    for cell in notebook.get("cells", []):
        marks = cell.get("metadata", {}).get("penguin", {})
        if marks.get("role") == "answer":
            source = cell.get("source", "")
            text = source if isinstance(source, str) else "".join(source)
            found.append((str(marks["exercise"]), text.split("\n", 1)[-1].strip()))
    return found
