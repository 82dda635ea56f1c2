"""A chart chosen by clicking: kind and columns, the drawing, and the % line that asks for it."""

from __future__ import annotations

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.learner.charts import LOG, MAX_ROWS, WITH, ChartProblem, is_measure, read_request, suggest_line
from classroom.learner.panel.chart_drawing import chart_data
from classroom.learner.panel.notices import notice
from classroom.learner.panel.offer import put_back, sentence
from classroom.learner.state.parameters import as_run
from classroom.learner.state.reading import explained
from classroom.messages import say_in
from classroom.session.display import Display, page
from classroom.session.result import run_query
from coursebook.answer_cell import CHARTS, cut_chart

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk
    from classroom.session.case import Case
    from classroom.session.result import ResultTable

_MESSAGES = "classroom.learner.charts"
_NUMBERS = ("INT", "DOUBLE", "FLOAT", "DECIMAL")
_TIMES = ("DATE", "TIMESTAMP")
_SECONDS = 20.0
_NO_DRAWING = ("table", "kpi")
_ALWAYS = ("x", "y")
_ONLY_WITH = {
    "second": ("bar", "line", "area", "scatter"),
    "color": tuple(each for each in CHARTS if each not in {"pie", "funnel"}),
    **WITH,
}
"""The kinds that a field goes with; it is hidden beside others."""


def has_measure(result: ResultTable) -> bool:
    """Whether a result holds something that a chart can show: more than names, numbers of things and dates."""
    return len(result.rows) > 1 and bool(_measures(result))


def show_chart_line(case: Case, desk: Desk) -> Display:
    """The % line to begin with, for an answer's result."""
    return show_line(as_run(desk, case.exercise, case.judgement.sql), desk)


def show_line(sql: str, desk: Desk) -> Display:
    """The % line to begin with."""
    line = _suggested(_result(sql, desk))
    if not line:
        return notice(say_in(_MESSAGES, "picker", desk.lang), say_in(_MESSAGES, "no_measure", desk.lang))
    told = sentence("chart.write", desk.lang)
    return page(
        f'<div class="pg-card pg-quiet"><p>{escape(told)}</p><pre>{escape(line)}</pre></div>', f"{told}\n{line}"
    )


def chart_widgets(case: Case, desk: Desk) -> Any:
    """The picker for an answer's result."""
    return picker(as_run(desk, case.exercise, case.judgement.sql), desk)


def picker(sql: str, desk: Desk) -> Any:
    """Choices of kind, columns, colour and lines with the drawing under them, drawn anew at each change."""
    widgets: Any = import_module("ipywidgets")
    result, lang = _result(sql, desk), desk.lang
    chosen = _choices(widgets, result, lang)
    drawing, written = widgets.Output(), widgets.HTML()

    def draw(_: Any = None) -> None:
        for name, kinds in _ONLY_WITH.items():
            chosen[name].layout.display = None if chosen["kind"].value in kinds else "none"
        asked = _line(chosen)
        written.value = (
            f'<div class="pg"><code>{escape(asked)}</code> '
            f"{put_back(asked, say_in(_MESSAGES, 'insert', lang), action='append')}</div>"
        )
        drawing.outputs = (_drawn(asked, result, lang),)

    for each in chosen.values():
        each.observe(draw, "value")
    draw()
    row = widgets.HBox(list(chosen.values()), layout=widgets.Layout(flex_flow="row wrap"))
    return widgets.VBox([row, drawing, written])


def _choices(widgets: Any, result: ResultTable, lang: str) -> dict[str, Any]:
    """A field for each option of the line, filled with what the result suggests."""
    line = cut_chart(_suggested(result))[1]
    first = dict(line.options) if line else {}
    columns, measures = list(dict.fromkeys(result.columns)), _measures(result)

    def say(code: str) -> str:
        return say_in(_MESSAGES, code, lang)

    def listed(name: str, options: list[Any], value: str | None) -> Any:
        return widgets.Dropdown(description=say(f"{name}_label"), options=options, value=value)

    def written(name: str) -> Any:
        return widgets.Text(description=say(f"{name}_label"), continuous_update=False)

    kinds = [(say(f"kind.{kind}"), kind) for kind in CHARTS if kind not in _NO_DRAWING]
    return {
        "kind": listed("kind", kinds, line.kind if line else "bar"),
        "x": listed("x", columns, first.get("x", columns[0])),
        "y": listed("y", measures, first.get("y")),
        "second": listed("second", ["", *measures], ""),
        "color": listed("color", ["", *columns], ""),
        "label": listed("label", ["", *columns], ""),
        "scale": listed("scale", [(say("scale_even"), ""), (say("scale_log"), LOG)], ""),
        **{name: written(name) for name in ("target", "mark", "note")},
    }


def _line(chosen: dict[str, Any]) -> str:
    """The % line that asks for what is chosen, without what does not go with the kind."""
    kind = str(chosen["kind"].value)
    told = {name: str(chosen[name].value).strip() for name in (*_ALWAYS, *_ONLY_WITH)}
    told |= {name: "" for name, kinds in _ONLY_WITH.items() if kind not in kinds}
    told["y"] = ",".join(filter(None, (told["y"], told.pop("second"))))
    told["note"] = told["note"].replace(" ", "_") if told["mark"] else ""
    return " ".join(["%chart", kind, *(f"{name}={value}" for name, value in told.items() if value)])


def _drawn(asked: str, result: ResultTable, lang: str) -> dict[str, Any]:
    """The drawing as an output, or a sentence why there is none."""
    line = cut_chart(asked)[1]
    request = read_request(line, result.columns) if line else ChartProblem("no_query")
    if isinstance(request, ChartProblem):
        data: dict[str, Any] = {"text/plain": say_in(_MESSAGES, request.code, lang, **request.params)}
    else:
        data = chart_data(request, result, asked, lang)
    return {"output_type": "display_data", "data": data, "metadata": {}}


def _suggested(result: ResultTable) -> str:
    return suggest_line(result.columns, _numeric(result), [kind.startswith(_TIMES) for kind in result.types])


def _numeric(result: ResultTable) -> list[bool]:
    numbers = (*_NUMBERS, "BIG", "SMALL", "TINY", "HUGE")
    return [kind.lstrip("U").startswith(numbers) and not kind.endswith("]") for kind in result.types]


def _measures(result: ResultTable) -> list[str]:
    pairs = zip(result.columns, _numeric(result), strict=True)
    return list(dict.fromkeys(name for name, is_number in pairs if is_measure(name, is_number=is_number)))


def _result(sql: str, desk: Desk) -> ResultTable:
    with explained(desk, sql), desk.session.watch.over(_SECONDS):
        return run_query(desk.session.connection, sql, MAX_ROWS)
