"""Single changes of the learner's query that bring in a part of the solution, written in the learner's terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from sqlgrade.diagnose import conditions, everywhere, handed_on, outer_joins, shaping, values
from sqlgrade.diagnose.bench import Bench
from sqlgrade.mutate.mutant import Edit

Donor: TypeAlias = Callable[[Bench], Iterator[Edit]]

HANDING_ON: tuple[Donor, ...] = (handed_on.divide_by_given_number, handed_on.sort_by_column_of_step)
"""Changes that bring a column from a step to where it is needed: few, and each of them tells what was done."""

REPLACING: tuple[Donor, ...] = (
    conditions.touch_bounds,
    conditions.tie_cross_joins,
    outer_joins.conditions_into_join,
    outer_joins.conditions_out_of_join,
    conditions.drop_extra_condition,
    everywhere.drop_conditions,
    conditions.replace_condition,
    values.replace_branch,
    values.replace_expression,
    everywhere.replace_expressions,
    everywhere.replace_conditions,
    everywhere.replace_columns,
    values.change_window,
    values.replace_output,
    shaping.change_order,
    conditions.replace_literal,
    shaping.change_grouping,
    values.zero_for_null,
    everywhere.make_distinct,
    shaping.limit_outside,
    outer_joins.zeros_everywhere,
    outer_joins.joins_made_outer,
)
"""Changes that take a condition away or put one thing in another's place, tried first, in this order."""

ADDING: tuple[Donor, ...] = (
    conditions.add_missing_condition,
    conditions.add_to_join,
    conditions.exchange_condition,
    conditions.link_sources,
    shaping.add_join,
    values.add_output,
    values.replace_inner_output,
)
"""Changes that bring in what is not there at all, tried when nothing simpler helps."""
