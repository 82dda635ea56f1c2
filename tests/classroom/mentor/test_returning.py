"""What the desk sends back, and the dates it goes by."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from classroom.exchange.transport import Unreachable
from classroom.mentor.collecting.collect import collect, received_file
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.place.calendar import NoDate, as_utc, read_due, zone_of
from classroom.mentor.returning.feedback import make_feedback
from classroom.mentor.returning.send import give_back, tell_class
from classroom.mentor.returning.workflow import NoLesson, NotListed, extend, release
from classroom.mentor.returning.workflow import collect as collect_lesson

if TYPE_CHECKING:
    from pathlib import Path

    from road import Learner

    from classroom.mentor.place.folder import MentorFolder

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def test_feedback_and_the_due_date_come_back_to_the_learner(desk: MentorFolder, hanako: Learner) -> None:
    due = read_due("2099-01-31", zone_of(desk))
    release(desk, "L1", due, to_exchange=True)
    receipt = hanako.hand_in({"L1-01": desk.course.exercise("L1-01").solution})
    collect(desk)
    grade_assignment(desk, "L1")
    make_feedback(desk, "L1")
    assert give_back(desk, "L1").sent == ("hanako",)
    extend(desk, "L1", "hanako", days=2)
    tell_class(desk)
    known = hanako.fetch()
    (feedback,) = known.post.feedback
    assert (feedback.code, feedback.points) == (receipt.code, 10.0)
    assert "<script" not in feedback.page
    assert known.state is not None
    assert [(each.lesson, each.due) for each in known.state.lessons] == [("L1", as_utc(due))]
    (at_desk,) = known.post.standing.lessons  # type: ignore[union-attr]
    assert (at_desk.state, at_desk.due) == ("graded", as_utc(due + dt.timedelta(days=2)))


def test_what_came_back_is_kept_while_the_folder_is_gone(desk: MentorFolder, hanako: Learner, tmp_path: Path) -> None:
    from classroom.exchange.mailbox import Mailbox

    known = hanako.fetch()
    (tmp_path / "share").rename(tmp_path / "away")
    with pytest.raises(Unreachable):
        hanako.fetch()
    assert Mailbox(hanako.hidden).known == known


def test_a_refused_hand_in_is_told_to_its_learner(desk: MentorFolder, hanako: Learner) -> None:
    hanako.hand_in({})
    collect(desk)
    (path,) = desk.step("submitted", "hanako", "L1").glob("*.ipynb")
    path.write_text("{", encoding="utf-8")
    assert [student for student, _ in grade_assignment(desk, "L1").refused] == ["hanako"]
    tell_class(desk)
    (lesson,) = hanako.fetch().post.standing.lessons  # type: ignore[union-attr]
    assert lesson.state == "refused"
    assert lesson.reason


def test_releasing_again_moves_the_date_and_unknown_lessons_are_refused(desk: MentorFolder, hanako: Learner) -> None:
    for text in ("2099-01-31", "2099-02-28T12:00"):
        release(desk, "L1", read_due(text, zone_of(desk)), to_exchange=True)
    state = hanako.fetch().state
    assert state is not None
    assert [each.due for each in state.lessons] == [as_utc(read_due("2099-02-28T12:00", zone_of(desk)))]
    with pytest.raises(NoLesson):
        release(desk, "L99", None, to_exchange=False)
    with pytest.raises(NoLesson):
        collect_lesson(desk, "L2")
    with pytest.raises(ValueError, match="-1"):
        extend(desk, "L1", "hanako", days=-1)
    with pytest.raises(NotListed):
        extend(desk, "L2", "hanako", days=1)


def test_a_bare_day_is_due_at_its_end_in_the_zone_of_the_course() -> None:
    from dateutil import tz

    tokyo = tz.gettz("Asia/Tokyo")
    assert tokyo is not None
    assert read_due("2027-01-31", tokyo) == dt.datetime(2027, 1, 31, 14, 59, 59)  # noqa: DTZ001  (nbgrader's own way)
    assert read_due("2027-01-31T18:00", tokyo) == dt.datetime(2027, 1, 31, 9, 0)  # noqa: DTZ001  (nbgrader's own way)
    assert read_due("2027-01-31T18:00Z", tokyo) == dt.datetime(2027, 1, 31, 18, 0)  # noqa: DTZ001  (nbgrader's own way)
    with pytest.raises(NoDate):
        read_due("next week", tokyo)


def test_a_question_arrives_without_a_hand_in(desk: MentorFolder, hanako: Learner) -> None:
    hanako.ask("どちらが新しい順？")
    report = collect(desk)
    assert (report.questions, report.taken) == (1, [])
    (question,) = received_file(desk).questions()
    assert (question.learner, question.exercise, question.wanted) == ("hanako", "L1-07", "どちらが新しい順？")
