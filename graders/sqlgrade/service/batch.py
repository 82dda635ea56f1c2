"""The batch interface: one JSON object in, one out, for any schema; bad lines say what is wrong with them."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlgrade.dialect.heading import DIALECTS, DUCKDB, SYSTEMS, in_dialect
from sqlgrade.messages import LANGUAGES, verdict_sentences
from sqlgrade.messages.sentences import PLACE, finding_sentences, mistake_sentence, remark_sentence
from sqlgrade.record import Exercise, ExerciseFault, RowOrder, Rules, Solution
from sqlgrade.service.watch_line import read_watch, wrong_nights
from sqlgrade.tables.values import to_plain
from sqlgrade.verdict import Counterexample, DataAdequacy, SqlError, Status, Verdict

if TYPE_CHECKING:
    from sqlgrade.record import Watch
    from sqlgrade.service.grader import Grader

_PART = 4_000
"""Lines that are read at a time: those of one exercise among them are judged together, so that its pack is built once."""


class BadLine(Exception):  # noqa: N818  (what the line is, not what we did)
    """A line that is not in the batch format."""


class _LineQuestion(NamedTuple):
    name: Any
    exercise: Exercise
    answer: str
    lang: str


def judge_line(line: Mapping[str, Any], lang: str = "en") -> dict[str, Any]:
    """Judges one line of the batch format in this process, with the deep search on; its sentences are in `lang` unless it names its own."""
    question = _question(line, lang)
    return _answered(question, _judged_here(question)) if isinstance(question, _LineQuestion) else question


def judge_lines(lines: Iterable[Mapping[str, Any] | str], grader: Grader, lang: str = "en") -> Iterator[dict[str, Any]]:
    """The answers to lines of the batch format, in their order; a text stands for a line that is none, and says why."""
    left = iter(lines)
    while part := [_question(line, lang) for line in itertools.islice(left, _PART)]:
        asked = (each for each in part if isinstance(each, _LineQuestion))
        verdicts = grader.grade_batch([(each.exercise, each.answer.strip()) for each in asked])
        for each in part:
            yield _answered(each, next(verdicts)) if isinstance(each, _LineQuestion) else each


def _judged_here(question: _LineQuestion) -> Verdict:
    from sqlgrade.judging.judge import Judge
    from sqlgrade.pack.building import build_pack

    judge = Judge()
    try:
        return judge.grade(build_pack(question.exercise), question.answer, deep=True, proving=True)
    except ExerciseFault as fault:
        return Verdict(Status.AUTHOR_FAULT, error=SqlError("exercise", str(fault)))
    finally:
        judge.forget()


def _question(line: Mapping[str, Any] | str, lang: str) -> _LineQuestion | dict[str, Any]:
    """What a line asks; if it is a bad one, the answer to it."""
    name = line.get("id") if isinstance(line, Mapping) else None
    try:
        return _LineQuestion(name, *_read(line), _language(line, lang))
    except BadLine as problem:
        return {"id": name, **_without_verdict("invalid", "bad_line", str(problem)), "elapsed_ms": 0}


def _read(line: Mapping[str, Any] | str) -> tuple[Exercise, str]:
    if isinstance(line, str):
        raise BadLine(line)
    if not isinstance(line, Mapping):
        raise BadLine("a line must be a JSON object")
    for field, kind in (("schema", str), ("solutions", list), ("answer", str)):
        if not isinstance(line.get(field), kind):
            raise BadLine(f"{field!r} must be a {'string' if kind is str else 'list of strings'}")
    solutions, assume, fixed = line["solutions"], line.get("assume") or [], line.get("fixed") or []
    if not solutions or not all(isinstance(s, str) for s in solutions):
        raise BadLine("'solutions' must be a list of at least one string")
    for field, texts in (("assume", assume), ("fixed", fixed)):
        if not isinstance(texts, list) or not all(isinstance(s, str) for s in texts):
            raise BadLine(f"{field!r} must be a list of strings")
    settings = line.get("settings") or []
    if not are_settings(settings):
        raise BadLine("'settings' must be a list of objects that give each parameter a string")
    try:
        order = RowOrder(line.get("row_order", RowOrder.AS_SOLUTION))
    except ValueError as error:
        raise BadLine("'row_order' must be ignored, checked or as_solution") from error
    system, answer = _written_for(line)
    watch, columns = _nights(line)
    exercise = Exercise(
        "batch",
        line["schema"],
        tuple(Solution(s) for s in solutions),
        rules=Rules(order, column_names=columns),
        assume=tuple(assume),
        fixed=tuple(fixed),
        settings=tuple(settings),
        watch=watch,
        dialect=system,
    )
    return exercise, answer


def _written_for(line: Mapping[str, Any]) -> tuple[str, str]:
    """The dialect of the whole task, and the answer, with the line that names one of its own."""
    dialect = line.get("dialect") or DUCKDB
    if dialect in SYSTEMS:
        return dialect, line["answer"]
    if dialect not in DIALECTS:
        raise BadLine(f"'dialect' must be {' or '.join((*DIALECTS, *SYSTEMS))}")
    return DUCKDB, in_dialect(line["answer"], dialect)


def _language(line: Mapping[str, Any] | str, lang: str) -> str:
    """The language of a line's sentences."""
    own = line.get("lang", lang) if isinstance(line, Mapping) else lang
    if own not in LANGUAGES:
        raise BadLine(f"'lang' must be {' or '.join(LANGUAGES)}")
    return str(own)


def _nights(line: Mapping[str, Any]) -> tuple[Watch | None, tuple[str, ...]]:
    """The nights of an alert and the columns of its row, where the line brings some."""
    try:
        return read_watch(line["watch"]) if "watch" in line else (None, ())
    except ValueError as error:
        raise BadLine(str(error)) from error


def are_settings(value: object) -> bool:
    """Whether a JSON value gives parameters their texts, time after time the same ones."""
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return False
    texts = (text for each in value for text in each.values())
    return all(isinstance(text, str) for text in texts) and len({frozenset(each) for each in value}) <= 1


def _without_verdict(verdict: str, reason: str, message: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"counterexample": None, "mistake": None, "credit": 0.0, "databases": 0}
    extra = {"reason": reason} if reason else {}
    return {"verdict": verdict, **extra, **empty, "message": message}


def _answered(question: _LineQuestion, verdict: Verdict) -> dict[str, Any]:
    answered: dict[str, Any] = {
        "verdict": verdict.status.value,
        "counterexample": _tables(verdict.counterexample),
        "mistake": _mistake(verdict, question.lang),
        "credit": round(verdict.credit.points / (question.exercise.points or 1.0), 4),
        "databases": verdict.databases,
        **_told(question, verdict),
    }
    if verdict.proof is not None:
        answered["proved"] = _proved(verdict.proof)
    if verdict.schema:
        remarks = [
            {"code": each.code, "sentence": remark_sentence("schema", each, question.lang)} for each in verdict.schema
        ]
        answered["schema"] = remarks
    if verdict.setting:
        answered["setting"] = dict(verdict.setting)
    if verdict.nights:
        answered["nights"] = wrong_nights(verdict.nights)
    error = verdict.error
    if verdict.status is Status.INVALID and verdict.reason is not None:
        answered["reason"] = verdict.reason.value
    if verdict.status is Status.AUTHOR_FAULT and error is not None and error.kind == "internal":
        answered["reason"] = error.kind
    if verdict.proof is not None and verdict.proof.lacking is not None:
        answered |= {"reason": verdict.proof.lacking.value, "author_fault": True}
    if error is not None:
        answered["message"] = error.message
    return {"id": question.name, **answered, "elapsed_ms": round(sum(verdict.ms.values()), 1)}


def _proved(proof: DataAdequacy) -> dict[str, Any]:
    """What the data can tell: of how many mutants of the solution it kills how many, how many results it gives."""
    return {
        "share": round(proof.share, 4),
        "mutants": proof.mutants,
        "killed": proof.killed,
        "databases": proof.databases,
        "with_rows": proof.fruitful,
        "results": proof.results,
    }


def _tables(shown: Counterexample | None) -> dict[str, Any] | None:
    if shown is None:
        return None
    rows = {name: to_plain(table.rows) for name, table in shown.tables.items()}
    told: dict[str, Any] = {
        "tables": {name: each for name, each in rows.items() if name not in shown.fixed},
        "total_rows": shown.total_rows,
    }
    return {**told, "fixed": {name: rows[name] for name in shown.fixed if rows[name]}} if shown.fixed else told


def _mistake(verdict: Verdict, lang: str) -> dict[str, Any] | None:
    if not verdict.findings:
        return None
    first = verdict.findings[0]
    return {"code": first.code, "clause": first.clause, "sentence": mistake_sentence(first, lang)}


def _told(question: _LineQuestion, verdict: Verdict) -> dict[str, list[Any]]:
    """What is said of an answer, what helps with it, and what is remarked on it."""
    lang, answer = question.lang, question.answer
    hints = (sentence for each in verdict.findings[:1] for sentence in finding_sentences(each, lang, PLACE, answer))
    remarks = [{"code": note.code, "sentence": remark_sentence("note", note, lang)} for note in verdict.notes]
    return {"sentences": verdict_sentences(verdict, lang, answer=answer), "hints": list(hints), "remarks": remarks}
