"""FORMAT_DATE, PARSE_DATE and their like: the elements of a format (page format-elements) in DuckDB's strftime and strptime."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlgrade.dialect import zones
from sqlgrade.dialect.forms import Unspoken, made, quoted_text, text_of
from sqlgrade.dialect.types import DATE, DATETIME, STRING, TIME, TIMESTAMP, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlglot import exp

_SAME = frozenset("aAbBdHIjmMpSuUVwWyYG%")
"""Elements that mean the same in DuckDB."""
_WRITTEN_OUT = {
    "F": "%Y-%m-%d", "T": "%H:%M:%S", "R": "%H:%M", "D": "%m/%d/%y", "h": "%b", "x": "%m/%d/%y", "X": "%H:%M:%S", "r": "%I:%M:%S %p",
    "c": "%a %b %e %H:%M:%S %Y", "n": "\n", "t": "\t", "E4Y": "%Y", "EY": "%Y", "Ey": "%y", "Ex": "%m/%d/%y", "EX": "%H:%M:%S",
    "Ec": "%a %b %e %H:%M:%S %Y", "E0S": "%S", **{f"O{letter}": f"%{letter}" for letter in "deHImMSuUVwWy"},
}  # fmt: skip
"""Elements that are others put together."""
_RECKONED = {
    "Q": "CAST(EXTRACT(QUARTER FROM {0}) AS VARCHAR)",
    "e": "LPAD(CAST(EXTRACT(DAY FROM {0}) AS VARCHAR), 2, ' ')",
    "k": "LPAD(CAST(EXTRACT(HOUR FROM {0}) AS VARCHAR), 2, ' ')",
    "l": "LPAD(CAST((EXTRACT(HOUR FROM {0}) + 11) % 12 + 1 AS VARCHAR), 2, ' ')",
    "P": "LOWER(STRFTIME({0}, '%p'))",
    "C": "LPAD(CAST(EXTRACT(YEAR FROM {0}) // 100 AS VARCHAR), 2, '0')",
    "g": "RIGHT(STRFTIME({0}, '%G'), 2)",
    "J": "LPAD(CAST(DATE_DIFF('day', DATE_TRUNC('isoyear', {0}), {0}) + 1 AS VARCHAR), 3, '0')",
    "s": "CAST(CAST(EPOCH({0}) AS BIGINT) AS VARCHAR)",
    **{f"E{count}S": f"LEFT(STRFTIME({{0}}, '%S.%f'), {3 + count})" for count in range(1, 7)},
    "E*S": r"RTRIM(RTRIM(STRFTIME({0}, '%S.%f'), '0'), '.')",
}
"""Elements that are worked out."""
_ELEMENT = re.compile(r"%(E\*S|E\dS|E4Y|E[a-zA-Z]|O[a-zA-Z]|.)", re.DOTALL)
_OF_A_DAY = frozenset("HIMSTRXcklpPrs") | {"EX", "Ec", "E*S", *(f"E{count}S" for count in range(7))}
_OF_A_ZONE = frozenset("Zz") | {"Ez"}
_READ = frozenset("aAbBdHIjmMpSyYfz%")
"""Elements that DuckDB reads as GoogleSQL does."""


def formatted(arguments: Sequence[Value], place: exp.Expr) -> Value:
    """FORMAT_DATE and its like."""
    form, value = text_of(arguments[0]), arguments[1]
    name = place.name.upper()
    if form is None:
        raise Unspoken("unsupported", f"{name}(…)", place)
    moment = value.node
    if value.type == DATE or (name == "FORMAT_DATE" and value.type not in (DATETIME, TIMESTAMP)):
        moment = moment if value.type == DATE and not value.is_text else made("CAST({0} AS DATE)", moment)
    elif value.type == TIME or name == "FORMAT_TIME":
        moment = made("DATE '1970-01-01' + {0}", moment if value.type == TIME else made("CAST({0} AS TIME)", moment))
    elif value.type not in (DATETIME, TIMESTAMP) or value.is_text:
        moment = made("CAST({0} AS TIMESTAMP)", moment)
    zone = arguments[2] if len(arguments) > 2 else None
    local = zones.in_zone(moment, zone) if zone is not None else moment
    pieces = list(_pieces(form, moment, local, zone, place, zoned=name == "FORMAT_TIMESTAMP"))
    text = pieces[0] if pieces else quoted_text("")
    for each in pieces[1:]:
        text = made("{0} || {1}", text, each)
    return Value(text, STRING)


def _pieces(
    form: str, moment: exp.Expr, local: exp.Expr, zone: Value | None, place: exp.Expr, *, zoned: bool
) -> Iterator[exp.Expr]:
    """The text in parts: what strftime writes, and what is worked out."""
    plain = ""
    for letter, text in _elements(form):
        if not letter:
            plain += text.replace("%", "%%")
            continue
        if letter in _SAME and letter != "s":
            plain += f"%{letter}"
            continue
        made_ = _reckoned(letter, moment, local, zone, place, zoned=zoned)
        if plain:
            yield made("STRFTIME({0}, {1})", local, quoted_text(plain))
            plain = ""
        yield made_
    if plain:
        yield made("STRFTIME({0}, {1})", local, quoted_text(plain))


def _reckoned(
    letter: str, moment: exp.Expr, local: exp.Expr, zone: Value | None, place: exp.Expr, *, zoned: bool
) -> exp.Expr:
    if letter in _OF_A_ZONE and zoned:
        return _of_zone(letter, moment, local, zone)
    if letter in _RECKONED:
        return made(_RECKONED[letter], moment if letter == "s" else local)
    raise Unspoken("unsupported", f"%{letter}", place)


def _of_zone(letter: str, moment: exp.Expr, local: exp.Expr, zone: Value | None) -> exp.Expr:
    """%Z, %z and %Ez: the zone's name and its distance from UTC."""
    colon = ":" if letter == "Ez" else ""
    if zone is None:
        return quoted_text("UTC" if letter == "Z" else f"+00{colon}00")
    minutes = zones.distance(zone)
    if minutes is not None:
        sign, hours, rest = "+" if minutes >= 0 else "-", abs(minutes) // 60, abs(minutes) % 60
        if letter == "Z":
            return quoted_text("UTC" if not minutes else f"UTC{sign}{hours}" + (f":{rest:02}" if rest else ""))
        return quoted_text(f"{sign}{hours:02}{colon}{rest:02}")
    if letter == "Z":
        raise Unspoken("unsupported", "%Z", zone.node)
    apart = made("CAST(DATE_DIFF('minute', {0}, {1}) AS BIGINT)", moment, local)
    form = f"PRINTF('%s%02d{colon}%02d', CASE WHEN {{0}} < 0 THEN '-' ELSE '+' END, ABS({{0}}) // 60, ABS({{0}}) % 60)"
    return made(form, apart)


def _elements(form: str) -> Iterator[tuple[str, str]]:
    """Each element by its letters, and the text between them; elements put together are taken apart."""
    begun = 0
    for found in _ELEMENT.finditer(form):
        if form[begun : found.start()]:
            yield "", form[begun : found.start()]
        begun = found.end()
        letter = found[1]
        if letter in _WRITTEN_OUT:
            yield from _elements(_WRITTEN_OUT[letter])
        else:
            yield letter, found[0]
    if form[begun:]:
        yield "", form[begun:]


def parsed_time(arguments: Sequence[Value], place: exp.Expr) -> Value:
    """PARSE_DATE and its like."""
    form, name = text_of(arguments[0]), place.name.upper()
    kind = {"PARSE_DATE": DATE, "PARSE_DATETIME": DATETIME, "PARSE_TIMESTAMP": TIMESTAMP, "PARSE_TIME": TIME}[name]
    if form is None:
        raise Unspoken("unsupported", f"{name}(…)", place)
    if form.strip() == "%s" and kind == TIMESTAMP:
        return Value(made("MAKE_TIMESTAMP(CAST({0} AS BIGINT) * 1000000)", arguments[1]), kind)
    plain, zoned = _readable(form, place)
    if "%p" in plain and plain.rfind("%H") > plain.rfind("%I"):  # which GoogleSQL reads and heeds not
        raise Unspoken("unsupported", f"{name}('{form}', …)", place)
    if zoned and kind != TIMESTAMP:
        raise Unspoken("form", f"{name}('{form}', …)", place, f"PARSE_TIMESTAMP('{form}', …)")
    moment = made("STRPTIME({0}, {1})", made("TRIM({0})", arguments[1]), quoted_text(plain.strip()))
    if zoned:
        moment = made("{0} AT TIME ZONE 'UTC'", moment)
    elif not re.search(r"%[yYG]", plain):  # 1970, as GoogleSQL has it; DuckDB's is 1900
        moment = made("{0} + INTERVAL 70 YEAR", moment)
    if kind in (DATE, TIME):
        return Value(made(f"CAST({{0}} AS {kind})", moment), kind)
    if len(arguments) > 2 and not zoned:
        moment = zones.out_of_zone(moment, arguments[2])
    return Value(moment, kind)


def _readable(form: str, place: exp.Expr) -> tuple[str, bool]:
    """A format for strptime, and whether it names a zone."""
    plain, zoned = "", False
    for letter, text in _elements(form):
        told = {"e": "d", "k": "H", "l": "I", "P": "p", "Ez": "z"}.get(letter, letter)
        if not letter:
            plain += text.replace("%", "%%")
        elif letter.startswith("E") and letter.endswith("S"):
            plain += "%S.%f" if letter != "E*S" else "%S"
        elif told in _READ:
            zoned = zoned or told == "z"
            plain += f"%{told}"
        else:
            raise Unspoken("unsupported", f"%{letter}", place)
    return plain, zoned
