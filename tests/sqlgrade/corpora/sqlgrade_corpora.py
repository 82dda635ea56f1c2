"""Reads the development pairs, which live beside the checkout: `../shared/corpora`, or where SQLGRADE_CORPORA points."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlglot
from sqlglot import exp

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY = Path(__file__).resolve().parents[3]
ADJUDICATED = Path(__file__).with_name("adjudicated.toml")


@dataclass(frozen=True)
class Pair:
    """Two queries over one schema, with what their collection says of them."""

    id: str
    """Collection and number, counted from 1."""
    ddl: str
    solution: str
    answer: str
    equal: bool
    row_order: str = "ignored"

    def line(self) -> dict[str, Any]:
        """The pair as a line of the batch interface."""
        return {
            "id": self.id,
            "schema": self.ddl,
            "solutions": [self.solution],
            "answer": self.answer,
            "row_order": self.row_order,
        }


def corpora_folder() -> Path | None:
    """Where the collections lie, None if they are not there."""
    folder = Path(os.environ.get("SQLGRADE_CORPORA", REPOSITORY.parent / "shared" / "corpora"))
    return folder if folder.is_dir() else None


def load_pairs(*, wide: bool = True) -> list[Pair]:
    """All labelled pairs that can be written in DuckDB's dialect, those of two collections once.

    `wide` includes those over schemas of many tables, which take long to read.
    """
    folder = corpora_folder()
    if folder is None:
        return []
    solver = sqlsolver_pairs(folder) if wide else ()
    found = [*calcite_pairs(folder), *solver, *spider_pairs(folder), *knocks_pairs(folder)]
    return list({(p.solution, p.answer, p.equal): p for p in reversed(found)}.values())[::-1]


def calcite_pairs(folder: Path) -> Iterator[Pair]:
    """The pairs labelled equal of LLM-SQL-Solver, which come from Calcite's tests."""
    for number, record in enumerate(_json_lines(folder / "llm_sql_solver" / "semantic_equivalent.jsonl"), 1):
        yield from _pair(
            f"equivalent-{number}",
            _ddl(record["schema"], "mysql"),
            record["sql1"],
            record["sql2"],
            "postgres",
            equal=True,
        )


SETS = {
    "spark_tests": ("calcite_test", "mysql", "spark"),
    "rules.tpcc.spark.txt": ("tpcc", "postgres", "spark"),
    "rules.tpch.spark.txt": ("tpch", "postgres", "spark"),
    "rules.job.spark.txt": ("job", "postgres", "spark"),
}


def sqlsolver_pairs(folder: Path) -> Iterator[Pair]:
    """The pairs of SQLSolver, all labelled equal; its Calcite set is that of `calcite_pairs`."""
    for name, (schema, schema_dialect, dialect) in SETS.items():
        ddl = _ddl((folder / "sqlsolver_pairs" / f"{schema}.base.schema.sql").read_text(), schema_dialect)
        lines = [line for line in (folder / "sqlsolver_pairs" / name).read_text().splitlines() if line.strip()]
        for number, (left, right) in enumerate(zip(lines[::2], lines[1::2], strict=False), 1):
            short = name.removeprefix("rules.").split(".")[0].removesuffix("_tests")
            yield from _pair(f"{short}-{number}", ddl, left, right, dialect, equal=True)


def spider_pairs(folder: Path) -> Iterator[Pair]:
    """Pairs over Spider's schemas: text-to-SQL mistakes, and pairs with a person's preference."""
    own = folder / "llm_sql_solver"
    schemas = {s["db_id"]: s for s in json.loads((own / "spider_tables.json").read_text())}
    for number, record in enumerate(_json_lines(own / "semantic_inequivalent.jsonl"), 1):
        schema = schemas.get(next(iter(json.loads(record["schema"]))))
        if schema:
            yield from _spider_pair(f"inequivalent-{number}", schema, record["sql1"], record["sql2"], equal=False)
    for number, record in enumerate(_json_lines(own / "relaxed.jsonl"), 1):
        schema = schemas.get(record["database"])
        if schema and record["human_preference"] == "inequivalent":
            yield from _spider_pair(f"relaxed-{number}", schema, record["gold_sql"], record["pred_sql"], equal=False)


def knocks_pairs(folder: Path) -> Iterator[Pair]:
    """Tasks of the 100 knocks with several answers, each answer held against the first."""
    script = (folder / "knocks100" / "create_table.sh").read_text()
    ddl = _ddl(";\n".join(re.findall(r"CREATE TABLE.*?\n\s*\)", script, re.DOTALL)) + ";", "postgres")
    tasks: dict[str, list[str]] = {}
    for cell in json.loads((folder / "knocks100" / "knocks_sql.json").read_text()):
        if not re.search(r"\b(CREATE|DROP|INSERT|COPY|RANDOM|SETSEED|TABLESAMPLE)\b", cell["sql"], re.IGNORECASE):
            tasks.setdefault(cell["q"], []).append(cell["sql"])
    for task, (first, *others) in tasks.items():
        for number, other in enumerate(others, 2):
            yield from _pair(f"knocks-{task}-{number}", ddl, first, other, "postgres", equal=True)


def _spider_pair(identity: str, schema: dict[str, Any], left: str, right: str, *, equal: bool) -> Iterator[Pair]:
    names = {name.casefold() for name in schema["table_names_original"]}
    names |= {name.casefold() for _, name in schema["column_names_original"]}
    try:
        solution, answer = (_from_sqlite(text, names) for text in (left, right))
    except sqlglot.errors.SqlglotError:
        return
    yield Pair(identity, spider_ddl(schema["db_id"]), solution, answer, equal, "as_solution")


def _from_sqlite(text: str, names: set[str]) -> str:
    """The query for DuckDB, with quoted names that no table or column has read as text."""
    tree = sqlglot.parse_one(text.strip().rstrip(";"), dialect="sqlite")
    aliases = {a.alias.casefold() for a in tree.find_all(exp.Alias, exp.TableAlias) if a.alias}

    def as_text(node: exp.Expression) -> exp.Expression:
        quoted = isinstance(node, exp.Column) and not node.table and node.this.args.get("quoted")
        if quoted and node.name.casefold() not in names | aliases:
            return exp.Literal.string(node.name)
        return node

    return tree.transform(as_text).sql(dialect="duckdb")


@cache
def spider_ddl(database: str) -> str:
    """A Spider schema as DDL: types, single-column primary keys, and foreign keys that refer to them."""
    folder = corpora_folder()
    assert folder is not None
    schemas = json.loads((folder / "llm_sql_solver" / "spider_tables.json").read_text())
    schema = next(s for s in schemas if s["db_id"] == database)
    types = {"number": "INTEGER", "boolean": "VARCHAR"}
    columns = [
        (table, name, types.get(kind, "VARCHAR"))
        for (table, name), kind in zip(schema["column_names_original"], schema["column_types"], strict=True)
    ]
    keys: dict[int, list[int]] = {}
    for key in schema["primary_keys"]:
        keys.setdefault(columns[key][0], []).append(key)
    links = [
        (c, p) for c, p in schema["foreign_keys"] if keys.get(columns[p][0]) == [p] and columns[c][2] == columns[p][2]
    ]
    order, waiting = [], list(range(len(schema["table_names_original"])))
    while waiting:
        free = [t for t in waiting if all(columns[p][0] in (*order, t) for c, p in links if columns[c][0] == t)]
        order += free or waiting[:1]
        links = links if free else [(c, p) for c, p in links if columns[c][0] != waiting[0]]
        waiting = [t for t in waiting if t not in order]
    return "\n".join(_spider_table(schema, table, columns, keys, links) for table in order)


def _spider_table(
    schema: dict[str, Any], table: int, columns: list[Any], keys: dict[int, list[int]], links: list[Any]
) -> str:
    parts = [f'"{name}" {kind}' for owner, name, kind in columns if owner == table]
    if table in keys:
        parts.append("PRIMARY KEY (" + ", ".join(f'"{columns[key][1]}"' for key in keys[table]) + ")")
    names = schema["table_names_original"]
    for child, parent in dict.fromkeys(map(tuple, links)):
        if columns[child][0] == table:
            parts.append(
                f'FOREIGN KEY ("{columns[child][1]}") REFERENCES "{names[columns[parent][0]]}" ("{columns[parent][1]}")'
            )
    return f'CREATE TABLE "{names[table]}" (' + ", ".join(parts) + ");"


@cache
def _ddl(text: str, dialect: str) -> str:
    plain = re.sub(r"ON DELETE CASCADE", "", text, flags=re.IGNORECASE)
    return ";\n".join(s.sql(dialect="duckdb") for s in sqlglot.parse(plain, dialect=dialect) if s) + ";"


def _pair(identity: str, ddl: str, left: str, right: str, dialect: str, *, equal: bool) -> Iterator[Pair]:
    try:
        solution, answer = (_query(text, dialect) for text in (left, right))
    except sqlglot.errors.SqlglotError:
        return
    yield Pair(identity, ddl, solution, answer, equal)


def _query(text: str, dialect: str) -> str:
    quoted = re.sub(r'(?<!["\w$])([A-Za-z_]*\$[A-Za-z_]?\w*)', r'"\1"', text.strip().rstrip(";"))
    return sqlglot.parse_one(quoted, dialect=dialect).sql(dialect="duckdb")


def _json_lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines() if line.strip()]
