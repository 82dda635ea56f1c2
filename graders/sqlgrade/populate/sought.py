"""Values that a column's own CHECKs allow, looked for where ordinary ones are refused: a code of five letters, a multiple of seven."""

from __future__ import annotations

import datetime as dt
import itertools
import string
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlgrade.populate.neighbours import as_number, moments_beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.tables.sqltype import SqlType

_LONGEST = 40
_ALPHABETS = (
    string.ascii_lowercase,
    string.ascii_uppercase,
    string.digits,
    string.ascii_uppercase[:1] + string.digits,
    string.ascii_lowercase[:1] + string.digits,
)
_SHIFTS = (0, 1, 3, 5)
_NEAR = 60
_MULTIPLES = 40
_YEAR = 366
_AFTERNOON = dt.timedelta(hours=13, minutes=30)
_START = dt.datetime(2024, 1, 1)  # noqa: DTZ001  (columns without a zone)


def sought_values(kind: SqlType, constants: Sequence[Any]) -> list[Any]:
    """Values of a type in great variety, those near the constants of its CHECKs first; none for types with few values."""
    if kind.family == "text":
        return [*dict.fromkeys(_texts(constants))]
    if kind.numeric:
        numbers = (n for n in dict.fromkeys(_numbers(constants)) if abs(n) <= kind.limit and (kind.signed or n >= 0))
        return [as_number(number, kind) for number in numbers]
    if kind.temporal:
        return [*dict.fromkeys(_moments(constants, kind))]
    return []


def _texts(constants: Sequence[Any]) -> Iterator[str]:
    """Texts of each length, in small letters, capitals, digits and both; behind and before what the CHECKs name as well."""
    named = [text for text in constants if isinstance(text, str) and 0 < len(text) <= _LONGEST]
    for length, alphabet, shift in itertools.product(range(1, _LONGEST + 1), _ALPHABETS, _SHIFTS):
        letters = itertools.cycle(alphabet)
        yield "".join(itertools.islice(letters, shift, shift + length))
    for text, alphabet, length in itertools.product(named, _ALPHABETS, range(1, 13)):
        more = "".join(itertools.islice(itertools.cycle(alphabet), length))
        yield from (text + more, more + text)


def _numbers(constants: Sequence[Any]) -> Iterator[Decimal]:
    """Numbers beside the constants, their multiples, and multiples of one beside another."""
    numbers = (Decimal(str(n)) for n in constants if isinstance(n, int | float | Decimal) and not isinstance(n, bool))
    named = [n for n in numbers if n.is_finite()][:6]
    steps = [n for n in named if 0 < n < 10**6]
    near = [way * Decimal(step) for step in range(_NEAR) for way in (1, -1)]
    near += [Decimal(step) / 4 for step in range(-8, 9)]
    near += [number * step for step in steps for number in range(-_MULTIPLES, _MULTIPLES + 1)]
    yield from (start + each for start, each in itertools.product((*named, Decimal(0)), near))
    for step, start, number in itertools.product(steps, named, range(1, _MULTIPLES)):
        yield (start // step + number) * step


def _moments(constants: Sequence[Any], kind: SqlType) -> Iterator[Any]:
    """Each day of the year behind and before a constant, and of one year, at midnight and in the afternoon."""
    named = [dt.datetime(day.year, day.month, day.day) for day in constants if isinstance(day, dt.date)][:3]  # noqa: DTZ001  (as _START)
    for start, number in itertools.product((*named, _START), range(-_YEAR, _YEAR + 1)):
        day = dt.timedelta(days=number)
        yield from moments_beside(start, (day, day + _AFTERNOON), kind)
