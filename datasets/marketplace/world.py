"""Everything that is decided before the first event: people, shelves, experiments, texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace import days
from marketplace.casts import Casts, Shelf, make_casts, shelf_of
from marketplace.devices import Devices, make_devices
from marketplace.experiments import Trial, make_trials, mute_guests
from marketplace.guests import Guests, make_guests
from marketplace.keys import Dice
from marketplace.pools import DISPLAY_NAMES, NICKNAMES, Pools, pools_of

if TYPE_CHECKING:
    from marketplace.keys import Flags
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
    mute: Flags
    """For every guest: never opens a talk."""
    end: int
    """UTC second at which the data stops: "now"."""

    def shelf(self, month: int) -> Shelf:
        """Return the casts that the list may show in a month."""
        return shelf_of(self.casts, month)


def make_world(settings: Settings) -> World:
    """Return the world of the settings."""
    dice = Dice(settings.seed)
    casts = make_casts(dice, settings.casts, DISPLAY_NAMES)
    guests = make_guests(dice, settings, NICKNAMES)
    end = days.instant(days.DAYS)
    trials = make_trials(dice, guests, end)
    return World(
        settings=settings,
        dice=dice,
        pools=pools_of(settings.locale),
        guests=guests,
        devices=make_devices(dice, guests),
        casts=casts,
        trials=trials,
        mute=mute_guests(trials, guests.count),
        end=end,
    )
