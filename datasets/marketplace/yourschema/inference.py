"""Proposes a mapping: keys and references from the names where none are declared, meanings, repeats, order of times."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from marketplace.yourschema.mapping import ColumnPlan, Mapping, SameAs, TablePlan
from marketplace.yourschema.meanings import KEY, REFERENCE, ProfileClass, meaning_of, profile_class, snake
from marketplace.yourschema.roles import ROLES
from marketplace.yourschema.schema import Kind, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from marketplace.yourschema.schema import OwnColumn, Schema, Table

_KEY_KINDS = {Kind.INTEGER, Kind.TEXT, Kind.UUID}
"""What a column may be that looks like a key by its name."""


def infer_mapping(schema: Schema) -> Mapping:
    """Return a mapping for every table and column, to be edited by people who know the schema."""
    keys = {table.name: table.key or _key_by_name(table) for table in schema.tables}
    references = {table.name: (*table.references, *_references_by_name(table, schema, keys)) for table in schema.tables}
    plans = [
        TablePlan(
            name=table.name,
            key=keys[table.name],
            references=references[table.name],
            columns=tuple(
                _column_plan(column, table, keys[table.name], references[table.name]) for column in table.columns
            ),
        )
        for table in schema.tables
    ]
    events = {plan.name for plan in plans if (main := plan.main_time) and _meaning(plan, main) == "created_at"}
    plans = [_with_order(_with_repeats(plan, schema, references, events)) for plan in plans]
    return Mapping(tuple(plans))


def _column_plan(column: OwnColumn, table: Table, key: tuple[str, ...], references: Iterable[Reference]) -> ColumnPlan:
    for reference in references:
        if column.name in reference.columns:
            target = reference.referred[reference.columns.index(column.name)]
            plan = ColumnPlan(column.name, REFERENCE, references=(reference.table, target))
            return replace(plan, guessed=not reference.declared)
    surrogate = key == (column.name,) or ((column.name,) in table.unique and column.kind in _KEY_KINDS - {Kind.TEXT})
    if surrogate and column.kind in _KEY_KINDS:
        return ColumnPlan(column.name, KEY)
    meaning = meaning_of(column)
    if meaning == "title" and snake(column.name) == "name" and _holds_people(table):
        meaning = "person_name"
    return ColumnPlan(column.name, meaning, values=column.choices or "hidden")


def _holds_people(table: Table) -> bool:
    return any(ROLES[role].words.fullmatch(snake(table.name)) for role in ("guest", "cast"))


def _singulars(name: str) -> set[str]:
    """Return the forms under which a table's name may stand in a column's: categories -> category."""
    name = snake(name)
    forms = {name}
    for end, other in (("ies", "y"), ("ses", "s"), ("es", "e"), ("s", "")):
        if name.endswith(end):
            forms.add(name[: -len(end)] + other)
    return forms


def _key_by_name(table: Table) -> tuple[str, ...]:
    wanted = {"id", *(f"{form}_{end}" for form in _singulars(table.name) for end in ("id", "no", "code", "key"))}
    found = next((column for column in table.columns if snake(column.name) in wanted), None)
    return (found.name,) if found and found.kind in _KEY_KINDS else ()


def _references_by_name(table: Table, schema: Schema, keys: dict[str, tuple[str, ...]]) -> list[Reference]:
    """Return references for columns such as user_id, or product_distribution_center_id, that no declared key covers."""
    covered = {name for reference in table.references for name in reference.columns}
    found = []
    for column in table.columns:
        if column.name in covered or keys[table.name] == (column.name,):
            continue
        target = _target_of(column, table, schema, keys)
        if target is not None:
            found.append(Reference((column.name,), target.name, keys[target.name], declared=False))
    return found


def _target_of(column: OwnColumn, table: Table, schema: Schema, keys: dict[str, tuple[str, ...]]) -> Table | None:
    name = snake(column.name)
    stem = next((name[: -len(end)] for end in ("_id", "_no", "_code", "_key") if name.endswith(end)), None)
    if stem is None:
        return None
    best: tuple[int, Table] | None = None
    for target in schema.tables:
        key = [target.column(name) for name in keys[target.name]]
        if len(key) != 1 or key[0] is None or key[0].kind is not column.kind:
            continue
        for form in _singulars(target.name) | {snake(key[0].name).removesuffix("_id")} - {"id"}:
            fits = stem == form or (stem.endswith(f"_{form}") and target is not table)
            if fits and (best is None or len(form) > best[0]):
                best = (len(form), target)
    return best[1] if best else None


def _meaning(plan: TablePlan, column: str) -> str | None:
    found = plan.column(column)
    return found.meaning if found else None


def _with_repeats(
    plan: TablePlan, schema: Schema, references: dict[str, tuple[Reference, ...]], events: set[str]
) -> TablePlan:
    """Mark columns that repeat a column of the row referred to: order_items.user_id, inventory_items.product_brand.

    A reference is taken to repeat only through an event (an order, a rental): a customer's address is not the shop's.
    """
    columns = list(plan.columns)
    through = {name: own for name, own in references.items() if name in events}
    for place, column in enumerate(columns):
        repeated = _repeated_reference(column, plan, through) or _repeated_value(column, plan, schema)
        if repeated and column.name not in plan.key:
            columns[place] = replace(column, same_as=repeated)
    return replace(plan, columns=tuple(columns))


def _repeated_reference(
    column: ColumnPlan, plan: TablePlan, references: dict[str, tuple[Reference, ...]]
) -> SameAs | None:
    if column.references is None:
        return None
    for reference in plan.references:
        if len(reference.columns) != 1 or reference.columns[0] == column.name or reference.table == plan.name:
            continue
        for further in references.get(reference.table, ()):
            if further.columns == (column.name,) and further.table == column.references[0] != reference.table:
                return SameAs(reference.columns[0], column.name)
    return None


def _repeated_value(column: ColumnPlan, plan: TablePlan, schema: Schema) -> SameAs | None:
    own = schema.table(plan.name)
    for reference in plan.references:
        target = schema.table(reference.table)
        if (
            target is None
            or len(reference.columns) != 1
            or column.name in reference.columns
            or target.name == plan.name
        ):
            continue
        for form in _singulars(target.name):
            theirs = target.column(column.name.removeprefix(f"{form}_"))
            mine = own.column(column.name) if own else None
            if column.name.startswith(f"{form}_") and theirs and mine and theirs.kind is mine.kind:
                return SameAs(reference.columns[0], theirs.name)
    return None


def _with_order(plan: TablePlan) -> TablePlan:
    """Let every other time of a row come after the time at which the row came about, stage by stage."""
    main = plan.main_time
    if main is None:
        return plan
    chain = [name for name in ("shipped_at", "delivered_at", "returned_at") if plan.column(name)]
    before = dict(zip(chain, [main, *chain], strict=False))
    return replace(
        plan,
        columns=tuple(
            replace(column, after=before.get(column.name, main))
            if profile_class(column.meaning) is ProfileClass.TIMES
            and column.name != main
            and column.meaning not in ("birth_date", "time")
            and not column.same_as
            else column
            for column in plan.columns
        ),
    )
