"""How long it takes to read what stands between exercises, and how long a beginner needs for an exercise at least.

The operators and their seconds are those of the keystroke-level model (Card, Moran and Newell, "The keystroke-level model for user performance
time with interactive systems", CACM 23 (1980)): a key of a code that is not known by heart 0.75, of prose 0.28, a thought before each unit that is
written 1.35, a point and click 1.3. A unit is a word or sign of SQL; a character of Japanese is counted as 2.7 keys, with its conversion. Prose is read at 240 words
a minute (Brysbaert, "How many words do we read per minute?", J. Mem. Lang. 109 (2019)), a given unit of SQL in a fixation of 0.4 (Busjahn et al.,
"Eye movements in code reading", ICPC (2015): 0.3 to 0.4). What the model has no operator for, finding the way to a solution that one doesn't see,
is not in it: an exercise states at least these minutes (`exercise.toml`), and may state more.
"""

from __future__ import annotations

import math
import re
from difflib import SequenceMatcher
from statistics import median
from typing import TYPE_CHECKING

from coursebook.kind import AnswerForm
from coursebook.text import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coursebook.exercise import LessonExercise
    from coursebook.text import Segment

_KEY, _THOUGHT, _CLICK, _FIXATION = 0.75, 1.35, 1.3, 0.4
"""Seconds of the operators above."""
_CHARACTER = {"ja": 0.75, "en": 0.28}
"""Seconds to type a character of prose, by language."""
_RUN_AND_LOOK = 24.0
"""Seconds to run a query and look at its rows."""
_WORDS_A_MINUTE = 240
_COMMENT = re.compile(r"--[^\n]*")
_UNIT = re.compile(r"'[^']*'|\w+|[^\w\s]")


def whole_minutes(minutes: float) -> int:
    """Minutes as people are told them, learner or author: to the nearest whole one, halves up. An estimate has no tenths."""
    return math.floor(minutes + 0.5)


def reading_minutes(segments: Iterable[Segment], lang: str) -> float:
    """Minutes to read prose, and to read, run and look at its examples; exercises take none."""
    return sum(_around(each, lang) for each in segments) / 60


def least_minutes(exercise: LessonExercise, lang: str, wrong: int = 1) -> float:
    """Minutes that an exercise takes at least.

    Args:
        exercise: Its task is read, a right answer written and run, and what is said then read.
        lang: The language it is read in, `ja` or `en`.
        wrong: So many wrong answers come first, each as long as the author's near misses are in the median: its hint and the idea are read,
            the task is read once more, and what differs from the right answer is typed anew.
    """
    spoken = exercise.in_language(lang)
    return (_first_try(spoken, lang) + wrong * _one_mistake(spoken, lang)) / 60


def _around(segment: Segment, lang: str) -> float:
    if segment.kind == "text":
        return _read(segment.content, lang)
    return _looked_at(segment.content, lang) + _RUN_AND_LOOK if segment.kind == "query" else 0.0


def _first_try(exercise: LessonExercise, lang: str) -> float:
    text = exercise.text[lang]
    shown = exercise.starter + exercise.predict_query + exercise.drafts.get(lang, "")
    read = sum(_read(each, lang) for each in (text.prompt, text.success, text.explanation)) + _looked_at(shown, lang)
    if exercise.kind.answer is AnswerForm.WORDS:
        return read + len(exercise.model_answers.get(("good", lang), "")) * _CHARACTER[lang]
    return read + _written(exercise, exercise.starter) + _RUN_AND_LOOK


def _one_mistake(exercise: LessonExercise, lang: str) -> float:
    text = exercise.text[lang]
    again = _read(text.prompt, lang) + _read(text.idea, lang) + _RUN_AND_LOOK
    costs = [
        again + _read(exercise.hint(near.stem, lang), lang) + _written(exercise, near.sql)
        for near in exercise.near_misses
    ]
    return median(costs) if costs else 0.0


def _written(exercise: LessonExercise, before: str) -> float:
    """Seconds to make the solution of a text: keys and thoughts for each unit that is new, or clicks where it is clicked."""
    old, new = (_UNIT.findall(_COMMENT.sub("", sql)) for sql in (before, exercise.solution))
    fresh = [
        unit
        for tag, _, _, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
        for unit in new[start:end]
    ]
    if exercise.kind.answer is AnswerForm.VALUES or exercise.kind.is_read_by_lines:
        return sum(_CLICK + _THOUGHT for _ in fresh)
    return sum((len(unit) + 1) * _KEY + _THOUGHT for unit in fresh)


def _looked_at(sql: str, lang: str) -> float:
    comments = " ".join(_COMMENT.findall(sql))
    return len(_UNIT.findall(_COMMENT.sub("", sql))) * _FIXATION + _read(comments, lang)


def _read(prose: str, lang: str) -> float:
    return count_words(prose, lang) / _WORDS_A_MINUTE * 60
