"""The manifest: what was planted in a data set, and what was found; the answer key of lessons and mentors."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from marketplace import (
    appointments,
    casts,
    days,
    experiments,
    impressions,
    messages,
    payments,
    prebuying,
    registration,
    rings,
    talks,
)
from marketplace.faults import MarketplaceError
from marketplace.masters import RELEASES
from marketplace.settings import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from marketplace.checks.findings import Report
    from marketplace.experiments import Samples, Trial
    from marketplace.keys import Flags
    from marketplace.world import World


@dataclass(frozen=True)
class Manifest:
    """The facts of one data set."""

    version: str
    scale: str
    factor: float
    seed: int
    locale: str
    pools: str
    """Checksum of the texts."""
    period: Mapping[str, str]
    """First and last business day, and the instant (UTC) at which the data ends."""
    seconds: float
    """Wall time of the build."""
    counts: Mapping[str, int]
    """Rows of each table."""
    planted: Mapping[str, Any]
    """Parameters of what was planted."""
    found: Mapping[str, str] = field(default_factory=dict)
    """What the checks found, by the name of the check; empty until they have run."""
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    """Fingerprint of each table, and of all; empty until the checks have run."""

    @property
    def rows(self) -> int:
        """Return the number of rows of all tables."""
        return sum(self.counts.values())

    def to_json(self) -> str:
        """Return the manifest as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


def make_manifest(world: World, samples: Samples, counts: Mapping[str, int], seconds: float) -> Manifest:
    """Return the manifest of a finished build."""
    return manifest_of(world, 0, counts, seconds, _planted(world, samples))


def manifest_of(
    world: World, first: int, counts: Mapping[str, int], seconds: float, planted: Mapping[str, Any]
) -> Manifest:
    """Return the manifest of a file that holds a world's days from one of them on.

    Args:
        world: What the file was made of.
        first: Number of the first day.
        counts: Rows of each table.
        seconds: How long it took.
        planted: Parameters of what was planted.
    """
    settings = world.settings
    return Manifest(
        version=VERSION,
        scale=settings.scale_name,
        factor=settings.scale,
        seed=settings.seed,
        locale=settings.locale,
        pools=world.pools.checksum(),
        period={
            "first": str(days.calendar_day(first)),
            "last": str(days.calendar_day(world.days - 1)),
            "end_utc": str(np.datetime64(world.end, "s")),
        },
        seconds=round(seconds, 3),
        counts=dict(counts),
        planted=planted,
    )


def _planted(world: World, samples: Samples) -> dict[str, Any]:
    number, members = rings.ring_shape(world.settings.guests)
    return {
        "experiments": [_of_trial(world, *each) for each in zip(world.trials, samples.reached, strict=True)],
        "recommender": {
            "releases_utc": {row[0]: str(np.datetime64(row[1], "s")) for row in RELEASES},
            "clicks_per_mille_by_position": impressions.POSITION_CLICKS.tolist(),
            "clicks_per_mille_in_search": impressions.SEARCH_CLICKS,
            "own_topic_factor": impressions.TASTE_LIFT / 256,
            "taste_v2_share_of_places": impressions.taste_share(world.casts.count) / 1000,
        },
        "fraud_rings": {"rings": number, "members_each": members},
        "popular_v1_order": f"by popularity, disturbed by {impressions.LOOSENESS} of 256",
        "clicked_but_not_booked": f"one cast in {casts.TEMPTING_EVERY} by popularity",
        "answers": {"wait_percent_by_hour": messages.HOURLY_WAIT.tolist(), "soon_seconds": appointments.SOON},
        "own_region_and_others": {
            "click_factors": [round(each / 256, 2) for each in impressions.NEAR_FAR],
            "talks_per_mille_clicks": list(talks.NEAR_FAR),
        },
        "registrations_drawn_to_a_campaigns_channel_per_mille": registration.CAMPAIGN_PER_MILLE,
        "answers_per_mille_by_pace": casts.ANSWERS.tolist(),
        "gifts": {"guests_per_mille": payments.GIFTS_PER_MILLE, "days": payments.GIFT_DAYS},
        "away_from_own_area_per_mille": appointments.AWAY_PER_MILLE,
        "mismatch_channels": list(experiments.UNREACHED_CHANNELS),
        "exposed_per_mille": dict(zip(("with_a_second_visit", "without"), experiments.EXPOSED_PER_MILLE, strict=True)),
        "november_2025_per_mille": {
            "tokyo_drawn_into_a_talk": experiments.TOKYO_NOVEMBER[0],
            "elsewhere_away_for_two_weeks": experiments.TOKYO_NOVEMBER[1],
        },
        "rollouts": [
            {
                "code": each.code,
                "area": each.area,
                "first": str(each.first),
                "last": str(each.last),
                "lift_percent": each.lift_percent,
            }
            for each in world.rollouts
        ],
        "purchases_brought_forward": {"per_mille": prebuying.MOVED_PER_MILLE, "weeks_after": prebuying.WEEKS_AFTER},
        "incidents": [each.told() for each in world.happenings],
        "closed_days": [str(day) for day in days.MAINTENANCE_DAYS],
        "season_percent_by_month": [days.season(month) for month in range(12)],
        "retention": "0.42 / (1 + age / 9) + 0.10 a month, times season and loyalty (0.55, 1, 1.7 for 40, 40, 20 %)",
    }


def _of_trial(world: World, trial: Trial, reached: Flags) -> dict[str, Any]:
    """Return the truth of an experiment, and what its sample shows: who was assigned, who reached the metric, test accounts left out."""
    counted = ~world.guests.is_test[trial.guest]
    arms = {}
    for name, chosen in (("control", ~trial.treated & counted), ("treatment", trial.treated & counted)):
        guests = trial.guest[chosen]
        arms[name] = {"guests": len(guests), "reached": int(reached[guests].sum())}
    return {
        "experiment_id": trial.experiment.number,
        "code": trial.experiment.code,
        "metric": trial.experiment.metric,
        "nature": trial.experiment.nature,
        "moved_per_mille_of_those_who_come": experiments.planted_effect(trial.experiment),
        **arms,
    }


def read_manifest(path: Path) -> Manifest:
    """Return the manifest of a file; raises MarketplaceError if there is none."""
    try:
        return Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as fault:
        raise MarketplaceError("file_missing", path=path) from fault
    except (ValueError, TypeError) as fault:
        raise MarketplaceError("not_a_manifest", path=path) from fault


def with_findings(manifest: Manifest, report: Report, fingerprints: Mapping[str, str]) -> Manifest:
    """Return the manifest with what the checks found."""
    found = {finding.name: finding.found.en for finding in report.findings}
    return Manifest(**{**asdict(manifest), "found": found, "fingerprints": dict(fingerprints)})
