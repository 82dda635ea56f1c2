"""The practice notebook: one line to run for each way of practising; what is answered stays in it."""

from __future__ import annotations

import json
from typing import Any

from classroom.messages import say

PRACTICE_NAMES = {"ja": "練習.ipynb", "en": "Practice.ipynb"}
LINES = ("practice", "practice past", "practice today", "placement", "review R1", "review R2")
"""The % lines of the notebook, in order, each under its own heading."""


def practice_notebook(lang: str) -> bytes:
    """The notebook as it is laid out; the same bytes each time."""
    cells: list[dict[str, Any]] = [_markdown("practice-intro", say("practice_notebook.intro", lang))]
    for line in LINES:
        key = line.replace(" ", "_").lower()
        cells.append(_markdown(f"practice-text-{key}", say(f"practice_notebook.{key}", lang)))
        cells.append({**_code(f"practice-run-{key}", f"%{line}")})
    cells.append(_markdown("practice-end", say("practice_notebook.end", lang)))
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "SQL", "language": "sql", "name": "penguin-sql"},
            "language_info": {"name": "sql"},
            "penguin": {"practice": True, "lang": lang},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode()


def _markdown(cell_id: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "markdown",
        "id": cell_id,
        "metadata": {"deletable": False, "editable": False},
        "source": source,
    }


def _code(cell_id: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": cell_id,
        "metadata": {"deletable": False},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }
