"""Cameos: guests who are there for certain, so that each lesson's wrong answers show with every seed."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace import days

FORCE = {"talk": 1, "request": 2, "cancel": 4, "meet": 8}
"""Bits of what must follow from a guest's first visit: a talk, an appointment request, its cancellation, or a meeting soon asked for."""

_TALK = FORCE["talk"]
_REQUEST = _TALK | FORCE["request"]
_CANCEL = _REQUEST | FORCE["cancel"]
_MEET = _REQUEST | FORCE["meet"]
"""What each takes for granted: no request without a talk, neither cancellation nor meeting without a request."""


@dataclass(frozen=True)
class Cameo:
    """A guest whose registration is fixed."""

    registered: int
    """UTC second."""
    spread: int = 1
    """Fewer than so many seconds are added by the seed."""
    force: int = 0
    is_test: bool = False
    is_tokyo: bool = False


def all_cameos() -> tuple[Cameo, ...]:
    """Return the cameos of a data set."""
    cameos: list[Cameo] = []
    for month in range(days.MONTHS):
        first, last = days.MONTH_STARTS[month], days.MONTH_STARTS[month + 1] - 1
        hour = days.HOUR
        cameos += [
            Cameo(days.instant(first, 2 * hour), 1500, _TALK),  # 07:00 JST: still yesterday in UTC
            Cameo(days.instant(last, 3 * hour), 1200, _TALK),  # 08:00 JST on the last day
            Cameo(days.instant(last, 16 * hour), 5400, _TALK),  # the evening of the last day
            Cameo(days.instant(last, 21 * hour), 5400),  # 02:00 JST: next month by the calendar, not by business day
            Cameo(days.instant(first + 8, 15 * hour), 7200, _REQUEST, is_test=True, is_tokyo=True),
        ]
        if month % 3 == 0:
            cameos += [
                Cameo(days.instant(first)),  # 05:00:00 sharp
                Cameo(days.instant(last + 1) - 1),  # 04:59:59
                Cameo(days.instant(first + 11, 15 * hour), 3600, _CANCEL),
            ]
    cameos += [Cameo(days.instant(days.DAYS - back, 6 * days.HOUR), 1800, _MEET) for back in (1, 27, 29)]  # 11:00 JST
    cameos.append(Cameo(days.instant(days.DAYS) - 61, is_test=True, is_tokyo=True))
    return tuple(cameos)
