"""The catalogue of what people do: each mistake told by what differs once it is undone, and named in the learner's words."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.catalogue import (
    bounds,
    cases,
    clocks,
    computing,
    conditions,
    counting,
    dividing,
    funnels,
    grouping,
    joining,
    lacking,
    moments,
    operands,
    ordering,
    proved,
    rounding,
    tables,
    windows,
)
from sqlgrade.diagnose.catalogue.entry import Entry, Mistake, Scene
from sqlgrade.diagnose.contrast import Part
from sqlgrade.parse import RULE_FAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.contrast import Difference

_log = logging.getLogger(__name__)

ENTRIES: tuple[Entry, ...] = (
    grouping.column_order,
    tables.kinds_of_join,
    joining.moved_conditions,
    joining.blank_side_asked,
    joining.blank_with_match,
    joining.keys_of_join,
    joining.not_in,
    conditions.under_not,
    conditions.and_or,
    conditions.before_grouping,
    conditions.before_taking,
    moments.number_for_time,
    moments.tie_passed_over,
    cases.ones_exchanged,
    windows.rows_picked_apart,
    windows.parts_from_the_other_end,
    counting.alphabet,
    bounds.ends_exchanged,
    bounds.periods,
    conditions.changed,
    conditions.unknown_value,
    conditions.unknown_in_case,
    lacking.left_to_an_output,
    lacking.missing_in_one_step,
    lacking.missing,
    conditions.extra,
    windows.windows,
    counting.rows_for_values,
    grouping.group_sizes_added,
    funnels.beside_the_count_before,
    grouping.groups,
    grouping.grouped_outputs,
    counting.truth_counted,
    counting.else_counted,
    counting.kept_rows_counted,
    counting.counted_conditions,
    counting.counts,
    counting.merged_values,
    conditions.filters,
    clocks.cut_first,
    computing.precedence,
    computing.times,
    computing.units,
    rounding.rounding,
    computing.numbers,
    computing.one_for_all,
    dividing.narrowed_total,
    dividing.division,
    cases.case_of_blank,
    cases.branches,
    computing.blanks,
    counting.aggregates,
    proved.blank_for_zero,
    grouping.outputs,
    grouping.repeats,
    ordering.order,
    ordering.limits,
    conditions.other,
    operands.narrowed_value,
    operands.operand_extra,
    operands.operand_lacking,
    operands.value_of_step,
    computing.other_column,
)
"""Of the entries that know a difference the first one names it: what is special before what is general."""


def mistakes(scene: Scene) -> Iterator[Mistake]:
    """Name each difference, the ones first that decide which rows there are."""
    named: set[int] = set()
    for entry in ENTRIES:
        for place, difference in enumerate(scene.differences):
            if place in named or _of_another_query(difference, scene):
                continue
            found = _first(entry, difference, scene)
            if found is not None:
                named.add(place)
                yield found


def _of_another_query(difference: Difference, scene: Scene) -> bool:
    """Whether a block reads a table in place of the learner's query in brackets: what else differs there says nothing of the learner's."""
    beside = (each for each in scene.differences if each.block is difference.block and each is not difference)
    changed = (each.changed[0] for each in beside if each.part is Part.JOIN and each.changed is not None)
    return any(isinstance(own, exp.From) and isinstance(own.this, exp.Subquery) for own in changed)


def _first(entry: Entry, difference: Difference, scene: Scene) -> Mistake | None:
    try:
        return next((each for each in entry(difference, scene) if proved.happens(each, difference, scene)), None)
    except RULE_FAULTS:
        _log.warning("%s met a construct that it does not know", entry.__name__, exc_info=True)
        return None


__all__ = ["ENTRIES", "Mistake", "Scene", "mistakes"]
