"""Fraud scores: what the scoring knew of a guest, and what a review found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.columns import Column, Dates, Rows, Words, numbers
from marketplace.keys import I64, below, chance

if TYPE_CHECKING:
    from marketplace.world import World

MODELS = ("rules_1", "rules_2")
LABELS = ("ok", "fraud")
_SECOND_MODEL_DAY = 456
"""2025-04-01."""


def score_rows(world: World, newcomers: I64) -> Rows:
    """Return the scores of the guests who registered in a month: after a week, and again after three months."""
    guests, n = world.guests, newcomers
    key = guests.key[n]
    bits = world.dice.roll("fraud.score", key)
    in_ring = guests.ring[n] >= 0
    shares = in_ring | (guests.partner[n] >= 0)
    bursts = in_ring & (guests.ring_place[n] % 2 == 0)
    score = 60 + below(bits, 0, 260) + np.where(shares, 330, 0) + np.where(bursts, 230, 0)
    score = np.minimum(1000, score + np.where(guests.channel[n] < 0, 90, 0))
    blank = guests.is_silent[n] | chance(bits, 1, 40) & ~in_ring
    must_review = (guests.force[n] > 0) | (in_ring & (guests.ring_place[n] != 3))
    reviewed = (must_review | chance(bits, 2, 350)) & ~(in_ring & ~must_review)
    # Fraud outside the rings shows in none of the signs that lessons score by: nobody catches everything.
    other_fraud = guests.is_silent[n] & chance(bits, 3, 130) & (guests.channel[n] >= 0)
    first = days.day_number(guests.registered[n]) + 7
    last = world.days - 1
    again = np.flatnonzero((first + 90 <= last) & (guests.stop[n] > guests.registered[n] + 100 * days.DAY))
    seen = np.flatnonzero(first <= last)
    row = np.concatenate([seen, again])
    is_first = np.repeat(np.array([True, False]), [len(seen), len(again)])
    day = first[row] + np.where(is_first, 0, 90)
    order = np.lexsort((day, row))
    row, is_first, day = row[order], is_first[order], day[order]
    drift = np.where(is_first, 0, below(world.dice.roll("fraud.drift", key), 0, 61)[row] - 30)
    return Rows(
        {
            "guest_id": numbers(n[row] + 1, np.int32),
            "scored_on": Dates(day + days.DAY_ZERO),
            "score": Column(np.clip(score[row] + drift, 0, 1000).astype(np.int16), blank[row] & is_first),
            "model_version": Words(day >= _SECOND_MODEL_DAY, pool=MODELS),
            "reviewed_label": Words((in_ring | other_fraud)[row], ~(reviewed[row] & is_first), LABELS),
        }
    )
