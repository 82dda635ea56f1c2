"""Signs of Markdown mark a text; a reader never sees them."""

from collections.abc import Iterator

from markdown_it import MarkdownIt

from coursebook.checks.texts import texts_of
from coursebook.lesson import Lesson
from coursebook.messages import LANGUAGES
from coursebook.problem import Problem

_BOLD = "**"
_LONGEST = 20
"""Characters that are quoted of a place."""


def marks_shown(lesson: Lesson) -> Iterator[Problem]:
    """Where `**` stays in the text, as it does in Japanese between a closing bracket and a letter."""
    parser = MarkdownIt("commonmark").enable("table")
    for lang in LANGUAGES:
        for path, line, content in texts_of(lesson, lang):
            for block in parser.parse(content):
                for piece in block.children or ():
                    if piece.type == "text" and _BOLD in piece.content:
                        place = line + (block.map[0] if block.map else 0)
                        rest = piece.content[piece.content.index(_BOLD) :][:_LONGEST]
                        yield Problem(path, place, "mark_shown", {"text": rest})
