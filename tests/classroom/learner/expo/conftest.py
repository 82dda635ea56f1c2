"""An Expo on the small practice data, run in this process."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # what the tests of this folder share

from classroom.folder import Folder
from classroom.learner.bi.asking import DeskAsker
from classroom.learner.bi.store import BiStore
from classroom.learner.expo.place import MONTH_FILE, ExpoRoom
from classroom.learner.expo.store import ExpoStore
from classroom.learner.state.desk import Desk
from coursebook.course import course_root
from coursebook.expo import ExpoTexts, load_expo


@pytest.fixture(scope="session")
def texts() -> ExpoTexts:
    return load_expo(course_root())


class Clock:
    """A clock that goes on by a minute whenever somebody looks."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 20, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


class LateAsker(DeskAsker):
    """Has its data open only while it is asked, for others in this process open them too."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def ask(self, questions, night):  # type: ignore[no-untyped-def]
        desk = Desk(lang="ja", practice=self._path)
        self.desk = desk
        try:
            return super().ask(questions, night)
        finally:
            desk.close()


@pytest.fixture
def room(tmp_path: Path, practice: Path, texts: ExpoTexts) -> ExpoRoom:
    """An Expo that nothing is written in, on the practice data."""
    folder = Folder(tmp_path)
    return ExpoRoom(
        ExpoStore(folder.hidden / "expo.sqlite"),
        LateAsker(practice),
        LateAsker(folder.hidden / MONTH_FILE),
        BiStore(folder.hidden / "bi.sqlite"),
        texts,
        "ja",
        folder,
        practice,
        Clock(),
        beside=lambda work, *arguments: work(*arguments),
    )
