"""The sides of an OR: what stands on some or all of them, and whether brackets or a condition for all of them bring a result nearer."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.contrast import printed
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.diagnose.mistakes.scene import Scene

_MOST = 4
"""So many ways of putting the brackets are tried."""


def brackets_help(own: exp.Expr, sides: Sequence[exp.Expr], scene: Scene) -> bool:
    """Whether an OR in brackets, the conditions beside its sides outside of them, gives a result nearer to the right one."""
    return any(scene.helps(own, each) for each in itertools.islice(_bracketed(sides), _MOST))


def spread_helps(part: exp.Expr, scene: Scene) -> bool:
    """Whether a condition on one side of an OR helps if it holds for all of that OR."""
    whole = part.find_ancestor(exp.Or)
    if whole is None:
        return False
    while isinstance(whole.parent, exp.Or):
        whole = whole.parent
    rest = [_joined([each for each in conjuncts(side) if each is not part]) for side in whole.flatten()]
    if any(each is None for each in rest):
        return False
    return scene.helps(whole, exp.paren(exp.and_(exp.or_(*rest, copy=True), part.copy()), copy=False))


def _bracketed(sides: Sequence[exp.Expr]) -> Iterator[exp.Expr]:
    """`(a OR b) AND c` for `a OR b AND c`, whichever condition of a side stays in the OR."""
    parts = [conjuncts(side) for side in sides]
    for kept in itertools.product(*parts):
        outside = [each for side, one in zip(parts, kept, strict=True) for each in side if each is not one]
        yield exp.paren(exp.and_(exp.or_(*kept, copy=True), *(each.copy() for each in outside)), copy=False)


def _joined(parts: list[exp.Expr]) -> exp.Expr | None:
    return exp.and_(*(each.copy() for each in parts)) if parts else None


def among_others(own: exp.Expr, sides: list[exp.Expr], kept: set[str]) -> exp.Expr | None:
    """Of an OR in brackets, to which the conditions outside apply, the one inside that is meant for all of it."""
    if not isinstance(own, exp.Paren) or not isinstance(own.parent, exp.And):
        return None
    inside = (part for side in sides if isinstance(side.unnest(), exp.And) for part in conjuncts(side))
    return next((part for part in inside if printed(part.unnest()) in kept), None)


def on_some_sides(sides: list[exp.Expr], kept: set[str]) -> exp.Expr | None:
    """A condition for all rows that stands on one side of an OR and not on another."""
    parts = [{printed(part): part for part in conjuncts(side)} for side in sides]
    common = set.intersection(*map(set, parts))
    return next(
        (part for each in parts if len(each) > 1 for text, part in each.items() if text in kept & (set(each) - common)),
        None,
    )


def on_all_sides(part: exp.Expr) -> set[str]:
    """The conditions that stand on every side of an OR."""
    return set.intersection(
        *(
            {printed(each) for each in conjuncts(side)}
            for side in (part.flatten() if isinstance(part, exp.Or) else [part])
        )
    )
