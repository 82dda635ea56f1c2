"""A clock that is off is told once: in its lesson, or of an Expo in the class, however many lessons are out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.exchange.expo.record import EXPO
from classroom.exchange.over_hub import HubForDesk, SolutionOpened
from classroom.mentor.classpage import attention
from classroom.mentor.collecting.received import ReceivedLetter
from classroom.mentor.grading.marks import Marks
from classroom.mentor.place.folder import MentorFolder

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

AT = "2027-02-01T09:00:00+00:00"
CLOCKS = {"_clocks", "_clocks_without_lesson"}


@dataclass(frozen=True)
class Received:
    """What came: one letter for lesson 1 and an Expo, each from a computer a day behind."""

    def letters(self, lesson: str) -> list[ReceivedLetter]:
        names = {"L1": "hanako", EXPO: "taro"}
        if lesson not in names:
            return []
        made = ReceivedLetter("d", "hand-in", "c", names[lesson], lesson, AT, AT, AT, 86_400.0, "s", 1, "folder")
        return [made]


def test_a_clock_that_is_off_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attention, "received_file", lambda _: Received())
    for name in ("_OF_LESSON", "_OF_CLASS"):
        kept = tuple(each for each in getattr(attention, name) if each.__name__ in CLOCKS)
        monkeypatch.setattr(attention, name, kept)
    looked = attention.Looked(MentorFolder(tmp_path), {})
    of_lessons = [each.student for lesson in ("L1", "L2") for each in attention.needs_attention_in(looked, lesson)]
    assert of_lessons == ["hanako"]
    assert [each.student for each in attention.class_needs(looked)] == ["taro"]


def test_what_is_the_same_for_all_lessons_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Door(HubForDesk):
        asked = 0

        def solutions_opened(self) -> tuple[SolutionOpened, ...]:
            Door.asked += 1
            return (
                SolutionOpened("hanako", "L1-02", AT, 1, told=True),
                SolutionOpened("taro", "L2-01", AT, 1, told=True),
            )

    def read_again(*_: object) -> None:
        raise AssertionError

    due = dt.datetime(2027, 1, 1)  # noqa: DTZ001  (the gradebook's)
    marks = {("L1", "jiro"): Marks(submitted=due + dt.timedelta(1), duedate=due)}
    monkeypatch.setattr(attention, "received_file", lambda _: Received())
    monkeypatch.setattr(attention, "door_of", lambda _: Door(None, "", tmp_path))
    monkeypatch.setattr(attention, "all_marks", read_again)
    names = {"_free_form_and_late", "_opened_early"}
    monkeypatch.setattr(attention, "_OF_LESSON", tuple(each for each in attention._OF_LESSON if each.__name__ in names))
    looked = attention.Looked(MentorFolder(tmp_path), {}, marks)
    found = {lesson: attention.needs_attention_in(looked, lesson) for lesson in ("L1", "L2", "L3")}
    assert {lesson: [each.student for each in items] for lesson, items in found.items()} == {
        "L1": ["jiro", "hanako"],
        "L2": ["taro"],
        "L3": [],
    }
    assert Door.asked == 1
