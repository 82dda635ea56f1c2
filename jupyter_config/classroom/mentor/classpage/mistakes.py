"""What a mistake is called on the class page: what was done, in the mentor's language, and never the hint to the learner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from classroom.mentor.place.wording import told
from coursebook.messages import sentences_in
from sqlgrade.messages import mistake_sentence

if TYPE_CHECKING:
    from sqlgrade.verdict import Verdict

_END_OF_SENTENCE = re.compile(r"(?<=[。？！])|(?<=[.?!])\s")


def mistake_name(lang: str, code: str | None, outcome: str, verdict: Verdict | None = None, hint: str = "") -> str:
    """What was done as the judge found out, else what its code means, else what the author says first, else the outcome.

    Args:
        lang: The mentor's language.
        code: E01 to E63; None where nobody knows.
        outcome: What became of the answer.
        verdict: The judge's, where it is at hand.
        hint: The author's to the near miss that it is; its first sentence says what came out.
    """
    said = mistake_sentence(verdict.findings[0], lang) if verdict is not None and verdict.findings else ""
    if said:
        return said
    known = code and f"mistake.{code}"
    if known and known in sentences_in("classroom.mentor.classpage", lang):
        return told(known, lang)
    first = _END_OF_SENTENCE.split(hint.strip(), maxsplit=1)[0].strip()
    return first or told(f"outcome.{outcome}", lang)
