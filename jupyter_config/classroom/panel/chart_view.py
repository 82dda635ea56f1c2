"""%chart: the last result as a chart that JupyterLab draws by itself."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.desk.display import Display, page, widget
from classroom.desk.reading import explained
from classroom.desk.result import run_query
from classroom.desk.table_view import show_result
from classroom.messages import say, say_in
from classroom.panel.notices import notice

if TYPE_CHECKING:
    from classroom.desk.desk import Desk


def show_picker(desk: Desk) -> Display:
    """The choices for the last result; without widgets, a line to begin with, and neither where nothing is measured."""
    from classroom.panel.chart_picker import has_measure, picker, show_line

    if desk.last_result is not None and not has_measure(desk.last_result):
        return notice(
            say_in("classroom.charts", "picker", desk.lang), say_in("classroom.charts", "no_measure", desk.lang)
        )
    return widget(picker(desk.last_sql, desk).model_id, show_line(desk.last_sql, desk))


def show_chart(desk: Desk, argument: str) -> list[Display]:
    """Draw what the statement above gave, or say why that can't be drawn; of what was left out, it is said too."""
    from classroom.charts import MAX_ROWS, ChartProblem, read_request
    from classroom.panel.chart_drawing import chart_data
    from coursebook.answer_cell import cut_chart

    title, lang = say("magic.chart.usage", desk.lang), desk.lang
    line = cut_chart(f"%chart {argument}")[1]
    if desk.last_result is None or line is None:
        return [notice(title, say("magic.chart.no_result", lang))]
    request = read_request(line, desk.last_result.columns)
    if isinstance(request, ChartProblem):
        return [notice(title, say_in("classroom.charts", request.code, lang, **request.params))]
    if request.kind == "table":
        return [show_result(desk.last_result, lang)]
    if not desk.last_result.row_count:
        return [notice(title, say_in("classroom.charts", "empty", lang))]
    with explained(desk, desk.last_sql), desk.session.watch.over(desk.session.limits.seconds):
        result = run_query(desk.session.connection, desk.last_sql, MAX_ROWS)
    drawn = [Display(chart_data(request, result, f"%chart {argument}", lang))]
    if result.row_count > MAX_ROWS:
        left_out = say_in("classroom.charts", "too_many_rows", lang, rows=f"{MAX_ROWS:,}")
        drawn.append(page(f'<p class="pg-caption">{escape(left_out)}</p>', left_out))
    return drawn
