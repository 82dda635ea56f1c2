"""Parameters of a query as a panel offers them: their kinds, what may be chosen, and the text that each choice puts in.

The text goes in as it is (`sqlgrade.parameters.fill`); so a number is a number, a date a date and a choice one of the list's, or
nothing is put in at all. What is typed as text can be anything within reason: it is judged by what the filled query would do.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from coursebook.answer_cell import KERNEL_LINE
from coursebook.messages import render

LINE_NAMES = ("parameter", "パラメータ")
"""What stands after the % of a line that declares one."""
LONGEST_VALUE = 1_000
"""Characters of one value."""
_NUMBER = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{1,12})?|\.\d{1,12})")
_NAME = re.compile(r"[^\W\d]\w{0,39}")
_BETWEEN = re.compile(r"\s*(?:\.\.|～|〜)\s*")
_OF_LINE = re.compile(r"[,、，]")


class ParameterKind(StrEnum):
    """What may be put in."""

    TEXT = "text"
    """Any text in one line."""
    NUMBER = "number"
    """A number, in the form in which it is written."""
    LIST = "list"
    """One of some given texts."""
    DATE = "date"
    """A business day: 2025-12-01, today, yesterday."""
    RANGE = "range"
    """Two business days, both of them in it: {{ name.start }} and {{ name.end }}."""


DAYS = ("today", "yesterday")
"""Days that move with the desk's "now"."""
RANGES = (
    *("yesterday", "last_7_days", "last_14_days", "last_28_days", "last_30_days", "last_90_days"),
    *("today", "this_week", "last_week", "this_month", "last_month"),
)
"""Periods that do; the last so many days end with yesterday, the last day that is over."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a query."""

    name: str
    """What stands between the braces, without .start and .end."""
    kind: ParameterKind = ParameterKind.TEXT
    """What may be put in."""
    default: str = ""
    """What is put in at first; where it is empty, the first of the choices, 0, or yesterday."""
    choices: tuple[str, ...] = ()
    """What can be chosen from a list."""
    query: str = ""
    """The query whose first column is the list, where it is none of given choices."""
    label: str = ""
    """What stands before the field; left out, the name."""

    @property
    def names(self) -> tuple[str, ...]:
        """What stands between the braces of a query."""
        return (f"{self.name}.start", f"{self.name}.end") if self.kind is ParameterKind.RANGE else (self.name,)

    @property
    def first(self) -> str:
        """What is put in before anybody has chosen."""
        if self.default:
            return self.default
        empty = {ParameterKind.NUMBER: "0", ParameterKind.DATE: "yesterday", ParameterKind.RANGE: "yesterday"}
        return next(iter(self.choices), "") if self.kind is ParameterKind.LIST else empty.get(self.kind, "")


class BadValue(ValueError):  # noqa: N818  (a value for whoever typed it)
    """What was written cannot be put in; the sentence says why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params

    def sentence(self, lang: str) -> str:
        """Why, and what to write, in one language."""
        return render(f"parameter.{self.code}", self.params, lang)


def texts_of(parameter: Parameter, written: str, today: dt.date) -> dict[str, str]:
    """The text that stands for each of a parameter's names.

    Args:
        parameter: what may be put in.
        written: what was chosen or typed.
        today: the business day that is going on at the desk.

    Raises:
        BadValue: it is nothing that may be put in.
    """
    named = parameter.label or parameter.name
    _refuse_strange(written, named)
    match parameter.kind:
        case ParameterKind.TEXT:
            return {parameter.name: written}
        case ParameterKind.NUMBER:
            return {parameter.name: _number(written, named)}
        case ParameterKind.LIST:
            if written not in parameter.choices:
                raise BadValue("not_in_list", name=named, value=_cut(written), choices=_list_told(parameter.choices))
            return {parameter.name: written}
        case ParameterKind.DATE:
            return {parameter.name: _day(written, named, today).isoformat()}
        case ParameterKind.RANGE:
            start, end = _range(written, named, today)
            return dict(zip(parameter.names, (start.isoformat(), end.isoformat()), strict=True))


def filling(parameters: Iterable[Parameter], chosen: Mapping[str, str], today: dt.date) -> dict[str, str]:
    """The texts for all parameters: what was chosen by their names, else what is put in at first; raises BadValue."""
    texts: dict[str, str] = {}
    for each in parameters:
        texts |= texts_of(each, chosen.get(each.name, each.first), today)
    return texts


def for_names(names: Iterable[str], declared: Mapping[str, Parameter]) -> tuple[Parameter, ...]:
    """The parameters of a query that bears these names: as they are declared, else plain texts, or periods where both ends are named."""
    found: dict[str, Parameter] = {}
    for name in names:
        base, _, end = name.partition(".")
        if base in declared:
            found.setdefault(base, declared[base])
        elif end in ("start", "end"):
            found.setdefault(base, Parameter(base, ParameterKind.RANGE))
        else:
            found.setdefault(name, Parameter(name))
    return tuple(found.values())


def read_line(argument: str) -> Parameter:
    """The parameter that a line `%parameter name kind …` declares; raises BadValue.

    After the kind stands its default; after `list` the choices between commas, after `query` the query that gives them.
    """
    name, _, rest = argument.strip().partition(" ")
    word, _, rest = rest.strip().partition(" ")
    word, rest = word.lower() or "text", rest.strip()
    if not _NAME.fullmatch(name):
        raise BadValue("bad_name", name=_cut(name))
    if word == "query":
        if not rest:
            raise BadValue("no_query", name=name)
        return Parameter(name, ParameterKind.LIST, query=rest)
    if word not in tuple(ParameterKind):
        raise BadValue("bad_kind", name=name, kind=_cut(word), kinds=", ".join((*ParameterKind, "query")))
    if word != "list":
        return Parameter(name, ParameterKind(word), default=rest)
    choices = tuple(filter(None, (each.strip() for each in _OF_LINE.split(rest))))
    if not choices:
        raise BadValue("no_choices", name=name)
    return Parameter(name, ParameterKind.LIST, choices=choices)


def declared_in(cell: str) -> dict[str, Parameter]:
    """The parameters that the lines of a cell declare, by name; lines that declare none are left out."""
    found: dict[str, Parameter] = {}
    for line in KERNEL_LINE.finditer(cell):
        if line[1].lower() in LINE_NAMES:
            with suppress(BadValue):
                parameter = read_line(line[2])
                found[parameter.name] = parameter
    return found


def is_name(written: str) -> bool:
    """Whether a parameter can bear this name."""
    return _NAME.fullmatch(written) is not None


def _refuse_strange(written: str, named: str) -> None:
    if len(written) > LONGEST_VALUE:
        raise BadValue("too_long", name=named, count=f"{len(written):,}", most=f"{LONGEST_VALUE:,}")
    if any(unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") for each in written):
        raise BadValue("control", name=named)
    if "{{" in written or "}}" in written:
        raise BadValue("braces", name=named)


def _number(written: str, named: str) -> str:
    plain = unicodedata.normalize("NFKC", written).replace("−", "-").strip()
    if not _NUMBER.fullmatch(plain):
        raise BadValue("not_a_number", name=named, value=_cut(written))
    return plain


def _day(written: str, named: str, today: dt.date) -> dt.date:
    plain = unicodedata.normalize("NFKC", written).strip()
    if plain in DAYS:
        return today - dt.timedelta(days=DAYS.index(plain))
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", plain):
        raise BadValue("not_a_day", name=named, value=_cut(written))
    try:
        return dt.date.fromisoformat(plain)
    except ValueError:
        raise BadValue("no_such_day", name=named, value=_cut(written)) from None


def _range(written: str, named: str, today: dt.date) -> tuple[dt.date, dt.date]:
    plain = written.strip()
    if plain in RANGES:
        return _moving(plain, today)
    ends = _BETWEEN.split(plain)
    if len(ends) != 2:
        raise BadValue("not_a_range", name=named, value=_cut(written))
    start, end = (_day(each, named, today) for each in ends)
    if end < start:
        raise BadValue("range_backwards", name=named, start=start.isoformat(), end=end.isoformat())
    return start, end


def _moving(name: str, today: dt.date) -> tuple[dt.date, dt.date]:
    yesterday = today - dt.timedelta(days=1)
    monday, first = today - dt.timedelta(days=today.weekday()), today.replace(day=1)
    before = first - dt.timedelta(days=1)
    fixed = {
        "today": (today, today),
        "yesterday": (yesterday, yesterday),
        "this_week": (monday, today),
        "last_week": (monday - dt.timedelta(days=7), monday - dt.timedelta(days=1)),
        "this_month": (first, today),
        "last_month": (before.replace(day=1), before),
    }
    if name in fixed:
        return fixed[name]
    return today - dt.timedelta(days=int(name.split("_")[1])), yesterday


def _list_told(choices: tuple[str, ...], most: int = 8) -> str:
    return ", ".join(choices[:most]) + (" …" if len(choices) > most else "")


def _cut(written: str, longest: int = 60) -> str:
    return written if len(written) <= longest else f"{written[:longest]}…"
