"""Reads an information_schema.columns dump (CSV) into a Schema; keys are then read from the names."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from marketplace.yourschema.ddl_reader import read_ddl
from marketplace.yourschema.fault import YourSchemaError

if TYPE_CHECKING:
    from marketplace.yourschema.schema import Schema

_WANTED = ("table_name", "column_name", "data_type", "is_nullable")
"""Columns that a dump must have."""


def is_dump(text: str) -> bool:
    """Tell whether a text is a CSV with the columns of information_schema.columns."""
    first = text.lstrip("\ufeff \n").partition("\n")[0].lower()
    return "table_name" in first and "column_name" in first and "create" not in first


def read_dump(text: str, dialect: str | None = None) -> Schema:
    """Return the schema of a dump; raises YourSchemaError when a column of the CSV is missing."""
    lines = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    names = [name.strip().lower() for name in lines.fieldnames or []]
    if missing := [name for name in _WANTED if name not in names]:
        raise YourSchemaError("dump_columns", columns=", ".join(missing))
    lines.fieldnames = names
    rows = [{key: (value or "").strip() for key, value in row.items() if key} for row in lines]
    tables: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        tables.setdefault(row["table_name"], []).append(row)
    types = " ".join(row["data_type"] for row in rows)
    guessed = "bigquery" if "INT64" in types or "STRING" in types else "postgres"
    dialect = dialect or guessed
    return read_ddl("\n".join(_statement(name, columns, dialect) for name, columns in tables.items()), dialect)


def _name(name: str, dialect: str) -> str:
    """Return a name as the dialect writes it, whatever is in it."""
    if dialect == "bigquery":
        return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"
    return '"' + name.replace('"', '""') + '"'


def _statement(table: str, rows: list[dict[str, str]], dialect: str) -> str:
    rows = sorted(rows, key=lambda row: int(row.get("ordinal_position") or 0))
    columns = ", ".join(f"{_name(row['column_name'], dialect)} {_type(row)}{_null(row)}" for row in rows)
    return f"CREATE TABLE {_name(table, dialect)} ({columns});"


def _type(row: dict[str, str]) -> str:
    kind = row["data_type"]
    if kind.upper() in ("USER-DEFINED", "ARRAY"):
        return "text"
    length = row.get("character_maximum_length", "")
    return f"{kind}({length})" if length.isdigit() and "(" not in kind else kind


def _null(row: dict[str, str]) -> str:
    return " NOT NULL" if row["is_nullable"].upper() in ("NO", "FALSE") else ""
