"""The kinds of exercise, one module each."""

from coursebook.kinds import chart, decide, fill_in, fix, free_form, parsons, predict, write
from coursebook.kinds.kind import Kind

KINDS: tuple[Kind, ...] = (
    write.KIND,
    fix.KIND,
    predict.KIND,
    fill_in.KIND,
    decide.KIND,
    parsons.KIND,
    chart.KIND,
    free_form.KIND,
)
"""All kinds, in the order of the curriculum's table."""


def kind_of(letter: str) -> Kind:
    """The kind of a letter.

    Raises:
        KeyError: there is no such kind.
    """
    return {each.letter: each for each in KINDS}[letter]
