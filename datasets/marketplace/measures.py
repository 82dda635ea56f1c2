"""The second data drop: the month in which a learner's measure ran, with an effect that the mentor knows.

January 2026 and the first two weeks of February follow on the standard data: the same guests and casts, new registrations,
ids that go on. Every guest who comes in January is assigned to the measure, half of them to its treatment.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import duckdb

from marketplace import days
from marketplace.building import produce
from marketplace.checks.running import identity_of
from marketplace.devices import make_devices
from marketplace.experiments import make_trials
from marketplace.faults import MarketplaceError
from marketplace.guests import together
from marketplace.keys import Dice
from marketplace.masters import EXPERIMENTS, ROLLOUTS, Experiment
from marketplace.pools import NICKNAMES
from marketplace.registration import Season, make_guests
from marketplace.workplace import manifest_path
from marketplace.world import World, make_world

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from marketplace.manifest import Manifest
    from marketplace.settings import Settings

EFFECTS = ("none", "small", "real", "harmful")
METRICS = ("talk_14d", "appointment_14d")
_MONTH = days.MONTHS
"""The month after the data, as a number from 0."""
_DAYS_AFTER = 15
"""Days of the next month, so that everyone is observed for 14 days."""
_NEWCOMERS_PER_MILLE = 75
"""Guests who come in that month, in thousandths of those who are there."""


@dataclass(frozen=True)
class Measure:
    """What is asked for."""

    effect: str
    """"none", "small" (too small to be seen at this size), "real" or "harmful"."""
    seed: int
    """Decides who is treated; the same seed with another effect treats the same guests."""
    metric: str = "appointment_14d"

    def __post_init__(self) -> None:
        if self.effect not in EFFECTS:
            raise MarketplaceError("effect_unknown", effect=self.effect)
        if self.metric not in METRICS:
            raise MarketplaceError("metric_unknown", metric=self.metric)
        if not 0 <= self.seed < 2**31:
            raise MarketplaceError("seed_out_of_range", seed=self.seed)


def measure(
    data: Path, wanted: Measure, settings: Settings, progress: Callable[[int, int, int], None] | None = None
) -> Manifest:
    """Generate the month after a data set; the truth goes into the manifest, never into the data."""
    standard, counts = _facts_of(data)
    settings = replace(settings, **standard)
    world = measured_world(settings, wanted)
    return produce(world, counts, progress)


def measured_world(settings: Settings, wanted: Measure) -> World:
    """Return the world that goes on after the standard one."""
    before = make_world(settings)
    stop = days.MONTH_STARTS[_MONTH + 1] + _DAYS_AFTER
    more = max(10, settings.guests * _NEWCOMERS_PER_MILLE // 1000)
    numbers = range(settings.guests, settings.guests + more)
    new = make_guests(before.dice, numbers, NICKNAMES, Season(days.DAYS, stop))
    guests = together(before.guests, new)
    end = days.instant(stop)
    trials = make_trials(Dice(settings.seed), guests, end, (_experiment(wanted),))
    mute = guests.partner == guests.count
    mute[: before.guests.count] = before.mute
    return replace(
        before,
        guests=guests,
        devices=make_devices(before.dice, guests),
        trials=trials,
        mute=mute,
        first_month=_MONTH,
        end=end,
        foresight=end,
        rollouts=(),
    )


def _experiment(wanted: Measure) -> Experiment:
    return Experiment(
        number=len(EXPERIMENTS) + len(ROLLOUTS) + 1,
        code=f"my_measure_{wanted.seed}",
        title_ja="提案した施策",
        title_en="The proposed measure",
        metric=wanted.metric,
        month=_MONTH,
        nature={"none": "null"}.get(wanted.effect, wanted.effect),
    )


def _facts_of(data: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """Return scale, seed and locale of a data set, and the ids used so far."""
    if not data.is_file():
        raise MarketplaceError("file_missing", path=data)
    try:
        with duckdb.connect(str(data), read_only=True) as connection:
            facts = identity_of(connection, data)
            counts = {table: _highest(connection, table, key) for table, key in _KEYS.items()}
            counts["impression events"] = _last_event(connection)
    except duckdb.Error as fault:
        raise MarketplaceError("not_a_dataset", path=data) from fault
    standard = {"scale": float(facts["scale"]), "seed": int(facts["seed"]), "locale": facts["locale"]}
    return standard, counts


_KEYS = {
    "sessions": "session_id",
    "talks": "talk_id",
    "messages": "message_id",
    "appointments": "appointment_id",
    "payments": "payment_id",
    "point_ledger": "entry_id",
}


def _highest(connection: duckdb.DuckDBPyConnection, table: str, key: str) -> int:
    row = connection.execute(f"SELECT coalesce(max({key}), 0) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def _last_event(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute("SELECT max(event_id) FROM list_impressions").fetchone()
    return int(row[0][1:], 16) if row and row[0] else 0


def truth_of(out: Path) -> dict[str, Any]:
    """Return what a measure's manifest says of its effect; for mentors."""
    planted: dict[str, Any] = json.loads(manifest_path(out).read_text(encoding="utf-8"))["planted"]["experiments"][0]
    return planted
