"""What the tests of this folder share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from assistant_server import KEY, Company, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.learner.state.desk import Desk


@pytest.fixture
def company(monkeypatch: pytest.MonkeyPatch, judging_desk: Desk) -> Iterator[Company]:
    with serving(Company()) as company:
        for name, value in (("URL", company.address), ("MODEL", "house-model"), ("KEY", KEY), ("SECONDS", "20")):
            monkeypatch.setenv(f"PENGUIN_ASSISTANT_{name}", value)
        judging_desk.__dict__.pop("assistant", None)
        yield company
    judging_desk.__dict__.pop("assistant", None)
