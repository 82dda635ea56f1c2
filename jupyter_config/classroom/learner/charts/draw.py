"""A chart request and a result as a Vega-Lite specification."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import altair as alt

from classroom.learner.charts.axes import NULL_LABEL, WIDTH, axis_of, axis_type, bar_of
from classroom.learner.charts.bins import bin_of, log_bins
from classroom.learner.charts.overlays import labels_of, lines_of
from classroom.learner.charts.records import Record, at_midnight, escaped, is_number, records_of, type_of
from classroom.learner.charts.request import DATA, MAX_ROWS, WITH_TIME, ChartRequest

_HEIGHT = 300
_MOST_POINTS = 120  # on a line; more of them hide it
SERIES, VALUE = "series", "value"
COUNTS = ("n", "count", "rows")
"""What the number of rows in a bin is called: the first that no column of the drawing is called."""
# told apart with any colour vision (Okabe and Ito 2008), readable on a light and on a dark page
COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8A7A00", "#767676"]
MARKS: dict[str, Any] = {
    "hbar": "bar",
    "hist": "bar",
    "area": "area",
    "scatter": {"type": "point", "filled": True, "opacity": 0.9},
    "pie": "arc",
}
FONT = "Noto Sans CJK JP, Hiragino Sans, Yu Gothic UI, Meiryo, sans-serif"


def draw_chart(
    request: ChartRequest,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    words: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The Vega-Lite 5 specification, the data inside it.

    Args:
        request: kind and columns, already checked against `columns`; its kind is not `table` and none of `TABLES`.
        columns: names of the result's columns.
        rows: the result; at most `MAX_ROWS` of them are drawn.
        words: what the drawing's own menu says, by the names that vega-embed gives.
    """
    records = records_of(columns, rows[:MAX_ROWS])
    if request.kind == "hist" and request.log:
        request, records = _binned(request, records)
    if request.kind in WITH_TIME and axis_type(request, records) == "temporal":
        records = at_midnight(request.x, records)
    folded, y, color = _fold(request, records)
    properties: dict[str, Any] = {"width": WIDTH, "height": _HEIGHT}
    if request.title:
        properties["title"] = alt.TitleParams(request.title.replace("_", " "), anchor="start", fontSize=15)
    data = alt.NamedData(name=DATA)
    encodings = _encodings(request, y, color, records)
    drawn = alt.Chart(data, mark=_mark(request, records)).encode(**encodings)
    more = [*labels_of(request, encodings, color, data), *lines_of(request, records)]
    chart: Any = (alt.layer(drawn, *more) if more else drawn).properties(**properties)
    chart = (
        chart.configure(font=FONT, background="transparent")
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=12, titleFontSize=12)
    )
    spec: dict[str, Any] = chart.configure_range(category=COLOURS).to_dict()
    spec["datasets"] = {
        **spec.get("datasets", {}),
        DATA: folded,
    }  # put in afterwards: the library would hold every row against its schema
    actions = {"export": True, "source": False, "compiled": False, "editor": False}
    # drawn as SVG without a theme of its own, its letters and lines take the page's colours
    spec["usermeta"] = {"embedOptions": {"actions": actions, "i18n": dict(words or {}), "renderer": "svg", "theme": ""}}
    return spec


def _mark(request: ChartRequest, records: Sequence[Record]) -> Any:
    if request.kind == "bar":
        return bar_of(request, records)
    if request.kind == "line":
        return {"type": "line", "point": len(records) <= _MOST_POINTS}
    return MARKS[request.kind]


def _encodings(request: ChartRequest, y: str, color: str | None, records: Sequence[Record]) -> dict[str, Any]:
    """Which column goes to which channel, by kind of chart."""
    x_field = f"{escaped(request.x)}:{axis_type(request, records)[0].upper()}"
    y_field, y_title = f"{escaped(y)}:Q", ", ".join(request.y)
    colour: Any = alt.value(COLOURS[0])
    if color:
        title = None if color == SERIES else color
        colour = alt.Color(f"{escaped(color)}:N", title=title, legend=alt.Legend(labelExpr=NULL_LABEL))
    if request.kind == "hist":
        bins = alt.X(f"{escaped(request.x)}:Q", bin=alt.Bin(maxbins=30), title=request.x)
        return {"x": bins, "y": alt.Y("count()", title="n", axis=alt.Axis(tickMinStep=1)), "color": colour}
    fields = [(request.x, axis_type(request, records)), *((name, type_of(name, records)) for name in request.y)]
    channels: dict[str, Any] = {
        "tooltip": [alt.Tooltip(f"{escaped(name)}:{kind[0].upper()}", title=name) for name, kind in fields]
    }
    if request.kind == "pie":
        names = alt.Color(f"{escaped(request.x)}:N", title=request.x, legend=alt.Legend(labelExpr=NULL_LABEL))
        return channels | {"theta": alt.Theta(y_field), "color": names}
    if request.kind == "hbar":
        lines = alt.Y(f"{escaped(request.x)}:N", title=request.x, sort=None, axis=alt.Axis(labelExpr=NULL_LABEL))
        values = alt.X(y_field, title=y_title, **_whole_steps(request.y, records))
        return channels | {"y": lines, "x": values, "color": colour}
    x = alt.X(x_field, title=request.x, sort=None, **axis_of(request, records))
    return channels | {"x": x, "y": alt.Y(y_field, title=y_title, **_whole_steps(request.y, records)), "color": colour}


def _fold(request: ChartRequest, records: Sequence[Record]) -> tuple[Sequence[Record], str, str | None]:
    """Several y columns as one long column, coloured by its name."""
    if len(request.y) < 2:
        return records, request.y[0] if request.y else "", request.color
    long = [record | {SERIES: name, VALUE: record[name]} for record in records for name in request.y]
    return long, VALUE, SERIES


def _binned(request: ChartRequest, records: Sequence[Record]) -> tuple[ChartRequest, list[Record]]:
    """Counts in bins of which each is twice as wide as the one before, as bars beside each other."""
    held = [(float(each[request.x]), each) for each in records if is_number(each[request.x])]
    bins = log_bins([value for value, _ in held])
    groups = list(dict.fromkeys(each[request.color] for _, each in held)) if request.color else [None]
    counts = {(each.name, group): 0 for each in bins for group in groups}
    for value, each in held:
        counts[bin_of(value, bins).name, each[request.color] if request.color else None] += 1
    count = next(each for each in COUNTS if each not in (request.x, request.color))
    counted = [
        {request.x: name, **({request.color: group} if request.color else {}), count: number}
        for (name, group), number in counts.items()
    ]
    return replace(request, kind="bar", y=(count,), log=False), counted


def _whole_steps(names: Sequence[str], records: Sequence[Record]) -> dict[str, Any]:
    """Counts have no ticks between whole numbers, whichever type the query gives them."""
    values = [record[name] for record in records for name in names if record.get(name) is not None]
    are_whole = all(is_number(each) and float(each).is_integer() for each in values)
    return {"axis": alt.Axis(tickMinStep=1)} if are_whole else {}
