"""Counts of which a later one is to be of those counted in an earlier one: of those who did the one, who did the other too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.catalogue.aggregated import counted_if
from sqlgrade.diagnose.catalogue.entry import Mistake, Scene, kernel
from sqlgrade.diagnose.contrast import Difference, Part
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator


def counts_of_some(block: exp.Select) -> list[tuple[str, exp.Expr]]:
    """The outputs of a block that count the rows of a condition, by name, with their conditions."""
    found = ((item.alias_or_name, counted_if(item.unalias())) for item in block.expressions)
    return [(name, asked) for name, asked in found if name and asked is not None]


def beside_the_count_before(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """The condition of a count to which only that of a count before it is added."""
    if difference.part is not Part.SELECT or difference.changed is None or not isinstance(difference.block, exp.Select):
        return
    own, wanted = kernel(*difference.changed)
    parts = [part.unnest() for part in conjuncts(wanted)] if isinstance(wanted.unnest(), exp.And) else []
    counted = counts_of_some(difference.block)
    name = next((name for name, asked in counted if asked is own), "")
    others = (other for other, asked in counted if asked is not own and asked.unnest() in parts)
    before = next(others, "")
    if len(parts) == 2 and own.unnest() in parts and name and before:
        yield Mistake("counted_beside", "E20", "CASE", own, {"name": name, "other": before})
