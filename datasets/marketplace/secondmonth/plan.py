"""What a learner's plan says: for whom the measure is, on what it is judged, and how guests, casts or days are split."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marketplace.faults import MarketplaceError
from marketplace.masters import AREA_CODES
from marketplace.secondmonth.metrics import METRICS, Metric, fits

EFFECTS = ("none", "small", "real", "harmful")
GROUPS = ("existing", "newcomers", "area", "casts", "days")
"""Guests from before January who come; guests who register; guests to whom a cast of one area is shown; casts who
are there when it begins; the business days, for what acts on those who are no guests yet."""
MOST_MONTHS = 3
"""For longer no plan runs."""

Target = Callable[[Path, str, str], frozenset[Any]]
"""From a small DuckDB file, its table of those who may take part, and the table's key: the keys of those for whom the measure is (numbers, or dates of days).

The condition is somebody else's SQL. So whoever calls gives a function that runs it sealed off.
"""


@dataclass(frozen=True)
class Plan:
    """What is asked for."""

    group: str
    """One of GROUPS."""
    effect: str
    """One of EFFECTS."""
    metric_name: str = "appointment_14d"
    """A key of METRICS."""
    seed: int = 1
    """Decides who is treated and how large the effect is; the same seed treats the same ones, whatever the effect."""
    treatment_percent: int = 50
    area: str = ""
    """Code of the area, for the group of that name."""
    condition: str = ""
    """The target as the learner wrote it, an SQL condition over the plan's table; empty for everybody."""
    months: int = 1
    """For how many months, January first, who comes is taken in: 1 to MOST_MONTHS."""

    def __post_init__(self) -> None:
        """Raise MarketplaceError with the known values where one is unknown."""
        if self.group not in GROUPS:
            raise MarketplaceError("group_unknown", group=self.group)
        if self.effect not in EFFECTS:
            raise MarketplaceError("effect_unknown", effect=self.effect)
        if self.metric_name not in METRICS:
            raise MarketplaceError("plan_metric_unknown", metric=self.metric_name, names=", ".join(METRICS))
        if not fits(self.metric, self.group):
            names = ", ".join(name for name, each in METRICS.items() if fits(each, self.group))
            raise MarketplaceError("metric_not_of_group", metric=self.metric_name, group=self.group, names=names)
        if not 0 <= self.seed < 2**31:
            raise MarketplaceError("seed_out_of_range", seed=self.seed)
        if not 1 <= self.treatment_percent <= 99:
            raise MarketplaceError("split_out_of_range", percent=self.treatment_percent)
        self._check_months()
        if self.group == "area" and self.area not in AREA_CODES:
            raise MarketplaceError("area_needed", area=self.area, names=", ".join(AREA_CODES))
        if self.group != "area" and self.area:
            raise MarketplaceError("area_not_needed", area=self.area)

    def _check_months(self) -> None:
        if not 1 <= self.months <= MOST_MONTHS:
            raise MarketplaceError("months_out_of_range", months=self.months, most=MOST_MONTHS)
        if self.is_of_casts and self.months > 1:
            raise MarketplaceError("months_not_of_casts", months=self.months)

    @property
    def metric(self) -> Metric:
        """The metric itself."""
        return METRICS[self.metric_name]

    @property
    def is_of_casts(self) -> bool:
        """Whether casts are split, not guests."""
        return self.group == "casts"

    @property
    def is_of_days(self) -> bool:
        """Whether days are split, so that whoever comes on one meets the same."""
        return self.group == "days"

    @property
    def table(self) -> str:
        """The table of those who are split, over which the condition is written."""
        return {"casts": "casts", "days": "calendar"}.get(self.group, "guests")

    @property
    def key(self) -> str:
        """That table's key."""
        return {"casts": "cast_id", "days": "business_date"}.get(self.group, "guest_id")
