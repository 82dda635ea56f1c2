"""%chart: the last result as a chart that JupyterLab draws by itself."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.panel.notices import notice
from classroom.learner.state.reading import explained
from classroom.messages import say, say_in
from classroom.session.display import Display, page, widget
from classroom.session.result import run_query
from classroom.session.table_view import show_result

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk


def show_picker(desk: Desk) -> Display:
    """The choices for the last result; without widgets, a line to begin with, and neither where nothing is measured."""
    from classroom.learner.panel.chart_picker import has_measure, picker, show_line

    if desk.last_result is not None and not has_measure(desk.last_result):
        return notice(
            say_in("classroom.learner.charts", "picker", desk.lang),
            say_in("classroom.learner.charts", "no_measure", desk.lang),
        )
    return widget(picker(desk.last_sql, desk).model_id, show_line(desk.last_sql, desk))


def show_chart(desk: Desk, argument: str) -> list[Display]:
    """Draw what the statement above gave, or say why that can't be drawn; of what was left out, it is said too."""
    from classroom.learner.charts import MAX_ROWS, ChartProblem, read_request
    from classroom.learner.panel.chart_drawing import chart_data
    from coursebook.answer_cell import cut_chart

    title, lang = say("magic.chart.usage", desk.lang), desk.lang
    line = cut_chart(f"%chart {argument}")[1]
    if desk.last_result is None or line is None:
        return [notice(title, say("magic.chart.no_result", lang))]
    request = read_request(line, desk.last_result.columns)
    if isinstance(request, ChartProblem):
        return [notice(title, say_in("classroom.learner.charts", request.code, lang, **request.params))]
    if request.kind == "table":
        return [show_result(desk.last_result, lang)]
    if not desk.last_result.row_count:
        return [notice(title, say_in("classroom.learner.charts", "empty", lang))]
    with explained(desk, desk.last_sql), desk.session.watch.over(desk.session.limits.seconds):
        result = run_query(desk.session.connection, desk.last_sql, MAX_ROWS)
    drawn = [Display(chart_data(request, result, f"%chart {argument}", lang))]
    if result.row_count > MAX_ROWS:
        left_out = say_in("classroom.learner.charts", "too_many_rows", lang, rows=f"{MAX_ROWS:,}")
        drawn.append(page(f'<p class="pg-caption">{escape(left_out)}</p>', left_out))
    return drawn
