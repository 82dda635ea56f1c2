"""The button of the hints climbs every rung there is, each under its name."""

from __future__ import annotations

from importlib import import_module

import pytest

from classroom.learner.panel.ladder import Ladder
from classroom.learner.panel.offer import sentence
from classroom.learner.panel.offers import LADDER


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_rung_is_climbed_under_its_name(lang: str) -> None:
    shown = import_module("ipywidgets").HTML
    ladder = Ladder(LADDER, lambda _: shown("a hint"), lang, {})
    (button,) = ladder.buttons
    for rung in LADDER:
        button.click()
        if rung.asks_first:
            button.click()
        head = ladder.drawer.children[0].children[0].value
        assert sentence(f"button.{rung.name}", lang) in head
    assert button.disabled
    assert len(ladder.drawer.children) == len(LADDER)
