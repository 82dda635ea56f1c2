"""What stands on a slide's chart as it stands on the drawing: lines of a target and of an event, values beside bars and points.

PowerPoint has no such lines. They are shapes over the chart, whose plot and axes are held where they are for that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from classroom.learner.charts.values import number_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LINE = "D55E00"
_PLOT = (0.07, 0.05, 0.9, 0.7)
"""Left, top, width and height of the plot, as shares of the chart."""
_FEW = 8
"""Up to so high, an axis without a step of its own has ticks between whole numbers."""
_STEPS, _MOST_TICKS = (1, 2, 5, 10), 6
_TALL, _WIDE, _ASIDE = 0.3, 2.6, 0.05
"""A line's words in inches: their box, and how far from the line."""


@dataclass(frozen=True)
class ChartLines:
    """What a chart draws: its values, and what stands along its other axis."""

    values: tuple[float, ...]
    names: tuple[str, ...] = ()
    """The categories; none where the other axis has numbers."""
    across: tuple[float, ...] = ()
    """The numbers of the other axis."""


@dataclass(frozen=True)
class Axis:
    """An axis of numbers: where it begins and ends, and from tick to tick."""

    low: float
    high: float
    step: float

    def share(self, value: float) -> float:
        """How far along it a value stands, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)


def add_lines(slide: Any, frame: Any, kind: str, drawn: ChartLines, options: Mapping[str, str]) -> None:
    """Draw the lines that a chart's options ask for, and leave no tick between whole numbers.

    Args:
        slide: where they are drawn.
        frame: the graphic frame of the chart.
        kind: a kind of `%chart` with axes.
        drawn: what the chart shows.
        options: those of the visualisation; `target`, `mark` and `note` are looked at.
    """
    chart, target, mark = frame.chart, options.get("target"), options.get("mark")
    if not target and not mark:
        if _is_whole(drawn.values) and max(drawn.values, default=0) <= _FEW:
            chart.value_axis.major_unit = 1
        return
    _hold_plot(chart)
    up = axis_over((*drawn.values, *([float(target)] if target else [])))
    _hold_axis(chart.value_axis, up)
    lying = kind == "hbar"
    if target:
        _line(slide, frame, up.share(float(target)), number_text(float(target)), upright=lying)
    if mark:
        place = _mark_place(chart, kind, drawn, mark)
        if place is not None:
            words = options.get("note", "").replace("_", " ") or mark
            _line(slide, frame, 1 - place if lying else place, words, upright=not lying)


def add_labels(chart: Any, texts: Sequence[Sequence[str]], *, above: bool) -> None:
    """Write values beside bars and points.

    Args:
        chart: the chart.
        texts: for each series those of its points; empty ones are not written.
        above: over the point instead of at the end of its bar.
    """
    places: Any = import_module("pptx.enum.chart").XL_LABEL_POSITION
    points: Any = import_module("pptx.util").Pt
    for series, written in zip(chart.series, texts, strict=True):
        for at, text in enumerate(written):
            if text:
                label = series.points[at].data_label
                label.has_text_frame, label.text_frame.text = True, text
                label.text_frame.paragraphs[0].runs[0].font.size = points(11)
                label.position = places.ABOVE if above else places.OUTSIDE_END


def axis_over(values: Sequence[float]) -> Axis:
    """An axis from 0, or from below it, to above the highest value, with few ticks, and of whole numbers none between them."""
    low, high = min((0.0, *values)), max((0.0, *values))
    rough = (high - low or 1.0) / _MOST_TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in _STEPS if each * power >= rough * 0.999)
    step = max(step, 1.0) if _is_whole(values) else step
    top = math.ceil(high / step - 1e-9) * step
    return Axis(math.floor(low / step + 1e-9) * step, top if top > high else top + step, step)


def _is_whole(values: Sequence[float]) -> bool:
    return all(each == int(each) for each in values)


def _mark_place(chart: Any, kind: str, drawn: ChartLines, mark: str) -> float | None:
    """How far along the other axis a mark stands, from 0 to 1; None where it has no place there."""
    if drawn.across:
        try:
            value = float(mark)
        except ValueError:
            return None
        axis = axis_over((*drawn.across, value))
        _hold_axis(chart.category_axis, axis)
        return axis.share(value)
    at = place_among(drawn.names, mark)
    if at is None:
        return None
    if kind == "area":  # its first and last points stand on the plot's edges
        return min(max(at / max(len(drawn.names) - 1, 1), 0.0), 1.0)
    return (at + 0.5) / len(drawn.names)


def place_among(names: Sequence[str], mark: str) -> float | None:
    """Which of the names a mark is, or between which it falls in their order; None where it does neither."""
    starts = [at for at, name in enumerate(names) if name == mark or name.startswith(f"{mark} ")]
    if starts:
        return float(starts[0])
    between = [at + 0.5 for at, (one, other) in enumerate(pairwise(names)) if _key(one) < _key(mark) < _key(other)]
    return between[0] if len(between) == 1 else None


def _key(text: str) -> tuple[int, float, str]:
    """Numbers by their size, before texts, among which are dates."""
    try:
        return (0, float(text.replace(",", "")), "")
    except ValueError:
        return (1, 0.0, text)


def _hold_axis(axis: Any, found: Axis) -> None:
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = found.low, found.high, found.step


def _hold_plot(chart: Any) -> None:
    """Give the plot a place in the chart, so that what is drawn over it stands right."""
    element: Any = import_module("pptx.oxml").parse_xml
    space: Any = import_module("pptx.oxml.ns").nsdecls("c")
    area = chart._chartSpace.chart.plotArea  # noqa: SLF001  (the library has no other way to it)
    for old in area.findall("{*}layout"):
        area.remove(old)
    sizes = "".join(f'<c:{name} val="{value}"/>' for name, value in zip("xywh", _PLOT, strict=True))
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    area.insert(0, element(f"<c:layout {space}><c:manualLayout>{modes}{sizes}</c:manualLayout></c:layout>"))
    for axis in area.findall("{*}valAx"):
        if axis.find("{*}crossBetween") is None and area.find("{*}catAx") is not None:
            axis.find("{*}crosses").addnext(element(f'<c:crossBetween {space} val="between"/>'))


def _line(slide: Any, frame: Any, share: float, words: str, *, upright: bool) -> None:
    """A dashed line across the plot and its words.

    Args:
        slide: where it is drawn.
        frame: the chart's graphic frame.
        share: how far from the left or from the bottom of the plot, from 0 to 1.
        words: what is written beside it.
        upright: whether it runs from the top to the bottom.
    """
    shapes: Any = import_module("pptx.enum.shapes").MSO_CONNECTOR
    dashes: Any = import_module("pptx.enum.dml").MSO_LINE
    units: Any = import_module("pptx.util")
    colour = import_module("pptx.dml.color").RGBColor.from_string(LINE)
    left, top = frame.left + frame.width * _PLOT[0], frame.top + frame.height * _PLOT[1]
    width, height = frame.width * _PLOT[2], frame.height * _PLOT[3]
    right, bottom = left + width, top + height
    at = left + width * share if upright else bottom - height * share
    ends = (at, top, at, bottom) if upright else (left, at, right, at)
    drawn = slide.shapes.add_connector(shapes.STRAIGHT, *map(round, ends)).line
    drawn.color.rgb, drawn.dash_style, drawn.width = colour, dashes.DASH, units.Pt(1.5)
    wide, tall, aside = (units.Inches(each) for each in (_WIDE, _TALL, _ASIDE))
    late = upright and at + wide > right
    place = ((at - wide if late else at) + (-aside if late else aside), top) if upright else (right - wide, at - tall)
    box = slide.shapes.add_textbox(*map(round, (*place, wide, tall))).text_frame
    aligned: Any = import_module("pptx.enum.text").PP_ALIGN
    box.margin_top = box.margin_bottom = box.margin_left = box.margin_right = 0
    box.text = words
    paragraph = box.paragraphs[0]
    paragraph.alignment = aligned.RIGHT if late or not upright else aligned.LEFT
    paragraph.runs[0].font.size, paragraph.runs[0].font.color.rgb = units.Pt(12), colour
