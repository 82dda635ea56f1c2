"""Rules that name mistakes: each sees one difference, and what it may say is read off its code."""

from __future__ import annotations

from functools import cache, cached_property
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, TypeVar

from sqlgrade.diagnose.mistakes.record import Mistake, Occurrence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlglot import exp

    from sqlgrade.diagnose.mistakes.scene import Scene
    from sqlgrade.diagnose.reading.contrast import Difference

OnDifference = TypeVar("OnDifference", bound="Callable[[Difference, Scene], Iterator[Occurrence]]")
OnCondition = TypeVar("OnCondition", bound="Callable[[exp.Expr, exp.Expr, Scene], Iterator[Occurrence]]")

_PACKAGE = __name__.rpartition(".")[0]


class Rule:
    """A function that yields what a difference, or two expressions that differ, are a mistake of."""

    def __init__(self, find: Callable[..., Iterator[Occurrence]]) -> None:
        self.find = find
        self.name = f"{find.__module__.rpartition('.')[2]}.{find.__name__}"
        self.may_precede = cache(self._may_precede)

    @cached_property
    def says(self) -> frozenset[Mistake]:
        """The mistakes that it may name: those that its code, or code that it calls, knows."""
        return frozenset(_known(self.find))

    def _may_precede(self, other: Mistake) -> bool:
        """Whether it may name something that goes before a mistake that is known already, or the same at a larger place."""
        return any(each is other or each.precedes(other) for each in self.says)


RULES: list[Rule] = []
"""What names a difference. Their order says nothing: `choosing` decides."""
CONDITION_RULES: list[Rule] = []
"""What names one condition that should read as another."""


def rule(find: OnDifference) -> OnDifference:
    """Let a function name differences."""
    RULES.append(Rule(find))
    return find


def condition_rule(find: OnCondition) -> OnCondition:
    """Let a function name what is wrong with one condition."""
    CONDITION_RULES.append(Rule(find))
    return find


def _known(function: object) -> Iterator[Mistake]:
    """The records that a function names, itself or by way of the functions and tables that it uses."""
    left, seen = [function], set[int]()
    while left:
        each = left.pop()
        if isinstance(each, Mistake):
            yield each
        elif isinstance(each, dict):
            left += each.values()
        elif isinstance(each, list | tuple):
            left += each
        elif isinstance(each, Rule):
            left.append(each.find)
        elif isinstance(each, FunctionType) and each.__module__.startswith(_PACKAGE) and id(each) not in seen:
            seen.add(id(each))
            left += [each.__globals__[name] for name in _names(each.__code__) if name in each.__globals__]


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)
