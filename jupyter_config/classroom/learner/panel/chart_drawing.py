"""A chart as what a cell shows: a drawing that JupyterLab makes by itself, or a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from classroom.learner.charts import MIME_TYPE, TABLES
from classroom.learner.charts.tables import table_of
from classroom.learner.charts.values import Misfit
from classroom.learner.panel.notices import notice
from classroom.messages import say_in
from classroom.session.display import page

if TYPE_CHECKING:
    from classroom.learner.charts import ChartRequest
    from classroom.session.result import ResultTable


def chart_data(request: ChartRequest, result: ResultTable, line: str, lang: str) -> dict[str, Any]:
    """A chart by media type: a drawing, or a table where the chart is one; a sentence where the values don't fit."""
    from classroom.learner.charts.draw import draw_chart  # its library costs a kernel's start twice over

    if request.kind not in TABLES:
        return {MIME_TYPE: draw_chart(request, result.columns, result.rows, _menu_words(lang)), "text/plain": line}
    try:
        return dict(page(table_of(request, result, lang), line).data)
    except Misfit as fault:
        return dict(notice(line, fault.sentence(lang)).data)


def _menu_words(lang: str) -> dict[str, str]:
    """What the menu of a drawing says."""
    names = {"CLICK_TO_VIEW_ACTIONS": "menu", "SVG_ACTION": "save_svg", "PNG_ACTION": "save_png"}
    return {name: say_in("classroom.learner.charts", code, lang) for name, code in names.items()}
