"""What a cell shows: bundles of the same content for browsers, exports and plain text."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from classroom.appearance import style_tag

if TYPE_CHECKING:
    from collections.abc import Mapping

MARK = "penguin"
"""The name under which an output says in its metadata which text it is about, and a verdict also which exercise and what became of it."""
WIDGET = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True)
class Display:
    """One output of a cell."""

    data: Mapping[str, Any]
    """Content by media type."""
    metadata: Mapping[str, Any] = field(default_factory=dict)
    is_result: bool = False
    """Shown as the cell's value (execute_result) rather than as display_data."""
    place: str = ""
    """A name under which it can be replaced."""
    replaces: bool = False
    """Whether it takes the place of what was shown under that name."""


def page(html: str, plain: str, **more: Any) -> Display:
    """HTML in the classroom's classes beside the same in plain text."""
    return Display({"text/html": f'<div class="pg">{html}</div>', "text/plain": plain, **more})


def widget(model_id: str, otherwise: Display) -> Display:
    """A widget, and what is shown in its place where there are none."""
    view = {"version_major": 2, "version_minor": 0, "model_id": model_id}
    return Display({WIDGET: view, **otherwise.data})


def unfinished(display: Display) -> Display:
    """Mark what only says that something runs: where no run stands behind it any more, the page says so."""
    return replace(display, metadata={**display.metadata, MARK: {"waiting": True}})


def with_style(display: Display) -> Display:
    """The same with the style sheet inside: one output of a notebook carries it for all, where the page has none."""
    html = display.data.get("text/html")
    return replace(display, data={**display.data, "text/html": style_tag() + html}) if html else display
