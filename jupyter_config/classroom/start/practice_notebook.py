"""The practice notebook: one line to run for each way of practising; what is answered stays in it."""

from __future__ import annotations

from classroom.messages import say
from classroom.start.notebooks import code_cell, markdown_cell, notebook_bytes

PRACTICE_NAMES = {"ja": "練習.ipynb", "en": "Practice.ipynb"}
LINES = ("practice", "practice past", "practice today", "placement", "review R1", "review R2")
"""The % lines of the notebook, in order, each under its own heading."""


def practice_notebook(lang: str) -> bytes:
    """The notebook as it is laid out; the same bytes each time."""
    cells = [markdown_cell("practice-intro", say("practice_notebook.intro", lang))]
    for line in LINES:
        key = line.replace(" ", "_").lower()
        cells.append(markdown_cell(f"practice-text-{key}", say(f"practice_notebook.{key}", lang)))
        cells.append(code_cell(f"practice-run-{key}", f"%{line}"))
    cells.append(markdown_cell("practice-end", say("practice_notebook.end", lang)))
    return notebook_bytes(cells, "practice", lang)
