"""What a grading has to tell beside its counts, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.mentor.collecting.remarks import merged, remark_sentence
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.mentor.grading.grade import GradingReport


def details(report: GradingReport, lang: str) -> Iterator[str]:
    """A sentence for each hand-in that was refused, put right or moved, and for what could not be judged."""
    for student, remark in report.refused:
        yield say("desk.refused", lang, student=student, reason=remark_sentence(remark, lang))
    for student, remarks in report.put_right.items():
        told = [remark_sentence(each, lang) for each in merged(remarks) if each.code != "answer_missing"]
        if told:
            yield say("desk.put_right", lang, student=student, what=" ".join(told))
    for move in report.moved:
        before, after = ("—" if points is None else f"{points:g}" for points in (move.before, move.after))
        yield say("desk.moved", lang, student=move.student, exercise=move.exercise, before=before, after=after)
    if report.faults:
        yield say("desk.exercise_faults", lang, exercises=", ".join(sorted(report.faults)))
    if report.unjudged:
        exercises = ", ".join(sorted(set().union(*report.unjudged.values())))
        yield say("desk.unjudged", lang, count=len(report.unjudged), exercises=exercises)
    if report.stale:
        yield say("desk.stale", lang, count=len(report.stale))
