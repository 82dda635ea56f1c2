"""How many rows each table gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marketplace.yourschema.fault import YourSchemaError

if TYPE_CHECKING:
    from marketplace.yourschema.mapping import Mapping, TablePlan
    from marketplace.yourschema.profile import Profile
    from marketplace.yourschema.schema import Schema

LIMIT = 200_000_000
"""More rows of one table are a slip in the mapping, or would fill the disk."""
LOOKUP_ROWS, ENTITY_ROWS, ROOT_ROWS, EVENT_ROWS, CHILDREN = 12, 200, 1_000, 1_000, 3
"""Rows where nothing was measured: of a lookup table, of things in a lookup's groups, of a table without parents, of
events at least, and events per row of the largest parent."""
MOST_GUESSED = 30_000
"""Rows of events where nothing was measured: in a long chain of tables each would have three times as many as the one before."""

_SMALL = 200
"""A table of so few rows is a lookup table, unless it refers to others."""


def sizes(schema: Schema, mapping: Mapping, profile: Profile, scale: float) -> dict[str, int]:
    """Return rows per table: the mapping's number, else the profile's, else a default; lookup tables do not grow."""
    from marketplace.yourschema.table_order import table_order

    found: dict[str, int] = {}
    for name in table_order(mapping, schema):
        plan = mapping.table(name)
        if plan is None:
            continue
        known = plan.rows if plan.rows is not None else profile.rows.get(name)
        rows = known if known is not None else _default(plan, schema, found)
        grows = rows > _SMALL or (plan.references and rows > LOOKUP_ROWS)
        scaled = max(round(rows * scale), 1) if grows and rows else rows
        if known is None and plan.references:
            scaled = rows
        if scaled > LIMIT:
            raise YourSchemaError("too_many_rows", table=name, rows=f"{scaled:,}", limit=f"{LIMIT:,}")
        found[name] = scaled
    return found


def _default(plan: TablePlan, schema: Schema, found: dict[str, int]) -> int:
    parents = [found[reference.table] for reference in plan.references if reference.table in found]
    main = plan.column(plan.main_time or "")
    event = main is not None and main.meaning in ("created_at", "time")
    if parents:
        single = {reference.columns for reference in plan.references} & {plan.key}
        linking = len(plan.key) > 1
        if single:
            return max(parents)
        return (
            max(min(max(parents) * CHILDREN, MOST_GUESSED), EVENT_ROWS)
            if event or linking
            else max(*parents, ENTITY_ROWS)
        )
    table = schema.table(plan.name)
    lookup = table is not None and len(table.columns) <= 5 and (main is None or main.meaning == "updated_at")
    return LOOKUP_ROWS if lookup else ROOT_ROWS
