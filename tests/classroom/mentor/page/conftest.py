"""The class of six as the class page's server finds it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from class_of_six import class_of_six
from road import shared

from classroom.mentor.page.desk import DeskRoom
from classroom.mentor.place.folder import MentorFolder


@pytest.fixture(scope="session")
def class_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; each test gets a copy."""
    return class_of_six(tmp_path_factory.mktemp("page") / "course", "ja").root


@pytest.fixture
def folder(class_root: Path, tmp_path: Path) -> MentorFolder:
    """A folder of the test's own, with a shared folder."""
    root = tmp_path / "course"
    shutil.copytree(class_root, root)
    return shared(MentorFolder(root), tmp_path / "share")


@pytest.fixture
def room(folder: MentorFolder) -> DeskRoom:
    """What the page's server keeps."""
    return DeskRoom(folder)
