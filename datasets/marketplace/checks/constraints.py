"""The schema's keys, references and checks, which the large file does not hold physically, as queries that must find nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from marketplace.checks.findings import Finding, Wording
from marketplace.schema import ddl, promises

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

_TABLE = re.compile(r"^CREATE TABLE (\w+) \((.*?)^\);", re.MULTILINE | re.DOTALL)
_KEY = re.compile(r"^  (?:PRIMARY KEY|UNIQUE) \((.+)\),?$", re.MULTILINE)
_REFERENCE = re.compile(r"^  FOREIGN KEY \((\w+)\) REFERENCES (\w+) \((\w+)\),?$", re.MULTILINE)
_CHECK = re.compile(r"^  CHECK \((.+)\),?$", re.MULTILINE)


def duplicate_queries() -> Iterator[tuple[str, str]]:
    """Yield a label and a query that counts repeated keys, for every key."""
    for table, body in _TABLE.findall(ddl()):
        for columns in _KEY.findall(body):
            yield (
                f"{table} ({columns})",
                f"SELECT count(*) FROM (SELECT 1 FROM {table} GROUP BY {columns} HAVING count(*) > 1)",
            )


def orphan_queries() -> Iterator[tuple[str, str]]:
    """Yield a label and a query that counts rows whose reference leads nowhere, for every foreign key."""
    for table, body in _TABLE.findall(ddl()):
        for column, other, key in _REFERENCE.findall(body):
            yield (
                f"{table}.{column} → {other}",
                f"SELECT count(*) FROM {table} AS t ANTI JOIN {other} AS o ON t.{column} = o.{key} WHERE t.{column} IS NOT NULL",
            )


def violation_queries() -> Iterator[tuple[str, str]]:
    """Yield a label and a query that counts rows which break a CHECK, for every one."""
    for table, body in _TABLE.findall(ddl()):
        for condition in _CHECK.findall(body):
            yield f"{table}: {condition}", f"SELECT count(*) FROM {table} WHERE NOT ({condition})"


def promise_queries() -> Iterator[tuple[str, str]]:
    """Yield each promise and a query that counts the rows which break it."""
    for query in promises():
        yield " ".join(query.split()), f"SELECT count(*) FROM ({query})"


def constraint_findings(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """Yield a finding for keys, references and checks."""
    groups = (
        ("001-keys-are-unique", "主キーの重複がない", "Keys are unique", duplicate_queries),
        (
            "002-references-lead-somewhere",
            "外部キーの参照先がすべてある",
            "Every foreign key leads to a row",
            orphan_queries,
        ),
        (
            "003-checks-hold",
            "値の種類と範囲(CHECK)が守られている",
            "Values stay within their kinds and ranges (CHECK)",
            violation_queries,
        ),
        (
            "004-promises-hold",
            "表と表、行と行のあいだの決まりが守られている",
            "What rows promise each other holds",
            promise_queries,
        ),
    )
    for name, title_ja, title_en, queries in groups:
        labelled = list(queries())
        counted = [(label, _one(connection, query)) for label, query in labelled]
        broken = [f"{label}: {count}" for label, count in counted if count]
        found = "; ".join(broken) or f"0 ({len(labelled)})"
        yield Finding(name, Wording(title_ja, title_en), not broken, Wording("0", "0"), Wording(found, found))


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
