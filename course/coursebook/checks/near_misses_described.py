"""Every near miss has a file, a table in exercise.toml and a hint in both languages; and there are enough of them."""

from collections.abc import Iterator

from coursebook.exercise import LessonExercise
from coursebook.lesson import Lesson
from coursebook.messages import LANGUAGES
from coursebook.problem import Problem
from coursebook.text import NEAR_MISS


def near_misses_described(lesson: Lesson) -> Iterator[Problem]:
    """What is missing or left over between files, tables and hints."""
    for exercise in lesson.exercises:
        stems = {each.stem for each in exercise.near_misses}
        yield from _tables(exercise, stems)
        for lang in LANGUAGES:
            yield from _hints(exercise, stems, lang)
        if len(stems) < exercise.kind.least_near_misses:
            params = {"count": len(stems), "least": exercise.kind.least_near_misses, "kind": exercise.kind.letter}
            yield Problem(exercise.folder / "exercise.toml", 1, "near_misses_few", params)


def _tables(exercise: LessonExercise, stems: set[str]) -> Iterator[Problem]:
    path, tables = exercise.folder / "exercise.toml", exercise.record.near_misses
    for stem in sorted(stems - set(tables)):
        yield Problem(path, 1, "near_miss_without_table", {"stem": stem})
    for stem in sorted(set(tables) - stems):
        yield Problem(path, 1, "near_miss_without_file", {"stem": stem})


def _hints(exercise: LessonExercise, stems: set[str], lang: str) -> Iterator[Problem]:
    path, hints = exercise.folder / f"{lang}.md", exercise.text[lang].hints
    for stem in sorted(stems):
        if not hints.get(stem):
            line = exercise.text[lang].line(f"near-miss: {stem}")
            yield Problem(path, line, "near_miss_without_hint", {"stem": stem})
    for section in exercise.text[lang].sections:
        found = NEAR_MISS.match(section.heading)
        if found and found[1] not in stems:
            yield Problem(path, section.line, "near_miss_without_file", {"stem": found[1]})
        elif not found and section.heading not in KNOWN_SECTIONS:
            yield Problem(path, section.line, "section_unknown", {"heading": section.heading})


KNOWN_SECTIONS = ("idea", "success", "explanation", "starter")
"""Sections beside the near misses; `starter` is for M exercises."""
