"""Profiles two public-style schemas, copies them, and prints source and copy side by side.

    python bench/copy_schema.py [--scale 1] [--all]

The sources are filled by tests/marketplace/schemas/fill_*.sql; they hold canaries, which must appear nowhere outside.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from marketplace.yourschema import CopySettings, copy_schema, home_script, infer_mapping, read_schema_file
from marketplace.yourschema.comparing import compare_profiles
from marketplace.yourschema.profile import read_profile
from marketplace.yourschema.profile_line import FIELDS

SCHEMAS = Path(__file__).parent.parent / "tests" / "marketplace" / "schemas"
SOURCES = (("rental_store.postgres.sql", "fill_rental_store.sql"), ("online_shop.bigquery.sql", "fill_online_shop.sql"))
WORDS = ("CANARY", "canary.person")
NUMBERS = {
    "film.length": 31337,
    "film.rental_rate": 97.31,
    "film.replacement_cost": 98.76,
    "film.release_year": 2154,
    "payment.amount": 993.37,
    "products.cost": 987654.32,
    "products.retail_price": 876543.21,
    "orders.num_of_item": 8765,
    "users.longitude": 88.8888,
    "users.age": 119,
}
DATES = {"customer.create_date": "1987-06-05", "users.created_at": "1999-09-09", "customer.last_update": "2031-03-07"}
"""Each alone in one row of a source."""


def fill(schema, script, path):
    with duckdb.connect(str(path)) as con:
        con.execute("SET TimeZone = 'UTC'")
        for table in schema.tables:
            con.execute(f"CREATE TABLE {table.name} ({', '.join(f'{c.name} {c.type}' for c in table.columns)})")
        con.execute(script.read_text("utf-8"))


def measured(path, schema, mapping):
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        rows = con.execute(home_script(schema, mapping, "duckdb", 2)).fetchall()
    return "\n".join(json.dumps(dict(zip(FIELDS, row, strict=True)), ensure_ascii=False) for row in rows)


def canaries_in(path, schema):
    """Return the canaries in a database: words anywhere, numbers and dates in their columns."""
    found = set()
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        for table, column in schema.columns():
            place = f"{table.name}.{column.name}"
            values = con.execute(f'SELECT DISTINCT CAST("{column.name}" AS VARCHAR) FROM "{table.name}"').fetchall()
            text = {value for (value,) in values if value}
            found |= {f"{place}: {word}" for word in WORDS if any(word in value for value in text)}
            if place in NUMBERS and any(float(value) == NUMBERS[place] for value in text):
                found.add(f"{place}: {NUMBERS[place]}")
            if place in DATES and any(value.startswith(DATES[place]) for value in text):
                found.add(f"{place}: {DATES[place]}")
    return found


def canaries_in_text(lines):
    """Return the canaries in a profile."""
    found = {word for word in WORDS if word in lines}
    for line in map(json.loads, lines.splitlines()):
        place = f"{line['table_name']}.{line['column_name']}"
        if place in NUMBERS and line["amount"] in (str(NUMBERS[place]), f"{NUMBERS[place]}.0"):
            found.add(f"{place}: {line['amount']}")
        if DATES.get(place) == line["amount"]:
            found.add(f"{place}: {line['amount']}")
    return found


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scale", type=float, default=1.0)
    arguments.add_argument("--all", action="store_true", help="every statistic, not only the main ones")
    options = arguments.parse_args()
    console = Console(width=150)
    for ddl, script in SOURCES:
        with tempfile.TemporaryDirectory() as folder:
            run(console, options, SCHEMAS / ddl, SCHEMAS / script, Path(folder))


def run(console, options, ddl, script, folder):
    schema = read_schema_file(ddl)
    mapping = infer_mapping(schema)
    fill(schema, script, folder / "source.duckdb")
    began = time.perf_counter()
    text = measured(folder / "source.duckdb", schema, mapping)
    profiled = time.perf_counter() - began
    profile = read_profile(text, mapping)
    settings = CopySettings(folder / "copy.duckdb", seed=1, scale=options.scale)
    report = copy_schema(schema, mapping, profile, settings)
    copied = read_profile(measured(settings.out, schema, mapping), mapping)
    rows = sum(count for _, count in report.rows)
    console.rule(ddl.name)
    console.print(f"profile: {len(text.splitlines()):,} lines, {len(text) / 1024:.0f} KB, {profiled:.1f} s")
    console.print(
        f"copy: {rows:,} rows in {report.seconds:.1f} s ({rows / report.seconds:,.0f} rows/s), "
        f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    )
    for kind in ("orphan", "double", "null", "check", "order"):
        conditions, broken = report.count(kind)
        console.print(f"  {kind}: {conditions} conditions, {broken} rows break one")
    seen = canaries_in(folder / "source.duckdb", schema), canaries_in_text(text), canaries_in(settings.out, schema)
    console.print(
        f"canaries in the source: {len(seen[0])}; in the profile: {len(seen[1])}; in the copy: {len(seen[2])} {seen[1] | seen[2] or ''}"
    )

    table = Table("table.column", "statistic", "source", "copy", "distance")
    for row in compare_profiles(profile, copied):
        if options.all or row.stat in ("rows", "fan_out", "quantiles", "weights", "hours", "row_lag", "parent_lag"):
            table.add_row(
                f"{row.table}.{row.column}".rstrip("."), row.stat, row.source, row.copy, f"{row.distance:.3f}"
            )
    console.print(table)


if __name__ == "__main__":
    main()
