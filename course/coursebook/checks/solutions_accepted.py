"""Every solution and every other right answer is accepted."""

from collections.abc import Iterator

from coursebook.checks.examined import Examined
from coursebook.judgement import Outcome
from coursebook.problem import Problem


def solutions_accepted(examined: Examined) -> Iterator[Problem]:
    """Right answers that are not accepted, with the reason."""
    for file in (*examined.exercise.solutions, *examined.exercise.also_right):
        judgement = examined.judgements[file.path]
        if judgement.outcome is not Outcome.ACCEPTED:
            detail = examined.reason(judgement)
            yield Problem(file.path, 1, "right_not_accepted", {"outcome": judgement.outcome, "detail": detail})
