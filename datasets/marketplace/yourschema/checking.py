"""Proves a copy with plain SQL: no orphans, keys without doubles, no forbidden NULL, every check, order of times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from marketplace.yourschema.mapping import Mapping
    from marketplace.yourschema.schema import Schema


@dataclass(frozen=True)
class SchemaFinding:
    """One condition and the number of rows that break it."""

    kind: str
    """orphan, double, null, check or order."""
    table: str
    what: str
    rows: int


@dataclass(frozen=True)
class CopyReport:
    """Rows per table and every condition that was checked."""

    rows: tuple[tuple[str, int], ...]
    findings: tuple[SchemaFinding, ...]
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Tell whether no row breaks any condition."""
        return not any(finding.rows for finding in self.findings)

    def count(self, kind: str) -> tuple[int, int]:
        """Return (conditions of a kind, rows that break them)."""
        chosen = [finding for finding in self.findings if finding.kind == kind]
        return len(chosen), sum(finding.rows for finding in chosen)


def check_copy(con: duckdb.DuckDBPyConnection, schema: Schema, mapping: Mapping, seconds: float = 0.0) -> CopyReport:
    """Return the report of a copy that is open on a connection."""
    rows = tuple((table.name, _one(con, f"SELECT count(*) FROM {_q(table.name)}")) for table in schema.tables)
    findings = tuple(
        SchemaFinding(kind, table, what, _one(con, sql)) for kind, table, what, sql in _conditions(schema, mapping)
    )
    return CopyReport(rows, findings, seconds)


def _conditions(schema: Schema, mapping: Mapping) -> Iterator[tuple[str, str, str, str]]:
    for table in schema.tables:
        plan = mapping.table(table.name)
        name = _q(table.name)
        for reference in plan.references if plan else table.references:
            own, theirs = _list(reference.columns), _list(reference.referred)
            given = " AND ".join(f"{_q(column)} IS NOT NULL" for column in reference.columns)
            target = f"SELECT {theirs} FROM {_q(reference.table)}"
            what = f"{', '.join(reference.columns)} -> {reference.table}"
            yield "orphan", table.name, what, f"SELECT count(*) FROM {name} WHERE {given} AND ({own}) NOT IN ({target})"
        for names in dict.fromkeys((plan.key if plan else table.key, *table.unique)):
            if names:
                whole = " AND ".join(f"{_q(column)} IS NOT NULL" for column in names)
                groups = f"SELECT count(*) - 1 AS extra FROM {name} WHERE {whole} GROUP BY {_list(names)}"
                yield "double", table.name, ", ".join(names), f"SELECT coalesce(sum(extra), 0) FROM ({groups})"
        for shape in table.columns:
            if not shape.nullable:
                yield "null", table.name, shape.name, f"SELECT count(*) FROM {name} WHERE {_q(shape.name)} IS NULL"
        for rule in table.rules:
            yield "check", table.name, rule.sql, f"SELECT count(*) FROM {name} WHERE NOT ({rule.sql})"
        for column in plan.columns if plan else ():
            if column.after:
                kinds = {shape.kind for shape in table.columns if shape.name in (column.name, column.after)}
                ends = [
                    f"CAST({_q(end)} AS DATE)" if len(kinds) > 1 else _q(end) for end in (column.name, column.after)
                ]
                order = " < ".join(ends)
                yield (
                    "order",
                    table.name,
                    f"{column.name} >= {column.after}",
                    f"SELECT count(*) FROM {name} WHERE {order}",
                )


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = con.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(_q(name) for name in names)


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
