"""Payments and the point ledger: guests buy points, spend them when a cast accepts, and get them back.

Order of the funnel: request, acceptance, purchase of the points that are missing, spending, meeting. A purchase thus comes
before its appointment takes place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.appointments import ACCEPTED, CANCELLED, COMPLETED, LATER, chosen
from marketplace.columns import Codes, Ids, Moments, Rows, Words, numbers
from marketplace.interventions import among
from marketplace.keys import I64, U64, Flags, below, chance, key_of, part, pick, slots
from marketplace.prebuying import brought_forward

if TYPE_CHECKING:
    from marketplace.appointments import Appointments
    from marketplace.sessions import Visits
    from marketplace.world import World

KINDS = ("purchase", "refund")
METHODS = ("card", "carrier", "bank", "convenience")
STATUSES = ("succeeded", "failed", "charged_back")
SUCCEEDED, FAILED, CHARGED_BACK = range(3)
"""Positions in STATUSES."""
PACKS = np.array([3000, 5000, 8000, 10_000, 15_000, 20_000, 30_000, 50_000])
"""Points that can be bought at once; a point costs 1.1 yen, tax included."""
_METHOD_SLOTS = slots((70, 14, 5, 11))
"""Weights of METHODS."""
_TOP_UP_SLOTS = slots((60, 30, 10))
"""Weights of the three smallest PACKS, for points bought in advance."""
GIFTS_PER_MILLE, GIFT_DAYS = 180, 60
"""Guests in a thousand whose appointments of so many days after registration are paid with a gift of points, not with money."""
_SETTLED = 400
"""Seconds after an acceptance, or after the start of a visit, by which a payment for it has gone through."""
_RING_POINTS = 20_000
"""What each member of a fraud ring buys at once."""


@dataclass(frozen=True)
class Spending:
    """Accepted appointments with their payment: ordered by guest and time."""

    row: I64
    """Position of the appointment in its block."""
    made: Appointments
    paid: I64
    """When missing points are bought, or would be but for a campaign; they are spent five seconds later."""
    bought: I64
    """Points bought for it, 0 if the guest had enough left or they were a gift."""
    gift: I64
    """Points given for it: all that it costs, or 0."""
    refunded: I64
    """When the purchase is refunded, or NEVER."""

    @property
    def settled(self) -> I64:
        """The UTC seconds from which the spending is known."""
        return self.made.decided + _SETTLED


NEVER = 1 << 41
"""A UTC second that never comes."""


def spend(world: World, appointments: Appointments) -> Spending:
    """Return what accepted appointments cost: points left over from an earlier one of the month are used first."""
    rows = np.flatnonzero((appointments.decision == ACCEPTED) & (appointments.decided + _SETTLED < world.end))
    rows = rows[np.lexsort((appointments.decided[rows], appointments.guest[rows]))]
    made = chosen(appointments, rows)
    bits = world.dice.roll("payments.refund", made.key)
    fate = made.status_at(LATER)
    # The jitter belongs to the guest, so that payments keep the order of the decisions.
    paid = made.decided + 180 + below(world.guests.key[made.guest], 2, 200)
    unhappy = ((fate == CANCELLED) & chance(bits, 0, 350)) | ((fate == COMPLETED) & chance(bits, 0, 15))
    refunded = days.when_open(made.ended + days.DAY + part(bits, 1) * 5)
    # What a guest buys depends on the refunds to come. Those after a data set's end were not foreseen in it, so that its
    # purchases stay as they are when time goes on; such a refund does not come at all.
    foreseen = np.where(made.decided + _SETTLED < world.foresight, world.foresight, NEVER)
    refunded = np.where(unhappy & (refunded < foreseen), refunded, NEVER)
    gift = _given(world, made)
    bought = _purchases(made, gift, refunded != NEVER)
    return Spending(rows, made, paid, bought, gift, np.where((bought > 0) & (refunded < world.end), refunded, NEVER))


def _given(world: World, made: Appointments) -> I64:
    """Return the points that guests get as a gift for each appointment: what it costs, for some guests in their first weeks."""
    is_lucky = chance(world.dice.roll("payments.gift", world.guests.key[made.guest]), 0, GIFTS_PER_MILLE)
    is_early = made.decided < world.guests.registered[made.guest] + GIFT_DAYS * days.DAY
    return np.where(is_lucky & is_early, made.points, 0)


def _purchases(made: Appointments, gift: I64, is_refunded: Flags) -> I64:
    """Return the points bought for each appointment: the smallest pack that covers what is missing; nothing for a gift."""
    n = len(made.guest)
    starts = np.flatnonzero(np.append(True, made.guest[1:] != made.guest[:-1])) if n else np.zeros(0, np.int64)
    sizes = np.diff(np.append(starts, n))
    bought, left = np.zeros(n, np.int64), np.zeros(len(starts), np.int64)
    for place in range(int(sizes.max()) if n else 0):
        has = np.flatnonzero(sizes > place)
        row = starts[has] + place
        costs = made.points[row] - gift[row]
        missing = costs - left[has]
        pack = np.where(missing > 0, PACKS[np.searchsorted(PACKS, np.maximum(missing, 1))], 0)
        bought[row] = pack
        left[has] = np.where(is_refunded[row], 0, left[has] + pack - costs)
    return bought


@dataclass(frozen=True)
class TopUps:
    """Points bought in advance, or that could be: one of each visit."""

    happens: Flags
    can: Flags
    """There is time enough for it before the end."""
    time: I64
    points: I64


def top_ups(world: World, visits: Visits) -> TopUps:
    """Return on which visits points are bought in advance, and what would be bought on the others."""
    bits = world.dice.roll("payments.top-up", visits.key)
    can = visits.start + _SETTLED < world.end
    happens = (chance(bits, 0, 16) | among(visits.key, world.interventions.top_ups)) & can
    happens &= ~among(visits.key, world.interventions.no_top_ups)
    time = days.before_closing(visits.start + 120 + below(bits, 2, 240))
    return TopUps(happens, can, time, PACKS[pick(_TOP_UP_SLOTS, bits, 1)])


@dataclass(frozen=True)
class Payments:
    """Payments of one block, ordered by guest and time."""

    guest: I64
    key: U64
    points: I64
    """Negative for a refund."""
    time: I64
    status: I64
    charged_back: I64
    """When, or NEVER."""
    original: I64
    """Position of the payment refunded, or -1."""
    updated: I64
    known: I64
    """From when it is in the data: a payment is settled a few minutes after it was begun."""


def pay(world: World, visits: Visits, spending: Spending, ring_members: I64) -> Payments:
    """Return all payments of a block: for appointments, top-ups, by rings, failed attempts, refunds."""
    own = np.flatnonzero(spending.bought > 0)
    topped = top_ups(world, visits)
    top = np.flatnonzero(topped.happens)
    ring_key = key_of(world.guests.key[ring_members], 0xCAFE)
    back = days.when_open(world.guests.registered[ring_members] + 25 * days.DAY + below(ring_key, 1, 20) * days.DAY)
    guest = np.concatenate([spending.made.guest[own], visits.guest[top], ring_members])
    key = np.concatenate([key_of(spending.made.key[own], 0xB0), key_of(visits.key[top], 0xB1), ring_key])
    points = np.concatenate([spending.bought[own], topped.points[top], np.full(len(ring_members), _RING_POINTS)])
    at_once = world.guests.registered[ring_members] + 1500
    needed = brought_forward(world, spending.made.guest[own], spending.made.key[own], spending.paid[own])
    time = np.concatenate([needed, topped.time[top], at_once])
    charged = np.concatenate([np.full(len(own) + len(top), NEVER), back])
    settled = np.concatenate([spending.settled[own], visits.start[top] + _SETTLED, at_once])
    main = len(guest)
    failed = np.flatnonzero(chance(world.dice.roll("payments.failed", key), 0, 70))
    given_back = np.flatnonzero(spending.refunded[own] != NEVER)
    source = np.concatenate([np.arange(main), failed, given_back])
    kind = np.repeat(np.array([0, 1, 2]), [main, len(failed), len(given_back)])
    time = np.concatenate([time, time[failed] - 90, spending.refunded[own[given_back]]])
    order = np.lexsort((time, guest[source]))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    source, kind, time = source[order], kind[order], time[order]
    known = np.where(kind == 2, time, settled[source])
    charged = np.where(kind == 0, charged[source], NEVER)
    status = np.where(kind == 1, FAILED, np.where(charged < world.end, CHARGED_BACK, SUCCEEDED))
    return Payments(
        guest=guest[source],
        key=key[source],
        points=np.where(kind == 2, -points[source], points[source]),
        time=time,
        status=status,
        charged_back=charged,
        original=np.where(kind == 2, place[source], -1),
        updated=np.where(charged < world.end, charged, time + np.where(kind == 1, 0, 3)),
        known=known,
    )


def payment_rows(world: World, payments: Payments) -> Rows:
    """Return the rows of the table."""
    # Method and card belong to the purchase, so a failed attempt and a refund repeat them.
    method = pick(_METHOD_SLOTS, world.dice.roll("payments.method", payments.key), 0)
    ring = world.guests.ring[payments.guest]
    method[ring >= 0] = 0
    card = np.where(ring >= 0, (1 << 36) + ring, (payments.guest + 1) * 2 + chance(payments.key, 3, 150))
    return Rows(
        {
            "payment_id": Ids(np.arange(len(payments.guest)), table="payments"),
            "guest_id": numbers(payments.guest + 1, np.int32),
            "kind": Words((payments.points < 0), pool=KINDS),
            "amount_yen": numbers(payments.points * 11 // 10, np.int32),
            "points": numbers(payments.points, np.int32),
            "method": Words(method, pool=METHODS),
            "card_fp": Codes(card, method != 0, "c"),
            "status": Words(payments.status, pool=STATUSES),
            "original_payment_id": Ids(payments.original, payments.original < 0, "payments"),
            "paid_at_jst": Moments(payments.time + days.JST),
            "updated_at_jst": Moments(payments.updated + days.JST),
        },
        payments.known,
    )
