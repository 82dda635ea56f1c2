"""Rows that keep the rules of their schema, picked out of those that were drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.engine.checker import checker_for
from sqlgrade.tables.result import Database

if TYPE_CHECKING:
    from sqlgrade.tables.model import SchemaModel


def made_valid(schema: SchemaModel, filled: Database) -> Database | None:
    """The database without the rows that break a CHECK, and without those that depended on them.

    None if the assumptions could not be met.
    """
    checker = checker_for(schema)
    if any(t.checks for t in schema.varied):
        tables = {t.name: tuple(checker.passing(t, list(filled.tables[t.name]))) for t in schema.varied}
        filled = Database(tables, filled.strategies)
    while orphans := schema.structural_violations(filled):
        gone = {(v.table, repr(v.row)) for v in orphans}
        tables = {n: tuple(r for r in rows if (n, repr(r)) not in gone) for n, rows in filled.tables.items()}
        filled = Database(tables, filled.strategies)
    return checker.without_culprits(filled) if schema.assume else filled
