"""Which question of the day a learner is asked: one that the lessons so far are enough for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from coursebook.practice.spacing import business_day
from coursebook.practice.vague import load_questions, question_of, questions_within

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from classroom.learner.practice.history import History
    from coursebook import Course
    from coursebook.practice.vague import QuestionRecord


@cache
def questions_of(root: Path) -> tuple[QuestionRecord, ...]:
    """The questions of the course in a folder."""
    return load_questions(root)


def question_for(course: Course, history: History, today: date, start: str = "") -> QuestionRecord | None:
    """The day's question: the one that was answered today, or one within the lessons so far; None if there is none.

    Args:
        course: the course.
        history: what the learner did.
        today: the business day.
        start: the lesson that the placement test led to; empty without one.
    """
    questions = questions_of(course.root)
    answered = next((each for each, at in reversed(history.cards) if business_day(at) == today), "")
    known = next((each for each in questions if each.id == answered), None)
    within = questions_within(questions, history.lessons_so_far(tuple(course.folder_of), start))
    return known or question_of(within, today)


def answered_on(history: History, day: date) -> bool:
    """Whether a question of the day was answered on a business day."""
    return any(business_day(at) == day for _, at in history.cards)
