"""What EXPLAIN gives: a drawing in characters, which is shown whole and as it was drawn."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.session.display import Display, page

if TYPE_CHECKING:
    from classroom.session.result import ResultTable

PLAN_COLUMNS = ("explain_key", "explain_value")
"""The engine's names for the kind of plan and its drawing."""


def show_plan(result: ResultTable) -> Display:
    """Each plan under its kind."""
    plans = [(str(kind), str(drawing)) for kind, drawing in result.rows]
    html = "".join(
        f'<div class="pg-caption">{escape(kind)}</div><pre>{escape(drawing)}</pre>' for kind, drawing in plans
    )
    return page(
        f'<div class="pg-scroll" tabindex="0">{html}</div>', "\n".join(f"{kind}\n{drawing}" for kind, drawing in plans)
    )
