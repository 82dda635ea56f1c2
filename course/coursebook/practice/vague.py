"""The questions of the day, course/today.toml: vague as they are asked at work, with the readings they allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coursebook.format import Bilingual
from coursebook.problem import Problem
from coursebook.records import read_record

FRIDAY = 5
WEEK = 7
"""ISO's number of the last day that has a question, and the days of a week."""


@dataclass(frozen=True)
class ReadingRecord:
    """[[questions.readings]]: one definition under which the question has a number."""

    name: Bilingual
    """The definition in a line: numerator, denominator, period."""
    sql: str
    """A SELECT of one number on the practice data."""


@dataclass(frozen=True)
class QuestionRecord:
    """[[questions]]: one vague question."""

    id: str
    """T1, T2, …"""
    needs: str
    """The lesson whose skills are enough for at least one of its readings: L3."""
    who: Bilingual
    """Who asks."""
    asked: Bilingual
    """The question as it is asked."""
    lesson: Bilingual
    """What to take from the differences, in a sentence or two."""
    readings: tuple[ReadingRecord, ...]
    """At least two."""
    of_one_row: bool = False
    """Whether it asks for a value of one row, found by sorting, as one can before counting is taught: its card asks for no denominator."""


@dataclass(frozen=True)
class TodayRecord:
    """today.toml."""

    questions: tuple[QuestionRecord, ...]
    """They are asked in this order, one each weekday, over and over."""


def load_questions(root: Path, problems: list[Problem] | None = None) -> tuple[QuestionRecord, ...]:
    """The questions of a course; none if it has no today.toml."""
    path = root / "today.toml"
    record = read_record(TodayRecord, path, [] if problems is None else problems) if path.is_file() else None
    return record.questions if record else ()


def questions_within(questions: Sequence[QuestionRecord], lessons: Sequence[str]) -> tuple[QuestionRecord, ...]:
    """Those that the skills of some lessons are enough for."""
    return tuple(each for each in questions if each.needs in lessons)


def question_of(questions: Sequence[QuestionRecord], day: date) -> QuestionRecord | None:
    """The question of a business day; None at the weekend."""
    if not questions or day.isoweekday() > FRIDAY:
        return None
    weeks, weekday = divmod(day.toordinal() - 1, WEEK)
    return questions[(weeks * FRIDAY + weekday) % len(questions)]
