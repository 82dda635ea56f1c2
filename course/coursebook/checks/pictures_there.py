"""A lesson's pictures lie beside its text, and each is shown."""

from collections.abc import Iterator

from coursebook.lesson import Lesson
from coursebook.messages import LANGUAGES
from coursebook.pictures import pictures_in, pictures_named
from coursebook.problem import Problem


def pictures_there(lesson: Lesson) -> Iterator[Problem]:
    """Pictures that a text names and the folder lacks, or that no text shows."""
    shown = set()
    for lang in LANGUAGES:
        for segment in lesson.segments[lang]:
            for name in pictures_named(segment.content):
                shown.add(name)
                if not (lesson.folder / name).is_file():
                    yield Problem(lesson.folder / f"lesson.{lang}.md", segment.line, "picture_missing", {"name": name})
    for path in pictures_in(lesson.folder):
        if path.name not in shown:
            yield Problem(path, 1, "picture_unused", {"name": path.name})
