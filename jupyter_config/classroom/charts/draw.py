"""A chart request and a result as a Vega-Lite specification."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import altair as alt

from classroom.charts.request import MAX_ROWS, ChartRequest

FIRST_HOUR, LAST_HOUR = 5, 28  # a business day's hours
_MOST_TICKS = 8
_WIDTH, _HEIGHT, _LETTER = 560, 300, 8
_DAY = 24
_DATA = "result"
_AXES = (
    (3, "%H:%M", "minute", 1 / 60),
    (2 * _DAY, "%m/%d %H:%M", "hour", 1),
    (200 * _DAY, "%m/%d", "day", _DAY),
    (float("inf"), "%Y/%m", "month", 30.4 * _DAY),
)
"""Up to so many hours: how a tick is written, what ticks count, and how many hours one of those has."""
_FINE = ("minute", "hour")
SERIES, VALUE = "series", "value"
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
_LINE = COLOURS[5]
FONT = "Noto Sans CJK JP, Hiragino Sans, Yu Gothic UI, Meiryo, sans-serif"


def draw_chart(
    request: ChartRequest,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    words: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The Vega-Lite 5 specification, the data inside it.

    Args:
        request: kind and columns, already checked against `columns`; its kind is not `table`.
        columns: names of the result's columns.
        rows: the result; at most `MAX_ROWS` of them are drawn.
        words: what the drawing's own menu says, by the names that vega-embed gives.
    """
    names = _distinct(columns)
    records = [{name: _plain(value) for name, value in zip(names, row, strict=True)} for row in rows[:MAX_ROWS]]
    folded, y, color = _fold(request, records)
    properties: dict[str, Any] = {"width": _WIDTH, "height": _HEIGHT}
    if request.title:
        properties["title"] = alt.TitleParams(request.title.replace("_", " "), anchor="start", fontSize=15)
    drawn = alt.Chart(alt.NamedData(name=_DATA), mark=MARKS[request.kind])
    drawn = drawn.encode(**_encodings(request, y, color, records))
    lines = _lines(request, records)
    chart: Any = (alt.layer(drawn, *lines) if lines else drawn).properties(**properties)
    chart = (
        chart.configure(font=FONT, background="transparent")
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=12, titleFontSize=12)
    )
    spec: dict[str, Any] = chart.configure_range(category=COLOURS).to_dict()
    spec["datasets"] = {
        **spec.get("datasets", {}),
        _DATA: folded,
    }  # put in afterwards: the library would hold every row against its schema
    actions = {"export": True, "source": False, "compiled": False, "editor": False}
    # drawn as SVG without a theme of its own, its letters and lines take the page's colours
    spec["usermeta"] = {"embedOptions": {"actions": actions, "i18n": dict(words or {}), "renderer": "svg", "theme": ""}}
    return spec


def _encodings(request: ChartRequest, y: str, color: str | None, records: list[dict[str, Any]]) -> dict[str, Any]:
    """Which column goes to which channel, by kind of chart."""
    x_field = f"{_escaped(request.x)}:{_type_of(request.x, records)[0].upper()}"
    y_field, y_title = f"{_escaped(y)}:Q", ", ".join(request.y)
    colour: Any = alt.value(COLOURS[0])
    if color:
        colour = alt.Color(f"{_escaped(color)}:N", title=None if color == SERIES else color)
    if request.kind == "hist":
        bins = alt.X(f"{_escaped(request.x)}:Q", bin=alt.Bin(maxbins=30), title=request.x)
        return {"x": bins, "y": alt.Y("count()", title="n"), "color": colour}
    fields = [(name, _type_of(name, records)[0].upper()) for name in (request.x, *request.y)]
    channels: dict[str, Any] = {
        "tooltip": [alt.Tooltip(f"{_escaped(name)}:{kind}", title=name) for name, kind in fields]
    }
    if request.kind == "pie":
        return channels | {"theta": alt.Theta(y_field), "color": alt.Color(f"{_escaped(request.x)}:N", title=request.x)}
    if request.kind == "hbar":
        names = alt.Y(f"{_escaped(request.x)}:N", title=request.x, sort=None)
        return channels | {"y": names, "x": alt.X(y_field, title=y_title), "color": colour}
    axis = _hour_axis(request.x, records) or _date_axis(request.x, records) or _name_axis(request.x, records)
    if request.log:  # 0 has its place on it too
        axis = axis | {"scale": alt.Scale(type="symlog", constant=1)}
    x = alt.X(x_field, title=request.x, sort=None, **axis)
    return channels | {"x": x, "y": alt.Y(y_field, title=y_title, **_whole_steps(request.y, records)), "color": colour}


def _lines(request: ChartRequest, records: list[dict[str, Any]]) -> list[alt.Chart]:
    """The lines that stand across the drawing: what is aimed at, and when something happened, each with its value."""
    lying = request.kind == "hbar"
    lines = []
    if request.target is not None:
        values: Any = alt.X if lying else alt.Y
        place = {"x" if lying else "y": values("value:Q", title=", ".join(request.y))}
        lines += _line({"value": request.target}, place, f"{request.target:g}", "x" if lying else "y")
    if request.mark is not None:
        kind = "nominal" if lying else _type_of(request.x, records)
        value = _number(request.mark) if kind in ("quantitative", "ordinal") else request.mark
        across: Any = alt.Y if lying else alt.X
        place = {"y" if lying else "x": across(f"value:{kind[0].upper()}", title=request.x)}
        lines += _line({"value": value}, place, request.mark, "y" if lying else "x")
    return lines


def _line(record: dict[str, Any], place: dict[str, Any], text: str, axis: str) -> list[alt.Chart]:
    data = alt.InlineData(values=[record])
    aside: dict[str, Any] = (
        {"x": alt.value(_WIDTH - 4), "align": "right", "dy": -6}
        if axis == "y"
        else {"y": alt.value(8), "align": "left", "dx": 5}
    )
    where: dict[str, Any] = {name: value for name, value in aside.items() if name in ("x", "y")}
    look: dict[str, Any] = {name: value for name, value in aside.items() if name not in where}
    rule = alt.Chart(data, mark=alt.MarkDef(type="rule", strokeDash=[6, 4], color=_LINE)).encode(**place)
    label = alt.Chart(data, mark=alt.MarkDef(type="text", text=text, color=_LINE, **look)).encode(**place, **where)
    return [rule, label]


def _number(text: str) -> object:
    """A number where the text is one; a place that is none of the axis is drawn nowhere."""
    try:
        return float(text)
    except ValueError:
        return text


def _fold(request: ChartRequest, records: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], str, str | None]:
    """Several y columns as one long column, coloured by its name."""
    if len(request.y) < 2:
        return records, request.y[0] if request.y else "", request.color
    long = [record | {SERIES: name, VALUE: record[name]} for record in records for name in request.y]
    return long, VALUE, SERIES


def _hour_axis(name: str, records: list[dict[str, Any]]) -> dict[str, Any]:
    """Business hours run from 5 to 28, hours without a row included."""
    values = [record[name] for record in records]
    if "hour" not in name.lower() or not all(
        isinstance(value, int) and FIRST_HOUR <= value <= LAST_HOUR for value in values
    ):
        return {}
    return {"scale": alt.Scale(domain=list(range(FIRST_HOUR, LAST_HOUR + 1))), "axis": alt.Axis(labelAngle=0)}


def _date_axis(name: str, records: list[dict[str, Any]]) -> dict[str, Any]:
    """Moments in figures, which every language reads, as fine as the time they span, and never the same label twice."""
    if _type_of(name, records) != "temporal":
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


def _whole_steps(names: Sequence[str], records: list[dict[str, Any]]) -> dict[str, Any]:
    """Counts have no ticks between whole numbers."""
    values = [record[name] for record in records for name in names if record.get(name) is not None]
    return {"axis": alt.Axis(tickMinStep=1)} if all(isinstance(each, int) for each in values) else {}


def _name_axis(name: str, records: list[dict[str, Any]]) -> dict[str, Any]:
    """Names lie flat as long as they fit beside each other."""
    if _type_of(name, records) != "nominal":
        return {}
    names = {str(record[name]) for record in records}
    across = sum(max(1, len(each)) * _LETTER for each in names)
    return {"axis": alt.Axis(labelAngle=0 if across <= _WIDTH else -45)}


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=None)


def _type_of(name: str, records: list[dict[str, Any]]) -> str:
    values = [record[name] for record in records if record.get(name) is not None]
    if values and all(isinstance(value, str) and _is_time(value) for value in values):
        return "temporal"
    if values and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        return (
            "ordinal" if "hour" in name.lower() and all(isinstance(value, int) for value in values) else "quantitative"
        )
    return "nominal"


def _is_time(text: str) -> bool:
    """Whether a text is a date or moment that a calendar of ours holds."""
    if not (len(text) >= 10 and text[4:5] == "-" and text[7:8] == "-"):
        return False
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return value if isinstance(value, bool | int | float | str) or value is None else str(value)


def _distinct(columns: Sequence[str]) -> list[str]:
    """Names that a record can hold: a repeated name gets a number."""
    names: list[str] = []
    for column in columns:
        name, count = column, 1
        while name in names:
            count += 1
            name = f"{column} ({count})"
        names.append(name)
    return names


def _escaped(name: str | None) -> str:
    """A field name with the characters that Vega-Lite reads as paths taken literally."""
    return "".join(f"\\{character}" if character in ".[]:'\"" else character for character in name or "")
