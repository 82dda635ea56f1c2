"""Two who hand in together: what either hands in counts for both, both are marked, and nobody gets what is another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from road import Learner
from typer.testing import CliRunner

from classroom.commands.mentor import app
from classroom.mentor.classpage.matrix import matrix
from classroom.mentor.classpage.timetable import run_once
from classroom.mentor.classpage.today import today
from classroom.mentor.classpage.whole import WholeClass
from classroom.mentor.collecting.collect import PROGRESS, collect
from classroom.mentor.collecting.pairs import NoPair, pair_up, part
from classroom.mentor.grading.marks import all_marks
from classroom.mentor.returning.send import tell_class

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def test_what_one_hands_in_is_marked_for_both_and_comes_back_to_both_with_the_other_named(
    desk: MentorFolder, hanako: Learner, tmp_path: Path
) -> None:
    said = CliRunner().invoke(app, ["pair", "L1", "hanako", "taro", "--dir", str(desk.root)])
    assert said.exit_code == 0, said.output
    taro = Learner.at(tmp_path / "taro", desk, "taro")
    hanako.outbox.hand_in(*_with_progress(desk, hanako))
    hanako.outbox.send(hanako.end)
    run_once(desk)
    marks = all_marks(desk, "L1")
    assert marks["L1", "hanako"].total == marks["L1", "taro"].total > 0
    assert ("L1", "jiro") not in marks
    for each, other in ((hanako, "佐藤 太郎"), (taro, "山田 花子")):
        post = each.fetch().post
        assert post.standing is not None
        (lesson,) = post.standing.lessons
        (back,) = post.feedback
        assert (lesson.partner, lesson.state, back.points > 0) == (other, "graded", True)
        assert other in back.page
    squares = {each.student: each.partner for each in matrix(WholeClass(desk)).squares if each.lesson == "L1"}
    assert squares == {"hanako": "taro", "taro": "hanako"}
    assert (desk.step("submitted", "hanako", "L1") / PROGRESS).is_file()
    assert not (desk.step("submitted", "taro", "L1") / PROGRESS).exists(), "what hanako did alone is hers"


def _with_progress(desk: MentorFolder, who: Learner) -> tuple[object, ...]:
    from cohort import answered
    from road import LEARNER_NAME

    notebook = answered(who.notebook, {"L1-01": desk.course.exercise("L1-01").solution})
    return "L1", LEARNER_NAME, notebook, b"progress", who.now()


def test_of_two_hand_ins_the_later_counts_for_both_and_it_is_said(
    desk: MentorFolder, hanako: Learner, tmp_path: Path
) -> None:
    taro = Learner.at(tmp_path / "taro", desk, "taro")
    taro.hand_in({"L1-01": "SELECT 1"})
    collect(desk)
    pair_up(desk, "L1", "taro", "hanako")
    assert _laid(desk, "hanako") == _laid(desk, "taro") != ""
    hanako.hand_in({"L1-01": "SELECT 2"})
    collect(desk)
    assert "SELECT 2" in _laid(desk, "taro") == _laid(desk, "hanako")
    (line,) = [each for each in today(WholeClass(desk)) if each.kind == "to_know"]
    assert ["両方から提出" in each.text for each in line.details if each.kind == "pair"] == [True]
    with pytest.raises(NoPair) as fault:
        part(desk, "L1", "hanako")
    assert fault.value.code == "handed_in"


def _laid(desk: MentorFolder, who: str) -> str:
    (found,) = desk.step("submitted", who, "L1").glob("*.ipynb")
    return found.read_text(encoding="utf-8")


def test_who_is_parted_before_hands_in_alone(desk: MentorFolder, hanako: Learner) -> None:
    pair_up(desk, "L1", "hanako", "taro")
    part(desk, "L1", "taro")
    hanako.hand_in({"L1-01": "SELECT 1"})
    collect(desk)
    tell_class(desk)
    assert not desk.step("submitted", "taro", "L1").exists()
    standing = hanako.fetch().post.standing
    assert standing is not None
    assert [each.partner for each in standing.lessons] == [""]


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (("L1", "hanako", "hanako"), "nobody"),
        (("L1", "jiro", "nobody"), "nobody"),
        (("L1", "../hanako", "jiro"), "nobody"),
        (("L99", "hanako", "taro"), "no_lesson"),
        (("L1", "jiro", "taro"), "in_a_pair"),
    ],
)
def test_nobody_else_can_be_paired(desk: MentorFolder, who: tuple[str, str, str], code: str) -> None:
    pair_up(desk, "L1", "hanako", "taro")
    pair_up(desk, "L1", "taro", "hanako")  # the same again
    with pytest.raises(NoPair) as fault:
        pair_up(desk, *who)
    assert fault.value.code == code
