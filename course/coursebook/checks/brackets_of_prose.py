"""Brackets in Japanese prose are full-width, those of SQL, code and links half-width."""

import re
from collections.abc import Iterator
from pathlib import Path

from coursebook.checks.texts import texts_of, texts_of_exercise
from coursebook.exercise import LessonExercise
from coursebook.lesson import Lesson
from coursebook.problem import Problem

_HIDDEN = re.compile(r"```.*?```|`[^`\n]*`|\]\([^)\n]*\)|<[^>\n]*>|\{[^}\n]*\}", re.DOTALL)
"""What is no prose: fences, code in a line, targets of links, tags, slots of a template."""
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々〆〜～]")
_NAME_BEFORE = re.compile(r"([A-Za-z_]\w*) ?\Z")
_CALLS = frozenset(
    "count sum avg min max round floor ceil coalesce nullif cast extract date_trunc date_diff strftime in over values filter "
    "using exists any all rank dense_rank row_number lag lead bool_or bool_and interval distinct as and or not datetime".split()
)
"""Words that are followed by brackets in SQL, whatever language stands in them."""
_LONGEST = 20


def brackets_of_prose(lesson: Lesson) -> Iterator[Problem]:
    """Half-width brackets that stand in Japanese prose."""
    for path, line, content in texts_of(lesson, "ja"):
        yield from _told(path, line, content)


def brackets_in(exercise: LessonExercise) -> Iterator[Problem]:
    """Half-width brackets in the Japanese prose of one exercise."""
    for path, line, content in texts_of_exercise(exercise, "ja"):
        yield from _told(path, line, content)


def _told(path: Path, line: int, content: str) -> Iterator[Problem]:
    for start, end in half_width(content):
        place = line + content.count("\n", 0, start)
        yield Problem(path, place, "bracket_half_width", {"text": content[start : end + 1][:_LONGEST]})


def half_width(text: str) -> tuple[tuple[int, int], ...]:
    """The places of the half-width pairs of brackets, or halves of mixed pairs, that stand in Japanese prose."""
    seen = _HIDDEN.sub(lambda found: "`" * len(found[0]), text)
    opened: list[int] = []
    pairs = []
    for at, sign in enumerate(seen):
        if sign == "\n":
            opened.clear()
        elif sign in "(（":
            opened.append(at)
        elif sign in ")）" and opened:
            start = opened.pop()
            if "(" in (seen[start], sign) or ")" in (seen[start], sign):
                pairs.append((start, at))
    return tuple(sorted(pair for pair in pairs if _is_prose(seen, *pair)))


def _is_prose(seen: str, start: int, end: int) -> bool:
    name = _NAME_BEFORE.search(seen, 0, start)
    if name is not None and name[1].lower() in _CALLS:
        return False
    before, after = seen[:start].rstrip("*")[-1:], seen[end + 1 :].lstrip("*")[:1]
    return any(map(_JAPANESE.search, (before, seen[start:end], after)))
