"""What BigQuery accepts and answers otherwise: each a code whose sentence stands in messages/{ja,en}.toml."""

from collections.abc import Callable

from sqlglot import exp

Difference = Callable[[exp.Expr], bool]


def divides_by_column(node: exp.Expr) -> bool:
    """Division by something that may be zero: inf here, an error there."""
    if not isinstance(node, exp.Div | exp.IntDiv):
        return False
    divisor = node.expression.unnest()
    return not isinstance(divisor, exp.Literal | exp.Nullif) and not divisor.find(exp.Count)


def takes_the_greatest(node: exp.Expr) -> bool:
    """GREATEST and LEAST skip NULL here and return NULL there."""
    return isinstance(node, exp.Greatest | exp.Least)


def takes_quantiles(node: exp.Expr) -> bool:
    """Quantiles are exact here and approximate there."""
    return isinstance(node, exp.Median | exp.PercentileCont | exp.Quantile)


def cuts_weeks(node: exp.Expr) -> bool:
    """A week that begins on Monday has to be asked for."""
    return isinstance(node, exp.DateTrunc | exp.TimestampTrunc | exp.DateDiff) and str(node.args.get("unit")).strip(
        "'"
    ).upper().startswith("WEEK")


def numbers_weekdays(node: exp.Expr) -> bool:
    """Sunday is 0 here and 1 there."""
    return isinstance(node, exp.DayOfWeek) or "dow" in str(node.this if isinstance(node, exp.Extract) else "").lower()


def reads_the_clock(node: exp.Expr) -> bool:
    """Today's date depends on the zone of the server."""
    return isinstance(node, exp.CurrentDate | exp.CurrentTimestamp)


def keeps_times_without_zone(node: exp.Expr) -> bool:
    """Our time columns are DATETIME; a company's log table may hold TIMESTAMP."""
    return isinstance(node, exp.Interval | exp.DateDiff | exp.DateTrunc | exp.TimestampTrunc | exp.TimeToStr)


def collects_lists(node: exp.Expr) -> bool:
    """An array that is returned may not hold NULL."""
    return isinstance(node, exp.ArrayAgg)


def writes_fractions(node: exp.Expr) -> bool:
    """A number with decimals as a text: 50.0 is written 50 there."""
    if isinstance(node, exp.Cast) and node.to.is_type("varchar", "text"):
        return node.this.find(exp.Div, exp.Avg, exp.Round) is not None
    return isinstance(node, exp.DPipe | exp.Concat) and any(
        isinstance(each.unnest(), exp.Div | exp.Avg | exp.Round) for each in node.iter_expressions()
    )


def reads_texts(node: exp.Expr) -> bool:
    """Texts that DuckDB reads as a date or a truth, and GoogleSQL does not."""
    return isinstance(node, exp.TryCast) and node.to.is_type("date", "timestamp", "boolean")


DIFFERENCES: tuple[tuple[str, Difference], ...] = (
    ("division_by_zero", divides_by_column),
    ("greatest_null", takes_the_greatest),
    ("approximate_quantiles", takes_quantiles),
    ("week_start", cuts_weeks),
    ("weekday_numbers", numbers_weekdays),
    ("clock_zone", reads_the_clock),
    ("datetime_or_timestamp", keeps_times_without_zone),
    ("null_in_array", collects_lists),
    ("fraction_as_text", writes_fractions),
    ("texts_read", reads_texts),
)
