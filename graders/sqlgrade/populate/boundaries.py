"""Values on both sides of where a condition on something made of a column turns, found by trying.

A condition such as duration / 60 >= 5 turns at 300, which stands nowhere in the query. Whatever is done to the column
(arithmetic, a cast, a part of a date), the condition is a function of its values: it is asked on a coarse grid, and
between two neighbours with different answers the turn is closed in on by halving. All turns are halved together.
"""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import sqlglot
from sqlglot import exp

from sqlgrade.populate.neighbours import as_moment, as_number
from sqlgrade.tables.result import Result
from sqlgrade.tables.sqltype import WHOLE
from sqlgrade.tables.values import given_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.tables.sqltype import SqlType

_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001  (columns without a zone)
_START = dt.datetime(2024, 3, 11)  # noqa: DTZ001
_FIRST, _LAST = dt.datetime(1900, 1, 1), dt.datetime(2099, 12, 31)  # noqa: DTZ001
_DAY = dt.timedelta(days=1)
_DIGITS = 2
"""Places after the point to which a turn in a column of floating numbers is closed in on."""
_MOST_TURNS = 6
_MOST_HALVINGS = 40
_MOST_LITERALS = 6
_MOST_MOMENTS = 3


@dataclass(frozen=True)
class Axis:
    """The values of a type in their order, as whole numbers of its finest step."""

    kind: SqlType
    digits: int = 0
    """Places after the point, for numbers."""

    @staticmethod
    def of(kind: SqlType, literals: Iterable[Decimal]) -> Axis | None:
        """The axis of a type, fine enough for the literals; None if its values lie on none."""
        if kind.family == "double":
            places = max((-int(each.as_tuple().exponent) for each in literals), default=0)
            return Axis(kind, min(6, max(_DIGITS, places)))
        if kind.numeric:
            return Axis(kind, kind.scale if kind.family == "decimal" else 0)
        return Axis(kind) if kind.temporal or kind.family == "time" else None

    def place(self, value: Decimal | dt.datetime) -> int | None:
        """Where a number or a moment lies, None if it is out of range."""
        if isinstance(value, dt.datetime):
            days = value.date() - _EPOCH.date()
            return days.days if self.kind.family == "date" else int((value - _EPOCH).total_seconds())
        if not self.kind.numeric or not self.kind.holds(value) or abs(value) > self.kind.limit:
            return None
        return int(value.scaleb(self.digits).to_integral_value())

    def value(self, place: int) -> Any:
        """What lies there, as the column holds it."""
        if self.kind.numeric:
            return as_number(Decimal(place).scaleb(-self.digits), self.kind)
        if self.kind.family == "time":
            return (_EPOCH + dt.timedelta(seconds=place % 86_400)).time()
        return as_moment(
            _EPOCH + (place * _DAY if self.kind.family == "date" else dt.timedelta(seconds=place)), self.kind
        )

    def grid(self, literals: Sequence[Decimal], moments: Sequence[dt.datetime]) -> list[int]:
        """Places to start from, in order: what the literals make of each other, powers of ten; hours, days, months, years."""
        if self.kind.numeric:
            found = (self.place(number) for number in _numbers(literals))
        elif self.kind.family == "time":
            found = (3600 * hour for hour in range(24))
        else:
            found = (self.place(moment) for moment in _moments(moments) if _FIRST <= moment <= _LAST)
        return sorted({place for place in found if place is not None})


def _numbers(literals: Sequence[Decimal]) -> set[Decimal]:
    own = list(dict.fromkeys(literals))[:_MOST_LITERALS]
    found = {Decimal(0), *own, *(Decimal(10) ** power for power in range(8))}
    for one, other in itertools.product(own, repeat=2):
        found |= {one * other, one + other, one - other, *([one / other] if other else [])}
        found |= {made * third for made in (one * other,) for third in own}
    return {sign * number for number in found for sign in (1, -1)}


def _moments(moments: Sequence[dt.datetime]) -> set[dt.datetime]:
    found = set()
    within = [moment for moment in dict.fromkeys(moments) if _FIRST <= moment <= _LAST]
    for moment in within[:_MOST_MOMENTS] or [_START]:
        day = dt.datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
        found |= {moment, *(day + hour * dt.timedelta(hours=1) for hour in range(-24, 49))}
        found |= {day + number * _DAY for number in range(-40, 41)}
        found |= {day + 30 * number * _DAY for number in range(-14, 15)}
        found |= {day + 365 * number * _DAY for number in range(-12, 13)}
    return found


def turning_values(runner: Runner, conditions: Sequence[str], kind: SqlType, *, of_value: bool = False) -> list[Any]:
    """Values of a column on both sides of where conditions, in which it is written "c", turn.

    Args:
        runner: Answers the conditions.
        conditions: SQL over the column "c".
        kind: The column's type.
        of_value: The conditions are expressions, and any change of their value counts.

    Returns:
        Pairs of neighbours, flat; nothing for types whose values lie on no axis.
    """
    literals, moments = _literals(conditions)
    axis = Axis.of(kind, literals)
    if axis is None or not conditions:
        return []
    grid = axis.grid(literals, moments)
    told = _told(runner, conditions, axis, grid)
    turns = [
        (number, low, high)
        for number in range(len(conditions))
        for low, high in _nearest(
            _changes(grid, [row[number] for row in told], of_value=of_value), grid[len(grid) // 2]
        )
    ]
    return [axis.value(place) for place in _closed_in(runner, conditions, axis, turns)]


def _changes(grid: Sequence[int], told: Sequence[Any], *, of_value: bool) -> list[tuple[int, int]]:
    pairs = zip(itertools.pairwise(grid), itertools.pairwise(told), strict=True)
    return [
        places
        for places, (one, other) in pairs
        if None not in (one, other) and _differ(one, other) and (of_value or isinstance(one, bool))
    ]


def _differ(one: Any, other: Any) -> bool:
    return repr(one) != repr(other)


def _nearest(turns: list[tuple[int, int]], center: int) -> list[tuple[int, int]]:
    """Those of the turns that lie nearest to the middle of the grid, where there are too many."""
    return sorted(turns, key=lambda pair: min(abs(place - center) for place in pair))[:_MOST_TURNS]


def _closed_in(runner: Runner, conditions: Sequence[str], axis: Axis, turns: list[tuple[int, int, int]]) -> list[int]:
    """The neighbouring places between which each condition turns."""
    for _ in range(_MOST_HALVINGS):
        middles = sorted({place for _, low, high in turns if high - low > 1 for place in (low, (low + high) // 2)})
        if not middles:
            break
        told = dict(zip(middles, _told(runner, conditions, axis, middles), strict=True))
        turns = [_halved(turn, told) for turn in turns]
    return list(dict.fromkeys(place for _, low, high in turns for place in (high, low)))


def _halved(turn: tuple[int, int, int], told: dict[int, Sequence[Any]]) -> tuple[int, int, int]:
    number, low, high = turn
    if high - low <= 1:
        return turn
    middle = (low + high) // 2
    if _differ(told[low][number], told[middle][number]):
        return number, low, middle
    return number, middle, high


def _told(runner: Runner, conditions: Sequence[str], axis: Axis, places: Sequence[int]) -> list[Sequence[Any]]:
    """What the conditions say at each place; NULL where one fails."""
    if not places:
        return []
    rows = [(number, axis.value(place)) for number, place in enumerate(places)]
    source, given = given_rows([("place", WHOLE), ("c", axis.kind)], rows)
    asked = ", ".join(f"TRY(({condition}))" for condition in conditions)
    found = runner.ask(f"SELECT {asked} FROM {source} t ORDER BY place", given)
    return list(found.rows) if isinstance(found, Result) else [(None,) * len(conditions)] * len(places)


def _literals(conditions: Sequence[str]) -> tuple[list[Decimal], list[dt.datetime]]:
    """The numbers and the moments that stand in the conditions."""
    numbers, moments = [], []
    for literal in (
        each for text in conditions for each in sqlglot.parse_one(text, dialect="duckdb").find_all(exp.Literal)
    ):
        if not literal.is_string:
            numbers.append(Decimal(literal.this))
            continue
        try:
            moments.append(dt.datetime.fromisoformat(literal.this).replace(tzinfo=None))
        except ValueError:
            if literal.this.strip().isdigit():
                numbers.append(Decimal(literal.this.strip()))
    years = [dt.datetime(int(n), 1, 1) for n in numbers if n == n.to_integral_value() and 1900 < n < 2100]  # noqa: DTZ001
    return numbers, moments + years
