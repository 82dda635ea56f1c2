"""The point ledger: every movement of points, so that a guest's running sum is the balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.appointments import CANCELLED
from marketplace.columns import Dates, Ids, Moments, Rows, Words, numbers
from marketplace.payments import FAILED, NEVER

if TYPE_CHECKING:
    from marketplace.keys import I64
    from marketplace.payments import Payments, Spending
    from marketplace.world import World

KINDS = ("purchase", "spend", "return", "refund", "chargeback", "bonus", "expire")
PURCHASE, SPEND, RETURN, REFUND, CHARGEBACK, BONUS, EXPIRE = range(7)
"""Positions in KINDS."""
BONUS_POINTS = 500
_BONUS_DAYS = 60
"""What a guest gets for proving who they are, and the days after which it is lost."""


def ledger_rows(world: World, payments: Payments, spending: Spending, newcomers: I64) -> Rows:
    """Return the rows of the table for a block; newcomers are the guests who registered in its month."""
    parts = (*_of_payments(payments), *_of_appointments(world, spending), *_of_bonuses(world, newcomers))
    kind = np.repeat(np.array([p[0] for p in parts]), [len(p[1]) for p in parts])
    guest, points, payment, appointment, time, settled, expires = (
        np.concatenate([p[i] for p in parts]) for i in range(1, 8)
    )
    known = np.flatnonzero(time < world.end)
    order = known[np.lexsort((kind[known], time[known], guest[known]))]
    return Rows(
        {
            "entry_id": Ids(np.arange(len(order)), table="point_ledger"),
            "guest_id": numbers(guest[order] + 1, np.int32),
            "entry_kind": Words(kind[order], pool=KINDS),
            "points": numbers(points[order], np.int32),
            "payment_id": Ids(payment[order], payment[order] < 0, "payments"),
            "appointment_id": Ids(appointment[order], appointment[order] < 0, "appointments"),
            "expires_on": Dates(expires[order], expires[order] < 0),
            "booked_at_jst": Moments(time[order] + days.JST),
        },
        np.maximum(time, settled)[order],
    )


_Part = tuple[int, "I64", "I64", "I64", "I64", "I64", "I64", "I64"]
"""Kind, then guest, points, payment, appointment, time, when what it belongs to is settled, and expiry day."""


def _part(
    kind: int, guest: I64, points: I64, payment: I64 | None, appointment: I64 | None, time: I64, settled: I64
) -> _Part:
    nothing = np.full(len(guest), -1)
    return (
        kind,
        guest,
        points,
        nothing if payment is None else payment,
        nothing if appointment is None else appointment,
        time,
        settled,
        nothing,
    )


def _of_payments(payments: Payments) -> tuple[_Part, ...]:
    bought = np.flatnonzero((payments.status != FAILED) & (payments.points > 0))
    refunded = np.flatnonzero(payments.points < 0)
    charged = np.flatnonzero(payments.charged_back != NEVER)
    movements = (
        (PURCHASE, bought, payments.points, payments.time),
        (REFUND, refunded, payments.points, payments.time),
        (CHARGEBACK, charged, -payments.points, payments.charged_back),
    )
    return tuple(
        _part(kind, payments.guest[row], points[row], row, None, time[row], payments.known[row])
        for kind, row, points, time in movements
    )


def _of_appointments(world: World, spending: Spending) -> tuple[_Part, ...]:
    made = spending.made
    cancelled = made.status_at(world.end) == CANCELLED
    # A refund without a cancellation gives the points back first, and then takes back what was bought.
    given_back = np.flatnonzero(cancelled | (spending.refunded != NEVER))
    time = np.where(cancelled, np.maximum(made.ended, spending.paid + 10), spending.refunded - 1)
    settled = np.where(cancelled, spending.settled, spending.refunded)
    given = np.flatnonzero(spending.gift > 0)
    return (
        _part(
            BONUS,
            made.guest[given],
            spending.gift[given],
            None,
            None,
            spending.paid[given] + 4,
            spending.settled[given],
        ),
        _part(SPEND, made.guest, -made.points, None, spending.row, spending.paid + 5, spending.settled),
        _part(
            RETURN,
            made.guest[given_back],
            made.points[given_back],
            None,
            spending.row[given_back],
            time[given_back],
            settled[given_back],
        ),
    )


def _of_bonuses(world: World, newcomers: I64) -> tuple[_Part, ...]:
    guests = world.guests
    who = newcomers[guests.verified[newcomers] < world.end]
    day = days.day_number(guests.verified[who]) + _BONUS_DAYS
    points = np.full(len(who), BONUS_POINTS)
    verified, expires = guests.verified[who], days.instant(0) + day * days.DAY
    got = _part(BONUS, who, points, None, None, verified, verified)
    lost = _part(EXPIRE, who, -points, None, None, expires, expires)
    return (*((*each[:7], day + days.DAY_ZERO) for each in (got, lost)),)
