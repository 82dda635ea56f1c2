"""A chart request and a result as a Vega-Lite specification."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import altair as alt

from classroom.charts.bins import bin_of, log_bins
from classroom.charts.overlays import labels_of, lines_of
from classroom.charts.records import Record, escaped, records_of, type_of
from classroom.charts.request import DATA, MAX_ROWS, ChartRequest

FIRST_HOUR, LAST_HOUR = 5, 28  # a business day's hours
_MOST_TICKS = 8
_WIDTH, _HEIGHT = 560, 300
_LETTER, _WIDE_LETTER = 8, 13
_FIRST_WIDE = "⺀"  # where Chinese and Japanese characters begin
_DAY = 24
_AXES = (
    (3, "%H:%M", "minute", 1 / 60),
    (2 * _DAY, "%m/%d %H:%M", "hour", 1),
    (200 * _DAY, "%m/%d", "day", _DAY),
    (float("inf"), "%Y/%m", "month", 30.4 * _DAY),
)
"""Up to so many hours: how a tick is written, what ticks count, and how many hours one of those has."""
_FINE = ("minute", "hour")
SERIES, VALUE = "series", "value"
COUNTS = ("n", "count", "rows")
"""What the number of rows in a bin is called: the first that no column of the drawing is called."""
# told apart with any colour vision (Okabe and Ito 2008), readable on a light and on a dark page
COLOURS = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8A7A00", "#767676"]
MARKS: dict[str, Any] = {
    "bar": "bar",
    "hbar": "bar",
    "hist": "bar",
    "line": {"type": "line", "point": True},
    "area": "area",
    "scatter": {"type": "point", "filled": True, "opacity": 0.7},
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
    folded, y, color = _fold(request, records)
    properties: dict[str, Any] = {"width": _WIDTH, "height": _HEIGHT}
    if request.title:
        properties["title"] = alt.TitleParams(request.title.replace("_", " "), anchor="start", fontSize=15)
    data = alt.NamedData(name=DATA)
    encodings = _encodings(request, y, color, records)
    drawn = alt.Chart(data, mark=MARKS[request.kind]).encode(**encodings)
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


def _encodings(request: ChartRequest, y: str, color: str | None, records: Sequence[Record]) -> dict[str, Any]:
    """Which column goes to which channel, by kind of chart."""
    x_field = f"{escaped(request.x)}:{type_of(request.x, records)[0].upper()}"
    y_field, y_title = f"{escaped(y)}:Q", ", ".join(request.y)
    colour: Any = alt.value(COLOURS[0])
    if color:
        colour = alt.Color(f"{escaped(color)}:N", title=None if color == SERIES else color)
    if request.kind == "hist":
        bins = alt.X(f"{escaped(request.x)}:Q", bin=alt.Bin(maxbins=30), title=request.x)
        return {"x": bins, "y": alt.Y("count()", title="n"), "color": colour}
    fields = [(name, type_of(name, records)[0].upper()) for name in (request.x, *request.y)]
    channels: dict[str, Any] = {
        "tooltip": [alt.Tooltip(f"{escaped(name)}:{kind}", title=name) for name, kind in fields]
    }
    if request.kind == "pie":
        return channels | {"theta": alt.Theta(y_field), "color": alt.Color(f"{escaped(request.x)}:N", title=request.x)}
    if request.kind == "hbar":
        names = alt.Y(f"{escaped(request.x)}:N", title=request.x, sort=None)
        return channels | {"y": names, "x": alt.X(y_field, title=y_title), "color": colour}
    axis = _hour_axis(request.x, records) or _date_axis(request.x, records) or _name_axis(request.x, records)
    if request.log:
        axis = axis | _log_axis(request.x, records)
    x = alt.X(x_field, title=request.x, sort=None, **axis)
    return channels | {"x": x, "y": alt.Y(y_field, title=y_title, **_whole_steps(request.y, records)), "color": colour}


def _fold(request: ChartRequest, records: Sequence[Record]) -> tuple[Sequence[Record], str, str | None]:
    """Several y columns as one long column, coloured by its name."""
    if len(request.y) < 2:
        return records, request.y[0] if request.y else "", request.color
    long = [record | {SERIES: name, VALUE: record[name]} for record in records for name in request.y]
    return long, VALUE, SERIES


def _binned(request: ChartRequest, records: Sequence[Record]) -> tuple[ChartRequest, list[Record]]:
    """Counts in bins of which each is twice as wide as the one before, as bars beside each other."""
    held = [(float(each[request.x]), each) for each in records if _is_number(each[request.x])]
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


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _log_axis(name: str, records: Sequence[Record]) -> dict[str, Any]:
    """1, 10, 100 at equal distances; where a value is 0 or less, an axis that has a place for it."""
    values = [record[name] for record in records if _is_number(record[name])]
    if values and min(values) > 0:
        return {"scale": alt.Scale(type="log")}
    return {"scale": alt.Scale(type="symlog", constant=1)}


def _hour_axis(name: str, records: Sequence[Record]) -> dict[str, Any]:
    """Business hours run from 5 to 28, hours without a row included."""
    values = [record[name] for record in records]
    if "hour" not in name.lower() or not all(
        isinstance(value, int) and FIRST_HOUR <= value <= LAST_HOUR for value in values
    ):
        return {}
    return {"scale": alt.Scale(domain=list(range(FIRST_HOUR, LAST_HOUR + 1))), "axis": alt.Axis(labelAngle=0)}


def _date_axis(name: str, records: Sequence[Record]) -> dict[str, Any]:
    """Moments in figures, which every language reads, as fine as the time they span, and never the same label twice."""
    if type_of(name, records) != "temporal":
        return {}
    moments = sorted(_moment(str(record[name])) for record in records if record.get(name) is not None)
    hours = (moments[-1] - moments[0]).total_seconds() / 3600
    of_days = all(each.time() == dt.time() for each in moments)
    shape, interval, length = next(
        each[1:] for each in _AXES if hours <= each[0] and not (of_days and each[2] in _FINE)
    )
    step = max(1, -(-int(hours / length + 1) // _MOST_TICKS))
    ticks = {"interval": interval, "step": step}
    return {"axis": alt.Axis(format=shape, tickCount=ticks, labelOverlap="greedy", labelAngle=0)}


def _whole_steps(names: Sequence[str], records: Sequence[Record]) -> dict[str, Any]:
    """Counts have no ticks between whole numbers."""
    values = [record[name] for record in records for name in names if record.get(name) is not None]
    return {"axis": alt.Axis(tickMinStep=1)} if all(isinstance(each, int) for each in values) else {}


def _name_axis(name: str, records: Sequence[Record]) -> dict[str, Any]:
    """Names lie flat as long as they fit beside each other."""
    if type_of(name, records) != "nominal":
        return {}
    return {"axis": alt.Axis(labelAngle=0 if fit_beside((record[name] for record in records), _WIDTH) else -45)}


def fit_beside(names: Iterable[object], width: int) -> bool:
    """Whether the names below a drawing of so many pixels lie flat without touching each other."""
    texts = {str(each) for each in names}
    most = max((sum(_LETTER if each < _FIRST_WIDE else _WIDE_LETTER for each in text) for text in texts), default=0)
    return most * len(texts) <= width


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=None)
