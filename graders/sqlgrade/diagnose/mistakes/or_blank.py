"""A condition of an ON that stands in WHERE beside a test for the rows without a match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.comparing import CONDITION_COLUMN
from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.reading.contrast import Part, bare, printed
from sqlgrade.diagnose.reading.trees import asks_for_blank, columns
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.mistakes.scene import Scene
    from sqlgrade.diagnose.reading.contrast import Difference

FILTER_OR_BLANK = Mistake(
    "filter_or_blank",
    "E29",
    Family.TABLES,
    covers=(Part.ON,),
    before=(Before("condition_missing_on", "it is there, in WHERE"),),
)


@rule
def or_blank_in_where(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """What an ON lacks stands in WHERE, with OR and a test for the blanks: once ON has it, WHERE keeps every row."""
    join, where = difference.holder, difference.block.args.get("where")
    if difference.part is not Part.ON or difference.own or not isinstance(join, exp.Join) or where is None:
        return
    meant = {bare(each) for each in difference.wanted}
    for part in (each.unnest() for each in conjuncts(where.this)):
        if _lets_stay(part, join, meant):
            yield FILTER_OR_BLANK.at(
                "WHERE", part, {"condition": scene.quote(part), "table": scene.table_of(join.this)}
            )


@rule
def blank_side_or_blank(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """What is asked of the column of one table is asked of another one's, with OR for the rows in which that is blank."""
    if difference.part is not Part.WHERE or difference.changed is None:
        return
    own, wanted = (each.unnest() for each in difference.changed)
    sides = [side.unnest() for side in own.flatten()] if isinstance(own, exp.Or) else []
    for side in sides if any(map(asks_for_blank, sides)) else ():
        odd = columns(side)[:1]
        if odd and bare(side) == bare(wanted) and printed(side) != printed(wanted):
            yield CONDITION_COLUMN.at("WHERE", side, {"own": scene.quote(odd[0]), "condition": scene.quote(own)})


def _lets_stay(part: exp.Expr, join: exp.Join, meant: set[str]) -> bool:
    """Whether one side of an OR asks for all that is meant, and another for the rows without a match."""
    name = join.this.alias_or_name.lower()
    sides = [side.unnest() for side in part.flatten()] if isinstance(part, exp.Or) else []
    blank = any(asks_for_blank(side) and {each.table.lower() for each in columns(side)} == {name} for side in sides)
    return blank and any(meant <= {bare(each) for each in conjuncts(side)} for side in sides)
