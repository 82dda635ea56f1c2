"""Which simpler form an answer gets: the one nearest to what its writer has already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.learner.panel.simpler.fill_in import FillIn, make_fill_in
from classroom.learner.panel.simpler.pieces import Pieces, make_pieces
from classroom.session.verdict.words import likeness, words_of
from coursebook.kind import SimplerForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coursebook import Judgement, LessonExercise


def make_simpler(exercise: LessonExercise, judgement: Judgement) -> FillIn | Pieces | None:
    """The simpler form that the exercise's kind has, made for this answer.

    None for kinds that have none, and where a right query has nothing to take apart.
    """
    form = exercise.kind.simpler
    if not exercise.solutions or form is None:
        return None
    right = nearest([each.sql for each in (*exercise.solutions, *exercise.also_right)], judgement.sql)
    if form is SimplerForm.CHOICES:
        return make_fill_in(exercise.solutions[0].sql, exercise.starter, None, choose=True)
    if form is SimplerForm.BEGUN:
        lines = exercise.solutions[0].sql
        half = len([line for line in lines.splitlines() if line.strip()]) // 2
        return make_pieces(lines, "", exercise.id, given=half)
    found = make_fill_in(right, judgement.sql, clause_at_fault(judgement))
    return found or make_pieces(right, judgement.sql, exercise.id)


def nearest(queries: Sequence[str], answer: str) -> str:
    """The right query that is most like the answer, the first of equals."""
    written = words_of(answer)
    return max(queries, key=lambda each: likeness(words_of(each), written))


def clause_at_fault(judgement: Judgement) -> str | None:
    """The clause that the recognised mistake or the judge's first finding names."""
    if judgement.recognised and judgement.recognised[0].clause:
        return judgement.recognised[0].clause
    verdict = judgement.verdict
    return verdict.findings[0].clause if verdict is not None and verdict.findings else None
