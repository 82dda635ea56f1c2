"""Registration: who joins when, and what each guest is like; cameos, rings and families get the first numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days, rings
from marketplace.cameos import FORCE
from marketplace.guests import NEVER, NO_TAG, TOKYO, Guests, in_order
from marketplace.keys import I64, U64, Dice, Flags, below, chance, part, pick, slots
from marketplace.masters import CAMPAIGNS, CHANNELS
from marketplace.prefectures import PREFECTURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from marketplace.cameos import Cameo

_PREFECTURE_SLOTS = slots(tuple(row[3] for row in PREFECTURES))
_TAG_SLOTS = slots((22, 14, 18, 9, 9, 12))
_GENDER_SLOTS = slots((34, 62, 4))
_CHANNEL_SLOTS = slots((30, 26, 22, 12, 10))
_ASK_SLOTS = slots((46, 34, 20))
_LOYALTY_SLOTS = slots((40, 40, 20))
_HABIT_SLOTS = slots((50, 30, 20))
"""Weights of PREFECTURES, TAGS, GENDERS and CHANNELS; then of asking seldom or often for appointments, of coming back seldom or
often, and of the habits in days.HOURS."""
CAMPAIGN_PER_MILLE = 160
"""Of the registrations in its period, so many a campaign draws to its own channel; it brings none on top."""
_HOUR_SLOTS = slots(np.array(days.HOURS).sum(axis=0))
"""Hours of registration: those of all habits together."""


@dataclass(frozen=True)
class Season:
    """The business days in which guests register, as day numbers: first and the day after the last."""

    first: int
    stop: int


@dataclass(frozen=True)
class Seats:
    """When each guest registers, and which part each plays, before sorting."""

    key: U64
    registered: I64
    is_test: Flags
    force: I64
    lives_in_tokyo: Flags
    """Certainly; others may as well."""
    ring: I64
    ring_place: I64
    partner: I64
    is_cameo: Flags

    @property
    def is_plain(self) -> Flags:
        """Return whose fate is open: neither forced nor in a ring."""
        return (self.force == 0) & (self.ring < 0)


def make_guests(dice: Dice, numbers: range, nicknames: int, season: Season, cameos: Sequence[Cameo] = ()) -> Guests:
    """Return guests with the given generator numbers who register within the season, in order of registration."""
    key = dice.roll("guests", np.arange(numbers.start, numbers.stop, dtype=np.uint64))
    seats = _seats(dice, key, season, cameos)
    person, life = dice.roll("guests.person", key), dice.roll("guests.life", key)
    taste, loyal = dice.roll("guests.tag", key), dice.roll("guests.loyalty", key)
    deleted, verified = _milestones(dice, seats)
    asks = np.array([12, 90, 230])[pick(_ASK_SLOTS, loyal, 1)]
    return in_order(
        Guests(
            key=key,
            registered=seats.registered,
            verified=verified,
            deleted=deleted,
            stop=np.where(deleted == NEVER, NEVER, deleted - 30 * days.DAY),
            is_test=seats.is_test,
            nickname=below(dice.roll("guests.nickname", key), 0, nicknames),
            prefecture=np.where(
                seats.lives_in_tokyo, TOKYO, np.where(chance(person, 1, 60), -1, pick(_PREFECTURE_SLOTS, person, 0))
            ),
            birth_year=np.where(chance(life, 0, 80), -1, 1955 + below(person, 2, 30) + below(person, 3, 22)),
            gender=np.where(chance(life, 2, 50), -1, pick(_GENDER_SLOTS, life, 1)),
            tag=np.where(chance(taste, 1, 200), NO_TAG, pick(_TAG_SLOTS, taste, 0)),
            channel=_channels(dice, seats),
            habit=pick(_HABIT_SLOTS, loyal, 2),
            loyalty=np.array([55, 100, 170])[pick(_LOYALTY_SLOTS, loyal, 0)],
            asks=np.where((seats.force & FORCE["cancel"]) != 0, 0, asks),
            force=seats.force,
            ring=seats.ring,
            ring_place=seats.ring_place,
            partner=seats.partner,
            is_silent=seats.is_plain & (seats.partner < 0) & chance(dice.roll("guests.silent", key), 0, 30),
        )
    )


def _seats(dice: Dice, key: U64, season: Season, cameos: Sequence[Cameo]) -> Seats:
    count, taken = len(key), len(cameos)
    registered = _registrations(dice, key, season)
    is_test = chance(dice.roll("guests.test", key), 0, 8)
    force, tokyo = np.zeros(count, np.int64), np.zeros(count, bool)
    ring, place, partner = np.full(count, -1), np.zeros(count, np.int64), np.full(count, -1)
    if cameos:
        jitter = below(key[:taken], 1, np.array([cameo.spread for cameo in cameos]))
        registered[:taken] = np.array([cameo.registered for cameo in cameos]) + jitter
        is_test[:taken] = [cameo.is_test for cameo in cameos]
        force[:taken] = [cameo.force for cameo in cameos]
        tokyo[:taken] = [cameo.is_tokyo for cameo in cameos]
        stop = rings.plant(dice, count, taken, season.stop, registered, ring, place)
        partner = rings.families(count, stop)
    is_test &= (ring < 0) & (partner < 0)
    return Seats(key, registered, is_test, force, tokyo, ring, place, partner, np.arange(count) < taken)


def _registrations(dice: Dice, key: U64, season: Season) -> I64:
    """Return ordinary registration seconds: growth over months, season, weekday, hours."""
    months = days.month_of_day()[season.first : season.stop]
    seasonal = np.array([days.season(month) for month in range(12)])[months % 12]
    table = slots(days.day_weights()[season.first : season.stop] * (100 + 5 * months) * seasonal, 65_536)
    bits = dice.roll("guests.registered", key)
    day = season.first + pick(table, bits, 0)
    return days.instant(0) + day * days.DAY + days.second_of_day(pick(_HOUR_SLOTS, bits, 1), part(bits, 2))


def _channels(dice: Dice, seats: Seats) -> I64:
    """Return channels: a campaign under way draws a part of the registrations to its own."""
    bits = dice.roll("guests.channel", seats.key)
    channel = pick(_CHANNEL_SLOTS, bits, 0)
    day = days.day_number(seats.registered)
    for row in (each for each in CAMPAIGNS if each[2]):
        first, last = (date.fromisoformat(text).toordinal() - days.FIRST_DAY.toordinal() for text in row[4:6])
        channel[(day >= first) & (day <= last) & chance(bits, 1, CAMPAIGN_PER_MILLE)] = CHANNELS.index(row[2])
    missing = chance(bits, 2, 80) | ((seats.ring >= 0) & (seats.ring_place % 3 == 2))
    missing |= seats.is_cameo & (np.arange(len(channel)) % 5 == 4)
    return np.where(missing, -1, channel)


def _milestones(dice: Dice, seats: Seats) -> tuple[I64, I64]:
    """Return when guests leave and when their identity is verified, or NEVER."""
    will, registered = dice.roll("guests.will", seats.key), seats.registered
    leaves = seats.is_plain & chance(will, 0, 70)
    deleted = registered + 60 * days.DAY + below(will, 1, 420) * days.DAY + part(will, 2)
    verified = registered + 600 + np.minimum(part(will, 3) * part(will, 2) >> 13, 20 * days.DAY)
    unverified = seats.is_plain & chance(dice.roll("guests.verified", seats.key), 0, 150)
    deleted, verified = days.when_open(deleted), days.when_open(verified)
    return np.where(leaves, deleted, NEVER), np.where(unverified, NEVER, verified)
