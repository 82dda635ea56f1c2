"""Which tables a lesson is about, told from its queries and the answers to its exercises."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coursebook.given_views import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Collection

    from coursebook import Lesson

_WORD = re.compile(rf"{SCHEMA}\.\w+|[A-Za-z_]\w*")


def tables_of_lesson(lesson: Lesson, lang: str, known: Collection[str]) -> tuple[str, ...]:
    """The known tables that a lesson's queries name, in the order in which they come up."""
    by_folder = {each.folder.name: each for each in lesson.placed_exercises(lang)}
    queries: list[str] = []
    for segment in lesson.segments[lang]:
        if segment.kind == "query":
            queries.append(segment.content)
        elif segment.kind == "exercise" and segment.content in by_folder:
            exercise = by_folder[segment.content]
            queries += [exercise.starter, exercise.predict_query, exercise.solution, *exercise.record.reads]
    words = (word.lower() for query in queries for word in _WORD.findall(query))
    return tuple(dict.fromkeys(word for word in words if word in known))
