"""The judge found nothing in the exercise that its author should know."""

from collections.abc import Iterator

from coursebook.checks.examined import Examined
from coursebook.problem import Problem


def packs_sound(examined: Examined) -> Iterator[Problem]:
    """Faults of the solution on valid data: it fails, contradicts another, or depends on row order."""
    for fault in examined.pack.faults if examined.pack else ():
        yield Problem(examined.exercise.folder / "solution.sql", 1, "pack_fault", {"detail": fault})
