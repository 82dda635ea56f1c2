"""No starter is accepted as it stands."""

from collections.abc import Iterator

from coursebook.checks.examined import Examined
from coursebook.judgement import Outcome
from coursebook.problem import Problem


def starters_fail(examined: Examined) -> Iterator[Problem]:
    """Starters that already earn the points."""
    path = examined.exercise.folder / "starter.sql"
    judgement = examined.judgements.get(path)
    if judgement and judgement.outcome is Outcome.ACCEPTED:
        yield Problem(path, 1, "starter_accepted")
