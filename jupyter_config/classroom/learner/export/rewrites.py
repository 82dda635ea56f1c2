"""What sqlglot's BigQuery writer gets wrong, put right on the tree: one function a construct, in one ordered tuple.

Each takes a node and the query's time kinds and returns the node to stand in its place (often itself). The gaps were found by
running GoogleSQL's own analyzer over the course's queries.
"""

import re
from collections.abc import Callable

from sqlglot import exp

from classroom.learner.export.forms import OWN_FORMS
from classroom.learner.export.kinds import TimeKind, TimeKinds

_TO_THE_MINUTE = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d")
Rewrite = Callable[[exp.Expr, TimeKinds], exp.Expr]

PART_OF_WEEK = {"WEEK": "ISOWEEK", "ISODOW": "ISODOW", "DOW": "DOW", "DAYOFWEEK": "DOW"}
EXACT_SHARES = 100
_LENGTHS = {
    f"to_{unit}s": unit.upper() for unit in ("second", "minute", "hour", "day", "week", "month", "quarter", "year")
}
"""DuckDB's functions of lengths of time -> their unit."""
_WITH_DECIMALS = (exp.Div, exp.Round, exp.Floor, exp.Ceil, exp.Avg)


def monday_weeks(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`date_trunc`: weeks begin on Monday in DuckDB and on Sunday in BigQuery, so ask for ISO weeks."""
    if not isinstance(node, exp.DateTrunc | exp.TimestampTrunc):
        return node
    unit = _unit(node.args.get("unit"))
    function = "DATE_TRUNC" if kinds.of(node.this) is TimeKind.DATE else "DATETIME_TRUNC"
    return _call(function, node.this, exp.var("ISOWEEK" if unit == "WEEK" else unit))


def differences(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`date_diff` counts boundaries on both sides, but the name and the week differ."""
    if not isinstance(node, exp.DateDiff | exp.TimestampDiff | exp.DatetimeDiff):
        return node
    unit = _unit(node.args.get("unit"))
    unit = "ISOWEEK" if unit == "WEEK" else unit
    both_dates = kinds.of(node.this) is TimeKind.DATE and kinds.of(node.expression) is TimeKind.DATE
    if both_dates and unit in {"DAY", "ISOWEEK", "MONTH", "QUARTER", "YEAR"}:
        return _call("DATE_DIFF", node.this, node.expression, exp.var(unit))
    return _call("DATETIME_DIFF", _as_moment(node.this, kinds), _as_moment(node.expression, kinds), exp.var(unit))


def whole_differences(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`date_sub('hour', a, b)` counts whole units: BigQuery's TIMESTAMP_DIFF does that, its DATETIME_DIFF does not."""
    if not _is_function(node, "date_sub", "datesub") or len(node.expressions) != 3:
        return node
    unit, start, end = node.expressions
    if _unit(unit) not in {"SECOND", "MINUTE", "HOUR", "DAY"}:
        return node
    return _call("TIMESTAMP_DIFF", _call("TIMESTAMP", end), _call("TIMESTAMP", start), exp.var(_unit(unit)))


def parts(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`date_part`, `extract`, `dayofweek`: DuckDB counts Sunday as 0, BigQuery as 1; its plain WEEK begins on Sunday."""
    if isinstance(node, exp.Extract):
        unit, moment = _unit(node.this), node.expression
    elif _is_function(node, "date_part", "datepart") and len(node.expressions) == 2:
        unit, moment = _unit(node.expressions[0]), node.expressions[1]
    elif isinstance(node, exp.DayOfWeek):
        unit, moment = "DOW", node.this
    elif isinstance(node, exp.DayOfWeekIso):
        unit, moment = "ISODOW", node.this
    elif isinstance(node, exp.WeekOfYear | exp.Week):
        unit, moment = "WEEK", node.this
    else:
        return node
    return _extract(PART_OF_WEEK.get(unit, unit), moment)


def seconds(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`epoch(b - a)` of two moments is a difference in seconds, `epoch(a)` the seconds since 1970."""
    if not isinstance(node, exp.TimeToUnix):
        return node
    difference = _bare(node.this)
    if isinstance(difference, exp.Sub) and kinds.of(difference.expression) is not TimeKind.LENGTH:
        sides = (_as_moment(each, kinds) for each in (difference.this, difference.expression))
        micros = _call("DATETIME_DIFF", *sides, exp.var("MICROSECOND"))
    else:
        micros = _call("UNIX_MICROS", _call("TIMESTAMP", node.this))
    return exp.Paren(this=exp.Div(this=micros, expression=exp.Literal.number(1000000)))


def day_arithmetic(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`d2 - d1` is a number of days and `d + 7` a date; BigQuery says both with functions, and moves by a length with + alone."""
    moves = isinstance(node, exp.DateAdd) and not isinstance(node.expression, exp.Interval)
    if moves and kinds.of(node.expression) is TimeKind.LENGTH:
        return exp.Add(this=node.this.copy(), expression=exp.paren(node.expression.copy()))
    if not isinstance(node, exp.Add | exp.Sub) or kinds.of(node.this) is not TimeKind.DATE:
        return node
    if isinstance(node, exp.Sub) and kinds.of(node.expression) is TimeKind.DATE:
        return _call("DATE_DIFF", node.this, node.expression, exp.var("DAY"))
    if kinds.of(node.expression) is not TimeKind.OTHER:
        return node
    days = exp.Interval(this=node.expression.copy(), unit=exp.var("DAY"))
    return _call("DATE_ADD" if isinstance(node, exp.Add) else "DATE_SUB", node.this, days)


def lengths(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`to_days(n)` is INTERVAL n DAY; a number that may have decimals is cut to a whole one, as DuckDB cuts it."""
    if isinstance(node, exp.ToDays):
        count, unit = node.this, "DAY"
    elif _is_function(node, *_LENGTHS) and len(node.expressions) == 1:
        count, unit = node.expressions[0], _LENGTHS[str(node.this).lower()]
    elif (
        isinstance(node, exp.Interval) and not isinstance(node.this, exp.Literal) and node.args.get("unit") is not None
    ):
        count, unit = _bare(node.this), _unit(node.args["unit"])
    else:
        return node
    if not isinstance(count, exp.Cast) and count.find(*_WITH_DECIMALS) is not None:
        count = exp.cast(exp.Trunc(this=count.copy()), "BIGINT", dialect="duckdb")
    return exp.Interval(this=count.copy(), unit=exp.var(unit))


def quantiles(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`median` and `quantile_cont` as a group function exist in BigQuery only in the approximate form."""
    if isinstance(node, exp.Median):
        share = 0.5
    elif isinstance(node, exp.PercentileCont | exp.Quantile) and not isinstance(node.parent, exp.WithinGroup):
        given = node.expression if isinstance(node, exp.PercentileCont) else node.args.get("quantile")
        if not isinstance(given, exp.Literal) or given.is_string:
            return node
        share = float(given.name)
    else:
        return node
    steps = EXACT_SHARES if round(share * EXACT_SHARES, 9).is_integer() else EXACT_SHARES * 10
    array = _call("APPROX_QUANTILES", node.this, exp.Literal.number(steps))
    return exp.Bracket(this=array, expressions=[_call("OFFSET", exp.Literal.number(round(share * steps)))])


def formatted(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`strftime` of a moment keeps its time of day."""
    if not isinstance(node, exp.TimeToStr):
        return node
    function = "FORMAT_DATE" if kinds.of(node.this) is TimeKind.DATE else "FORMAT_DATETIME"
    return _call(function, node.args["format"], node.this)


def zones(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`x AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Tokyo'`: a moment without zone read in one zone and shown in another."""
    if not isinstance(node, exp.AtTimeZone):
        return node
    inner = _bare(node.this)
    if not isinstance(inner, exp.AtTimeZone):
        return node
    return _call("DATETIME", _call("TIMESTAMP", inner.this, inner.args["zone"]), node.args["zone"])


def date_series(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`generate_series` and `range` of dates are date arrays; `range` leaves its end out."""
    if not isinstance(node, exp.GenerateSeries | exp.GenerateDateArray) or not isinstance(
        node.args.get("step"), exp.Interval
    ):
        return node
    end = node.args["end"]
    if node.args.get("is_end_exclusive"):
        end = _call("DATE_SUB", _as_date(end, kinds), node.args["step"].copy())
    array = _call("GENERATE_DATE_ARRAY", _as_date(node.args["start"], kinds), _as_date(end, kinds), node.args["step"])
    return _call("UNNEST", array) if isinstance(node.parent, exp.Table) else array


def clock(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`now()` is a moment without zone in our tables."""
    if isinstance(node, exp.CurrentTimestamp) or _is_function(node, "now", "get_current_timestamp"):
        return _call("CURRENT_DATETIME", exp.Literal.string("UTC"))
    if isinstance(node, exp.CurrentDate):
        return _call("CURRENT_DATE", exp.Literal.string("UTC"))
    return node


def whole_clocks(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """A moment written without its seconds; BigQuery wants them."""
    if not isinstance(node, exp.Literal) or not node.is_string or not _TO_THE_MINUTE.fullmatch(node.name):
        return node
    if not isinstance(node.parent, exp.Cast | exp.Binary | exp.Between | exp.In):
        return node
    return exp.Literal.string(f"{node.name}:00")


def any_values(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """`any_value` skips NULLs on both sides; sqlglot adds IGNORE NULLS, which BigQuery's does not take."""
    return node.this if isinstance(node, exp.IgnoreNulls) and isinstance(node.this, exp.AnyValue) else node


_OF_ONE_ROW = (exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.NthValue)
"""Functions that sqlglot calls aggregates, though they give the value of one row and may be ordered by NULLS LAST."""


def framed_order(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    """NULLs come last in DuckDB; BigQuery has no NULLS LAST where a window adds up, so sort by "is empty" first."""
    if not isinstance(node, exp.Window) or node.args.get("order") is None:
        return node
    keys: list[exp.Expr] = []
    for key in node.args["order"].expressions:
        if not key.args.get("desc"):
            keys.append(exp.Ordered(this=exp.Is(this=key.this.copy(), expression=exp.Null()), nulls_first=True))
        keys.append(exp.Ordered(this=key.this.copy(), desc=key.args.get("desc"), nulls_first=not key.args.get("desc")))
    adds_up = isinstance(node.this, exp.AggFunc) and not isinstance(node.this, _OF_ONE_ROW)
    if node.args.get("spec") is not None or adds_up:
        node.args["order"].set("expressions", keys)
    return node


REWRITES: tuple[Rewrite, ...] = (
    *OWN_FORMS,
    zones,
    seconds,
    whole_differences,
    differences,
    monday_weeks,
    parts,
    day_arithmetic,
    lengths,
    quantiles,
    formatted,
    date_series,
    clock,
    whole_clocks,
    any_values,
    framed_order,
)


def _call(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    return exp.Anonymous(this=name, expressions=[argument.copy() for argument in arguments])


def _is_function(node: exp.Expr, *names: str) -> bool:
    return isinstance(node, exp.Anonymous) and str(node.this).lower() in names


def _unit(node: exp.Expr | None) -> str:
    return node.name.upper().rstrip("S") if node is not None else "DAY"


def _bare(node: exp.Expr) -> exp.Expr:
    return node.unnest()


def _extract(part: str, moment: exp.Expr) -> exp.Expr:
    if part == "DOW":
        return exp.Paren(this=exp.Sub(this=_extract("DAYOFWEEK", moment), expression=exp.Literal.number(1)))
    if part == "ISODOW":
        shifted = exp.Add(this=_extract("DAYOFWEEK", moment), expression=exp.Literal.number(5))
        return exp.Paren(
            this=exp.Add(this=_call("MOD", shifted, exp.Literal.number(7)), expression=exp.Literal.number(1))
        )
    return exp.Extract(this=exp.var(part), expression=moment.copy())


def _as_moment(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    if kinds.of(node) is TimeKind.MOMENT:
        return node
    return exp.cast(node.copy(), "TIMESTAMP", dialect="duckdb")


def _as_date(node: exp.Expr, kinds: TimeKinds) -> exp.Expr:
    if kinds.of(node) is TimeKind.DATE:
        return node
    return exp.cast(node.copy(), "DATE", dialect="duckdb")
