"""Schemas are read exactly, and every generated database loads with all constraints enforced."""

from __future__ import annotations

import datetime as dt
import itertools
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb
import pytest

from sqlgrade.engine.checker import violations
from sqlgrade.engine.ddl import read_schema
from sqlgrade.engine.handmade import read_filling
from sqlgrade.engine.runner import Runner
from sqlgrade.populate import Generator
from sqlgrade.populate.recipe import RECIPES
from sqlgrade.record import ExerciseFault
from sqlgrade.tables.result import Database, Result
from sqlgrade.tables.sqltype import WHOLE
from sqlgrade.tables.values import given_rows, literal_of, quoted

if TYPE_CHECKING:
    from sqlgrade.tables.model import SchemaModel

SCHEMAS = {
    "keys and checks": """
        CREATE TABLE artists (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL UNIQUE, born DATE);
        CREATE TABLE albums (id INTEGER PRIMARY KEY, artist_id INTEGER NOT NULL REFERENCES artists (id),
          title VARCHAR CHECK (length(title) BETWEEN 1 AND 20), price DECIMAL(6, 2) CHECK (price > 0),
          opened TIMESTAMP, closed TIMESTAMP, CHECK (closed > opened));
        CREATE TABLE tracks (album_id INTEGER REFERENCES albums (id), place INTEGER CHECK (place BETWEEN 1 AND 30),
          seconds INTEGER, PRIMARY KEY (album_id, place));""",
    "self reference": """
        CREATE TABLE staff (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES staff (id), grade VARCHAR NOT NULL
          CHECK (grade IN ('A', 'B', 'C')), mail VARCHAR UNIQUE CHECK (mail LIKE '%@%'));""",
    "enums and nested types": """
        CREATE TYPE mood AS ENUM ('good', 'bad');
        CREATE TABLE days (day DATE PRIMARY KEY, mood mood NOT NULL, hours INTEGER[], place STRUCT(city VARCHAR, zip INTEGER),
          tags MAP(VARCHAR, INTEGER), at TIMESTAMP WITH TIME ZONE, clock TIME, long INTERVAL, ok BOOLEAN, id UUID,
          twice INTEGER GENERATED ALWAYS AS (len(hours) * 2));""",
    "composite keys": """
        CREATE TABLE terms (year INTEGER, half INTEGER CHECK (half IN (1, 2)), PRIMARY KEY (year, half));
        CREATE TABLE classes (code VARCHAR, year INTEGER, half INTEGER, seats INTEGER NOT NULL CHECK (seats >= 0),
          PRIMARY KEY (code, year, half), FOREIGN KEY (year, half) REFERENCES terms (year, half));""",
    "narrow types": "CREATE TABLE small (a TINYINT PRIMARY KEY, b UTINYINT NOT NULL, c DECIMAL(2, 1), d SMALLINT, e DOUBLE, f BLOB);",
}


def enforced(schema: SchemaModel, database: Database) -> None:
    """Loads a database with every constraint on; DuckDB raises if one is broken."""
    connection = duckdb.connect()
    connection.execute(schema.ddl)
    for table in schema.tables:
        stored = [(place, c) for place, c in enumerate(table.columns) if not c.generated]
        names = ", ".join(quoted(c.name) for _, c in stored)
        for row in database.tables[table.name]:
            values = ", ".join(literal_of(row[place], c.type) for place, c in stored)
            connection.execute(f"INSERT INTO {table.quoted} ({names}) VALUES ({values})")
    connection.close()


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_generated_database_loads_with_all_constraints(name: str) -> None:
    schema = read_schema(SCHEMAS[name])
    query = " CROSS JOIN ".join(t.quoted for t in schema.tables)
    generator = Generator(schema, [f"SELECT * FROM {query}"], Runner(schema))
    made = list(itertools.islice(generator.databases(), 36))
    assert len(made) == 36
    assert sum(database.total_rows for database in made) > 100
    for database in made:
        assert violations(schema, database) == []
        enforced(schema, database)


def test_constraints_are_read_from_the_catalogue() -> None:
    schema = read_schema(SCHEMAS["keys and checks"])
    albums = schema.table("albums")
    assert [t.name for t in schema.tables] == ["artists", "albums", "tracks"]
    assert albums.foreign_keys[0].parent == "artists"
    assert not albums.column("artist_id").nullable
    assert len(albums.checks) == 3
    assert schema.table("tracks").primary_key == ("album_id", "place")
    assert read_schema(SCHEMAS["enums and nested types"]).table("days").column("mood").type.members == ("good", "bad")


@pytest.mark.parametrize(
    ("table", "row", "rule"),
    [
        ("artists", (1, None, None), "NOT NULL name"),
        ("albums", (1, 9, "x", Decimal(1), None, None), "FOREIGN KEY artist_id"),
        ("albums", (1, 1, "x", Decimal(-1), None, None), "CHECK"),
        ("albums", (1, 1, "x", Decimal(1), dt.datetime(2024, 1, 2), dt.datetime(2024, 1, 1)), "CHECK"),  # noqa: DTZ001
    ],
)
def test_a_broken_rule_is_found(table: str, row: tuple[object, ...], rule: str) -> None:
    schema = read_schema(SCHEMAS["keys and checks"])
    sound = {"artists": ((1, "A", None),), "albums": (), "tracks": ()}
    assert [v.rule for v in violations(schema, Database({**sound, table: (row,)}))] == [rule]


def test_assumptions_hold_on_every_database() -> None:
    rule = "SELECT 1 FROM visits WHERE left_at < came_at"
    ddl = "CREATE TABLE visits (id INTEGER PRIMARY KEY, came_at TIMESTAMP, left_at TIMESTAMP)"
    schema = read_schema(ddl, (rule,))
    generator = Generator(schema, ["SELECT * FROM visits WHERE came_at > '2024-05-01'"], Runner(schema))
    runner = Runner(schema)
    for database in itertools.islice(generator.databases(), 25):
        found = runner.run(rule, runner.load(database))
        assert isinstance(found, Result)
        assert found.rows == ()


def test_no_value_is_out_of_its_columns_range_though_the_query_compares_it_with_larger_ones() -> None:
    ddl = "CREATE TABLE days (n TINYINT PRIMARY KEY, u UTINYINT); CREATE TABLE facts (n INTEGER, share DECIMAL(3, 1));"
    query = """SELECT d.n, count(*) FROM days d JOIN facts f ON f.n = d.n
        WHERE f.n < 900 AND d.n > 100 AND u > 200 AND share < 80 GROUP BY d.n HAVING count(*) > 90"""
    schema = read_schema(ddl)
    for database in itertools.islice(Generator(schema, [query], Runner(schema)).databases(), 60):
        enforced(schema, database)


def test_databases_end_when_no_recipe_bears_anything() -> None:
    schema = read_schema("CREATE TABLE t (n INTEGER)")
    generator = Generator(schema, ["SELECT * FROM t WHERE n > 1"], Runner(schema))
    generator.barren |= {recipe.name for recipe in RECIPES}
    assert all(database.tables["t"] == () for database in generator.databases())


def test_databases_end_when_the_assumptions_can_never_be_met() -> None:
    schema = read_schema("CREATE TABLE t (n INTEGER)", ("SELECT 1",))
    assert list(Generator(schema, ["SELECT * FROM t"], Runner(schema)).databases()) == []


def test_conditions_on_a_foreign_key_and_on_emptiness_are_met_together() -> None:
    ddl = """CREATE TABLE areas (code VARCHAR PRIMARY KEY);
        CREATE TABLE casts (id INTEGER PRIMARY KEY, code VARCHAR NOT NULL REFERENCES areas (code), retired TIMESTAMP);"""
    schema = read_schema(ddl)
    generator = Generator(schema, ["SELECT id FROM casts WHERE code = 'TOKYO' AND retired IS NULL"], Runner(schema))
    made = list(itertools.islice(generator.databases(), 40))
    hits = [sum(row[1] == "TOKYO" and row[2] is None for row in database.tables["casts"]) for database in made]
    assert sum(count > 0 for count in hits) >= 10
    assert max(hits) >= 2


def test_constants_and_their_neighbours_are_tried() -> None:
    schema = read_schema("CREATE TABLE t (n INTEGER, day DATE, word VARCHAR)")
    query = "SELECT * FROM t WHERE n >= 41 AND day < DATE '2024-03-01' AND word LIKE 'Tok%'"
    made = list(itertools.islice(Generator(schema, [query], Runner(schema)).databases(), 40))
    cells = [{row[i] for d in made for row in d.tables["t"]} for i in range(3)]
    assert {40, 41, 42, None} <= cells[0]
    assert {dt.date(2024, 2, 29), dt.date(2024, 3, 1), dt.date(2024, 3, 2)} <= cells[1]
    assert {"Tok", "Tokq", "tokq"} <= cells[2]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM countries JOIN makers ON id = country",
        "SELECT * FROM countries JOIN makers ON founded = opened",
    ],
)
def test_texts_that_are_held_against_numbers_or_dates_can_be_read_as_such(query: str) -> None:
    schema = read_schema(
        "CREATE TABLE countries (id INTEGER, opened DATE); CREATE TABLE makers (country VARCHAR, founded VARCHAR)"
    )
    runner = Runner(schema)
    for database in itertools.islice(Generator(schema, [query], Runner(schema)).databases(), 40):
        assert isinstance(runner.run(query, runner.load(database)), Result)


def test_a_number_that_rows_are_ranked_by_says_nothing_of_the_texts_that_they_are_ranked_within() -> None:
    schema = read_schema(
        "CREATE TABLE staff (id INTEGER PRIMARY KEY, grade VARCHAR NOT NULL CHECK (grade IN ('A', 'B')))"
    )
    query = "SELECT id FROM (SELECT id, ROW_NUMBER() OVER (PARTITION BY grade ORDER BY id) AS n FROM staff) AS s WHERE n <= 2"
    made = list(itertools.islice(Generator(schema, [query], Runner(schema)).databases(), 12))
    assert max(len(database.tables["staff"]) for database in made) > 2


def test_the_same_seed_makes_the_same_databases() -> None:
    schema = read_schema(SCHEMAS["keys and checks"])
    queries = ["SELECT * FROM albums JOIN tracks ON album_id = id"]
    first, second = (
        list(itertools.islice(Generator(schema, queries, Runner(schema), seed=5).databases(), 12)) for _ in "ab"
    )
    other = list(itertools.islice(Generator(schema, queries, Runner(schema), seed=6).databases(), 12))
    assert first == second
    assert first != other


def test_a_schema_in_another_dialect_is_translated() -> None:
    schema = read_schema(
        "CREATE TABLE `t` (`id` INT UNSIGNED NOT NULL AUTO_INCREMENT, `s` VARCHAR(9), PRIMARY KEY (`id`)) ENGINE=InnoDB;"
    )
    assert schema.tables[0].primary_key == ("id",)


@pytest.mark.parametrize("ddl", ["CREATE TABEL t (a INT)", "", "SELECT 1"])
def test_a_schema_without_tables_is_the_authors_fault(ddl: str) -> None:
    with pytest.raises(ExerciseFault):
        read_schema(ddl)


def test_a_handmade_database_must_keep_the_constraints() -> None:
    schema = read_schema(SCHEMAS["keys and checks"])
    assert read_filling(schema, "INSERT INTO artists VALUES (1, 'A', NULL)").tables["artists"] == ((1, "A", None),)
    with pytest.raises(ExerciseFault):
        read_filling(schema, "INSERT INTO tracks VALUES (7, 1, 1)")


@pytest.mark.parametrize("seed", range(3))
def test_the_bound_of_a_condition_itself_comes_up_early_whatever_the_seed(seed: int) -> None:
    schema = read_schema("CREATE TABLE fevers (id INTEGER PRIMARY KEY, kind VARCHAR NOT NULL, degrees DOUBLE)")
    query = "SELECT kind, max(degrees) FROM fevers WHERE degrees > 38 AND kind = 'mouth' GROUP BY kind"
    generator = Generator(schema, [query], Runner(schema), seed=seed)
    first = itertools.islice(generator.databases(), 24)
    bounds = [row for database in first for row in database.tables["fevers"] if row[1:] == ("mouth", 38.0)]
    assert len(bounds) > 1


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("INTEGER", [1, -7, None, True]),
        ("HUGEINT", [2**100]),
        ("DECIMAL(9, 2)", [Decimal("1.50"), Decimal("1E+2"), Decimal("-0.01"), 3]),
        ("DOUBLE", [0.1, 1e-07, 2.0**70, float("inf"), None]),
        ("VARCHAR", ["", "it's", '"', "a\nb", "日本", "{[,]}", "NULL", None, True]),
        ("BOOLEAN", [True, False, None]),
        ("DATE", [dt.date(2024, 2, 29), None]),
        ("TIMESTAMP", [dt.datetime(2024, 2, 29, 23, 59, 59, 999_999)]),  # noqa: DTZ001  (a TIMESTAMP has no zone)
        ("TIMESTAMP WITH TIME ZONE", [dt.datetime(2024, 2, 29, tzinfo=dt.UTC)]),
        ("TIME", [dt.time(4, 30)]),
        ("ENUM('new', 'it''s')", ["it's", None]),
        ("UUID", ["00000000-0000-0000-0000-000000000001"]),
        ("JSON", ['{"a": [1, null]}']),
        ("INTEGER[]", [[1, None], [], None]),
        ("STRUCT(a INTEGER, b VARCHAR)", [{"a": 1, "b": "x"}, None]),
        ("MAP(VARCHAR, INTEGER)", [{"k": 1}]),
        ("BLOB", [b"\x00a"]),
        ("INTERVAL", [dt.timedelta(days=1)]),
    ],
)
def test_rows_given_to_a_statement_are_what_their_literals_are(kind: str, values: list[object]) -> None:
    schema = read_schema(f"CREATE TABLE t (v {kind})")
    runner, column = Runner(schema), schema.tables[0].columns[0]
    literals = ", ".join(f"{literal_of(value, column.type)}::{column.type.text}" for value in values)
    wanted = runner.fetch(f"SELECT unnest([{literals}])", "main")
    source, given = given_rows([("place", WHOLE), ("v", column.type)], list(enumerate(values)))
    told = runner.ask(f"SELECT v FROM {source} t ORDER BY place", given)
    assert isinstance(told, Result)
    assert list(told.rows) == wanted
    with runner.loaded(Database({"t": tuple((value,) for value in values)})) as name:
        assert runner.fetch("FROM t", name) == wanted


def test_several_threads_may_ask_about_one_schema_at_once() -> None:
    schema = read_schema("CREATE TABLE t (n INTEGER NOT NULL, w VARCHAR, CHECK (n % 7 <> 0), CHECK (w LIKE 'w%'))")
    good = [n for n in range(1, 2000) if n % 7]

    def asked(thread: int) -> list[int]:
        rows = [(n, f"w{n}") for n in good[thread::8]]
        return [len(violations(schema, Database({"t": (row,)}))) for row in rows]

    def read(thread: int) -> object:
        return read_filling(schema, f"INSERT INTO t VALUES ({good[thread]}, 'w')").tables["t"]

    with ThreadPoolExecutor(8) as pool:
        told = [count for counts in pool.map(asked, range(8)) for count in counts]
        filled = list(pool.map(read, range(100)))
    assert told == [0] * len(good)
    assert filled == [((n, "w"),) for n in good[:100]]
