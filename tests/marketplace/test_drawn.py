"""What a second month draws can be told without writing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from classroom.exchange.expo.target import target_of
from marketplace import MarketplaceError, Settings
from marketplace.manifest import read_manifest
from marketplace.secondmonth import Plan, make_second_month, what_is_drawn
from marketplace.workplace import manifest_path

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_drawn_can_be_told_without_writing_the_month(small: Path, tmp_path: Path) -> None:
    plan = Plan("existing", "harmful", "talk_14d", condition="guest_id % 3 > 0")
    target = target_of(plan.condition, "en")
    drawn = what_is_drawn(small, plan, target)
    make_second_month(small, plan, Settings(out=tmp_path / "month.duckdb"), target)
    planted = read_manifest(manifest_path(tmp_path / "month.duckdb")).planted["second_month"]
    assert (drawn.units, round(drawn.difference, 4)) == (planted["plan"]["units"], planted["plan"]["difference"])
    assert round(drawn.power_of_whole_group, 4) == planted["whole_group"]["power"]


def test_why_a_plan_cannot_be_run_is_said_beforehand(small: Path) -> None:
    plan = Plan("existing", "real", condition="guest_id = 1")
    with pytest.raises(MarketplaceError) as refused:
        what_is_drawn(small, plan, target_of(plan.condition, "en"))
    assert refused.value.code == "too_few_units"
