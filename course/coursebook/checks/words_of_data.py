"""A text quotes the data in the words that its own reader finds there."""

from collections.abc import Iterator
from pathlib import Path

from coursebook.checks.texts import texts_of
from coursebook.lesson import Lesson
from coursebook.messages import LANGUAGES
from coursebook.problem import Problem
from coursebook.wording import Wording


def words_of_data(lesson: Lesson) -> Iterator[Problem]:
    """Japanese values of the practice data in the text of another language."""
    if not lesson.exercises:
        return
    schema = lesson.exercises[0].schema
    for lang in LANGUAGES[1:]:
        wording = schema.wording(lang)
        for path, line, content in texts_of(lesson, lang, queries=True):
            yield from _quoted(path, line, content, wording)


def _quoted(path: Path, line: int, content: str, wording: Wording) -> Iterator[Problem]:
    for word, worded in wording.words.items():
        if word in content:
            yield Problem(path, line, "word_of_other_language", {"word": word, "worded": worded})
