"""A plan is sized by a month that no experiment moved, and the page says by which."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from math import sqrt
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pytest
from written import WRITTEN, write

from classroom.learner.expo.later_cards import tried
from classroom.learner.expo.planning import CannotRun, Power, power_of
from classroom.learner.expo.widening import ways_of
from marketplace import Settings, build
from marketplace.secondmonth import GROUPS, METRICS, Plan
from marketplace.secondmonth.metrics import fits
from marketplace.secondmonth.month import quiet_month
from marketplace.secondmonth.traces import traces_of
from marketplace.secondmonth.units import units_of

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.language import Lang
    from classroom.learner.expo.place import ExpoRoom

OVERLAPPING = "SELECT count(*) FROM experiments WHERE starts_on <= last_day(?) AND ends_on >= ?"


def on(room: ExpoRoom, data: Path) -> ExpoRoom:
    """The same room on other data."""
    return replace(room, asker=type(room.asker)(data), practice=data)  # type: ignore[call-arg]


@pytest.fixture(scope="module", params=[1, 2, 3])
def std(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Settings]:
    settings = Settings(scale=1.0, seed=request.param, out=tmp_path_factory.mktemp("std") / "marketplace.duckdb")
    build(settings)
    return settings.out, settings


def test_the_base_is_january_s_without_a_measure_and_its_month_has_no_experiment(
    room: ExpoRoom, std: tuple[Path, Settings]
) -> None:
    data, settings = std
    world, _ = quiet_month(settings)
    traces = traces_of(world)
    for group, metric in (("existing", "talk_14d"), ("existing", "appointment_14d"), ("casts", "talk_14d")):
        plan = Plan(group, "none", metric)
        found = power_of(on(room, data), plan, 10)
        assert isinstance(found, Power)
        with duckdb.connect(str(data), read_only=True) as connection:
            assert connection.execute(OVERLAPPING, [found.month, found.month]).fetchall() == [(0,)]
        units = units_of(world, plan, traces)
        values = units.values(getattr(traces, plan.metric.counted.trace))[units.is_counted]
        error = sqrt(found.variance / found.units + float(values.var()) / len(values))
        assert abs(found.base - float(values.mean())) < 3.3 * error
        assert found.units == pytest.approx(len(values), rel=0.1)


@pytest.mark.parametrize(
    ("more", "month"), [("2025-10-31", date(2025, 4, 1)), ("2025-09-30", date(2025, 10, 1)), (None, None)]
)
def test_another_experiment_makes_it_another_month(
    room: ExpoRoom, practice: Path, tmp_path: Path, more: str | None, month: date | None
) -> None:
    data = tmp_path / "other.duckdb"
    shutil.copyfile(practice, data)
    with duckdb.connect(str(data)) as connection:
        if more:
            connection.execute("UPDATE experiments SET ends_on = ? WHERE experiment_id = 5", [more])
        else:
            connection.execute("UPDATE experiments SET starts_on = '2024-01-01' WHERE experiment_id = 4")
    found = power_of(on(room, data), Plan("existing", "none", "talk_14d"), 10)
    if month is None:
        assert isinstance(found, CannotRun)
        assert "実験のない月" in found.sentence
    else:
        assert isinstance(found, Power)
        assert found.month == month


@pytest.mark.parametrize(("lang", "said"), [("ja", "2025年10月"), ("en", "October 2025")])
def test_the_page_names_the_month_and_says_why(room: ExpoRoom, lang: Lang, said: str) -> None:
    write(room, WRITTEN)
    shown = tried(replace(room, lang=lang))
    assert said in shown
    assert ("実験や施策のなかった月" if lang == "ja" else "the last month without an experiment") in shown


def test_every_metric_that_can_be_told_for_a_group_is_sized(room: ExpoRoom, std: tuple[Path, Settings]) -> None:
    pairs = [(group, name) for group in GROUPS for name, metric in METRICS.items() if fits(metric, group)]
    for group, name in pairs:
        found = power_of(on(room, std[0]), Plan(group, "none", name, area="SHINJUKU" if group == "area" else ""), 10)
        assert isinstance(found, Power), (group, name)
        assert 0.05 < found.power < 1
        assert (found.units == 31) == (group == "days")


BUYERS = "guest_id IN (SELECT guest_id FROM payments WHERE kind = 'purchase' AND status = 'succeeded')"


def test_a_condition_on_the_history_knows_nothing_of_what_came_after_the_month_began(
    room: ExpoRoom, std: tuple[Path, Settings]
) -> None:
    data, settings = std
    plan = Plan("existing", "none", "purchase_14d", condition=BUYERS)
    found = power_of(on(room, data), plan, 15)
    assert isinstance(found, Power)
    with duckdb.connect(str(data), read_only=True) as connection:
        bought = {row[0] - 1 for row in connection.execute(f"SELECT guest_id FROM guests WHERE {BUYERS}").fetchall()}
    world, traces = quiet_month(settings)
    whole = units_of(world, plan, traces)
    buyers = whole.only(np.isin(np.arange(len(whole.assigned)), list(bought)))
    values = buyers.values(traces.purchases)[buyers.is_counted]
    error = sqrt(found.variance / found.units + float(values.var()) / len(values))
    assert abs(found.base - float(values.mean())) < 3.3 * error


@pytest.mark.parametrize("months", [2, 3])
@pytest.mark.parametrize("group", ["existing", "newcomers", "area", "days"])
def test_a_plan_of_several_months_counts_as_many_as_come_in_them(
    room: ExpoRoom, std: tuple[Path, Settings], months: int, group: str
) -> None:
    data, settings = std
    metric = "registrations" if group == "days" else "talk_14d"
    plan = Plan(group, "none", metric, area="SHINJUKU" if group == "area" else "", months=months)
    one, found = (power_of(on(room, data), each, 10) for each in (replace(plan, months=1), plan))
    assert isinstance(one, Power)
    assert isinstance(found, Power)
    world, traces = quiet_month(settings, months)
    units = units_of(world, plan, traces)
    values = units.values(getattr(traces, plan.metric.counted.trace))[units.is_counted]
    assert found.base == one.base
    assert found.smallest < one.smallest
    assert found.units == pytest.approx(len(values), rel=0.15)
    error = sqrt(found.variance / one.units + float(values.var()) / len(values))
    assert abs(found.base - float(values.mean())) < 3.3 * error


def test_a_plan_that_is_too_small_is_told_so_with_ways_that_reach_further(
    room: ExpoRoom, std: tuple[Path, Settings]
) -> None:
    plan = Plan("existing", "none", "talk_14d", 1, 20, "", "prefecture = '東京都'")
    there = on(room, std[0])
    small = power_of(there, plan, 10)
    assert isinstance(small, Power)
    assert not small.is_enough
    ways = {way.steps: way for way in ways_of(there, plan, 10)}
    assert set(ways) == {("months",), ("everybody",), ("halves",), ("months", "everybody", "halves")}
    widest = ways["months", "everybody", "halves"].power
    assert all(
        widest.smallest_percent < way.power.smallest_percent < small.smallest_percent
        for way in list(ways.values())[:-1]
    )
    assert widest.is_enough
    casts = ways_of(there, Plan("casts", "none", "appointment_count_14d"), 10)
    assert casts == ()
