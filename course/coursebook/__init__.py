"""Reads, checks and compiles the lessons, and judges an answer cell of any kind."""

from coursebook.answer_cell import cut_chart, recognise
from coursebook.compile import compile_lesson
from coursebook.course import Course, load_course
from coursebook.exercise import LessonExercise
from coursebook.judgement import Judgement, Outcome
from coursebook.judging import judge_answer
from coursebook.lesson import Lesson
from coursebook.problem import CourseError, Problem
from coursebook.proving import check_course

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
    "load_course",
    "recognise",
]
