"""A clock that is off is told once: in its lesson, or of an Expo in the class, however many lessons are out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.exchange.expo.record import EXPO
from classroom.mentor.classpage import attention
from classroom.mentor.collecting.received import ReceivedLetter
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
    folder = MentorFolder(tmp_path)
    of_lessons = [each.student for lesson in ("L1", "L2") for each in attention.needs_attention_in(folder, lesson, {})]
    assert of_lessons == ["hanako"]
    assert [each.student for each in attention.class_needs(folder)] == ["taro"]
