"""A judgement as the desk keeps it: in no language, with the places of the normal form."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from classroom.mentor.grading.normal import NormalForm, normal_form
from coursebook import Judgement, Outcome
from coursebook.answer_cell import ChartLine
from coursebook.judgement import ColumnMark, Message, Recognised
from sqlgrade.tables.values import from_plain, to_plain
from sqlgrade.verdict import Site, Verdict

if TYPE_CHECKING:
    from coursebook import LessonExercise


@dataclass(frozen=True)
class StoredJudgement:
    """One judged normal form."""

    key: str
    exercise: str
    kind: str
    normal: str
    outcome: str
    points: float
    possible: float
    near_miss: str | None
    code: str | None
    fingerprint: str
    body: str
    """The rest as JSON."""

    @property
    def score(self) -> float | None:
        """The points; None where nobody can say yet what the answer is worth."""
        return None if Outcome(self.outcome).is_open else self.points

    @property
    def verdict(self) -> Verdict | None:
        """The judge's verdict on the normal form; None in kinds that need none."""
        kept = json.loads(self.body)["verdict"]
        return from_plain(Verdict, kept) if kept else None


def stored(key: str, exercise: LessonExercise, normal: str, judgement: Judgement) -> StoredJudgement:
    """The judgement of a normal form, ready to be kept."""
    body = {
        "messages": [[each.code, to_plain(dict(each.params))] for each in judgement.messages],
        "stems": [each.stem for each in judgement.recognised],
        "marks": [asdict(each) for each in judgement.marks],
        "chart": [judgement.chart.kind, dict(judgement.chart.options)] if judgement.chart else None,
        "verdict": json.loads(judgement.verdict.to_json()) if judgement.verdict else None,
        "offset": judgement.offset,
    }
    return StoredJudgement(
        key,
        exercise.id,
        exercise.kind.letter,
        normal,
        judgement.outcome.value,
        judgement.points,
        judgement.possible,
        judgement.near_miss,
        judgement.mistake,
        _fingerprint(exercise, judgement, body),
        json.dumps(body, ensure_ascii=False),
    )


def judgement_of(kept: StoredJudgement, exercise: LessonExercise, lang: str, answer: str | None = None) -> Judgement:
    """The judgement in one language; with the learner's own text its places are the text's own."""
    body = json.loads(kept.body)
    form = normal_form(answer, by_line=exercise.kind.is_read_by_lines) if answer is not None else None
    if form is not None and form.text != kept.normal:
        form = None
    verdict, chart = kept.verdict, body["chart"]
    judgement = Judgement(
        exercise.id,
        exercise.kind.letter,
        lang,
        Outcome(kept.outcome),
        kept.points,
        kept.possible,
        tuple(Message(code, params) for code, params in body["messages"]),
        tuple(_recognised(exercise, stem, lang) for stem in body["stems"]),
        tuple(ColumnMark(**each) for each in body["marks"]),
        ChartLine(chart[0], chart[1]) if chart else None,
        verdict,
        kept.normal[body["offset"] :],
        body["offset"],
    )
    return judgement if form is None or answer is None else _placed(judgement, form, answer)


def _recognised(exercise: LessonExercise, stem: str, lang: str) -> Recognised:
    record = exercise.near_miss(stem)
    return Recognised(stem, record.code, record.clause, exercise.hint(stem, lang))


def _placed(judgement: Judgement, form: NormalForm, answer: str) -> Judgement:
    """The same with every place counted in the learner's own text."""
    moved = replace(judgement, sql=answer, offset=0)
    verdict = judgement.verdict
    if verdict is None:
        return moved

    def place(position: int) -> int:
        return form.place(position + judgement.offset)

    findings = tuple(
        replace(each, site=Site(place(each.site.start), place(each.site.end - 1) + 1)) if each.site else each
        for each in verdict.findings
    )
    error = verdict.error
    if error is not None and error.position is not None:
        at = place(error.position)
        line = answer.count("\n", 0, at)
        error = replace(error, position=at, line=line + 1, column=at - (answer.rfind("\n", 0, at) + 1) + 1)
    return replace(moved, verdict=replace(verdict, findings=findings, error=error))


def _fingerprint(exercise: LessonExercise, judgement: Judgement, body: dict[str, Any]) -> str:
    """What the answer does, not how it is written."""
    verdict = judgement.verdict
    shown = verdict.counterexample if verdict else None
    if shown is not None and shown.learner is not None and exercise.record.rules.columns != "named":
        unnamed = replace(shown.learner, columns=("",) * len(shown.learner.columns))  # an alias is no other behaviour
        shown = replace(shown, learner=unnamed)
    behaviour = {
        "outcome": judgement.outcome.value,
        "reason": verdict.reason if verdict else None,
        "difference": asdict(verdict.diff) if verdict and verdict.diff and not shown else None,
        "shown": [asdict(shown) if shown else None],
        "error": [verdict.error.kind, verdict.error.code, verdict.error.message] if verdict and verdict.error else None,
        "marks": [[each["name"], each["given"]] for each in body["marks"]],
        "chart": body["chart"],
        "messages": body["messages"] if exercise.kind.messages_are_behaviour else None,
        "mistake": judgement.near_miss,
    }
    if verdict and verdict.nights:
        behaviour["nights"] = [[each.run, each.day, each.rang, each.flaw] for each in verdict.nights]
    text = json.dumps(to_plain(behaviour), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
