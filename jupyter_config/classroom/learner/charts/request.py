"""The `%chart` line read against a result's columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from coursebook.answer_cell import CHARTS, ChartLine

MIME_TYPE = "application/vnd.vegalite.v5+json"
DATA = "result"
"""The name of a drawing's records."""
MAX_ROWS = 5_000  # a page stays fast; the caller says when rows were left out
OPTIONS = ("x", "y", "color", "label", "title", "scale", "target", "mark", "note")
LOG = "log"
TABLES = ("funnel", "cohort")
"""Kinds that are drawn as tables themselves."""
WITH_TIME = ("bar", "line", "area", "scatter")
"""Kinds whose horizontal axis may be one of moments."""
_WITH_AXES = ("bar", "hbar", "line", "area", "scatter")
"""Kinds that have an axis of values on which a line can stand."""
WITH: dict[str, tuple[str, ...]] = {
    "label": ("bar", "hbar", "line", "scatter"),
    "scale": ("line", "scatter", "hist"),
    "target": _WITH_AXES,
    "mark": _WITH_AXES,
    "note": _WITH_AXES,
}
"""The kinds that an option goes with; bars of a logarithmic length say nothing, so only widths may be logarithmic."""
_NAMING = frozenset({"id", "no", "code", "number", "fp"})
_OF_TIME = frozenset({"year", "month", "week", "weekday", "day", "hour", "minute"})


@dataclass(frozen=True)
class ChartRequest:
    """A chart that can be drawn: its columns exist and its kind is known."""

    kind: str
    x: str
    y: tuple[str, ...] = ()
    color: str | None = None
    """What tells series apart; the stages of a cohort."""
    label: str | None = None
    """The column whose values stand beside bars and points."""
    title: str | None = None
    log: bool = False
    """Whether the horizontal axis is logarithmic; of a histogram, whether each bin is twice as wide as the one before."""
    target: float | None = None
    """Where a line of the value aimed at stands on the axis of values."""
    mark: str | None = None
    """Where a line of an event stands on the horizontal axis, as written."""
    note: str | None = None
    """What is written beside that line instead of where it stands."""


@dataclass(frozen=True)
class ChartProblem:
    """Why a `%chart` line can't be drawn: a code of messages/{ja,en}.toml and its parameters."""

    code: str
    params: dict[str, str] = field(default_factory=dict)


def read_request(line: ChartLine, columns: Sequence[str]) -> ChartRequest | ChartProblem:
    """Check a `%chart` line against the columns of the result above it."""
    for option in line.options:
        if option not in OPTIONS:
            return ChartProblem("unknown_option", {"option": option, "options": ", ".join(OPTIONS)})
    if line.kind not in CHARTS:
        return ChartProblem("unknown_kind", {"kind": line.kind or "___", "kinds": ", ".join(CHARTS)})
    if line.kind == "table":
        return ChartRequest("table", columns[0])
    x, ys = line.options.get("x", ""), tuple(name for name in line.options.get("y", "").split(",") if name)
    if not x:
        return ChartProblem("no_x", {"columns": ", ".join(columns)})
    if not ys and line.kind != "hist":
        return ChartProblem("no_y", {"columns": ", ".join(columns)})
    color, label = line.options.get("color"), line.options.get("label")
    if line.kind == "cohort" and not color:
        return ChartProblem("no_color", {"columns": ", ".join(columns)})
    known = {name.lower(): name for name in columns}
    for name in (x, *ys, *filter(None, (color, label))):
        if name.lower() not in known:
            return ChartProblem("unknown_column", {"column": name, "columns": ", ".join(columns)})
    if ids := [name for name in ys if _last_word(name) == "id"]:
        return ChartProblem("y_names", {"column": ids[0]})
    if problem := _misplaced(line):
        return problem
    target = line.options.get("target")
    return ChartRequest(
        line.kind,
        known[x.lower()],
        tuple(known[name.lower()] for name in ys),
        known[color.lower()] if color else None,
        known[label.lower()] if label else None,
        line.options.get("title"),
        line.options.get("scale") == LOG,
        float(target) if target else None,
        line.options.get("mark"),
        line.options.get("note"),
    )


def _misplaced(line: ChartLine) -> ChartProblem | None:
    """What is wrong with the options that draw further lines or stretch an axis."""
    if line.options.get("scale", LOG) != LOG:
        return ChartProblem("unknown_scale", {"scale": line.options["scale"]})
    for option, kinds in WITH.items():
        if option in line.options and line.kind not in kinds:
            return ChartProblem("option_not_here", {"option": option, "kinds": ", ".join(kinds)})
    if "note" in line.options and "mark" not in line.options:
        return ChartProblem("note_without_mark")
    try:
        float(line.options.get("target", 0))
    except ValueError:
        return ChartProblem("target_no_number", {"target": line.options["target"]})
    return None


def is_measure(name: str, *, is_number: bool) -> bool:
    """Whether a column's values can be high or low: a number that names nothing and is no part of a date."""
    return is_number and not names_something(name) and not tells_time(name)


def names_something(name: str) -> bool:
    """Whether a column's numbers tell things apart, as an id does."""
    return _last_word(name) in _NAMING


def tells_time(name: str) -> bool:
    """Whether a column's numbers are parts of a date, as a year is."""
    return _last_word(name) in _OF_TIME


def _last_word(name: str) -> str:
    return name.lower().rsplit("_", 1)[-1]


def suggest_line(columns: Sequence[str], numeric: Sequence[bool], temporal: Sequence[bool]) -> str:
    """A `%chart` line to begin with: over time a line, over few names bars, of two measures a scatter; empty without a measure."""
    numbers = {name for name, is_number in zip(columns, numeric, strict=True) if is_number}
    measures = [name for name in columns if is_measure(name, is_number=name in numbers)]
    times = [name for name, is_time in zip(columns, temporal, strict=True) if is_time]
    others = [name for name in columns if name not in measures]
    if not measures:
        return ""
    if times:
        return f"%chart line x={times[0]} y={measures[0]}"
    if others:
        return f"%chart bar x={others[0]} y={measures[0]}"
    if len(measures) > 1:
        return f"%chart scatter x={measures[0]} y={measures[1]}"
    return f"%chart hist x={measures[0]}"
