"""A function of GoogleSQL's that can be run here: what it takes, what it gives, and its form in DuckDB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlgrade.dialect.forms import made, number_of
from sqlgrade.dialect.types import ANY, FLOAT64, INT64, Value, array_of, common, element_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlglot import exp

    Builder = Callable[[Sequence[Value], exp.Expr], exp.Expr]

SAME = "same"
"""Gives the type of its first argument."""
COMMON = "common"
"""Gives the type that all its arguments become."""
ELEMENT = "element"
"""Gives what its first argument is a list of."""
NUMBER = "INT64|NUMERIC|FLOAT64"


@dataclass(frozen=True)
class Function:
    """One function of GoogleSQL."""

    wants: tuple[str, ...]
    """The types of its arguments; "…" after the last repeats it."""
    gives: str | Callable[[Sequence[Value]], str]
    """A type, one of the words above, or what tells it by the arguments."""
    form: str | Callable[[Sequence[Value], exp.Expr], exp.Expr]
    """Its DuckDB form, or what makes it."""
    least: int = -1
    """How many arguments it needs; all if negative."""

    def accepts(self, count: int) -> bool:
        """Whether it takes so many arguments."""
        if self.wants[-1:] == ("…",):
            return count >= max(self.least, 1)
        return (len(self.wants) if self.least < 0 else self.least) <= count <= len(self.wants)

    def wanted(self, place: int) -> str:
        """The type of an argument."""
        return self.wants[place] if self.wants[place : place + 1] not in ((), ("…",)) else self.wants[-2]


def as_called(name: str) -> Builder:
    """A function that DuckDB has under the same name, with as many arguments as it is given."""

    def build(arguments: Sequence[Value], place: exp.Expr) -> exp.Expr:
        return made(f"{name}({', '.join(f'{{{n}}}' for n in range(len(arguments)))})", *arguments)

    return build


def given(function: Function, arguments: Sequence[Value]) -> str | None:
    """The type that a function gives for its arguments; None where they become no common one."""
    if callable(function.gives):
        return function.gives(arguments)
    if function.gives == SAME:
        first = arguments[0].type
        whole = function.wants[0] == "NUMERIC|FLOAT64" and first == INT64
        return FLOAT64 if whole else first
    if function.gives == COMMON:
        return common(arguments)
    if function.gives == ELEMENT:
        return element_of(arguments[0].type) or ANY
    if function.gives == "ARRAY":
        return array_of(arguments[0].type)
    return function.gives


def narrow(value: Value) -> exp.Expr:
    """A whole number where DuckDB wants one of 32 bits."""
    return value.node if number_of(value.node) is not None else made("CAST({0} AS INTEGER)", value)


def stopped_below(form: str, number: Value, *arguments: Value | exp.Expr, least: int = 0) -> exp.Expr:
    """A call that GoogleSQL ends with an error where a number is too small; `{9}` is not used, the number is the last of the form."""
    known = number_of(number.node)
    whole = made(form, *arguments)
    if known is not None and known >= least:
        return whole
    return made(f"CASE WHEN {{0}} < {least} THEN error('a number is too small') ELSE {{1}} END", number, whole)
