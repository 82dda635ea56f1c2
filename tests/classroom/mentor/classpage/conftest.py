"""A class of twelve learners that handed in lesson 1, graded at the mentor's desk."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from classroom.mentor.classpage.begin import begin
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.roster import Learner as Listed
from classroom.mentor.place.roster import enrol
from classroom.mentor.returning.workflow import release

sys.path.insert(0, str(Path(__file__).parents[1] / "mentor"))

from cohort import answered, hand_in, released, seeded
from road import Learner, shared

LEARNERS = [f"learner{number:02}" for number in range(12)]
OLDEST_FIRST, TESTS_IN, OWN = "oldest", "tests", "own"


@pytest.fixture(scope="session")
def graded_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lesson 1 graded: to L1-07 four are right, five share one near miss, two share another, one wrote something odd."""
    root = tmp_path_factory.mktemp("class") / "course"
    folder = begin(seeded(root), "ja", [Listed(each, "花子", f"<b>{each}</b>") for each in LEARNERS])
    release(folder, "L1", None, to_exchange=False)
    name, notebook = released(root, "L1")
    exercise, free = folder.course.exercise("L1-07"), folder.course.exercise("L1-08")
    wrong = [each.text for each in exercise.near_misses]
    texts = (
        [exercise.solution] * 4
        + [wrong[0]] * 3
        + [f"{wrong[0]}\n;"] * 2
        + [wrong[1]] * 2
        + ["SELECT guest_id FROM guests"]
    )
    for number, (student, text) in enumerate(zip(LEARNERS, texts, strict=True)):
        answers = {"L1-07": text, "L1-08": free.solutions[0].text if number < 6 else free.near_misses[0].text}
        hand_in(root, student, "L1", name, answered(notebook, answers))
    grade_assignment(folder, "L1")
    return root


@pytest.fixture
def folder(graded_root: Path, tmp_path: Path) -> MentorFolder:
    """A folder of the test's own."""
    root = tmp_path / "course"
    shutil.copytree(graded_root, root)
    return MentorFolder(root)


@pytest.fixture
def desk(folder: MentorFolder, tmp_path: Path) -> MentorFolder:
    """The graded class with a shared folder, and hanako, who comes by it."""
    made = shared(folder, tmp_path / "share")
    with open_gradebook(made) as gradebook:
        enrol(gradebook, [Listed("hanako", "花子", "山田")])
    return made


@pytest.fixture
def hanako(desk: MentorFolder, tmp_path: Path) -> Learner:
    return Learner.at(tmp_path / "hanako", desk, "hanako")
