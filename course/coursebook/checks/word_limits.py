"""A lesson has at most 900 words of prose, and never more than 150 before the learner does something."""

from collections.abc import Iterator

from coursebook.lesson import Lesson
from coursebook.messages import LANGUAGES
from coursebook.problem import Problem
from coursebook.text import count_words

MOST_WORDS = 900
MOST_WORDS_WITHOUT_ACTION = 150
"""Limits of the curriculum: a lesson is read in some minutes, and nobody reads long without doing something."""


def word_limits(lesson: Lesson) -> Iterator[Problem]:
    """Where a text is too long; queries to run and exercises are actions."""
    for lang in LANGUAGES:
        path, total = lesson.folder / f"lesson.{lang}.md", 0
        for segment in lesson.segments[lang]:
            if segment.kind != "text":
                continue
            words = count_words(segment.content, lang)
            total += words
            if words > MOST_WORDS_WITHOUT_ACTION:
                params = {"words": words, "most": MOST_WORDS_WITHOUT_ACTION}
                yield Problem(path, segment.line, "words_without_action", params)
        if total > MOST_WORDS:
            yield Problem(path, 1, "words_in_all", {"words": total, "most": MOST_WORDS})
