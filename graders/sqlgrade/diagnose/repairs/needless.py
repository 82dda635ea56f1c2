"""Conditions of a learner's that a proved repair does as well without: what stands in place of the one that it adds."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.contrast import Difference, Part, printed
from sqlgrade.diagnose.reading.trees import asks_for_blank
from sqlgrade.query.surgery import conjuncts, drop_condition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.diagnose.facts.proof import Proof

_HOLDERS = (exp.Where, exp.Having, exp.Qualify, exp.Join)
_PARTS = (Part.WHERE, Part.HAVING, Part.QUALIFY, Part.ON)
_MOST = 3
"""So many conditions are tried without."""


def in_place_of(found: Sequence[Difference], repaired: exp.Expr, proof: Proof) -> str:
    """A repair that adds a condition, without the one beside it about the same thing that is not needed then.

    The one was meant to do what the other does. Empty where all that stands beside it is needed.
    """
    for difference in found:
        if difference.part not in _PARTS or difference.own or len(difference.wanted) != 1:
            continue
        added = difference.wanted[0]
        for beside in list(_rivals(added))[:_MOST]:
            if any(printed(beside) == printed(each) for other in found for each in other.wanted):
                continue
            tree = _without(repaired, beside)
            if proof.mends(tree.sql("duckdb")):
                return tree.sql("duckdb")
    return ""


def _rivals(added: exp.Expr) -> Iterator[exp.Expr]:
    """The conditions beside one that ask something of the same columns, or number the rows as well."""
    holder = added.find_ancestor(*_HOLDERS)
    if holder is None:
        return
    whole = holder.args.get("on") if isinstance(holder, exp.Join) else holder.this
    about = {printed(column) for column in added.find_all(exp.Column)}
    for part in conjuncts(whole):
        inner = part.unnest()
        if inner is added.unnest() or _is_filled(inner) or inner.find(exp.Select) is not None or _ties(inner):
            continue
        same = bool(about & {printed(column) for column in inner.find_all(exp.Column)})
        if same or _of_one_table(inner, added.unnest()):
            yield part


def _without(repaired: exp.Expr, part: exp.Expr) -> exp.Expr:
    place = next(place for place, node in enumerate(repaired.walk()) if node is part)
    tree = repaired.copy()
    drop_condition(next(itertools.islice(tree.walk(), place, None)))
    return tree


def _is_filled(part: exp.Expr) -> bool:
    inner = part.this.unnest() if isinstance(part, exp.Not) else None
    return asks_for_blank(inner)


def _ties(part: exp.Expr) -> bool:
    return isinstance(part, exp.EQ) and isinstance(part.left, exp.Column) and isinstance(part.right, exp.Column)


def _of_one_table(part: exp.Expr, added: exp.Expr) -> bool:
    """Whether both ask for a blank in a column of one table."""
    tests = [each for each in (part, added) if asks_for_blank(each)]
    tables = {each.this.table.lower() for each in tests if isinstance(each.this, exp.Column)}
    return len(tests) == 2 and len(tables) == 1 and "" not in tables
