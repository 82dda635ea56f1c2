"""Types in words (数・文字・日時) for those who have not met SQL's names yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from classroom.messages import say
from classroom.session.table_view import short_type

if TYPE_CHECKING:
    from collections.abc import Callable

NAMED_FROM = 5
"""The lesson in which SQL's own names of types are taught."""

_WORDS = (
    (re.compile(r".*\[\d*\]"), "list"),
    (re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*|BIGNUM"), "number"),
    (re.compile(r"VARCHAR|ENUM.*|UUID"), "text"),
    (re.compile(r"DATE"), "date"),
    (re.compile(r"TIMESTAMP.*"), "moment"),
    (re.compile(r"TIME.*"), "time"),
    (re.compile(r"INTERVAL"), "span"),
    (re.compile(r"BOOLEAN"), "truth"),
)


def type_sayer(lang: str, *, named: bool) -> Callable[[str], str]:
    """How a type is said: in a word, from lesson 5 on with SQL's name behind it."""

    def told(kind: str) -> str:
        word = next((say(f"type.{code}", lang) for pattern, code in _WORDS if pattern.fullmatch(kind)), "")
        return " ".join(filter(None, [word, short_type(kind) if named or not word else ""]))

    return told
