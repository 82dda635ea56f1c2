"""The notebooks of a learner's folder that hold no lesson."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from classroom.session.display import with_style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classroom.session.display import Display


def notebook_bytes(cells: Sequence[dict[str, Any]], name: str, lang: str) -> bytes:
    """A notebook for the SQL kernel; `name` says in its metadata which one it is. The same cells give the same bytes."""
    notebook = {
        "cells": list(cells),
        "metadata": {
            "kernelspec": {"display_name": "SQL", "language": "sql", "name": "penguin-sql"},
            "language_info": {"name": "sql"},
            "penguin": {name: True, "lang": lang},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode()


def markdown_cell(cell_id: str, source: str) -> dict[str, Any]:
    """Prose that is not to be changed."""
    metadata = {"deletable": False, "editable": False}
    return {"cell_type": "markdown", "id": cell_id, "metadata": metadata, "source": source}


def shown_cell(cell_id: str, source: str, shown: Display) -> dict[str, Any]:
    """A % line with its text hidden and what it shows in place; the page runs it anew whenever the notebook is opened."""
    return {
        "cell_type": "code",
        "id": cell_id,
        "metadata": {"deletable": False, "editable": False, "jupyter": {"source_hidden": True}},
        "source": source,
        "outputs": [{"output_type": "display_data", "data": dict(with_style(shown).data), "metadata": {}}],
        "execution_count": None,
    }
