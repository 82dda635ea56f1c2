"""Reads, checks and compiles the lessons, and judges an answer cell of any kind."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coursebook.answer_cell import cut_chart, recognise
    from coursebook.compile import compile_lesson
    from coursebook.course import Course, load_course
    from coursebook.exercise import LessonExercise
    from coursebook.judgement import Judgement, Outcome
    from coursebook.judging import judge_answer, judge_cell
    from coursebook.lesson import Lesson
    from coursebook.problem import CourseError, Problem
    from coursebook.proving import check_course

_HOMES = {
    **dict.fromkeys(("cut_chart", "recognise"), "answer_cell"),
    "compile_lesson": "compile",
    **dict.fromkeys(("Course", "load_course"), "course"),
    "LessonExercise": "exercise",
    **dict.fromkeys(("Judgement", "Outcome"), "judgement"),
    **dict.fromkeys(("judge_answer", "judge_cell"), "judging"),
    "Lesson": "lesson",
    **dict.fromkeys(("CourseError", "Problem"), "problem"),
    "check_course": "proving",
}
"""Where each public name lives: a kernel that judges does not wait for what compiles notebooks."""

__all__ = [
    "Course",
    "CourseError",
    "Judgement",
    "Lesson",
    "LessonExercise",
    "Outcome",
    "Problem",
    "check_course",
    "compile_lesson",
    "cut_chart",
    "judge_answer",
    "judge_cell",
    "load_course",
    "recognise",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"coursebook.{_HOMES[name]}"), name)
