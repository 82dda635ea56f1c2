"""A finding as one PowerPoint slide: the conclusion on top, one chart that can be changed there, and what it rests on."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from classroom.learner.bi.drawing import chart_request
from classroom.learner.bi.slide_lines import ChartLines, add_labels, add_lines
from classroom.learner.charts import ChartProblem
from classroom.learner.charts.bins import bin_of, log_bins
from classroom.learner.charts.values import Misfit, as_number, column_of, crossed, number_text
from classroom.session.table_view import value_text
from coursebook.answer_cell import CHARTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from classroom.learner.bi.records import Visual
    from classroom.session.result import ResultTable

PARTS = ("headline", "definition", "period", "n", "next")
"""What a slide says beside its chart."""
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_WIDTH, _HEIGHT = 13.333, 7.5
_LEFT, _TOP, _ACROSS, _DOWN = 0.6, 1.75, 12.1, 3.95
_BLUE, _INK, _QUIET = "0072B2", "222222", "5F5F5F"
_BINS, _MOST_ROWS, _MOST_COLUMNS, _MOST_POINTS = 12, 8, 8, 400
_CHARTS = {
    "bar": "COLUMN_CLUSTERED",
    "hbar": "BAR_CLUSTERED",
    "line": "LINE_MARKERS",
    "area": "AREA",
    "hist": "COLUMN_CLUSTERED",
    "funnel": "BAR_CLUSTERED",
}


@dataclass(frozen=True)
class Series:
    """What a chart draws: one value for each category, or None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Plot:
    """The categories of a chart, in the order of the result, and its series."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]


def slide_file(visual: Visual, result: ResultTable, texts: Mapping[str, str], labels: Mapping[str, str]) -> bytes:
    """The PowerPoint file.

    Args:
        visual: What is drawn; a kind that PowerPoint has no chart for becomes a number or a table.
        result: What it is drawn from.
        texts: What the slide says, by `PARTS`.
        labels: What definition, period, n and next step are called.

    Raises:
        Misfit: the result does not fit the visualisation.
    """
    file = blank_file()
    add_finding(file, visual, result, texts, labels)
    return written(file)


def blank_file() -> Any:
    """A presentation without a slide yet, as wide as screens are."""
    pptx: Any = import_module("pptx")
    inches: Any = import_module("pptx.util").Inches
    file = pptx.Presentation()
    file.slide_width, file.slide_height = inches(_WIDTH), inches(_HEIGHT)
    return file


def written(file: Any) -> bytes:
    """A presentation as the bytes of a file."""
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def add_finding(
    file: Any, visual: Visual, result: ResultTable, texts: Mapping[str, str], labels: Mapping[str, str]
) -> None:
    """Put a slide with a chart into a presentation; arguments and Misfit as in `slide_file`."""
    inches: Any = import_module("pptx.util").Inches
    slide = _titled(file, texts["headline"])
    _draw(slide, visual, result)
    told = [(f"{labels[each]}: {texts[each]}", 14, False, _QUIET) for each in ("definition", "period", "n")]
    box = slide.shapes.add_textbox(*(inches(each) for each in (_LEFT, 5.8, _ACROSS, 1.3)))
    _write(box.text_frame, [*([each] for each in told), [(f"{labels['next']}: {texts['next']}", 18, True, _BLUE)]])


def add_words(file: Any, title: str, lines: Sequence[tuple[str, str]]) -> None:
    """Put a slide of words into a presentation: its title, and lines with a label each."""
    inches: Any = import_module("pptx.util").Inches
    box = _titled(file, title).shapes.add_textbox(*(inches(each) for each in (_LEFT, _TOP, _ACROSS, 5.2)))
    _write(box.text_frame, [[(f"{label}  ", 14, False, _QUIET), (text, 20, False, _INK)] for label, text in lines])


def _titled(file: Any, title: str) -> Any:
    inches: Any = import_module("pptx.util").Inches
    slide = file.slides.add_slide(file.slide_layouts[5])
    head = slide.shapes.title
    head.left, head.top, head.width, head.height = (inches(each) for each in (_LEFT, 0.4, _ACROSS, 1.2))
    _write(head.text_frame, [[(title, 28, True, _INK)]])
    return slide


def plot_of(visual: Visual, result: ResultTable) -> Plot:
    """The categories and series of a bar, line, area, histogram or funnel.

    Raises:
        Misfit: the result does not fit the visualisation.
    """
    options = visual.options
    if visual.kind == "hist":
        values = [as_number(each, options["x"]) for each in column_of(result, options["x"]) if each is not None]
        return _log_bins(values) if options.get("scale") else _bins(values)
    names = column_of(result, options["x"])
    color = options.get("color")
    if color and not options.get("y2"):
        sums, _, across = crossed(result, options["x"], color, options["y"])
        shown = tuple(dict.fromkeys(names))[:_MOST_POINTS]
        if len(across) > _MOST_COLUMNS:
            raise Misfit("too_wide", color)
        series = tuple(Series(value_text(key), tuple(sums.get((name, key)) for name in shown)) for key in across)
        return Plot(tuple(value_text(each) for each in shown), series)
    shown = tuple(value_text(each) for each in names[:_MOST_POINTS])
    drawn = filter(None, (options["y"], options.get("y2")))
    return Plot(shown, tuple(Series(each, _values(result, each)) for each in drawn))


def _values(result: ResultTable, name: str) -> tuple[float | None, ...]:
    values = column_of(result, name)[:_MOST_POINTS]
    return tuple(None if each is None else as_number(each, name) for each in values)


def _log_bins(values: Sequence[float]) -> Plot:
    """Counts in bins of which each is twice as wide as the one before."""
    bins = log_bins(values)
    counts = Counter(bin_of(each, bins) for each in values)
    return Plot(tuple(each.name for each in bins), (Series("n", tuple(float(counts[each]) for each in bins)),))


def _bins(values: Sequence[float]) -> Plot:
    """Counts in bins of one width; each bin is named by where it begins and ends."""
    numpy: Any = import_module("numpy")
    counts, edges = numpy.histogram(values, bins=_BINS)
    names = (f"{number_text(float(a))}–{number_text(float(b))}" for a, b in pairwise(edges))
    return Plot(tuple(names), (Series("n", tuple(float(each) for each in counts)),))


def _draw(slide: Any, visual: Visual, result: ResultTable) -> None:
    if visual.kind in CHARTS and isinstance(chart_request(visual, result), ChartProblem):
        raise Misfit("choose")
    inches: Any = import_module("pptx.util").Inches
    place = tuple(inches(each) for each in (_LEFT, _TOP, _ACROSS, _DOWN))
    if visual.kind in _CHARTS:
        _chart(slide, visual, result, place)
    elif visual.kind == "scatter":
        _scatter(slide, visual, result, place)
    elif visual.kind == "counter":
        value = as_number(column_of(result, visual.options["y"])[0], visual.options["y"])
        frame = slide.shapes.add_textbox(*place).text_frame
        _write(frame, [[(number_text(value), 96, True, _BLUE)], [(visual.options["y"], 16, False, _QUIET)]])
    else:
        _table(slide, visual, result, place)


def _chart(slide: Any, visual: Visual, result: ResultTable, place: tuple[Any, ...]) -> None:
    data = import_module("pptx.chart.data").CategoryChartData()
    kinds: Any = import_module("pptx.enum.chart").XL_CHART_TYPE
    plot = plot_of(visual, result)
    data.categories = plot.categories
    for each in plot.series:
        data.add_series(each.name, each.values)
    frame = slide.shapes.add_chart(getattr(kinds, _CHARTS[visual.kind]), *place, data)
    _dress(frame.chart, len(plot.series))
    if visual.kind in {"hbar", "funnel"}:
        _first_on_top(frame.chart)
    values = tuple(each for series in plot.series for each in series.values if each is not None)
    add_lines(slide, frame, visual.kind, ChartLines(values, plot.categories), visual.options)
    add_labels(frame.chart, _labels(visual, result, plot), above=visual.kind == "line")


def _scatter(slide: Any, visual: Visual, result: ResultTable, place: tuple[Any, ...]) -> None:
    data = import_module("pptx.chart.data").XyChartData()
    kinds: Any = import_module("pptx.enum.chart").XL_CHART_TYPE
    points = data.add_series(visual.options["y"])
    label = visual.options.get("label")
    across, up = (column_of(result, visual.options[name]) for name in ("x", "y"))
    told = column_of(result, label) if label else [""] * len(across)
    drawn = [
        (as_number(x, visual.options["x"]), as_number(y, visual.options["y"]), value_text(text))
        for x, y, text in list(zip(across, up, told, strict=True))[:_MOST_POINTS]
        if x is not None and y is not None
    ]
    for x, y, _ in drawn:
        points.add_data_point(x, y)
    frame = slide.shapes.add_chart(kinds.XY_SCATTER, *place, data)
    _dress(frame.chart, 1)
    shown = ChartLines(tuple(y for _, y, _ in drawn), across=tuple(x for x, _, _ in drawn))
    add_lines(slide, frame, visual.kind, shown, visual.options)
    add_labels(frame.chart, [[text for _, _, text in drawn]], above=True)


def _labels(visual: Visual, result: ResultTable, plot: Plot) -> list[list[str]]:
    """What stands beside each point of each series: the column's value in the point's row."""
    options = visual.options
    if not (label := options.get("label")):
        return [[] for _ in plot.series]
    told = [value_text(each) for each in column_of(result, label)]
    if not options.get("color") or options.get("y2"):
        return [told[:_MOST_POINTS] for _ in plot.series]
    rows = (column_of(result, options[name]) for name in ("x", "color"))
    beside = {tuple(map(value_text, row)): text for *row, text in zip(*rows, told, strict=True)}
    return [[beside.get((name, each.name), "") for name in plot.categories] for each in plot.series]


def _first_on_top(chart: Any) -> None:
    """Lying bars begin at the top, their values are written below."""
    crossing: Any = import_module("pptx.enum.chart").XL_AXIS_CROSSES
    chart.category_axis.reverse_order = True
    chart.category_axis.crosses = crossing.MAXIMUM


def _dress(chart: Any, series: int) -> None:
    """Letters that are read from the back row; a legend only where there is something to tell apart."""
    points: Any = import_module("pptx.util").Pt
    places: Any = import_module("pptx.enum.chart").XL_LEGEND_POSITION
    chart.has_title, chart.has_legend = False, series > 1
    chart.font.size = points(12)
    if series > 1:
        chart.legend.position, chart.legend.include_in_layout = places.BOTTOM, False


def _table(slide: Any, visual: Visual, result: ResultTable, place: tuple[Any, ...]) -> None:
    head, rows = _cells(visual, result)
    points: Any = import_module("pptx.util").Pt
    shown = slide.shapes.add_table(len(rows) + 1, len(head), *place).table
    for at, row in enumerate([head, *rows]):
        for column, text in enumerate(row):
            cell = shown.cell(at, column)
            cell.text = text
            cell.text_frame.paragraphs[0].font.size = points(12)


def _cells(visual: Visual, result: ResultTable) -> tuple[list[str], list[list[str]]]:
    """The first rows and columns of a table, a pivot, or a cohort's values."""
    if visual.kind in {"pivot", "cohort"}:
        sums, down, across = crossed(result, *(visual.options[each] for each in ("x", "color", "y")))
        head = [visual.options["x"], *(value_text(each) for each in across[:_MOST_COLUMNS])]
        rows = [
            [
                value_text(name),
                *(number_text(sums[name, key]) if (name, key) in sums else "" for key in across[:_MOST_COLUMNS]),
            ]
            for name in down[:_MOST_ROWS]
        ]
        return head, rows
    return list(result.columns[:_MOST_COLUMNS]), [
        [value_text(each) for each in row[:_MOST_COLUMNS]] for row in result.rows[:_MOST_ROWS]
    ]


def _write(frame: Any, paragraphs: Sequence[Sequence[tuple[str, int, bool, str]]]) -> None:
    """Paragraphs of runs, each a text with its size in points, whether it is bold, and its colour."""
    points: Any = import_module("pptx.util").Pt
    colour: Any = import_module("pptx.dml.color").RGBColor
    aligned: Any = import_module("pptx.enum.text").PP_ALIGN
    frame.word_wrap = True
    frame.clear()
    for at, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if not at else frame.add_paragraph()
        paragraph.alignment = aligned.LEFT
        for text, size, bold, ink in runs:
            run = paragraph.add_run()
            run.text, run.font.size, run.font.bold = text, points(size), bold
            run.font.color.rgb = colour.from_string(ink)
