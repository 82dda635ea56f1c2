"""A result as one of the eleven visualisations: a table, a number, a pivot, or what a `%chart` line draws."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

from classroom.learner.bi.markup import note, told
from classroom.learner.bi.shapes import counter_html, pivot_html
from classroom.learner.charts import DATA, TABLES, WITH, ChartProblem, ChartRequest, read_request
from classroom.learner.charts.tables import table_of
from classroom.learner.charts.values import Misfit
from classroom.messages import say_in
from classroom.session.table_view import no_type, table_html
from coursebook.answer_cell import ChartLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.learner.bi.records import Visual
    from classroom.session.result import ResultTable

CHART = ("bar", "hbar", "line", "area", "scatter")
"""The kinds whose fields are called alike."""
LINES = ("target", "mark", "note")
"""What is drawn across a chart: values that are written, not columns."""
_SERIES = ("y2", "color")
FIELDS: dict[str, tuple[str, ...]] = {
    "table": (),
    "counter": ("y", "target"),
    **{kind: ("x", "y", *_SERIES, *(option for option, kinds in WITH.items() if kind in kinds)) for kind in CHART},
    "hist": ("x", "scale"),
    "funnel": ("x", "y"),
    "cohort": ("x", "color", "y"),
    "pivot": ("x", "color", "y"),
}
"""The kinds, each with the columns that it asks for; a counter's target is a column or a number, other lines are values."""
_MOST_SHOWN = 100
_NARROW, _WIDE, _HEIGHT = 440, 980, 240
_MARGIN = 90

_OWN: dict[str, Callable[[Visual, ResultTable, str], str]] = {
    "counter": counter_html,
    "pivot": pivot_html,
}


def visual_html(visual: Visual, result: ResultTable, lang: str, *, is_wide: bool = True) -> str:
    """A visualisation of a result; what can't be drawn is told in a sentence."""
    if not result.columns or (not result.rows and visual.kind != "table"):
        return note(escape(Misfit("empty").sentence(lang)))
    if not all(visual.options.get(each) for each in needed_fields(visual.kind)):
        return note(told("visual.choose", lang))
    try:
        if visual.kind == "table":
            return result_html(result, lang, _MOST_SHOWN)
        if drawn := _OWN.get(visual.kind):
            return f'<div class="pg">{drawn(visual, result, lang)}</div>'
        return _chart_html(visual, result, lang, is_wide=is_wide)
    except Misfit as fault:
        return note(escape(fault.sentence(lang)))


def needed_fields(kind: str) -> tuple[str, ...]:
    """The fields of a kind that can't stay empty."""
    free = {*WITH, *(_SERIES if kind in CHART else ())}
    return tuple(each for each in FIELDS[kind] if each not in free)


def result_html(result: ResultTable, lang: str, most: int) -> str:
    """The first rows of a result as a table."""
    shown = table_html(result.columns, result.types, result.rows[:most], say_type=no_type)
    cut = result.row_count > most or not result.counted_all
    more = note(told("visual.cut", lang, shown=most, rows=f"{result.row_count:,}")) if cut else ""
    return f'<div class="pg"><div class="pg-scroll" tabindex="0">{shown}</div>{more}</div>'


def _chart_html(visual: Visual, result: ResultTable, lang: str, *, is_wide: bool) -> str:
    from classroom.learner.charts.draw import draw_chart

    request = chart_request(visual, result)
    if isinstance(request, ChartProblem):
        return note(escape(say_in("classroom.learner.charts", request.code, lang, **request.params)))
    if request.kind in TABLES:
        return f'<div class="pg">{table_of(request, result, lang)}</div>'
    spec = draw_chart(request, result.columns, result.rows)
    colours = request.color or len(request.y) > 1
    width = (_WIDE if is_wide else _NARROW) - (_MARGIN if colours else 0)
    spec |= {"width": width, "height": _HEIGHT}
    _turn_long_names(spec, request.x, width)
    spec["usermeta"]["embedOptions"]["actions"] = False
    cut = note(told("visual.cut", lang, shown=len(result.rows), rows=f"{result.row_count:,}"))
    more = cut if result.row_count > len(result.rows) else ""
    label = escape(f"{visual.name}: {visual.kind} {', '.join(result.columns)}")
    drawn = escape(json.dumps(spec, ensure_ascii=False))
    return f'<div class="penguin-bi-chart" role="img" aria-label="{label}" data-bi-chart="{drawn}"></div>{more}'


def _turn_long_names(spec: dict[str, Any], name: str, width: int) -> None:
    """Names below a chart lie flat only as long as they fit beside each other in this width."""
    from classroom.learner.charts.axes import fit_beside

    drawn = spec["layer"][0] if "layer" in spec else spec
    x = drawn["encoding"].get("x", {})
    if x.get("type") == "nominal":
        fits = fit_beside((each.get(name) for each in spec["datasets"][DATA]), width)
        x["axis"]["labelAngle"] = 0 if fits else -45


def chart_request(visual: Visual, result: ResultTable) -> ChartRequest | ChartProblem:
    """What is to be drawn, read against the result's columns as a `%chart` line is."""
    options = {name: visual.options[name] for name in FIELDS[visual.kind] if visual.options.get(name)}
    if second := options.pop("y2", ""):
        options["y"] = f"{options['y']},{second}"
    if "mark" not in options:
        options.pop("note", None)
    return read_request(ChartLine(visual.kind, options), result.columns)
