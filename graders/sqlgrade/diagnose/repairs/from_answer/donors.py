"""Single changes of the learner's query that bring in a part of the solution, written in the learner's terms."""

from __future__ import annotations

from sqlgrade.diagnose.repairs.from_answer import conditions, everywhere, handed_on, outer_joins, shaping, values
from sqlgrade.diagnose.repairs.maker import Maker

HANDING_ON: tuple[Maker, ...] = (
    Maker(handed_on.divide_by_given_number),
    Maker(handed_on.sort_by_column_of_step),
)
"""Changes that bring a column from a step to where it is needed: few, and each of them tells what was done."""

REPLACING: tuple[Maker, ...] = (
    Maker(values.mean_without_zeros),
    Maker(conditions.touch_bounds),
    Maker(conditions.tie_cross_joins, adds=True),
    Maker(outer_joins.conditions_into_join),
    Maker(outer_joins.conditions_out_of_join),
    Maker(conditions.drop_extra_condition, variant="extra"),
    Maker(everywhere.drop_conditions),
    Maker(conditions.replace_condition),
    Maker(values.replace_branch),
    Maker(values.replace_expression),
    Maker(everywhere.replace_expressions),
    Maker(everywhere.replace_conditions),
    Maker(everywhere.replace_columns),
    Maker(everywhere.replace_by_namesakes),
    Maker(values.change_window),
    Maker(values.replace_output),
    Maker(shaping.change_order),
    Maker(shaping.change_order_of_pick),
    Maker(conditions.replace_literal),
    Maker(shaping.change_grouping),
    Maker(values.zero_for_null, variant="partner", of_code="E27"),
    Maker(everywhere.make_distinct),
    Maker(shaping.limit_outside),
    Maker(outer_joins.zeros_everywhere),
    Maker(outer_joins.joins_made_outer),
)
"""Changes that take a condition away or put one thing in another's place, tried first, in this order."""

ADDING: tuple[Maker, ...] = (
    Maker(conditions.add_missing_condition, adds=True),
    Maker(conditions.add_to_join),
    Maker(conditions.exchange_condition),
    Maker(conditions.link_sources, adds=True),
    Maker(shaping.add_join, adds=True),
    Maker(values.add_output, adds=True),
    Maker(values.replace_inner_output),
    Maker(values.divide_by_other_column),
)
"""Changes that bring in what is not there at all, tried when nothing simpler helps."""
