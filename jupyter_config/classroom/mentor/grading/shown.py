"""What formgrader shows of a learner's prose: Markdown without HTML, images and script links; raw cells as text."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any, cast

from markdown_it import MarkdownIt
from nbconvert.preprocessors import Preprocessor

from classroom.appearance import style_tag

_HARMLESS = ("<small>", "</small>")
"""HTML of the lessons' own that may stay."""


class ShowProseSafely(Preprocessor):
    """Renders Markdown and raw cells before nbgrader's template does, which would let HTML and `javascript:` links through.

    The result is one line of HTML: nothing in it is read as Markdown again.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Change the cells, and the names that the template puts into its heading as they are."""
        for key in ("first_name", "last_name", "student"):
            if resources.get(key):
                resources[key] = escape(resources[key])
        shown: tuple[Any, Any] = cast("Any", super()).preprocess(nb, resources)
        first = next((cell for cell in nb.cells if cell.cell_type == "markdown"), None)
        if first is not None:  # the verdicts under the answers are dressed as in the learner's JupyterLab
            first.source = f"{style_tag()}{first.source}"
        return shown

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Change one cell."""
        del index
        if cell.cell_type == "markdown":
            html = str(_parser().render(cell.source)).replace("\r", "").replace("\n", "&#10;")
            for tag in _HARMLESS:
                html = html.replace(escape(tag), tag)
            cell.source = f"<div>{html}</div>"
        elif cell.cell_type == "raw":
            cell.source = f"<pre>{escape(cell.source)}</pre>"
        return cell, resources


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
