"""A condition of SQL told in words, as far as it is one of the simple ones."""

from __future__ import annotations

import re

from classroom.session.verdict.sentences import sentence

_COLUMN = r"(?:\w+\.)?(?P<column>\w+)"
_VALUE = r"(?P<value>'(?:[^']|'')*'|-?\d+(?:\.\d+)?)"
_SHAPES = tuple(
    (code, re.compile(rf"{_COLUMN} {shape}"))
    for code, shape in (
        ("true", "= TRUE"),
        ("false", "= FALSE"),
        ("empty", "IS NULL"),
        ("filled", "IS NOT NULL"),
        ("equal", f"= {_VALUE}"),
        ("least", f">= {_VALUE}"),
        ("most", f"<= {_VALUE}"),
        ("among", r"IN \((?P<value>[^()]*)\)"),
    )
)


def condition_in_words(condition: str, lang: str) -> str:
    """`guests.is_test = TRUE` as "is_test が true"; a condition of another shape as it is."""
    for code, shape in _SHAPES:
        if found := shape.fullmatch(condition.strip()):
            params = {
                name: value.strip("'") if code != "among" else value.replace("'", "")
                for name, value in found.groupdict().items()
            }
            return sentence(f"condition.{code}", lang, **params)
    return condition
