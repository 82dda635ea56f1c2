"""Draws a level test: for each of its tasks one of its templates, with numbers of the draw's own."""

from collections.abc import Callable

from coursebook.practice.draw import Drill, number_of
from coursebook.practice.gates import ExamRecord

_TRIES = 5
"""Seeds that are tried before a template is passed over."""
_SEEDS = 2**31

Draw = Callable[[str, int], Drill | None]
"""The drill of a template's id and a seed; None where the data has none."""


class NoTask(LookupError):  # noqa: N818  (told to the mentor)
    """The data has no fair instance of any template of a task; the task's number from 1."""


def draw_exam(exam: ExamRecord, seed: int, draw: Draw) -> tuple[Drill, ...]:
    """The tasks of a draw, in order: the same seed on the same data gives the same test.

    Raises:
        NoTask: a task has no fair instance in this data.
    """
    return tuple(_drawn(number, each.templates, seed, draw) for number, each in enumerate(exam.tasks, start=1))


def _drawn(number: int, templates: tuple[str, ...], seed: int, draw: Draw) -> Drill:
    first = number_of("template", seed, number) % len(templates)
    for template in (*templates[first:], *templates[:first]):
        for attempt in range(_TRIES):
            drill = draw(template, number_of("drill", seed, number, attempt) % _SEEDS)
            if drill is not None:
                return drill
    raise NoTask(number)
