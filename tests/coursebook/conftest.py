"""The sample course, whole or as a copy that a test may spoil."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coursebook import Course, load_course

SAMPLE = Path(__file__).parent / "sample_course"


@pytest.fixture(scope="session")
def sample() -> Course:
    return load_course(SAMPLE)


@pytest.fixture
def spoil(tmp_path: Path) -> Callable[[Callable[[Path], None]], Course]:
    """A copy of the sample course after a change to its lesson folder."""

    def spoiled(change: Callable[[Path], None]) -> Course:
        shutil.copytree(SAMPLE, tmp_path / "course")
        change(tmp_path / "course" / "lessons" / "01-sample")
        return load_course(tmp_path / "course")

    return spoiled
