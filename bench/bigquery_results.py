"""Whether the translated right answers give in GoogleSQL what they give here: both engines on the same small tables.

    uv run python bench/bigquery_results.py [--rows 150] [--out FILE]

Every solution and also-right answer of the lessons and one drill of each practice template is run by DuckDB as it stands
and, translated, by GoogleSQL's own reference evaluator (package `zetasql`, offline) on the first rows of each table of the
small practice data. A silent difference is a query that runs in both and gives other rows; those are listed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from bigquery import course_queries, drill_queries

from classroom.learner.export.analyzer import GoogleSql, google_type
from classroom.learner.export.bigquery import to_bigquery
from classroom.session.schema_index import SchemaIndex, read_schema
from coursebook.practice.sample_data import sample_file
from sqlgrade.tables.sqltype import parse_type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlgrade.tables.sqltype import SqlType

    Rows = Sequence[Sequence[Any]]
    Evaluate = Callable[[str], list[tuple[Any, ...]]]

EPOCH = dt.date(1970, 1, 1)
NANO = 10**9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=150, help="rows of each table")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    here = small_tables(options.rows)
    schema = read_schema(here)
    there = google_evaluator(here, schema)
    found: dict[str, list[tuple[str, str, str]]] = {"course": [], "drills": []}
    for name, queries in (("course", course_queries()), ("drills", drill_queries())):
        for query, what, why in compare(queries, here, schema, there):
            found[name].append((query, what, why))
            if not what.startswith("same"):
                print(f"  {query}: {what}  {why}", flush=True)
        print(f"{name}: {dict(Counter(what for _, what, _ in found[name]))}", flush=True)
    if options.out:
        options.out.write_text(json.dumps(found, ensure_ascii=False, indent=1))


def small_tables(rows: int) -> duckdb.DuckDBPyConnection:
    """The first rows of each table; what belongs to a guest is of the first guests, so that joins find something."""
    connection = duckdb.connect()
    connection.execute(f"ATTACH '{sample_file('en')}' AS sample (READ_ONLY)")
    for table, names in connection.execute(
        "SELECT table_name, list(column_name) FROM duckdb_columns() WHERE database_name = 'sample' GROUP BY ALL"
    ).fetchall():
        kept = f"WHERE guest_id <= {rows // 3}" if "guest_id" in names else ""
        connection.execute(f"CREATE TABLE {table} AS FROM sample.{table} {kept} LIMIT {rows}")
    connection.execute("DETACH sample")
    return connection


def compare(
    queries: Iterable[tuple[str, str]], here: duckdb.DuckDBPyConnection, schema: SchemaIndex, there: Evaluate
) -> Iterable[tuple[str, str, str]]:
    """Name, what came of it, and why."""
    for name, sql in queries:
        handoff = to_bigquery(sql, schema.column_types)
        if handoff.sql is None:
            yield name, "refused", ", ".join(handoff.refused)
            continue
        ours = [tuple(map(plain, row)) for row in here.execute(sql).fetchall()]
        try:
            theirs = there(handoff.sql)
        except Exception as fault:  # noqa: BLE001  (the package has several errors of its own)
            yield name, "not evaluated", str(fault).strip().split("\n", 1)[0][:160]
            continue
        if Counter(ours) == Counter(theirs):
            yield name, "same" if ours else "same, no rows", ""
        else:
            only = next(iter((Counter(ours) - Counter(theirs)).elements()), None)
            other = next(iter((Counter(theirs) - Counter(ours)).elements()), None)
            told = f"rows {len(ours)} and {len(theirs)}; {only} and {other}; said: {', '.join(handoff.differences)}"
            yield name, "different", told


def google_evaluator(here: duckdb.DuckDBPyConnection, schema: SchemaIndex) -> Evaluate:
    """Runs a GoogleSQL query on the tables of a DuckDB connection."""
    google = GoogleSql.over(schema)
    contents = {}
    for table in schema.tables.values():
        kinds = [parse_type(column.type) for column in table.columns.values()]
        rows = here.execute(
            f'SELECT {", ".join(each.name for each in table.columns.values())} FROM "{table.name}"'
        ).fetchall()
        cells = [
            google.types.TableData.Row(cell=[cell_of(google.types, *each) for each in zip(row, kinds, strict=True)])
            for row in rows
        ]
        contents[table.name] = google.types.TableContent(table_data=google.types.TableData(row=cells))

    def evaluate(sql: str) -> list[tuple[Any, ...]]:
        prepared = google.api.PreparedQuery.builder().set_sql(sql)
        prepared = prepared.set_analyzer_options(google.options).set_catalog(google.catalog)
        with prepared.set_table_content(contents).prepare() as query:
            data = query.execute().content.table_data
            return [tuple(plain_cell(cell) for cell in row.cell) for row in (data and data.row) or ()]

    return evaluate


def cell_of(types: Any, value: Any, of_type: SqlType) -> Any:
    """A value of ours as GoogleSQL's; of a list or STRUCT with what is in it."""
    value_of: Any = types.Value
    if value is None:
        return value_of()
    if of_type.family == "list":
        [(_, inside)] = of_type.fields
        return value_of(array_value=value_of.Array(element=[cell_of(types, each, inside) for each in value]))
    if of_type.family == "struct":
        parts = [cell_of(types, value[name], part) for name, part in of_type.fields]
        return value_of(struct_value=value_of.Struct(field=parts))
    kind = google_type(of_type.text)
    if kind == "DATETIME":
        seconds = (
            value.year << 26 | value.month << 22 | value.day << 17 | value.hour << 12 | value.minute << 6 | value.second
        )
        return value_of(
            datetime_value=value_of.Datetime(bit_field_datetime_seconds=seconds, nanos=value.microsecond * 1000)
        )
    if kind == "DATE":
        return value_of(date_value=(value - EPOCH).days)
    if kind == "NUMERIC":
        scaled = int(value * NANO)
        return value_of(numeric_value=scaled.to_bytes((scaled.bit_length() + 8) // 8, "little", signed=True))
    name = {"INT64": "int64_value", "STRING": "string_value", "BOOL": "bool_value", "DOUBLE": "double_value"}[kind]
    return value_of(**{name: value})


def plain_cell(cell: Any) -> Any:
    """A value of GoogleSQL's as ours, made comparable."""
    name: str
    value: Any
    name, value = next(((name, value) for name, value in vars(cell).items() if value is not None), ("", None))
    if name == "date_value":
        return (EPOCH + dt.timedelta(days=value)).isoformat()
    if name == "datetime_value":
        bits = value.bit_field_datetime_seconds
        parts = bits >> 26, bits >> 22 & 15, bits >> 17 & 31, bits >> 12 & 31, bits >> 6 & 63, bits & 63
        return plain(dt.datetime(*parts, (value.nanos or 0) // 1000))  # noqa: DTZ001  (a DATETIME has no zone)
    if name == "time_value":
        hours, minutes, seconds = value >> 42 & 31, value >> 36 & 63, value >> 30 & 63
        return str(dt.time(hours, minutes, seconds, (value & (1 << 30) - 1) // 1000))
    if name == "bignumeric_value":
        return plain(Decimal(int.from_bytes(value, "little", signed=True)) / 10**38)
    if name == "numeric_value":
        return plain(Decimal(int.from_bytes(value, "little", signed=True)) / NANO)
    if name == "array_value":
        return tuple(plain_cell(each) for each in value.element or ())
    if name == "struct_value":
        return tuple(plain_cell(each) for each in value.field or ())
    return plain(value)


def plain(value: Any) -> Any:
    """Numbers to nine digits whatever their type, a time at midnight as its date, lists as tuples."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float, Decimal)):
        return f"{float(value):.9g}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return tuple(map(plain, value.values()))
    return tuple(map(plain, value)) if isinstance(value, (list, tuple)) else str(value)


if __name__ == "__main__":
    main()
