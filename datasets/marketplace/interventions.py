"""What a measure adds to the month in which it runs, and what it keeps from happening, event by event."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from marketplace.keys import U64, Flags


def _none() -> U64:
    return np.zeros(0, np.uint64)


@dataclass(frozen=True)
class Interventions:
    """Keys of the events concerned; nothing by default. A talk has the key of the impression that it follows from."""

    talks: U64 = field(default_factory=_none)
    """Impressions that are clicked and lead to a talk that is answered, come what may."""
    requests: U64 = field(default_factory=_none)
    """Answered talks that lead to a request for an appointment."""
    no_talks: U64 = field(default_factory=_none)
    """Impressions that lead to no talk."""
    no_requests: U64 = field(default_factory=_none)
    """Appointments that are not asked for."""
    top_ups: U64 = field(default_factory=_none)
    """Visits on which points are bought in advance."""
    no_top_ups: U64 = field(default_factory=_none)
    """Visits on which they are not."""
    no_spendings: U64 = field(default_factory=_none)
    """Appointments that would have been accepted and are declined, so that nothing is bought for them."""
    registrations: U64 = field(default_factory=_none)
    """Of those who could register after the data set and don't: who does."""
    no_registrations: U64 = field(default_factory=_none)
    """Guests after the data set who don't register."""


def among(keys: U64, concerned: U64) -> Flags:
    """Return which keys are among those concerned."""
    return np.isin(keys, concerned) if len(concerned) else np.zeros(len(keys), bool)
