"""INFORMATION_SCHEMA of the tables that are here, and which of them is kept by day (pages information-schema-columns, querying-wildcard-tables)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect.forms import Unspoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlgrade.dialect.scope import Columns

DAY = "event_date"
"""The column by whose days a table is parted that is asked for as `…_*`."""
_VIEWS = {
    "tables": {"table_schema": "STRING", "table_name": "STRING", "table_type": "STRING"},
    "columns": {
        "table_schema": "STRING",
        "table_name": "STRING",
        "column_name": "STRING",
        "ordinal_position": "INT64",
        "data_type": "STRING",
    },
}
_DATASET = "marketplace"


def view(tables: Mapping[str, Columns], name: str, node: exp.Expr) -> tuple[exp.Expr, Columns]:
    """INFORMATION_SCHEMA.TABLES or .COLUMNS of these tables, as rows that are written out; raises Unspoken for another."""
    columns = _VIEWS.get(name.lower())
    if columns is None or not tables:
        raise Unspoken("unsupported", f"INFORMATION_SCHEMA.{name}", node)
    rows: list[tuple[str | int, ...]] = []
    for table, known in tables.items():
        if name.lower() == "tables":
            rows.append((_DATASET, table, "BASE TABLE"))
        else:
            rows += [(_DATASET, table, column, place, kind) for place, (column, kind) in enumerate(known.items(), 1)]
    tuples = [
        exp.Tuple(
            expressions=[
                exp.Literal.string(each) if isinstance(each, str) else exp.Literal.number(each) for each in row
            ]
        )
        for row in rows
    ]
    alias = exp.TableAlias(this=exp.to_identifier("_rows"), columns=[exp.to_identifier(each) for each in columns])
    values = exp.Values(expressions=tuples, alias=alias)
    return exp.Select(expressions=[exp.Star()], from_=exp.From(this=values)), dict(columns)


def day_of(columns: Columns) -> str | None:
    """The suffix of a table's days, as a form of its day column; None where it has none."""
    kind = columns.get(DAY)
    return {"STRING": "{0}", "DATE": "STRFTIME({0}, '%Y%m%d')"}.get(kind or "")
