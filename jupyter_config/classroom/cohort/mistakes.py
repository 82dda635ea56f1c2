"""What a mistake is called on the class page: what was done, in the mentor's language, and never the hint to the learner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.cohort.wording import told
from coursebook.messages import sentences_in
from sqlgrade.messages import mistake_sentence

if TYPE_CHECKING:
    from sqlgrade.verdict import Verdict


def mistake_name(lang: str, code: str | None, outcome: str, verdict: Verdict | None = None) -> str:
    """What was done as the judge has found it out, else what mistakes of that code are, else the outcome.

    Args:
        lang: The mentor's language.
        code: E01 to E63; None where nobody knows.
        outcome: What became of the answer.
        verdict: The judge's, where it is at hand.
    """
    said = mistake_sentence(verdict.findings[0], lang) if verdict is not None and verdict.findings else ""
    if said:
        return said
    known = code and f"mistake.{code}"
    return (
        told(known, lang)
        if known and known in sentences_in("classroom.cohort", lang)
        else told(f"outcome.{outcome}", lang)
    )
