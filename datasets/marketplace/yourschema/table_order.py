"""The order in which tables are filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from marketplace.yourschema.mapping import Mapping, TablePlan
    from marketplace.yourschema.schema import Schema


def table_order(mapping: Mapping, schema: Schema) -> list[str]:
    """Return the tables with parents first; where references go in a circle, those that need not be distinct give way."""
    left = {plan.name: plan for plan in mapping.tables}
    order: list[str] = []
    while left:
        free = [
            name for name, plan in left.items() if not any(r.table in left and r.table != name for r in plan.references)
        ]
        if not free:
            free = [min(left, key=lambda name: _waits_for(left[name], left, schema))]
        for name in free:
            order.append(name)
            del left[name]
    return order


def _waits_for(plan: TablePlan, left: dict[str, TablePlan], schema: Schema) -> tuple[int, int]:
    """Rank a table of a circle by the references it would have to fill late: first those that must be distinct."""
    table = schema.table(plan.name)
    waiting = [reference for reference in plan.references if reference.table in left and reference.table != plan.name]
    distinct = [r for r in waiting if table and r.columns in (plan.key, *table.unique)]
    return len(distinct), len(waiting)
