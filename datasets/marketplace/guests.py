"""Guests: who they are and how they behave, and their rows in the table."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from marketplace.columns import Addresses, Column, Moments, Rows, Words
from marketplace.masters import CHANNELS, REGIONS, TAGS
from marketplace.prefectures import PREFECTURES

if TYPE_CHECKING:
    from marketplace.keys import I64, U64, Flags
    from marketplace.pools import Pools

TOKYO = 0
"""Position in PREFECTURES."""
GENDERS = ("female", "male", "other")
NO_TAG = len(TAGS)
"""Stands for "not answered"."""
NEVER = 1 << 40
"""A UTC second that never comes."""


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
    """Position of the family member who shares a device, or -1."""
    is_silent: Flags
    """Never opens the app."""

    @property
    def count(self) -> int:
        """Return the number of guests."""
        return len(self.key)

    @property
    def region(self) -> I64:
        """Return the region number of each guest's prefecture, -1 if unknown."""
        regions = np.array([REGIONS.index(row[2]) for row in PREFECTURES] + [-1])
        return regions[self.prefecture]

    def to_rows(self, pools: Pools, end: int | I64) -> Rows:
        """Return the rows of the table as they stand at the end of the data, or each at a moment of its own."""
        number = np.arange(1, self.count + 1, dtype=np.int32)
        gone = self.deleted < end
        return Rows(
            {
                "guest_id": Column(number),
                "nickname": Words(self.nickname, pool=pools.nicknames),
                "email": Addresses(number, gone),
                "prefecture": Words(self.prefecture, self.prefecture < 0, pools.prefectures),
                "birth_year": Column(self.birth_year.astype(np.int16), self.birth_year < 0),
                "gender": Words(self.gender, self.gender < 0, GENDERS),
                "interest_tag": Words(self.tag, self.tag == NO_TAG, TAGS),
                "acquisition_channel": Words(self.channel, self.channel < 0, CHANNELS),
                "registered_at_utc": Moments(self.registered),
                "verified_at_utc": Moments(self.verified, self.verified >= end),
                "deleted_at_utc": Moments(self.deleted, ~gone),
                "is_test": Column(self.is_test),
            }
        )


def in_order(guests: Guests) -> Guests:
    """Return the guests in order of registration, with partners at their new positions."""
    order = np.argsort(guests.registered, kind="stable")
    position = np.empty(guests.count, np.int64)
    position[order] = np.arange(guests.count)
    moved = {field.name: getattr(guests, field.name)[order] for field in fields(Guests)}
    moved["partner"] = np.where(moved["partner"] >= 0, position[np.maximum(moved["partner"], 0)], -1)
    return Guests(**moved)


def together(first: Guests, later: Guests) -> Guests:
    """Return both as one, the later ones without partners; all of them must register after the first ones."""
    return Guests(*(np.concatenate([getattr(first, each.name), getattr(later, each.name)]) for each in fields(Guests)))


def taken(guests: Guests, rows: Flags) -> Guests:
    """Return some of the guests, who have no partners."""
    return Guests(*(getattr(guests, each.name)[rows] for each in fields(Guests)))
