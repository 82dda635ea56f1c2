"""Judges the answer to an exercise of any kind."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from coursebook.answer import take_in
from coursebook.answer_cell import AnswerCell, answer_alone, recognise
from coursebook.exercise import LessonExercise
from coursebook.judgement import Judgement, Message, Outcome
from coursebook.localising import in_words
from coursebook.packs import pack_of
from sqlgrade.dialect.heading import DUCKDB
from sqlgrade.record import LONGEST_ANSWER
from sqlgrade.tables.result import RunError
from sqlgrade.verdict import Verdict

if TYPE_CHECKING:
    from sqlgrade.pack.contents import Pack


class QueryGrader(Protocol):
    """Whoever can grade a query against a pack: sqlgrade's Grader."""

    def grade(self, pack: "Pack", sql: str, *, deep: bool = False, dialect: str = DUCKDB) -> Verdict:
        """The verdict on one query, written in a dialect unless it names one itself; `deep` searches for longer."""
        ...


def judge_answer(
    exercise: LessonExercise, text: str, grader: QueryGrader, lang: str, *, pack: "Pack | None" = None
) -> Judgement:
    """The judgement of a cell's source (or of an answer without its first line): see judge_cell."""
    return judge_cell(exercise, recognise(text) or answer_alone(exercise.id, text), grader, lang, pack=pack)


def judge_cell(
    exercise: LessonExercise, cell: AnswerCell, grader: QueryGrader, lang: str, *, pack: "Pack | None" = None
) -> Judgement:
    """The judgement of an answer cell.

    The pack is taken from the cache, or built, when it is not given; a kind that is not judged by its result needs none.
    """
    exercise = exercise.in_language(lang)
    if too_long := _too_long(exercise, cell, lang):
        return too_long

    def known_pack() -> "Pack":
        return pack if pack is not None else pack_of(exercise)

    def verdict_of(sql: str) -> Verdict:
        return grader.grade(known_pack(), sql, dialect=cell.dialect)

    def failing() -> Mapping[str, str]:
        return _failing_near_misses(known_pack())

    answer = take_in(exercise, cell, lang, verdict_of, failing)
    judgement = exercise.kind.judge(answer)
    wording = exercise.schema.wording(lang)
    if judgement.verdict is None or not wording.words:
        return judgement
    return replace(judgement, verdict=in_words(judgement.verdict, wording))


def _too_long(exercise: LessonExercise, cell: AnswerCell, lang: str) -> Judgement | None:
    """The judgement of a text that nobody reads: every kind would take it apart, some for half a minute."""
    count = len(cell.answer)
    if count <= LONGEST_ANSWER:
        return None
    said = Message("too_long", {"count": f"{count:,}", "most": f"{LONGEST_ANSWER:,}"})
    return Judgement(
        exercise.id, exercise.kind.letter, lang, Outcome.INVALID, possible=exercise.points, messages=(said,)
    )


def _failing_near_misses(pack: "Pack") -> Mapping[str, str]:
    """Name -> message of the near misses that run on no database of the pack."""
    failing = {}
    for known in pack.near_misses:
        errors = [outcome for outcome in known.outcomes if isinstance(outcome, RunError)]
        if errors and len(errors) == len(known.outcomes):
            failing[known.name] = errors[0].message
    return failing
