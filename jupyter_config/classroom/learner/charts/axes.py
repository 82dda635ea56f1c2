"""The horizontal axis of a drawing: what kind it is, where its ticks stand, how wide bars are on it."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import altair as alt

from classroom.learner.charts.records import Record, is_number, type_of
from classroom.learner.charts.request import names_something, tells_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from classroom.learner.charts.request import ChartRequest

WIDTH = 560
FIRST_HOUR, LAST_HOUR = 5, 28  # a business day's hours
NULL_LABEL = "datum.value === null ? 'NULL' : datum.label"
_LETTER, _WIDE_LETTER, _FIRST_WIDE = 8, 13, "⺀"
_MOST_TICKS, _MOST_NAMES, _MOST_TURNED = 8, 60, 40
_BAR = 0.8
"""How much of the room between two bars' middles a bar takes."""
_HOUR, _DAY, _MONTH = 60, 24 * 60, 30.44 * 24 * 60
_YEAR = 12
_STEPS = (
    *((each, "%H:%M") for each in (1, 5, 15, 30)),
    *((each * _HOUR, "%m/%d %H:%M") for each in (1, 3, 6, 12)),
    *((each * _DAY, "%m/%d") for each in (1, 2, 3, 7, 14)),
    *((each * _MONTH, "%Y/%m") for each in (1, 2, 3, 4, 6)),
)
"""Minutes from tick to tick, and how a tick is written; what spans more gets a tick every so many years."""


def fit_beside(names: Iterable[object], width: int) -> bool:
    """Whether the names below a drawing of so many pixels lie flat without touching each other."""
    texts = {str(each) for each in names}
    most = max((sum(_LETTER if each < _FIRST_WIDE else _WIDE_LETTER for each in text) for text in texts), default=0)
    return most * len(texts) <= width


def axis_type(request: ChartRequest, records: Sequence[Record]) -> str:
    """Vega-Lite's word for the horizontal axis: numbers that only name something are names, as long as these can be read."""
    kind = type_of(request.x, records)
    few = len({record[request.x] for record in records}) <= _MOST_NAMES
    return "nominal" if kind == "quantitative" and names_something(request.x) and few else kind


def axis_of(request: ChartRequest, records: Sequence[Record]) -> dict[str, Any]:
    """Scale and ticks of the horizontal axis."""
    kind = axis_type(request, records)
    if request.log:
        return _log_axis(request.x, records)
    if kind == "ordinal":
        return _hour_axis(request.x, records)
    if kind == "nominal":
        return _name_axis(request.x, records)
    if kind == "temporal":
        return _time_axis(request, records)
    return _number_axis(request, records)


def bar_of(request: ChartRequest, records: Sequence[Record]) -> dict[str, Any] | str:
    """The mark of upright bars: on an axis of moments or numbers as wide as the two nearest leave room for."""
    places = _places(request, records)
    if not places:
        return "bar"
    share = _BAR * _gap(places) / (places[-1] - places[0] + _gap(places))
    return {"type": "bar", "width": {"expr": f"max(1, {share:.5f} * width)"}}


def _places(request: ChartRequest, records: Sequence[Record]) -> list[float]:
    """Where bars stand on an axis without names, in minutes or in the axis' own numbers, each once and in order."""
    kind = axis_type(request, records)
    values = {record[request.x] for record in records if record[request.x] is not None}
    if kind == "temporal":
        return sorted(moment_of(each).timestamp() / 60 for each in values)
    return sorted(float(each) for each in values if is_number(each)) if kind == "quantitative" else []


def _gap(places: Sequence[float]) -> float:
    return min((after - before for before, after in pairwise(places)), default=1.0)


def _log_axis(name: str, records: Sequence[Record]) -> dict[str, Any]:
    """1, 10, 100 at equal distances; where a value is 0 or less, an axis that has a place for it."""
    values = [record[name] for record in records if is_number(record[name])]
    if values and min(values) > 0:
        return {"scale": alt.Scale(type="log")}
    return {"scale": alt.Scale(type="symlog", constant=1)}


def _hour_axis(name: str, records: Sequence[Record]) -> dict[str, Any]:
    """Business hours run from 5 to 28, hours without a row included."""
    if not all(FIRST_HOUR <= value <= LAST_HOUR for value in (record[name] for record in records) if value is not None):
        return {}
    return {"scale": alt.Scale(domain=list(range(FIRST_HOUR, LAST_HOUR + 1))), "axis": alt.Axis(labelAngle=0)}


def _name_axis(name: str, records: Sequence[Record]) -> dict[str, Any]:
    """Names lie flat as long as they fit beside each other; of very many, not all are written."""
    names = {record[name] for record in records}
    angle = 0 if fit_beside(names, WIDTH) else -45
    overlap: Any = "greedy" if len(names) > _MOST_TURNED else False
    return {"axis": alt.Axis(labelAngle=angle, labelOverlap=overlap, labelExpr=NULL_LABEL)}


def _number_axis(request: ChartRequest, records: Sequence[Record]) -> dict[str, Any]:
    """Whole numbers have no ticks between them, and a year no comma."""
    places, look = _places(request, records), dict[str, Any]()
    if all(each.is_integer() for each in places):
        look["tickMinStep"] = 1
    if tells_time(request.x) or names_something(request.x):
        look["format"] = "d"
    axis = {"axis": alt.Axis(**look)} if look else {}
    if request.kind != "bar" or not places:
        return axis
    half = _gap(places) / 2
    return axis | {"scale": alt.Scale(domain=[places[0] - half, places[-1] + half], nice=False, zero=False)}


def _time_axis(request: ChartRequest, records: Sequence[Record]) -> dict[str, Any]:
    """Moments in figures, which every language reads, as fine as the time they span, and never the same label twice."""
    moments = sorted({moment_of(record[request.x]) for record in records if record[request.x] is not None})
    first, last = moments[0], moments[-1]
    of_days = all(each.time() == dt.time() for each in moments)
    least = 0 if not of_days else _MONTH if all(each.day == 1 for each in moments) and len(moments) > 1 else _DAY
    span = (last - first).total_seconds() / 60
    step, shape = next(
        (each for each in _STEPS if each[0] >= least and span / each[0] < _MOST_TICKS), (_YEAR * _MONTH, "%Y")
    )
    axis = {"axis": alt.Axis(format=shape, values=[*_ticks(first, last, step)], labelOverlap="greedy", labelAngle=0)}
    if request.kind != "bar":
        return axis
    half = dt.timedelta(minutes=_gap(_places(request, records)) / 2)
    return axis | {"scale": alt.Scale(domain=[_written(first - half), _written(last + half)], nice=False)}


def _ticks(first: dt.datetime, last: dt.datetime, step: float) -> Iterable[alt.DateTime]:
    """Days are counted from the first one of the data, hours and minutes from midnight, months from January.

    Args:
        first: The earliest moment of the data.
        last: The latest one.
        step: Minutes from tick to tick.
    """
    if step >= _MONTH:
        months = round(step / _MONTH)
        if months == _YEAR:
            months *= max(1, -(-(last.year - first.year) // _MOST_TICKS))
        for month in range(first.year * _YEAR, last.year * _YEAR + last.month):
            at = dt.datetime(month // _YEAR, month % _YEAR + 1, 1)  # noqa: DTZ001  (as the result has it)
            if month % months == 0 and at >= first:
                yield _written(at)
        return
    at = first.replace(hour=0, minute=0, second=0, microsecond=0) if step < _DAY else first
    while at <= last:
        if at >= first:
            yield _written(at)
        at += dt.timedelta(minutes=step)


def _written(at: dt.datetime) -> alt.DateTime:
    return alt.DateTime(year=at.year, month=at.month, date=at.day, hours=at.hour, minutes=at.minute, seconds=at.second)


def moment_of(text: object) -> dt.datetime:
    """A date or moment as the result has it, without a zone."""
    return dt.datetime.fromisoformat(str(text)).replace(tzinfo=None)
