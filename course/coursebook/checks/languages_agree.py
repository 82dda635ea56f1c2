"""Both languages say the same things in the same order."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from coursebook.exercise import LessonExercise
from coursebook.lesson import Lesson
from coursebook.messages import LANGUAGES
from coursebook.problem import Problem
from coursebook.text import ExerciseText

REQUIRED_SECTIONS = ("idea", "success", "explanation")
"""Sections that every exercise has in both languages."""
_KANA_OR_KANJI = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
"""A Japanese text has some of these; one without is a text that was never translated."""


def languages_agree(lesson: Lesson) -> Iterator[Problem]:
    """Runnable cells, places and sections that differ; texts that are missing or not translated."""
    yield from _segments_agree(lesson)
    for exercise in lesson.exercises:
        for lang in LANGUAGES:
            yield from sections_complete(exercise, lang)
        yield from _sections_agree(exercise)


def _segments_agree(lesson: Lesson) -> Iterator[Problem]:
    pairs = zip_longest(*([each for each in lesson.segments[lang] if each.kind != "text"] for lang in ("ja", "en")))
    for ja, en in pairs:
        if ja is None or en is None:
            longer, other = ("ja", "en") if ja else ("en", "ja")
            extra = ja or en
            path = lesson.folder / f"lesson.{longer}.md"
            yield Problem(path, extra.line, "segment_extra", {"what": extra.content.splitlines()[0], "other": other})
            return
        if ja.kind != en.kind or (ja.kind == "exercise" and ja.content != en.content):
            path = lesson.folder / "lesson.en.md"
            yield Problem(
                path,
                en.line,
                "segment_differs",
                {"ja": _first_line(ja.content), "en": _first_line(en.content), "line": ja.line},
            )
            return


def _first_line(content: str) -> str:
    return content.splitlines()[0] if content else ""


def sections_complete(exercise: LessonExercise, lang: str) -> Iterator[Problem]:
    """Texts of one exercise that are missing in a language, or written in the other."""
    path, text = exercise.folder / f"{lang}.md", exercise.text[lang]
    if not text.title:
        yield Problem(path, 1, "title_missing")
    if not text.prompt:
        yield Problem(path, 1, "prompt_missing")
    for heading in REQUIRED_SECTIONS:
        if not text.body(heading):
            yield Problem(path, text.line(heading), "section_missing", {"heading": heading})
    yield from _translated(exercise, lang, text)


def _translated(exercise: LessonExercise, lang: str, text: ExerciseText) -> Iterator[Problem]:
    path = exercise.folder / f"{lang}.md"
    bodies = [("prompt", text.prompt, 1), *((each.heading, each.body, each.line) for each in text.sections)]
    for heading, body, line in bodies:
        prose = re.sub(r"```.*?```|`[^`]*`", "", body, flags=re.DOTALL).strip()
        japanese = len(_KANA_OR_KANJI.findall(prose))
        wrong = not japanese if lang == "ja" else japanese > len(prose) / 2
        if prose and wrong:
            yield Problem(path, line, f"not_in_{lang}", {"heading": heading})


def _sections_agree(exercise: LessonExercise) -> Iterator[Problem]:
    for lang, other in (("ja", "en"), ("en", "ja")):
        there = {each.heading for each in exercise.text[other].sections}
        for section in exercise.text[lang].sections:
            if section.heading not in there:
                path = exercise.folder / f"{lang}.md"
                params = {"heading": section.heading, "other": f"{other}.md"}
                yield Problem(path, section.line, "section_extra", params)
