"""A lesson's minutes are those of its exercises, of its text and of its examples, and not much more."""

import math
from collections.abc import Iterator

from coursebook.lesson import Lesson
from coursebook.messages import LANGUAGES
from coursebook.minutes import reading_minutes
from coursebook.problem import Problem
from coursebook.records import line_of_key

_MOST_ROOM = 10
"""Minutes that a lesson may state beyond what it takes: for a pause, and for rounding."""


def minutes_fit(lesson: Lesson) -> Iterator[Problem]:
    """Where a lesson states fewer minutes than it takes, or far more."""
    path = lesson.folder / "lesson.toml"
    least = math.ceil(max(_minutes(lesson, lang) for lang in LANGUAGES))
    if not least <= lesson.record.minutes <= least + _MOST_ROOM:
        line = line_of_key(path.read_text(encoding="utf-8"), ("minutes",))
        params = {"minutes": lesson.record.minutes, "least": least, "most": least + _MOST_ROOM}
        yield Problem(path, line, "minutes_unfit", params)


def _minutes(lesson: Lesson, lang: str) -> float:
    """What a lesson takes in a language: its exercises as stated, reading, and running its examples."""
    return sum(each.record.minutes for each in lesson.exercises) + reading_minutes(lesson.segments[lang], lang)
