"""Guests: when they register, who they are, and how they will behave; sorted by registration."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days, rings
from marketplace.cameos import FORCE, cameos_of
from marketplace.columns import Addresses, Column, Moments, Rows, Words
from marketplace.keys import I64, U64, Dice, Flags, below, chance, part, pick, slots
from marketplace.masters import CAMPAIGNS, CHANNELS, REGIONS, TAGS

if TYPE_CHECKING:
    from marketplace.pools import Pools
    from marketplace.settings import Settings

PREFECTURES = (
    # name, region, weight
    ("東京都", "首都圏", 39),
    ("神奈川県", "首都圏", 14),
    ("埼玉県", "首都圏", 8),
    ("千葉県", "首都圏", 8),
    ("愛知県", "東海", 8),
    ("大阪府", "関西", 11),
    ("兵庫県", "関西", 3),
    ("京都府", "関西", 3),
    ("福岡県", "九州", 6),
)
TOKYO = 0
GENDERS = ("female", "male", "other")
_NO_TAG = len(TAGS)
NEVER = 1 << 40


@dataclass(frozen=True)
class Guests:
    """Guests in order of registration: position i is guest_id i + 1."""

    key: U64
    registered: I64
    verified: I64
    """UTC second, or NEVER."""
    deleted: I64
    """UTC second, or NEVER."""
    stop: I64
    """From this UTC second on the guest opens the app no more."""
    is_test: Flags
    nickname: I64
    prefecture: I64
    """Index of PREFECTURES, or -1."""
    birth_year: I64
    """Year, or -1."""
    gender: I64
    tag: I64
    """Index of TAGS, or their number for "not answered"."""
    channel: I64
    """Index of CHANNELS, or -1."""
    habit: I64
    """Index of days.HOURS."""
    loyalty: I64
    """Percent of the average chance to come back in a month."""
    asks: I64
    """Percent of the average chance to ask for an appointment."""
    force: I64
    """What must happen on the first visit (see cameos.FORCE)."""
    ring: I64
    """Number of the fraud ring, or -1."""
    ring_place: I64
    """Place in the ring, from 0."""
    partner: I64
    """Generator number of the family member whose device is shared, or -1; a position after sorting."""
    is_silent: Flags
    """Never opens the app."""

    @property
    def count(self) -> int:
        """Return the number of guests."""
        return len(self.key)

    @property
    def region(self) -> I64:
        """Return the region number of each guest's prefecture, -1 if unknown."""
        regions = np.array([REGIONS.index(row[1]) for row in PREFECTURES] + [-1])
        return regions[self.prefecture]

    def to_rows(self, pools: Pools, end: int) -> Rows:
        """Return the rows of the table as they stand at the end of the data."""
        number = np.arange(1, self.count + 1, dtype=np.int32)
        gone = self.deleted < end
        return Rows(
            {
                "guest_id": Column(number),
                "nickname": Words(self.nickname, pool=pools.nicknames),
                "email": Addresses(number, gone),
                "prefecture": Words(self.prefecture, self.prefecture < 0, tuple(row[0] for row in PREFECTURES)),
                "birth_year": Column(self.birth_year.astype(np.int16), self.birth_year < 0),
                "gender": Words(self.gender, self.gender < 0, GENDERS),
                "interest_tag": Words(self.tag, self.tag == _NO_TAG, TAGS),
                "acquisition_channel": Words(self.channel, self.channel < 0, CHANNELS),
                "registered_at_utc": Moments(self.registered),
                "verified_at_utc": Moments(self.verified, self.verified >= end),
                "deleted_at_utc": Moments(self.deleted, ~gone),
                "is_test": Column(self.is_test),
            }
        )


def _registrations(dice: Dice, keys: U64, end_day: int) -> I64:
    """Return ordinary registration seconds: growth over months, season, weekday, hours."""
    months = days.month_of_day()[:end_day]
    growth = 100 + 5 * months
    season = np.array([days.season(month) for month in range(days.MONTHS + 3)])[months]
    table = slots(days.day_weights()[:end_day] * growth * season, 65_536)
    bits = dice.roll("guests.registered", keys)
    day = pick(table, bits, 0)
    habit = slots(np.array(days.HOURS).sum(axis=0))
    hour = pick(habit, bits, 1)
    return days.instant(0) + day * days.DAY + days.second_of_day(hour, part(bits, 2))


def _channels(dice: Dice, keys: U64, registered: I64) -> I64:
    """Return channels: a campaign under way draws a part of the registrations to its own."""
    bits = dice.roll("guests.channel", keys)
    channel = pick(slots((30, 26, 22, 12, 10)), bits, 0)
    day = days.day_number(registered)
    for row in CAMPAIGNS:
        first, last = (date.fromisoformat(text).toordinal() - days.FIRST_DAY.toordinal() for text in row[4:6])
        drawn = (day >= first) & (day <= last) & chance(bits, 1, 160)
        channel[drawn] = CHANNELS.index(row[2])
    channel[chance(bits, 2, 80)] = -1
    return channel


def make_guests(dice: Dice, settings: Settings, nicknames: int, end_day: int = days.DAYS) -> Guests:
    """Return the guests of a seed: cameos first, then rings and families, then everyone else, sorted at the end."""
    count = settings.guests
    keys = dice.roll("guests", np.arange(count, dtype=np.uint64))
    registered = _registrations(dice, keys, end_day)
    person, life = dice.roll("guests.person", keys), dice.roll("guests.life", keys)
    prefecture = pick(slots(tuple(row[2] for row in PREFECTURES)), person, 0)
    prefecture[chance(person, 1, 60)] = -1
    birth = 1955 + below(person, 2, 30) + below(person, 3, 22)
    birth[chance(life, 0, 80)] = -1
    tag = pick(slots((22, 14, 18, 9, 9, 12)), dice.roll("guests.tag", keys), 0)
    tag[chance(dice.roll("guests.tag", keys), 1, 200)] = _NO_TAG
    gender = pick(slots((34, 62, 4)), life, 1)
    gender[chance(life, 2, 50)] = -1
    is_test = chance(life, 3, 8)
    force = np.zeros(count, np.int64)
    ring, place = np.full(count, -1), np.zeros(count, np.int64)
    taken = 0
    for cameo in cameos_of(settings):
        registered[taken] = cameo.registered + (
            below(keys[taken : taken + 1], 1, cameo.spread)[0] if cameo.spread else 0
        )
        is_test[taken], force[taken] = cameo.is_test, cameo.force
        if cameo.is_tokyo:
            prefecture[taken] = TOKYO
        taken += 1
    channel = _channels(dice, keys, registered)
    channel[:taken][np.arange(taken) % 5 == 4] = -1
    taken = rings.plant(dice, count, taken, end_day, registered, ring, place)
    is_test[ring >= 0] = False
    channel[(ring >= 0) & (place % 3 == 2)] = -1
    partner = rings.families(count, taken)
    is_test[partner >= 0] = False
    plain = (force == 0) & (ring < 0)
    will = dice.roll("guests.will", keys)
    gone = plain & chance(will, 0, 70)
    deleted = np.where(gone, registered + 60 * days.DAY + below(will, 1, 420) * days.DAY + part(will, 2), NEVER)
    verified = registered + 600 + np.minimum(part(will, 3) * part(will, 2) >> 13, 20 * days.DAY)
    verified = np.where(chance(dice.roll("guests.verified", keys), 0, 150) & plain, NEVER, verified)
    loyal = dice.roll("guests.loyalty", keys)
    asks = np.array([12, 90, 230])[pick(slots((46, 34, 20)), loyal, 1)]
    unsorted = Guests(
        key=keys,
        registered=registered,
        verified=verified,
        deleted=deleted,
        stop=np.where(gone, deleted - 30 * days.DAY, NEVER),
        is_test=is_test,
        nickname=below(dice.roll("guests.nickname", keys), 0, nicknames),
        prefecture=prefecture,
        birth_year=birth,
        gender=gender,
        tag=tag,
        channel=channel,
        habit=pick(slots((50, 30, 20)), loyal, 2),
        loyalty=np.array([55, 100, 170])[pick(slots((40, 40, 20)), loyal, 0)],
        asks=np.where((force & FORCE["cancel"]) != 0, 0, asks),
        force=force,
        ring=ring,
        ring_place=place,
        partner=partner,
        is_silent=plain & (partner < 0) & chance(dice.roll("guests.silent", keys), 0, 30),
    )
    return _sorted(unsorted)


def _sorted(guests: Guests) -> Guests:
    order = np.argsort(guests.registered, kind="stable")
    position = np.empty(guests.count, np.int64)
    position[order] = np.arange(guests.count)
    moved = {field.name: getattr(guests, field.name)[order] for field in fields(Guests)}
    moved["partner"] = np.where(moved["partner"] >= 0, position[np.maximum(moved["partner"], 0)], -1)
    return Guests(**moved)
