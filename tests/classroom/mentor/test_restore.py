"""Whatever a learner did to the file, it is the released notebook with the learner's texts that is graded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from cohort import answered, hand_in

from classroom.mentor.collecting.handin import read_handin
from classroom.mentor.collecting.reading import MOST_CELLS, HandinRefused
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place.gradebook import AssignmentBook, open_gradebook
from classroom.mentor.returning.feedback import make_feedback
from coursebook import compile_lesson

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cohort import Notebook

    from classroom.mentor.collecting.handin import Handin
    from classroom.mentor.place.folder import MentorFolder

RIGHT = "SELECT 6 AS answered"


@pytest.fixture
def read(folder: MentorFolder, name: str) -> Callable[[Any], Handin]:
    with open_gradebook(folder) as gradebook:
        templates = AssignmentBook(gradebook, folder, "L1").templates

    def hand_in_and_read(notebook: Any) -> Handin:
        path: Path = hand_in(folder.root, "hanako", "L1", name, notebook)
        return read_handin("hanako", path.parent, templates)

    return hand_in_and_read


def cell_of(notebook: Notebook, cell_id: str) -> Any:
    return next(each for each in notebook["cells"] if each["id"] == cell_id)


def kernel(notebook: Notebook) -> None:
    notebook["metadata"]["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook["cells"].insert(0, {"cell_type": "code", "source": "open('/tmp/owned','w')", "metadata": {}, "id": "x"})


def metadata(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] = {
            "nbgrader": {"grade_id": cell["id"], "points": 99, "grade": True},
            "tags": ["skip-execution"],
        }


def identities(notebook: Notebook) -> None:
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"c{number}"
        cell["metadata"] = {}


def changed_test_cells(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        if cell["id"].startswith("grade-"):
            cell["source"] = "SELECT 10.0"
            cell["outputs"] = [{"output_type": "execute_result", "data": {"text/plain": "10.0"}, "metadata": {}}]


def huge_outputs(notebook: Notebook) -> None:
    for cell in notebook["cells"][:5]:
        page = {"text/html": "<script>alert(1)</script>" + "x" * 1_000_000}
        cell["outputs"] = [{"output_type": "display_data", "data": page, "metadata": {}}]


def missing_test_cells(notebook: Notebook) -> None:
    notebook["cells"] = [each for each in notebook["cells"] if not each["id"].startswith(("grade-", "task-"))]


def moved_test_cells(notebook: Notebook) -> None:
    notebook["cells"].sort(key=lambda each: not each["id"].startswith("grade-"))


def copied_answer(notebook: Notebook) -> None:
    copy = json.loads(json.dumps(cell_of(notebook, "answer-L1-01"))) | {"id": "copied"}
    copy["source"] = "-- 解答 L1-01\nSELECT 'an older try'"
    notebook["cells"].insert(0, copy)


def lost_first_line(notebook: Notebook) -> None:
    cell_of(notebook, "answer-L1-01")["source"] = RIGHT


@pytest.mark.parametrize(
    "tamper",
    [
        kernel,
        metadata,
        identities,
        changed_test_cells,
        huge_outputs,
        missing_test_cells,
        moved_test_cells,
        copied_answer,
        lost_first_line,
    ],
)
def test_a_tampered_notebook_is_restored_and_the_answer_kept(
    tamper: Callable[[Notebook], None], notebook: Notebook, read: Callable[[Any], Handin]
) -> None:
    changed = answered(notebook, {"L1-01": RIGHT})
    tamper(changed)
    restored = next(iter(read(changed).restored.values()))
    assert restored.answers["L1-01"] == f"-- 解答 L1-01\n{RIGHT}"
    assert restored.notebook["metadata"]["kernelspec"]["name"] == "penguin-sql"
    assert all(not cell.get("outputs") and "tags" not in cell["metadata"] for cell in restored.notebook["cells"])
    places = [cell["id"] for cell in restored.notebook["cells"]]
    assert places[places.index("answer-L1-01") + 1] == "grade-L1-01"
    assert cell_of(restored.notebook, "grade-L1-01")["source"] == "%grade L1-01"
    assert cell_of(restored.notebook, "grade-L1-01")["metadata"]["nbgrader"]["points"] == 10.0


def test_a_missing_answer_counts_as_not_answered(notebook: Notebook, read: Callable[[Any], Handin]) -> None:
    notebook["cells"] = [each for each in notebook["cells"] if each["id"] != "answer-L1-07"]
    handin = read(notebook)
    assert [each.code for each in handin.remarks] == ["answer_missing"]
    assert "L1-07" in handin.answers


def test_copies_of_an_answer_are_kept_to_be_read_but_cannot_run(
    notebook: Notebook, read: Callable[[Any], Handin]
) -> None:
    copied_answer(notebook)
    cells = next(iter(read(notebook).restored.values())).notebook["cells"]
    assert [each["cell_type"] for each in cells if "an older try" in each["source"]] == ["raw"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "not_json"),
        ("[" * 100_000, "not_json"),
        ("[]", "no_cells"),
        ('{"cells": 3}', "no_cells"),
        (json.dumps({"cells": [{}] * (MOST_CELLS + 1)}), "too_many_cells"),
        ('{"cells": [' + ",".join(["{}"] * 1_000_000) + "]}", "too_many_parts"),
        ('{"cells": ["' + "x" * 17_000_000 + '"]}', "too_large"),
    ],
    ids=["broken", "deep", "no-notebook", "no-list", "many-cells", "a-million-cells", "huge"],
)
def test_what_is_no_notebook_is_refused_with_the_reason(
    content: str, reason: str, read: Callable[[Any], Handin]
) -> None:
    with pytest.raises(HandinRefused) as refusal:
        read(content)
    assert refusal.value.remark.code == reason


def test_text_that_cannot_be_encoded_does_no_harm(notebook: Notebook, read: Callable[[Any], Handin]) -> None:
    text = json.dumps(answered(notebook, {"L1-01": "SELECT 'HERE'"})).replace("HERE", "\\ud800\\u0000")
    assert "SELECT '?" in read(text).answers["L1-01"]


def test_a_link_in_place_of_the_notebook_is_refused(
    folder: MentorFolder, name: str, read: Callable[[Any], Handin]
) -> None:
    place = folder.root / "submitted" / "hanako" / "L1"
    place.mkdir(parents=True)
    (place / name).symlink_to(folder.seed_path)
    with open_gradebook(folder) as gradebook:
        templates = AssignmentBook(gradebook, folder, "L1").templates
    with pytest.raises(HandinRefused):
        read_handin("hanako", place, templates)


def test_only_the_notebook_of_a_hand_in_is_taken(folder: MentorFolder, name: str, notebook: Notebook) -> None:
    """Links, programs and odd names beside it stay where they were handed in."""
    place = hand_in(folder.root, "hanako", "L1", name, notebook, "2027-01-10 10:00:00 UTC").parent
    (place / "seed.txt").symlink_to(folder.seed_path)
    (place / "submission_secret.txt").symlink_to(folder.seed_path)
    (place / "outside").symlink_to("/etc", target_is_directory=True)
    for odd in ("<img src=x onerror=alert(1)>.ipynb", "..ipynb", "-rf.ipynb", "classroom.py", "line\nbreak.ipynb"):
        (place / odd).write_text("raise SystemExit", encoding="utf-8")
    assert grade_assignment(folder, "L1").graded == ["hanako"]
    make_feedback(folder, "L1")
    taken = {each.name for each in (folder.root / "autograded" / "hanako").rglob("*")}
    assert taken == {"L1", name, "timestamp.txt"}
    given = {each.name for each in (folder.root / "feedback" / "hanako").rglob("*")}
    assert given == {"L1", name.replace(".ipynb", ".html"), "timestamp.txt"}


def test_a_notebook_is_known_by_what_is_inside_whatever_it_is_called(folder: MentorFolder, notebook: Notebook) -> None:
    hand_in(folder.root, "hanako", "L1", "01 名簿を引く.ipynb", answered(notebook, {"L1-01": "SELECT 7"}))
    assert grade_assignment(folder, "L1").graded == ["hanako"]
    (answer,) = DeskStore(folder.store_path).answers("L1", "L1-01", "hanako")
    assert answer.answer == "SELECT 7"


def test_a_notebook_of_another_lesson_is_refused_as_that(folder: MentorFolder) -> None:
    other = compile_lesson(folder.course.lesson("L2"), "ja", "learner").decode()
    hand_in(folder.root, "hanako", "L1", "02 条件と「空っぽ」.ipynb", other)
    ((student, remark),) = grade_assignment(folder, "L1").refused
    assert (student, remark.code) == ("hanako", "other_lesson")
