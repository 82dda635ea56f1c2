"""How far two mentors agree beyond chance."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def weighted_kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Return kappa with quadratic weights: 1 is full agreement, 0 what chance alone would give, less than 0 worse than that.

    Source: Cohen, "Weighted kappa", Psychological Bulletin 70 (1968), doi:10.1037/h0026256.

    Args:
        pairs: What the two gave to each thing, in whole points; shape (things, 2).

    Returns:
        None where nothing was given by both, or both gave one and the same to all: chance then agrees as well.
    """
    count = len(pairs)
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum((one - other) ** 2 * ones[one] * others[other] for one in ones for other in others)
    if not by_chance:
        return None
    return 1 - count * sum((one - other) ** 2 for one, other in pairs) / by_chance
