"""Every near miss fails, with the hint that was written for it."""

from collections.abc import Iterator

from coursebook.checks.examined import Examined
from coursebook.exercise import LessonExercise, SqlFile
from coursebook.judgement import Judgement, Outcome
from coursebook.messages import LANGUAGES
from coursebook.problem import Problem


def near_misses_told(examined: Examined) -> Iterator[Problem]:
    """Near misses that are accepted, refused, or told something else."""
    for file in examined.exercise.near_misses:
        judgement = examined.judgements[file.path]
        if judgement.outcome is Outcome.ACCEPTED:
            yield Problem(file.path, 1, "near_miss_accepted")
        elif judgement.outcome in (Outcome.REFUSED, Outcome.AUTHOR_FAULT, Outcome.UNJUDGED):
            detail = examined.reason(judgement)
            yield Problem(file.path, 1, "near_miss_not_judged", {"outcome": judgement.outcome, "detail": detail})
        elif not is_told(examined.exercise, file, judgement):
            told = judgement.near_miss or examined.reason(judgement)
            yield Problem(file.path, 1, "near_miss_not_told", {"stem": file.stem, "told": told})


def is_told(exercise: LessonExercise, file: SqlFile, judgement: Judgement) -> bool:
    """Whether the first hint is the near miss's own, or word for word the same."""
    stem = judgement.near_miss
    if stem is None or stem == file.stem:
        return stem is not None
    return all(exercise.hint(stem, lang) == exercise.hint(file.stem, lang) for lang in LANGUAGES)
