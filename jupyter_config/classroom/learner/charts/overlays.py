"""What stands on a drawing: the line of what is aimed at, that of an event, and the values beside bars and points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from classroom.learner.charts.axes import axis_type
from classroom.learner.charts.records import Record, escaped, moment_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classroom.learner.charts.request import ChartRequest

_LINE = "#D55E00"  # told apart from the series' colours, on a light and on a dark page


def lines_of(request: ChartRequest, records: Sequence[Record]) -> list[alt.Chart]:
    """The lines that stand across the drawing: what is aimed at, and when something happened, each with its words."""
    lying = request.kind == "hbar"
    lines = []
    if request.target is not None:
        values: Any = alt.X if lying else alt.Y
        place = {"x" if lying else "y": values("value:Q", title=", ".join(request.y))}
        lines += _line({"value": request.target}, place, f"{request.target:g}", "x" if lying else "y")
    if request.mark is not None:
        kind = "nominal" if lying else axis_type(request, records)
        value = _place(request.mark, kind)
        across: Any = alt.Y if lying else alt.X
        place = {"y" if lying else "x": across(f"value:{kind[0].upper()}", title=request.x, sort=None)}
        words = request.note.replace("_", " ") if request.note else request.mark
        lines += _line({"value": value}, place, words, "y" if lying else "x")
    return lines


def labels_of(
    request: ChartRequest, encodings: dict[str, Any], color: str | None, data: alt.NamedData
) -> list[alt.Chart]:
    """The values of a column beside bars and points, where these end; those of a part of a bar, within it."""
    if request.label is None:
        return []
    lying = request.kind == "hbar"
    inside = color is not None and request.kind in ("bar", "hbar")
    aside: dict[str, Any] = {"align": "right" if inside else "left", "dx": -4 if inside else 4}
    if not lying:
        aside = {"align": "center", "dy": 9 if inside else -9}
    places = {name: encodings[name] for name in ("x", "y")}
    if color:
        places["detail"] = alt.Detail(f"{escaped(color)}:N")
    if inside:  # as the parts are stacked: else the texts would be in the order of what they say
        places["order"] = alt.Order(f"{escaped(color)}:N", sort="descending")
    if request.kind in ("bar", "hbar"):  # texts are stacked only where that is asked for
        axis, channel = ("x", alt.X) if lying else ("y", alt.Y)
        places[axis] = channel(encodings[axis].shorthand, title=", ".join(request.y), stack="zero")
    text = alt.Text(f"{escaped(request.label)}:N")
    return [alt.Chart(data, mark=alt.MarkDef(type="text", **aside)).encode(**places, text=text)]


def _line(record: Record, place: dict[str, Any], text: str, axis: str) -> list[alt.Chart]:
    data = alt.InlineData(values=[record])
    where: dict[str, Any] = {"x": alt.value("width")} if axis == "y" else {"y": alt.value(8)}
    look: dict[str, Any] = {"align": "right", "dx": -4, "dy": -6} if axis == "y" else {"align": "left", "dx": 5}
    rule = alt.Chart(data, mark=alt.MarkDef(type="rule", strokeDash=[6, 4], color=_LINE)).encode(**place)
    label = alt.Chart(data, mark=alt.MarkDef(type="text", text=text, color=_LINE, **look)).encode(**place, **where)
    return [rule, label]


def _place(text: str, kind: str) -> object:
    """A value of the axis as its records hold it; one that is none of the axis is drawn nowhere."""
    if kind == "temporal":
        return moment_text(text)
    try:
        return float(text) if kind in ("quantitative", "ordinal") else text
    except ValueError:
        return text
