"""What a draft and a right query give on a learner's own rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.messages import say
from classroom.session.verdict.difference import side_of
from classroom.session.verdict.record import Comparison
from classroom.session.verdict.sentences import sentence

if TYPE_CHECKING:
    from sqlgrade.verdict import Verdict


def rows_comparison(verdict: Verdict, lang: str) -> Comparison | None:
    """Both results side by side; None where no rows were tried."""
    tried = verdict.rows
    if tried is None or (tried.expected is None and tried.draft is None):
        return None
    sides = [side_of("verdict.draft_result", tried.draft, tried.expected, "+", lang)] if tried.draft is not None else []
    if tried.expected is not None:
        sides.append(side_of("verdict.right_result", tried.expected, tried.draft, "−", lang))
    stopped = sentence("draft_stops", lang, message=tried.stopped) if tried.stopped else ""
    return Comparison(say("verdict.on_your_rows", lang), tuple(sides), stopped)
