"""Counts of which a later one is to be of those counted in an earlier one: of those who did the one, who did the other too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.reading.aggregated import counted_if, counts_of_some
from sqlgrade.diagnose.reading.contrast import Difference, Part, printed
from sqlgrade.diagnose.reading.trees import is_filled, kernel
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.mistakes.scene import Scene

COUNTED_BESIDE = Mistake(
    "counted_beside",
    "E20",
    Family.COUNTS,
    before=(
        Before("and_missing", "it says whose rows"),
        Before("filter_missing", "it says whose rows"),
    ),
)


@rule
def beside_the_count_before(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A count to which only the condition of a count before it is added, or that the values which that counts are there."""
    if difference.part is not Part.SELECT or difference.changed is None or not isinstance(difference.block, exp.Select):
        return
    own, wanted = kernel(*difference.changed)
    parts = [part.unnest() for part in conjuncts(wanted)] if isinstance(wanted.unnest(), exp.And) else []
    counted = counts_of_some(difference.block) if len(parts) == 2 and own.unnest() in parts else []
    name = next((name for name, asked in counted if asked is own), "")
    before = next((other for other, asked in counted if asked is not own and asked.unnest() in parts), "")
    if name and before:
        part = "CASE" if isinstance(own.find_ancestor(exp.Case, exp.Select), exp.Case) else Part.SELECT
        yield COUNTED_BESIDE.at(part, own, {"name": name, "other": before})
    else:
        yield from _beside_the_values(*difference.changed, difference.block)


def _beside_the_values(own: exp.Expr, wanted: exp.Expr, block: exp.Select) -> Iterator[Occurrence]:
    """A count that asks nothing, where a column is to be filled whose values another output counts."""
    own, wanted = own.unalias(), wanted.unalias()
    asked = counted_if(wanted) if isinstance(own, exp.Count) and isinstance(wanted, exp.Count) else None
    if asked is None or not is_filled(asked.unnest()) or own.find(exp.Case, exp.If):
        return
    column = printed(asked.find(exp.Column))
    outputs = {
        printed(each.find(exp.Column)): each for each in block.expressions if isinstance(each.unalias(), exp.Count)
    }
    name = next((each.alias_or_name for each in block.expressions if each.unalias() is own), "")
    before = outputs.get(column)
    if name and before is not None and before.alias_or_name not in ("", name):
        yield COUNTED_BESIDE.at(Part.SELECT, own, {"name": name, "other": before.alias_or_name})
