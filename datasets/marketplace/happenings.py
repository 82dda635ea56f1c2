"""What happens on single nights: an area goes quiet, logs are lost, arrive late or come twice, a campaign brings many."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from marketplace import days
from marketplace.devices import PLATFORMS
from marketplace.keys import I64, U64, Dice, Flags, below, chance
from marketplace.masters import AREA_CODES
from marketplace.sessions import FAULTY_VERSION, MENDED_VERSION, WEB, VisitDetails, Visits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from marketplace.impressions import Shown

Record = TypeVar("Record", bound="Visits | VisitDetails | Shown")
"""Arrays of one length."""

_COPY = np.uint64(0xD0B1)
"""Turns the key of an impression into that of its double."""
_UPDATE_DAYS = 6
"""Within so many days of a release a guest has it."""


@dataclass(frozen=True)
class Happening:
    """One of them, on business days from the first to the last."""

    kind: str
    """monday_low, holiday, payday (of themselves, by the calendar); area_collapse, lost_logs, late_batch, double_release,
    campaign_burst, slow_growth (planted)."""
    first: date
    last: date
    area: str = ""
    """For area_collapse."""
    platform: str = ""
    """For lost_logs."""
    kept_per_mille: int = 0
    """Talks and requests that still come (area_collapse), or sessions that are still logged (lost_logs)."""
    late_per_mille: int = 0
    """Impressions that arrive a night later."""

    def covers(self, time: I64) -> Flags:
        """Return which UTC seconds lie within its business days."""
        day = days.day_number(time)
        return (day >= days.number_of(self.first)) & (day <= days.number_of(self.last))

    def told(self) -> dict[str, object]:
        """Return what it says that is not empty, for a manifest."""
        told = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) if isinstance(value, date) else value for name, value in told.items() if value}


INCIDENTS = (Happening("area_collapse", date(2025, 12, 19), date(2025, 12, 19), area="SHINJUKU", kept_per_mille=100),)
"""What happens within the period of a data set: on one night an area has a tenth of its talks and requests."""


def _of_kind(happenings: Iterable[Happening], kind: str) -> Iterator[Happening]:
    return (each for each in happenings if each.kind == kind)


def takes_place(happenings: tuple[Happening, ...], dice: Dice, key: U64, area: I64, time: I64) -> Flags:
    """Return which talks or requests come about, each with a key, the number of its cast's area and a UTC second."""
    fine = np.ones(len(key), bool)
    for each in _of_kind(happenings, "area_collapse"):
        hit = each.covers(time) & (area == AREA_CODES.index(each.area))
        fine &= ~hit | chance(dice.roll("happenings.collapse", key), 0, each.kept_per_mille)
    return fine


def with_releases(happenings: tuple[Happening, ...], dice: Dice, visits: Visits, details: VisitDetails) -> VisitDetails:
    """Return the details with the faulty version from its release on, and the mended one from the day after its last."""
    version = details.version
    for each in _of_kind(happenings, "double_release"):
        waits = below(dice.roll("happenings.update", visits.key), 0, _UPDATE_DAYS)
        day = days.day_number(visits.start) - waits
        version = np.where(day >= days.number_of(each.first), FAULTY_VERSION, version)
        version = np.where(day > days.number_of(each.last), MENDED_VERSION, version)
    return replace(details, version=version)


def logged(
    happenings: tuple[Happening, ...], dice: Dice, visits: Visits, details: VisitDetails, shown: Shown
) -> tuple[Visits, VisitDetails, Shown]:
    """Return the visits and impressions that reach the log: some are lost, those of the faulty version come twice."""
    kept = np.ones(len(visits.guest), bool)
    for each in _of_kind(happenings, "lost_logs"):
        hit = each.covers(visits.start) & (details.platform == PLATFORMS.index(each.platform))
        kept &= ~hit | chance(dice.roll("happenings.lost", visits.key), 0, each.kept_per_mille)
    doubles = (details.version == FAULTY_VERSION) & (details.platform != WEB)
    if kept.all() and not doubles.any():
        return visits, details, shown
    source = np.repeat(np.arange(len(shown.key)), (1 + doubles[shown.visit]) * kept[shown.visit])
    is_copy = np.zeros(len(source), bool)
    is_copy[1:] = source[1:] == source[:-1]
    twice = _picked(shown, source)
    place = np.cumsum(kept) - 1
    twice = replace(twice, visit=place[twice.visit], key=np.where(is_copy, twice.key ^ _COPY, twice.key))
    return _picked(visits, kept), _picked(details, kept), twice


def _picked(record: Record, rows: I64 | Flags) -> Record:
    return type(record)(*(getattr(record, field.name)[rows] for field in fields(record)))


def delay(happenings: tuple[Happening, ...], dice: Dice, key: U64, time: I64) -> I64:
    """Return by how many seconds later than usual each impression arrives."""
    late = np.zeros(len(key), np.int64)
    for each in _of_kind(happenings, "late_batch"):
        is_late = each.covers(time) & chance(dice.roll("happenings.late", key), 0, each.late_per_mille)
        late = np.where(is_late, days.DAY, late)
    return late
