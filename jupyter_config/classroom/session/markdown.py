"""The course's Markdown as HTML for a card."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt


def markdown_html(text: str) -> str:
    """Markdown of hints and explanations as HTML; HTML inside it is shown, not taken over."""
    return str(_parser().render(text))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")
