"""Types and formats of dates as other systems write them, in strftime's letters; an element that has no such letter is named."""

from __future__ import annotations

import re

BARE_DECIMAL = {
    "postgres": "DOUBLE",
    "mysql": "DECIMAL(10, 0)",
    "tsql": "DECIMAL(18, 0)",
    "snowflake": "DECIMAL(38, 0)",
}
"""What a DECIMAL without digits is: PostgreSQL's has as many as it needs."""

_TO_CHAR = {
    "YYYY": "%Y", "YY": "%y", "MM": "%m", "FMMM": "%-m", "DD": "%d", "FMDD": "%-d", "DDD": "%j", "HH24": "%H", "HH12": "%I", "HH": "%I",
    "FMHH24": "%-H", "MI": "%M", "SS": "%S", "US": "%f", "AM": "%p", "PM": "%p", "Mon": "%b", "Dy": "%a", "FMMonth": "%B", "FMDay": "%A",
    "IYYY": "%G", "IW": "%V", "ID": "%u",
}  # fmt: skip
"""PostgreSQL's, by the page of its manual (functions-formatting): Month and Day without FM are filled up with blanks there, and are refused."""
_SNOWFLAKE = {
    "YYYY": "%Y", "YY": "%y", "MM": "%m", "DD": "%d", "HH24": "%H", "HH12": "%I", "MI": "%M", "SS": "%S", "AM": "%p", "PM": "%p", "MON": "%b",
    "MMMM": "%B", "DY": "%a",
}  # fmt: skip
_PERCENT = {
    "%Y": "%Y", "%y": "%y", "%m": "%m", "%c": "%-m", "%d": "%d", "%e": "%-d", "%j": "%j", "%H": "%H", "%k": "%-H", "%h": "%I", "%I": "%I",
    "%l": "%-I", "%i": "%M", "%s": "%S", "%S": "%S", "%f": "%f", "%p": "%p", "%b": "%b", "%M": "%B", "%a": "%a", "%W": "%A", "%w": "%w",
    "%T": "%H:%M:%S", "%%": "%%",
}  # fmt: skip
"""MySQL's (DATE_FORMAT): %D, and the weeks by %U, %u, %V, %v, %X, %x are counted in ways that strftime does not have."""
_DOTNET = {
    "yyyy": "%Y", "yy": "%y", "MMMM": "%B", "MMM": "%b", "MM": "%m", "M": "%-m", "dddd": "%A", "ddd": "%a", "dd": "%d", "d": "%-d", "HH": "%H",
    "H": "%-H", "hh": "%I", "h": "%-I", "mm": "%M", "m": "%-M", "ss": "%S", "s": "%-S", "tt": "%p",
}  # fmt: skip
_ELEMENTS = {"postgres": _TO_CHAR, "snowflake": _SNOWFLAKE, "mysql": _PERCENT, "tsql": _DOTNET}
_ANY_CASE = ("postgres", "snowflake")
_NO_ELEMENT = re.compile(r"[^\w%]|_")


def strftime_of(written: str, system: str) -> tuple[str, str]:
    """A format in strftime's letters, and the element that cannot be said in them; one of the two is empty."""
    made, at = "", 0
    while at < len(written):
        step = _quoted(written, at, system) or _element(written, at, system) or _sign(written, at, system)
        if step is None:
            element = re.match(r"%?\w+", written[at:])
            name = element[0] if element else written[at]
            return "", name[:2] if system == "mysql" else name
        made, at = made + step[0], at + step[1]
    return made, ""


def _quoted(written: str, at: int, system: str) -> tuple[str, int] | None:
    """What stands in quotes for itself, and its length."""
    end = written.find('"', at + 1) if written[at] == '"' and system in _ANY_CASE else -1
    return (written[at + 1 : end].replace("%", "%%"), end + 1 - at) if end > 0 else None


def _element(written: str, at: int, system: str) -> tuple[str, int] | None:
    """An element in strftime's letters, and its length."""
    elements = _ELEMENTS[system]
    known = sorted(elements, key=len, reverse=True)
    found = next((each for each in known if written.startswith(each, at)), None)
    if found is None and system in _ANY_CASE:  # in capitals or not, but for MON and mon, which are written otherwise
        upper = written[at:].upper()
        alike = (each for each in known if each.isupper() and upper.startswith(each))
        found = next((each for each in alike if elements[each] not in ("%b", "%a")), None)
    return (elements[found], len(found)) if found is not None else None


def _sign(written: str, at: int, system: str) -> tuple[str, int] | None:
    """A sign that stands for itself, and its length."""
    stands = _NO_ELEMENT.match(written, at) or (system == "mysql" and written[at] != "%")
    return (written[at], 1) if stands else None
