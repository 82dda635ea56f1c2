"""Workers are started once for all tests of the judge."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sqlgrade import Grader
from sqlgrade.service.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterator

sys.path.insert(0, str(Path(__file__).parent))  # what the tests of this folder share
sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))  # what writes the page of all mistakes


@pytest.fixture(scope="session")
def grader() -> Iterator[Grader]:
    """It has no memory: what is asked twice is judged twice."""
    with Grader(workers=1, memory=Memory(most=0)) as grader:
        yield grader
