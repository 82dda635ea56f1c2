"""Reads, checks and compiles the lessons, and judges an answer cell of any kind."""

from coursebook.compile import compile_lesson
from coursebook.course import Course, load_course
from coursebook.exercise import LessonExercise
from coursebook.lesson import Lesson
from coursebook.problem import CourseError, Problem

__all__ = ["Course", "CourseError", "Lesson", "LessonExercise", "Problem", "compile_lesson", "load_course"]
