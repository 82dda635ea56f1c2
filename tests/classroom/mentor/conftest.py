"""A mentor's folder with one released lesson, shared by a module; packs come from the cache or are made once."""

from __future__ import annotations

import shutil
import sys
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import nbgrader.api
import pytest

from classroom.mentor.classpage.begin import begin
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.roster import Learner
from classroom.mentor.returning.workflow import release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cohort import Notebook
    from road import Learner as OwnComputer

sys.path.insert(0, str(Path(__file__).parent))  # the made-up class, which bench/grading.py uses too

nbgrader.api.get_alembic_version = cache(
    nbgrader.api.get_alembic_version
)  # a process of its own for each new gradebook


@pytest.fixture(scope="session", autouse=True)
def _one_process_judges() -> Iterator[None]:
    """To start another takes a processor two seconds, more than a test's few answers; commands in processes of their own use all cores."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("classroom.mentor.grading.pool.os", SimpleNamespace(cpu_count=lambda: 1))
        yield


@pytest.fixture(scope="session")
def released_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lesson 1, released, with the learners' seed."""
    from cohort import seeded

    root = tmp_path_factory.mktemp("mentor") / "course"
    exchange = root.parent / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    folder = begin(seeded(root), "ja", [Learner("hanako", "花子", "山田")], exchange=exchange)
    release(folder, "L1", None, to_exchange=False)
    return root


@pytest.fixture
def folder(released_root: Path, tmp_path: Path) -> MentorFolder:
    """A folder of the test's own."""
    root = tmp_path / "course"
    shutil.copytree(released_root, root)
    return MentorFolder(root)


@pytest.fixture
def notebook(folder: MentorFolder) -> Notebook:
    """The released notebook of lesson 1."""
    from cohort import released

    return released(folder.root, "L1")[1]


@pytest.fixture
def name(folder: MentorFolder) -> str:
    """Its file name."""
    from cohort import released

    return released(folder.root, "L1")[0]


@pytest.fixture
def classroom_of(folder: MentorFolder, name: str, notebook: Notebook) -> Callable[[int], list[str]]:
    """Hand in for so many learners, in time."""
    from cohort import EXERCISES, IN_TIME, answered, hand_in, mixed_answers

    def fill(count: int) -> list[str]:
        students = [f"s{number:03d}" for number in range(count)]
        for number, student in enumerate(students):
            answers = mixed_answers(folder.course, EXERCISES, number)
            hand_in(folder.root, student, "L1", name, answered(notebook, answers), IN_TIME)
        return students

    return fill


@pytest.fixture
def points() -> Callable[[MentorFolder, str], dict[str, float | None]]:
    """The automatic scores of a learner by exercise, as the gradebook holds them."""
    return scores_in


def scores_in(folder: MentorFolder, student: str) -> dict[str, float | None]:
    from nbgrader.api import MissingEntry

    from classroom.mentor.place.gradebook import open_gradebook

    with open_gradebook(folder) as gradebook:
        try:
            submission = gradebook.find_submission("L1", student)
        except MissingEntry:
            return {}
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        found = {grade.name.partition("-")[2]: grade.auto_score for grade in grades}
        assert len(found) == len(grades)
        return dict(sorted(found.items()))


@pytest.fixture
def desk(folder: MentorFolder, tmp_path: Path) -> MentorFolder:
    """Lesson 1 is out; hanako, taro and jiro are on the list; the road is a shared folder."""
    from road import shared

    from classroom.mentor.place.gradebook import open_gradebook
    from classroom.mentor.place.roster import enrol
    from classroom.mentor.returning.send import tell_class

    made = shared(folder, tmp_path / "share")
    with open_gradebook(made) as gradebook:
        enrol(
            gradebook,
            [Learner("hanako", "花子", "山田"), Learner("taro", "太郎", "佐藤"), Learner("jiro", "二郎", "鈴木")],
        )
    tell_class(made)
    return made


@pytest.fixture
def hanako(desk: MentorFolder, tmp_path: Path) -> OwnComputer:
    """A learner at a computer of her own."""
    from road import Learner as OwnComputer

    return OwnComputer.at(tmp_path / "hanako", desk, "hanako")
