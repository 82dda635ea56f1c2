"""Every text of a lesson that a reader sees."""

from collections.abc import Iterator
from pathlib import Path

from coursebook.exercise import LessonExercise
from coursebook.lesson import Lesson


def texts_of(lesson: Lesson, lang: str, *, queries: bool = False) -> Iterator[tuple[Path, int, str]]:
    """File, line and Markdown of the lesson's prose and of each exercise's sections; its queries only if asked for."""
    for segment in lesson.segments[lang]:
        if segment.kind == "text" or (queries and segment.kind == "query"):
            yield lesson.folder / f"lesson.{lang}.md", segment.line, segment.content
    for exercise in lesson.exercises:
        yield from texts_of_exercise(exercise, lang)


def texts_of_exercise(exercise: LessonExercise, lang: str) -> Iterator[tuple[Path, int, str]]:
    """File, line and Markdown of an exercise's sections."""
    text, path = exercise.text[lang], exercise.folder / f"{lang}.md"
    yield path, 1, f"{text.title}\n\n{text.prompt}"
    for section in text.sections:
        yield path, section.line, section.body
