"""The kinds of exercise, one module each."""

from collections.abc import Mapping

from coursebook.kind import Kind
from coursebook.kinds import (
    alert,
    chart,
    counterexample,
    decide,
    fill_in,
    fix,
    free_form,
    parsons,
    predict,
    review,
    write,
)

KINDS: tuple[Kind, ...] = (
    write.KIND,
    fix.KIND,
    predict.KIND,
    fill_in.KIND,
    decide.KIND,
    parsons.KIND,
    chart.KIND,
    free_form.KIND,
    alert.KIND,
    counterexample.KIND,
    review.KIND,
)
"""All kinds, in the order of the curriculum's table."""


def kinds_by_letter() -> Mapping[str, Kind]:
    """What the letters of exercise.toml and of a practice template stand for."""
    return {each.letter: each for each in KINDS}


def tables_of_kinds() -> Mapping[str, type]:
    """The tables of exercise.toml that belong to one kind, by name."""
    return dict(each.table for each in KINDS if each.table is not None)
