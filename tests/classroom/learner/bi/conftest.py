"""A BI room on the small practice data, run in this process, and one whose answers a test writes itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # what the tests of this folder share

from script import Script

from classroom.learner.bi.asking import DeskAsker
from classroom.learner.bi.place import BiRoom
from classroom.learner.bi.store import BiStore
from classroom.learner.state.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def store(tmp_path: Path) -> BiStore:
    return BiStore(tmp_path / ".penguin" / "bi.sqlite")


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def room(store: BiStore, script: Script) -> BiRoom:
    """A room in which nothing is really run."""
    return BiRoom(store, script, "ja")


@pytest.fixture
def real(store: BiStore, practice: Path) -> Iterator[BiRoom]:
    """A room on the practice data."""
    desk = Desk(lang="ja", practice=practice)
    yield BiRoom(store, DeskAsker(desk), "ja")
    desk.close()
