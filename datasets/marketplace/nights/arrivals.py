"""What has come, and what has changed, since the end of a data set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.blocks import Block, tasks_of
from marketplace.building import blocks_in_order
from marketplace.columns import Codes, Moments, Rows, Words, numbers
from marketplace.devices import PLATFORMS, platform_of, second_since
from marketplace.masters import CAMPAIGNS, NIGHT_CAMPAIGNS, calendar_rows, campaign_rows
from marketplace.nights.numbering import EVENTS, ids_of, numbered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from marketplace.keys import I64, Flags
    from marketplace.world import World

CARRY_MONTHS = 4
"""Months before the end of the data from which something may still come: a guest is scored again after 97 days."""

KNOWN_BY = {
    "sessions": "started_at_utc",
    "list_impressions": "ingested_at_utc",
    "talks": "opened_at_utc",
    "messages": "sent_at_utc",
    "appointments": "requested_at_utc",
    "appointment_status_log": "changed_at_utc",
}
"""Tables whose rows are in the data from the moment that a column tells."""
NUMBERED = ("sessions", "talks", "messages", "appointments", "payments", "point_ledger")
"""Tables with ids of their own, beside the events of impressions."""
CHANGING = ("guests", "sessions", "talks", "messages", "appointments", "payments")
"""Tables whose rows change after they have come."""


@dataclass(frozen=True)
class Used:
    """Highest id of each numbered table of the data set, and of the impressions that had arrived."""

    ids: Mapping[str, int]
    last_event: int


def arrivals(world: World, used: Used) -> Iterator[tuple[str, Rows]]:
    """Yield (table, rows): all new rows, and of tables that change also such old rows as may have changed since."""
    ends = days.instant(days.DAYS)
    tasks = tuple(task for task in tasks_of(world) if task.month >= days.MONTHS - CARRY_MONTHS)
    blocks = list(blocks_in_order(world, tasks))
    ids = _all_ids(blocks, used, ends)
    for place, block in enumerate(blocks):
        own = {table: each[place] for table, each in ids.items()}
        for table, rows in block.rows.items():
            yield table, numbered(rows.chosen(_is_news(table, rows, ends)), own)
    yield from _people(world, blocks)
    yield from _calendars(world)


def _is_news(table: str, rows: Rows, ends: int) -> Flags:
    """Return which rows are new, or tell of a change since the end of the data."""
    if table == "appointments":
        return np.ones(rows.count, bool)  # a status comes without a column that tells when
    new = _known(table, rows) >= ends
    return new | _tells_of_later(rows, ends) if table in CHANGING else new


def _tells_of_later(rows: Rows, ends: int) -> Flags:
    """Return which rows have a moment since the end of the data: of being read, closed, left, charged back."""
    later = np.zeros(rows.count, bool)
    for name, column in rows.columns.items():
        if isinstance(column, Moments):
            is_later = column.values >= ends + (days.JST if name.endswith("_jst") else 0)
            later |= is_later if column.missing is None else is_later & ~column.missing
    return later


def _known(table: str, rows: Rows) -> I64:
    """Return the UTC seconds from which rows are in the data."""
    if rows.known is not None:
        return rows.known
    if table in KNOWN_BY:
        return rows.columns[KNOWN_BY[table]].values.astype(np.int64)
    day = {"fraud_scores": "scored_on", "cast_shifts": "business_date"}[table]
    return days.instant(0) + (rows.columns[day].values.astype(np.int64) - days.DAY_ZERO) * days.DAY


def _all_ids(blocks: list[Block], used: Used, ends: int) -> dict[str, list[I64]]:
    ids = {}
    for table in NUMBERED:
        known = [_known(table, block.rows[table]) for block in blocks]
        old = sum(int((each < ends).sum()) for each in known)
        ids[table] = ids_of(known, used.ids[table] - old + 1, used.ids[table], ends)
    known = [block.impressions for block in blocks]
    old = sum(int((each < ends).sum()) for each in known)
    arrived = _arrived(blocks, ends)
    ids[EVENTS] = ids_of(known, used.last_event - arrived + 1, used.last_event - arrived + old, ends)
    return ids


def _arrived(blocks: list[Block], ends: int) -> int:
    """Return how many impressions stand up to the last one that had arrived at the end of the data."""
    before = last = 0
    for block in blocks:
        rows = block.rows["list_impressions"]
        is_old = block.impressions < ends
        place = np.cumsum(is_old) + before
        there = rows.columns["event_id"].values[_known("list_impressions", rows) < ends]
        last = max(last, int(place[there].max())) if len(there) else last
        before += int(is_old.sum())
    return last


def _people(world: World, blocks: list[Block]) -> Iterator[tuple[str, Rows]]:
    """Yield the guests, and the devices on which they have come since the end of the data."""
    guests = world.guests
    there = guests.registered < world.end
    ends = days.instant(days.DAYS)
    everybody = guests.to_rows(world.pools, world.end)
    yield "guests", everybody.chosen(there & _tells_of_later(everybody, ends))
    number = np.arange(guests.count)
    visited = np.zeros((2, guests.count), np.int64)
    for block in blocks:
        np.maximum.at(visited, (block.on_second.astype(np.int64), block.visitors), block.visited)
    is_new = guests.registered >= ends
    since = np.stack([guests.registered + 20, second_since(world.dice, guests)])
    device = np.stack([world.devices.first, world.devices.second])
    is_held = np.where(is_new, since < world.end, visited >= ends) & (device >= 0)
    held, guest = np.nonzero(is_held)
    first = since[held, guest]
    held_device = device[held, guest]
    rows = Rows(
        {
            "guest_id": numbers(number[guest] + 1, np.int32),
            "device_fp": Codes(held_device, None, "d"),
            "os": Words(platform_of(world.dice, held_device), pool=PLATFORMS),
            "first_seen_at_utc": Moments(first),
            "last_seen_at_utc": Moments(np.maximum(visited[held, guest], first)),
        }
    )
    yield "guest_devices", rows


def _calendars(world: World) -> Iterator[tuple[str, Rows]]:
    calendar = calendar_rows(world.days)
    yield "calendar", calendar.chosen(np.arange(world.days) >= days.DAYS)
    begun = np.array([days.number_of(date.fromisoformat(each[4])) < world.days for each in NIGHT_CAMPAIGNS])
    if begun.any():
        campaigns = campaign_rows(world.settings.guests, NIGHT_CAMPAIGNS, len(CAMPAIGNS) + 1)
        yield "campaigns", campaigns.chosen(begun)
