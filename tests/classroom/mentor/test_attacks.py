"""Whatever a hand-in does, the others are graded: each is saved, or refused with its reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from attacks import CLASS, Attack, attacks
from cohort import answered, hand_in
from typer.testing import CliRunner

from classroom.commands.mentor import app
from classroom.mentor.collecting.remarks import remark_sentence
from classroom.mentor.grading.grade import GradingReport, grade_assignment
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place.folder import MentorFolder
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cohort import Notebook

    Points = Callable[[MentorFolder, str], dict[str, float | None]]

LANGS = ("ja", "en")


@dataclass(frozen=True)
class Attacked:
    """The class, graded."""

    folder: MentorFolder
    students: dict[str, Attack]
    report: GradingReport


@pytest.fixture(scope="module")
def attacked(released_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    import shutil

    from cohort import released

    root = tmp_path_factory.mktemp("attacked") / "course"
    shutil.copytree(released_root, root)
    name, notebook = released(root, "L1")
    students = {each.student or f"s{number:03d}": each for number, each in enumerate(attacks())}
    for student, attack in students.items():
        file = hand_in(root, student, "L1", name, json.dumps(answered(notebook, attack.answers)))
        if attack.spoil is not None:
            attack.spoil(file)
    folder = MentorFolder(root)
    return Attacked(folder, students, grade_assignment(folder, "L1"))


def test_a_class_of_attacks_is_saved_or_refused_in_one_run(attacked: Attacked, points: Points) -> None:
    graded, refused = set(attacked.report.graded), {student for student, _ in attacked.report.refused}
    assert len(attacked.students) == CLASS
    assert len(graded) + len(refused) == CLASS
    assert not graded & refused
    assert [student for student in graded if len(points(attacked.folder, student)) != 10] == []


def test_every_refusal_has_its_reason(attacked: Attacked) -> None:
    kept = {each.student: each for each in DeskStore(attacked.folder.store_path).submissions("L1")}
    for student, remark in attacked.report.refused:
        assert kept[student].state == "refused"
        assert all(remark_sentence(remark, lang) for lang in LANGS)
    assert "not_graded" not in [remark.code for _, remark in attacked.report.refused]


def test_no_answer_is_blamed_on_the_exercise_and_no_wrong_one_scores(attacked: Attacked) -> None:
    answers = DeskStore(attacked.folder.store_path).answers("L1", exercise="L1-07")
    assert [attacked.students[each.student].name for each in answers if each.outcome == "author_fault"] == []
    right = {attacked.students[each.student].name for each in answers if each.outcome == "accepted"}
    assert right == {"50 right in brackets"}


def test_a_second_run_has_nothing_left_to_do_and_says_who_was_refused_and_why(attacked: Attacked) -> None:
    done = CliRunner().invoke(app, ["grade", "L1", "--dir", str(attacked.folder.root)], catch_exceptions=False)
    graded = len(attacked.report.graded)
    told = [say("desk.graded", "ja", graded=0, questions=0, skipped=graded)]
    for student, remark in attacked.report.refused:
        told.append(say("desk.refused", "ja", student=student, reason=remark_sentence(remark, "ja")))
    assert (done.exit_code, done.output.strip().splitlines()) == (1, told)


@pytest.mark.parametrize("broken", ["read_handin", "mark", "questions_of"])
def test_a_fault_of_ours_in_one_hand_in_costs_no_other(
    folder: MentorFolder, name: str, notebook: Notebook, monkeypatch: pytest.MonkeyPatch, points: Points, broken: str
) -> None:
    from classroom.mentor.grading import grade

    sound = getattr(grade, broken)

    def fails_for_the_first(*given: Any) -> Any:
        monkeypatch.setattr(grade, broken, sound)
        raise RecursionError("a fault of ours")

    monkeypatch.setattr(grade, broken, fails_for_the_first)
    for student in ("first", "second", "third"):
        hand_in(folder.root, student, "L1", name, answered(notebook, {"L1-09": "SELECT 1"}))
    report = grade_assignment(folder, "L1")
    assert [(student, remark.code) for student, remark in report.refused] == [("first", "not_graded")]
    assert report.graded == ["second", "third"]
    assert not list(folder.root.glob("autograded/*/.*"))
    assert points(folder, "third")
    assert grade_assignment(folder, "L1").graded == ["first"]


def test_a_card_that_could_not_be_drawn_ahead_is_drawn_with_its_hand_in(
    folder: MentorFolder, name: str, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    from classroom.mentor.grading import marked

    sound, done = marked._card, list[str]()

    def fails_first(*given: Any) -> Any:
        done.append("tried")
        if len(done) == 1:
            raise RecursionError("a fault of ours")
        return sound(*given)

    monkeypatch.setattr(marked, "_card", fails_first)
    hand_in(folder.root, "first", "L1", name, answered(notebook, {"L1-09": "SELECT 1"}))
    report = grade_assignment(folder, "L1")
    assert (report.graded, report.refused) == (["first"], [])
    assert len(done) > 2
