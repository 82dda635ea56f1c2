"""The learner's notebook of a lesson: the one that lies in a learners' edition, compiled once for all, else compiled now."""

from pathlib import Path

from coursebook.lesson import Lesson


def compiled_path(lesson: Lesson, lang: str) -> Path:
    """Where a learners' edition holds a lesson's notebook in a language and numbering."""
    return lesson.folder / f"notebook-{lesson.numbering}.{lang}.ipynb"


def learners_notebook(lesson: Lesson, lang: str) -> bytes:
    """The notebook's bytes."""
    place = compiled_path(lesson, lang)
    if place.is_file():
        return place.read_bytes()
    from coursebook.compile import compile_lesson

    return compile_lesson(lesson, lang, "learner")
