"""Everything that is decided before the first event: people, shelves, experiments, texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marketplace import days
from marketplace.cameos import all_cameos
from marketplace.casts import Casts, Shelf, make_casts, shelf_of
from marketplace.devices import Devices, make_devices
from marketplace.experiments import Trial, make_trials
from marketplace.happenings import INCIDENTS, Happening
from marketplace.interventions import Interventions
from marketplace.keys import Dice
from marketplace.masters import ROLLOUTS, Rollout
from marketplace.pools import DISPLAY_NAMES, NICKNAMES, Pools, pools_of
from marketplace.registration import Season, make_guests

if TYPE_CHECKING:
    from marketplace.guests import Guests
    from marketplace.settings import Settings


@dataclass(frozen=True)
class World:
    """The fixed part of a data set."""

    settings: Settings
    dice: Dice
    pools: Pools
    guests: Guests
    devices: Devices
    casts: Casts
    trials: tuple[Trial, ...]
    end: int
    """UTC second at which the data stops: "now"."""
    foresight: int
    """UTC second up to which a purchase knows of refunds; what is bought later knows of all."""
    happenings: tuple[Happening, ...]
    """What goes wrong, or is tried, on single nights."""
    rollouts: tuple[Rollout, ...]
    """Measures for everybody in one area."""
    interventions: Interventions = field(default_factory=Interventions)
    """What a measure does."""

    def shelf(self, month: int) -> Shelf:
        """Return the casts that the list may show in a month."""
        return shelf_of(self.casts, month)

    @property
    def days(self) -> int:
        """Return the number of business days from the first of 2024 to the end."""
        return int(days.day_number(self.end - 1)) + 1

    @property
    def months(self) -> range:
        """Return the months of the events."""
        return range(int(days.month_of_day()[self.days - 1]) + 1)


def standard_guests(settings: Settings) -> Guests:
    """Return the guests who register in the 24 months of the standard data."""
    cameos = () if settings.is_tiny else all_cameos()
    return make_guests(Dice(settings.seed), range(settings.guests), NICKNAMES, Season(0, days.DAYS), cameos)


def make_world(settings: Settings) -> World:
    """Return the world of the settings."""
    dice = Dice(settings.seed)
    guests = standard_guests(settings)
    end = days.instant(days.DAYS)
    return World(
        settings=settings,
        dice=dice,
        pools=pools_of(settings.locale),
        guests=guests,
        devices=make_devices(dice, guests),
        casts=make_casts(dice, settings.casts, DISPLAY_NAMES),
        trials=make_trials(dice, guests, end),
        end=end,
        foresight=end,
        happenings=INCIDENTS,
        rollouts=ROLLOUTS,
    )
