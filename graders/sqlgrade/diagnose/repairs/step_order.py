"""A right query's steps put into the learner's order, so that those that do the same are held against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def steps_in_order_of(own: exp.Expr, tree: exp.Expr) -> None:
    """Sort the steps of a query's WITH as the learner's stand: by their names, then by the tables they read, the others as they come.

    Nothing is changed where a step would stand before one that it reads.
    """
    ours, around = own.args.get("with_"), tree.args.get("with_")
    if ours is None or around is None or len(ours.expressions) != len(around.expressions):
        return
    found = list(_in_order(ours.expressions, around.expressions))
    if _stands(found):
        around.set("expressions", found)


def _in_order(ours: Sequence[exp.CTE], theirs: Sequence[exp.CTE]) -> Iterator[exp.CTE]:
    steps = {each.alias.lower() for each in (*ours, *theirs)}
    taken: dict[int, exp.CTE] = {}
    for same in (_named_alike, lambda one, other: _tables(one, steps) == _tables(other, steps) != set()):
        for place, own in enumerate(ours):
            left = [each for each in theirs if not any(each is one for one in taken.values()) and same(own, each)]
            if place not in taken and len(left) == 1:
                taken[place] = left[0]
    rest = iter([each for each in theirs if not any(each is one for one in taken.values())])
    for place in range(len(ours)):
        yield taken[place] if place in taken else next(rest)


def _named_alike(one: exp.CTE, other: exp.CTE) -> bool:
    return one.alias.lower() == other.alias.lower()


def _tables(step: exp.CTE, steps: set[str]) -> set[str]:
    """The tables that a step reads, without other steps."""
    return {table.name.lower() for table in step.find_all(exp.Table)} - steps


def _stands(steps: Sequence[exp.CTE]) -> bool:
    """Whether each step comes after those that it reads."""
    names = [each.alias.lower() for each in steps]
    return all(
        not {table.name.lower() for table in step.find_all(exp.Table)} & set(names[place + 1 :])
        for place, step in enumerate(steps)
    )
