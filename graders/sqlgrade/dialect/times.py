"""Dates and times: what GoogleSQL's functions give, in DuckDB, where both differ in week, rounding, zone or type.

Moments are DuckDB's TIMESTAMP here, a TIMESTAMP of BigQuery's as its time in UTC. Sources, by the name of the page below
https://cloud.google.com/bigquery/docs/reference/standard-sql/: date_functions, datetime_functions, timestamp_functions,
format-elements.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect import zones
from sqlgrade.dialect.format_elements import formatted, parsed_time
from sqlgrade.dialect.forms import Unspoken, made, number_of, quoted_text, text_of
from sqlgrade.dialect.types import ANY, DATE, DATETIME, INT64, INTERVAL, MOMENTS, STRING, TIME, TIMESTAMP, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Builder = Callable[[Sequence[Value], exp.Expr], Value]

_WEEKDAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_PLAIN = ("MICROSECOND", "MILLISECOND", "SECOND", "MINUTE", "HOUR", "DAY", "MONTH", "QUARTER", "YEAR", "ISOYEAR")
_OF_A_DAY = ("MICROSECOND", "MILLISECOND", "SECOND", "MINUTE", "HOUR")
_WHOLE = (*_OF_A_DAY, "DAY")
"""Parts that are always of the same length: those that a TIMESTAMP is added to or counted in."""
_ADDED = (*_WHOLE, "WEEK", "MONTH", "QUARTER", "YEAR")
_DAY_TEXT = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_MOMENT_TEXT = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?:[ Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d{0,6})?)?(?P<zone> ?(?:[Zz]|[+-]\d{1,2}(?::\d\d)?|[A-Za-z]+/[\w/]+|UTC))?"
)


class DatePart:
    """A part of a date as GoogleSQL names it; the week has a first day, counted from Monday as 0."""

    def __init__(self, node: exp.Expr) -> None:
        """Read it; raises Unspoken for a name that is none."""
        self.node = node
        self.name = node.name.upper()
        self.first = 6 if self.name == "WEEK" else 0
        if isinstance(node, exp.Anonymous):
            day = node.expressions[0].name.upper() if len(node.expressions) == 1 else ""
            if self.name != "WEEK" or day not in _WEEKDAYS:
                raise Unspoken("no_such", node.name, node)
            self.first = _WEEKDAYS.index(day)
        elif self.name == "ISOWEEK":
            self.name = "WEEK"

    @property
    def shown(self) -> str:
        """The part as it is written."""
        return f"WEEK({_WEEKDAYS[self.first]})" if isinstance(self.node, exp.Anonymous) else self.node.name.upper()

    def among(self, known: Sequence[str]) -> DatePart:
        """Itself, if it is one of these; raises Unspoken else."""
        if self.name in known:
            return self
        raise Unspoken("no_such", self.shown, self.node, ", ".join(known) if len(known) < len(_PLAIN) else "")

    @property
    def shift(self) -> int:
        """Days by which a week begins before Monday."""
        return (7 - self.first) % 7


def as_moment(value: Value) -> exp.Expr:
    """The value as a time."""
    return (
        value.node
        if value.type in (DATETIME, TIMESTAMP) and not value.is_text
        else made("CAST({0} AS TIMESTAMP)", value)
    )


def as_date(value: Value) -> exp.Expr:
    """The value as a day."""
    return value.node if value.type == DATE and not value.is_text else made("CAST({0} AS DATE)", value)


def literal(value: Value, kind: str, place: exp.Expr) -> Value:
    """A text where a date or time is wanted: that date or time; raises Unspoken where it is written in another form."""
    text = text_of(value)
    if text is None or kind not in (*MOMENTS, TIME):
        return value
    if kind == TIME:
        return Value(made("CAST({0} AS TIME)", value), TIME)
    found = _MOMENT_TEXT.fullmatch(text) if kind != DATE else _DAY_TEXT.fullmatch(text)
    zone = found["zone"].strip() if found is not None and kind != DATE and found["zone"] else ""
    if found is None or (kind == DATETIME and zone):
        raise Unspoken("form", f"'{text}'", place, "'2024-07-01'" if kind == DATE else "'2024-07-01 00:00:00'")
    if zone:
        return Value(zones.moment_of(text[: found.start("zone")].strip(), "UTC" if zone in "Zz" else zone), kind)
    return Value(quoted_text(text.replace("t", "T")) if "t" in text else value.node, kind, is_text=True)


def _kind(value: Value, place: exp.Expr, name: str) -> str:
    """Whether a value is a day or a time: the same function gives what it was given."""
    if value.type in (DATE, DATETIME, TIMESTAMP, TIME):
        return value.type
    if value.is_text:
        return DATE
    if value.type == ANY:  # of a table that is not known: as the function's name has it
        return next((kind for kind in (DATETIME, TIMESTAMP) if name.upper().startswith(kind)), DATE)
    raise Unspoken("unsupported", name, place)


def truncated(arguments: Sequence[Value], place: exp.Expr) -> Value:
    """DATE_TRUNC and its like: of the type that it was given, weeks from the day that is asked for."""
    value, part = arguments[0], DatePart(arguments[1].node).among((*_PLAIN, "WEEK"))
    kind = _kind(value, place, place.name)
    if kind == DATE and part.name in _OF_A_DAY:
        raise Unspoken("no_such", part.shown, part.node)
    moment = made(f"CAST({{0}} AS {'DATE' if kind == DATE else 'TIMESTAMP'})", value) if value.is_text else value.node
    zone = arguments[2] if len(arguments) > 2 else None
    if zone is not None:
        moment = zones.in_zone(moment, zone)
    shift, unit = part.shift if part.name == "WEEK" else 0, part.name.lower()
    if shift:
        cut = made(f"DATE_TRUNC('week', {{0}} + INTERVAL {shift} DAY) - INTERVAL {shift} DAY", moment)
    else:
        cut = made(f"DATE_TRUNC('{unit}', {{0}})", moment)
    if zone is not None:
        cut = zones.out_of_zone(cut, zone)
    return Value(made("CAST({0} AS DATE)", cut) if kind == DATE else cut, kind)


def boundaries(arguments: Sequence[Value], place: exp.Expr) -> Value:
    """DATE_DIFF and DATETIME_DIFF: how many boundaries of a part lie between; the later one comes first."""
    end, start = arguments[:2]
    part = DatePart(arguments[2].node).among((*_PLAIN, "WEEK"))
    days = all(each.type == DATE or each.is_text for each in (end, start)) and place.name.upper() == "DATE_DIFF"
    if days and part.name in _OF_A_DAY:
        raise Unspoken("no_such", part.shown, part.node)
    if place.name.upper() == "DATE_DIFF" and TIMESTAMP in (end.type, start.type):
        return elapsed(arguments, place)
    cast = as_date if days else as_moment
    later, earlier = cast(end), cast(start)
    if part.name == "WEEK":
        begins = f"DATE_TRUNC('week', {{0}} + INTERVAL {part.shift} DAY)" if part.shift else "DATE_TRUNC('week', {0})"
        form = f"DATE_DIFF('week', {begins.replace('{0}', '{1}')}, {begins})"
    else:
        form = f"DATE_DIFF('{part.name.lower()}', {{1}}, {{0}})"
    return Value(made(form, later, earlier), INT64)


def elapsed(arguments: Sequence[Value], place: exp.Expr) -> Value:
    """TIMESTAMP_DIFF: how many whole units lie between; of two DATETIMEs, how many boundaries."""
    if not any(each.type == TIMESTAMP for each in arguments[:2]):
        return boundaries(arguments, place)
    part = DatePart(arguments[2].node).among(_WHOLE)
    later, earlier = (as_moment(each) for each in arguments[:2])
    form = f"DATE_SUB('{part.name.lower()}', {{1}}, {{0}})"
    return Value(made(form, later, earlier), INT64)


def moved(arguments: Sequence[Value], place: exp.Expr) -> Value:
    """DATE_ADD, DATE_SUB and their like: a date stays a date."""
    value, interval = arguments[0], arguments[1].node
    name = place.name.upper()
    if not isinstance(interval, exp.Interval):
        raise Unspoken("types", name, place, f"{name}(…, INTERVAL 1 DAY)")
    part = DatePart(interval.args["unit"]).among(_WHOLE if name.startswith("TIMESTAMP") else _ADDED)
    kind = _kind(value, place, name)
    if kind == DATE and not name.startswith("DATE_"):
        kind = DATETIME if name.startswith("DATETIME") else TIMESTAMP
    if kind == DATE and part.name in _OF_A_DAY:
        raise Unspoken("no_such", part.shown, part.node)
    base = as_date(value) if kind == DATE else as_moment(value)
    sum_ = made("{0} - {1}" if name.endswith("SUB") else "{0} + {1}", base, interval)
    return Value(made("CAST({0} AS DATE)", sum_) if kind == DATE else sum_, kind)


def extracted(part: DatePart, value: Value, place: exp.Expr) -> Value:
    """EXTRACT: Sunday is weekday 1, plain weeks begin on Sunday, and the days before the first week are week 0."""
    name = part.name
    if value.type == INTERVAL or (value.type == TIME and name in ("HOUR", "MINUTE", "SECOND")):
        return Value(made(f"EXTRACT({name} FROM {{0}})", value), INT64)
    if value.type == DATE and (name in _OF_A_DAY or name in ("TIME", "DATETIME")):
        raise Unspoken("no_such", f"EXTRACT({name} …)", place)
    if name == "DATE":
        return Value(made("CAST({0} AS DATE)", value), DATE)
    if name == "DATETIME":
        return Value(as_moment(value), DATETIME)
    if name == "DAYOFWEEK":
        return Value(made("EXTRACT(DOW FROM {0}) + 1", value), INT64)
    if name == "DAYOFYEAR":
        return Value(made("EXTRACT(DOY FROM {0})", value), INT64)
    if name == "WEEK" and part.node.name.upper() != "ISOWEEK":
        days = {6: "%U", 0: "%W"}.get(part.first)
        if days is None:
            raise Unspoken("unsupported", f"EXTRACT({part.shown} …)", place)
        return Value(made(f"CAST(STRFTIME({{0}}, '{days}') AS INTEGER)", value), INT64)
    if name in ("MICROSECOND", "MILLISECOND") and value.type != DATE:  # DuckDB's count the seconds too
        return Value(made(f"EXTRACT({name} FROM {{0}}) % {1000000 if name == 'MICROSECOND' else 1000}", value), INT64)
    if name == "TIME" and value.type in (DATETIME, TIMESTAMP):
        return Value(made("CAST({0} AS TIME)", as_moment(value)), TIME)
    if name in ("MICROSECOND", "MILLISECOND", "TIME"):
        raise Unspoken("unsupported", f"EXTRACT({name} …)", place)
    part.among((*_PLAIN, "WEEK"))
    return Value(made(f"EXTRACT({name} FROM {{0}})", value), INT64)


def in_zone(value: Value, zone: Value | exp.Expr) -> exp.Expr:
    """What the clocks of a zone show at a moment that is kept in UTC."""
    return zones.in_zone(as_moment(value), zone)


def day_of(arguments: Sequence[Value], place: exp.Expr) -> Value:
    """DATE(…): of a time, of a TIMESTAMP in a zone, or of year, month and day."""
    if len(arguments) == 3:
        return Value(made("MAKE_DATE({0}, {1}, {2})", *arguments), DATE)
    if len(arguments) == 2:
        _want(arguments[0], TIMESTAMP, place)
        return Value(made("CAST({0} AS DATE)", in_zone(*arguments)), DATE)
    return Value(made("CAST({0} AS DATE)", literal(arguments[0], DATETIME, place)), DATE)


def time_of(arguments: Sequence[Value], place: exp.Expr) -> Value:
    """DATETIME(…): a time, of a TIMESTAMP in a zone, or of its six parts."""
    if len(arguments) == 6:
        return Value(made("MAKE_TIMESTAMP({0}, {1}, {2}, {3}, {4}, {5})", *arguments), DATETIME)
    if len(arguments) == 2 and arguments[1].type == STRING:
        _want(arguments[0], TIMESTAMP, place)
        return Value(in_zone(*arguments), DATETIME)
    if len(arguments) == 2 and arguments[1].type == TIME:
        return Value(made("{0} + {1}", as_date(literal(arguments[0], DATE, place)), arguments[1]), DATETIME)
    if len(arguments) != 1:
        raise Unspoken("form", "DATETIME(…)", place, "DATETIME(2024, 7, 1, 0, 0, 0)")
    return Value(made("CAST({0} AS TIMESTAMP)", literal(arguments[0], DATETIME, place)), DATETIME)


def moment_of(arguments: Sequence[Value], place: exp.Expr) -> Value:
    """TIMESTAMP(…): of a time in UTC, or in the zone that is named."""
    if len(arguments) == 2:
        return Value(zones.out_of_zone(as_moment(arguments[0]), arguments[1]), TIMESTAMP)
    return Value(as_moment(literal(arguments[0], TIMESTAMP, place)), TIMESTAMP)


def _want(value: Value, kind: str, place: exp.Expr) -> None:
    if value.type not in (kind, "?"):
        raise Unspoken(
            "types", f"{place.name.upper()}({value.type}, STRING)", place, f"{place.name.upper()}(TIMESTAMP(…), …)"
        )


def clock(arguments: Sequence[Value], place: exp.Expr) -> Value:
    """CURRENT_DATE and its like: in UTC, or in the zone that is named."""
    zone = arguments[0] if arguments else quoted_text("UTC")
    now = zones.in_zone(made("now() AT TIME ZONE 'UTC'"), zone)
    name = place.name.upper()
    if name == "CURRENT_DATE":
        return Value(made("CAST({0} AS DATE)", now), DATE)
    return Value(now, TIMESTAMP if name == "CURRENT_TIMESTAMP" else DATETIME)


def last_day(arguments: Sequence[Value], place: exp.Expr) -> Value:
    """LAST_DAY: of the month, or of another part."""
    part = (
        DatePart(arguments[1].node).among(("WEEK", "MONTH", "QUARTER", "YEAR", "ISOYEAR"))
        if len(arguments) > 1
        else None
    )
    day = as_date(arguments[0])
    if part is None or part.name == "MONTH":
        return Value(made("LAST_DAY({0})", day), DATE)
    if part.name == "WEEK":
        shift = f" + INTERVAL {part.shift} DAY" if part.shift else ""
        form = f"CAST(DATE_TRUNC('week', {{0}}{shift}) + INTERVAL {6 - part.shift} DAY AS DATE)"
        return Value(made(form, day), DATE)
    length = "1 YEAR" if part.name == "YEAR" else "3 MONTH"
    if part.name == "ISOYEAR":
        form = "CAST(DATE_TRUNC('isoyear', DATE_TRUNC('isoyear', {0}) + INTERVAL 370 DAY) - INTERVAL 1 DAY AS DATE)"
    else:
        form = f"CAST(DATE_TRUNC('{part.name.lower()}', {{0}}) + INTERVAL {length} - INTERVAL 1 DAY AS DATE)"
    return Value(made(form, day), DATE)


def days_between(arguments: Sequence[Value], place: exp.Expr) -> Value:
    """GENERATE_DATE_ARRAY: both ends belong to it."""
    step = arguments[2].node if len(arguments) > 2 else exp.Interval(this=exp.Literal.number(1), unit=exp.var("DAY"))
    if place.name.upper() == "GENERATE_TIMESTAMP_ARRAY":
        if not isinstance(step, exp.Interval):
            raise Unspoken("form", f"{place.name}(…)", place, f"{place.name}(…, …, INTERVAL 1 HOUR)")
        DatePart(step.args["unit"]).among(_WHOLE)
        begun, ended = (as_moment(literal(each, TIMESTAMP, place)) for each in arguments[:2])
        return Value(made("GENERATE_SERIES({0}, {1}, {2})", begun, ended, step), "ARRAY<TIMESTAMP>")
    if not isinstance(step, exp.Interval) or number_of(_bare(step.this)) is None:
        raise Unspoken("unsupported", "GENERATE_DATE_ARRAY(…)", place)
    DatePart(step.args["unit"]).among(("DAY", "WEEK", "MONTH", "QUARTER", "YEAR"))
    start, end = (as_date(literal(each, DATE, place)) for each in arguments[:2])
    return Value(made("CAST(GENERATE_SERIES({0}, {1}, {2}) AS DATE[])", start, end, step), "ARRAY<DATE>")


def _bare(node: exp.Expr) -> exp.Expr:
    """A number that was written for an interval; sqlglot keeps it as a text."""
    return exp.Literal.number(node.name) if isinstance(node, exp.Literal) and node.name.lstrip("-").isdigit() else node


def clock_time(arguments: Sequence[Value], place: exp.Expr) -> Value:
    """TIME(…): of hour, minute and second, or of a time."""
    if len(arguments) == 3:
        return Value(made("MAKE_TIME({0}, {1}, {2})", *arguments), TIME)
    if len(arguments) == 2 and arguments[0].type == TIMESTAMP:
        return Value(made("CAST({0} AS TIME)", in_zone(*arguments)), TIME)
    if len(arguments) != 1:
        raise Unspoken("form", "TIME(…)", place, "TIME(15, 30, 0)")
    return Value(made("CAST({0} AS TIME)", as_moment(arguments[0])), TIME)


def on_the_clock(arguments: Sequence[Value], place: exp.Expr) -> Value:
    """TIME_ADD, TIME_SUB, TIME_DIFF and TIME_TRUNC, reckoned on one day."""
    name, first = place.name.upper(), _of_a_day(arguments[0])
    if name == "TIME_DIFF":
        part = DatePart(arguments[2].node).among(_OF_A_DAY)
        return Value(made(f"DATE_DIFF('{part.name.lower()}', {{1}}, {{0}})", first, _of_a_day(arguments[1])), INT64)
    if name == "TIME_TRUNC":
        part = DatePart(arguments[1].node).among(_OF_A_DAY)
        return Value(made(f"CAST(DATE_TRUNC('{part.name.lower()}', {{0}}) AS TIME)", first), TIME)
    interval = arguments[1].node
    if not isinstance(interval, exp.Interval):
        raise Unspoken("types", name, place, f"{name}(…, INTERVAL 1 HOUR)")
    DatePart(interval.args["unit"]).among(_OF_A_DAY)
    return Value(made(f"CAST({{0}} {'-' if name == 'TIME_SUB' else '+'} {{1}} AS TIME)", first, interval), TIME)


def _of_a_day(value: Value) -> exp.Expr:
    clock_ = value.node if value.type == TIME and not value.is_text else made("CAST({0} AS TIME)", value)
    return made("DATE '1970-01-01' + {0}", clock_)


TIME_FUNCTIONS: dict[str, tuple[tuple[str, ...], int, Builder]] = {
    "DATE_TRUNC": (("DATE|DATETIME|TIMESTAMP", "part", "STRING"), 2, truncated),
    "DATETIME_TRUNC": (("DATETIME|TIMESTAMP", "part"), 2, truncated),
    "TIMESTAMP_TRUNC": (("TIMESTAMP", "part", "STRING"), 2, truncated),
    "DATE_DIFF": (("TIMESTAMP", "TIMESTAMP", "part"), 3, boundaries),
    "DATETIME_DIFF": (("DATETIME", "DATETIME", "part"), 3, boundaries),
    "TIMESTAMP_DIFF": (("TIMESTAMP", "TIMESTAMP", "part"), 3, elapsed),
    **{
        f"{kind}_{act}": ((wanted, "part"), 2, moved)
        for kind, wanted in (("DATE", "TIMESTAMP"), ("DATETIME", "DATETIME"), ("TIMESTAMP", "TIMESTAMP"))
        for act in ("ADD", "SUB")
    },
    "DATE": (("TIMESTAMP|INT64|STRING", "STRING|INT64", "INT64"), 1, day_of),
    "DATETIME": (("TIMESTAMP|INT64|STRING", "STRING|INT64|TIME", "INT64", "INT64", "INT64", "INT64"), 1, time_of),
    "TIMESTAMP": (("TIMESTAMP|STRING", "STRING"), 1, moment_of),
    **dict.fromkeys(("CURRENT_DATE", "CURRENT_DATETIME"), (("STRING",), 0, clock)),
    "CURRENT_TIMESTAMP": ((), 0, clock),
    "FORMAT_DATE": (("STRING", "TIMESTAMP"), 2, formatted),
    "FORMAT_DATETIME": (("STRING", "DATETIME"), 2, formatted),
    "FORMAT_TIMESTAMP": (("STRING", "TIMESTAMP", "STRING"), 2, formatted),
    **dict.fromkeys(
        ("PARSE_DATE", "PARSE_DATETIME", "PARSE_TIMESTAMP"), (("STRING", "STRING", "STRING"), 2, parsed_time)
    ),
    "PARSE_TIME": (("STRING", "STRING"), 2, parsed_time),
    "FORMAT_TIME": (("STRING", "TIME|DATETIME|TIMESTAMP"), 2, formatted),
    "TIME": (("TIMESTAMP|INT64", "STRING|INT64", "INT64"), 1, clock_time),
    **dict.fromkeys(("TIME_ADD", "TIME_SUB", "TIME_TRUNC"), (("TIME", "part"), 2, on_the_clock)),
    "TIME_DIFF": (("TIME", "TIME", "part"), 3, on_the_clock),
    "LAST_DAY": (("DATE|DATETIME", "part"), 1, last_day),
    "GENERATE_TIMESTAMP_ARRAY": (("TIMESTAMP", "TIMESTAMP", "part"), 3, days_between),
    "GENERATE_DATE_ARRAY": (("DATE", "DATE", "part"), 2, days_between),
}
"""Function -> the types of its arguments, how many it needs, and what makes its DuckDB form; "part" is not looked at."""
