"""What a mistake is called on the class page: in the mentor's language, not by its code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from classroom.cohort.wording import told
from sqlgrade.messages.catalogue import has_sentence, render

if TYPE_CHECKING:
    from coursebook import LessonExercise

_END_OF_SENTENCE = re.compile(r"(?<=[。？！])|(?<=[.?!])\s")


def mistake_name(exercise: LessonExercise, lang: str, near_miss: str | None, code: str | None, outcome: str) -> str:
    """A mistake in one sentence: the author's hint to the near miss, else the judge's to the code, else the outcome."""
    hint = exercise.hint(near_miss, lang) if near_miss else ""
    if hint:
        return _END_OF_SENTENCE.split(hint.strip(), maxsplit=1)[0].strip()
    if code and has_sentence(f"{code}.idea"):
        return render(f"{code}.idea", lang=lang)
    return told(f"outcome.{outcome}", lang)
