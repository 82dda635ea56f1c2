"""Tables with a schema before their names: in DDL, solutions and answers, and as they are called in what is said."""

from __future__ import annotations

import json

import pytest

from sqlgrade.dialect.spoken import spoken
from sqlgrade.dialect.table_names import in_own_schemas, without_schemas
from sqlgrade.engine.ddl import read_schema
from sqlgrade.service.batch import judge_line

DDL = """
CREATE SCHEMA shop; CREATE SCHEMA "Old Shop";
CREATE TABLE shop.people (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, friend INTEGER REFERENCES shop.people (id));
CREATE TABLE shop.orders (id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES shop.people (id), pieces INTEGER NOT NULL);
CREATE TABLE "Old Shop".orders (id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES shop.people (id), pieces INTEGER NOT NULL);
CREATE VIEW shop.large AS SELECT orders.id FROM "Old Shop".orders WHERE "Old Shop".orders.pieces > 9;
"""
SOLUTION = """SELECT p.name, COUNT(o.id) AS n FROM shop.people AS p
LEFT JOIN shop.orders AS o ON o.person = p.id AND o.pieces > 2 GROUP BY p.id, p.name"""


def judged(answer, solution=SOLUTION, ddl=DDL, **line):
    return judge_line({"id": 1, "schema": ddl, "solutions": [solution], "answer": answer, **line})


def test_the_ddl_is_read_without_its_schemas_and_keeps_the_paths() -> None:
    schema = read_schema(DDL)
    assert [table.name for table in schema.tables] == ["people", "shop_orders", "Old_Shop_orders"]
    assert [schema.called(table.name) for table in schema.tables] == ["shop.people", "shop.orders", "Old Shop.orders"]
    assert schema.by_name["Old_Shop_orders"].foreign_keys[0].parent == "people"
    assert "Old_Shop_orders AS orders WHERE orders.pieces" in schema.prelude[0]


def test_a_script_without_schemas_stays_as_it_is() -> None:
    script = "CREATE TABLE t (a INTEGER); -- as written\nCREATE VIEW v AS SELECT t.a FROM t"
    assert in_own_schemas(script) == (script, {})


@pytest.mark.parametrize(
    "before", ["USE shop;", "SET search_path = shop;", "SET search_path TO shop, public;", "SET SCHEMA shop;"]
)
def test_what_is_said_to_stand_in_a_schema_is_known_by_it(before: str) -> None:
    script, paths = in_own_schemas(f"CREATE SCHEMA IF NOT EXISTS shop; {before} CREATE TABLE people (id INTEGER)")
    assert (script, paths) == ("CREATE TABLE people (id INTEGER);", {"people": ("shop", "people")})


@pytest.mark.parametrize(
    ("written", "run"),
    [
        ("SELECT shop.people.id FROM SHOP.people", "SELECT people.id FROM people"),
        ("SELECT orders.id FROM shop.orders WHERE shop.orders.id = 1", "SELECT orders.id FROM shop_orders AS orders WHERE orders.id = 1"),
        ('SELECT o.id FROM "Old Shop".orders o', "SELECT o.id FROM Old_Shop_orders o"),
        (
            'SELECT shop.orders.id FROM shop.orders JOIN "Old Shop".orders ON shop.orders.id = "Old Shop".orders.id',
            "SELECT shop_orders.id FROM shop_orders JOIN Old_Shop_orders ON shop_orders.id = Old_Shop_orders.id",
        ),
        ("SELECT * FROM base.shop.people, shop.orders", "SELECT * FROM people, shop_orders AS orders"),
        ("SELECT * FROM shop.peple", "SELECT * FROM peple"),
        ("SELECT * FROM other.people", "SELECT * FROM other.people"),
        ("SELECT p.friend.x, 'shop.people' FROM people p -- shop.people", "SELECT p.friend.x, 'shop.people' FROM people p -- shop.people"),
    ],
)  # fmt: skip
def test_a_name_is_rewritten_where_it_stands_for_a_table(written: str, run: str) -> None:
    assert without_schemas(written, read_schema(DDL).paths) == run


def test_backticks_around_a_whole_path_are_read_in_bigquery() -> None:
    found = without_schemas(
        "SELECT * FROM `base.shop.people` JOIN shop.orders USING (id)", read_schema(DDL).paths, "bigquery"
    )
    assert found == "SELECT * FROM `people` JOIN shop_orders AS orders USING (id)"


def test_right_answers_are_accepted_with_and_without_aliases() -> None:
    answer = """SELECT shop.people.name, COUNT(shop.orders.id) AS n FROM shop.people
LEFT JOIN shop.orders ON shop.orders.person = shop.people.id AND shop.orders.pieces > 2 GROUP BY shop.people.id, shop.people.name"""
    found = judged(answer)
    assert found["verdict"] == "accepted"
    assert found["proved"]["share"] > 0.8


def test_a_mistake_is_told_of_the_table_as_it_is_written() -> None:
    found = judged(SOLUTION.replace("shop.orders", '"Old Shop".orders'))
    assert found["verdict"] == "refuted"
    assert found["mistake"]["sentence"].startswith("You read from Old Shop.orders;")
    assert list(found["counterexample"]["tables"]) == ["shop.people", "shop.orders", "Old Shop.orders"]


def test_a_place_is_that_of_the_answer_as_it_was_written() -> None:
    found = judged(
        SOLUTION.replace("o.pieces > 2", "shop.orders.pieces >= 2").replace(" AS o ", " ").replace("o.", "orders.")
    )
    assert found["mistake"]["sentence"].startswith("shop.orders.pieces >= 2 also lets in exactly 2")
    assert "Where: shop.orders.pieces >= 2" in found["hints"]


@pytest.mark.parametrize(
    ("table", "said"),
    [("shop.peple", "There is no table named peple."), ("other.people", "other.people points to another database.")],
)
def test_a_name_that_is_no_table_is_told(table: str, said: str) -> None:
    found = judged(f"SELECT name, 1 AS n FROM {table}")
    assert found["verdict"] == "invalid"
    assert said in found["sentences"]


def test_bigquery_answers_tell_datasets_apart() -> None:
    right = SOLUTION.replace("shop.orders", "`base.shop.orders`")
    assert judged(right, dialect="bigquery")["verdict"] == "accepted"
    assert (
        judged(right, solution=SOLUTION.replace("shop.orders", '"Old Shop".orders'), dialect="bigquery")["verdict"]
        == "refuted"
    )


def test_assumptions_and_fixed_tables_may_be_named_with_their_schemas() -> None:
    ddl = """CREATE SCHEMA ref; CREATE TABLE ref.areas (code VARCHAR PRIMARY KEY); INSERT INTO ref.areas VALUES ('N'), ('S');
CREATE SCHEMA crm; CREATE TABLE crm.shops (id INTEGER PRIMARY KEY, area VARCHAR NOT NULL REFERENCES ref.areas (code), beds INTEGER NOT NULL);"""
    schema = read_schema(ddl, ("SELECT * FROM crm.shops WHERE beds < 0",), ("ref.areas",))
    assert schema.fixed == {"areas": (("N",), ("S",))}
    assert schema.by_name["shops"].checks


SHOP = {
    "orders": {"id": "INTEGER"},
    "people": {"id": "INTEGER", "name": "VARCHAR", "home": "STRUCT(city VARCHAR, since DATE)"},
}


@pytest.mark.parametrize(
    ("dialect", "text", "run"),
    [
        ("duckdb", "SELECT o.id FROM public.orders AS o", "SELECT o.id FROM orders AS o"),
        ("duckdb", "SELECT public.orders.id FROM public.orders", "SELECT orders.id FROM orders"),
        ("duckdb", 'SELECT id FROM "sales"."orders", crm.people AS p', 'SELECT id FROM "orders", people AS p'),
        ("bigquery", "SELECT o.id FROM `my-project.shop.orders` AS o", "SELECT\n  o.id\nFROM orders AS o"),
        ("postgres", "SELECT o.id FROM sales.orders AS o", "SELECT\n  o.id\nFROM orders AS o"),
        (
            "duckdb",
            "SELECT id, home.city, EXTRACT(YEAR FROM home.since) FROM crm.people WHERE home.city IS DISTINCT FROM home.city GROUP BY id, home.city",
            "SELECT id, home.city, EXTRACT(YEAR FROM home.since) FROM people WHERE home.city IS DISTINCT FROM home.city GROUP BY id, home.city",
        ),
        ("duckdb", "SELECT 1 FROM a.orders JOIN b.people ON TRUE, c.x", "SELECT 1 FROM orders JOIN people ON TRUE, x"),
    ],
)
def test_a_query_from_work_reads_tables_of_schemas_that_nobody_has_declared(dialect: str, text: str, run: str) -> None:
    assert spoken(text, SHOP, dialect).sql == run


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM my.orders",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM people JOIN people.orders ON TRUE",
        "WITH x AS (SELECT 1 AS id) SELECT * FROM x JOIN x.orders ON TRUE",
        "SELECT * FROM a.orders JOIN b.orders ON TRUE",
        "SELECT * FROM a.orders(1)",
        "SELECT orders.id, 'FROM public.orders' AS said FROM orders",
        "SELECT id, home.city, EXTRACT(YEAR FROM home.since) FROM people",
        "SELECT p.id, home.city FROM my.people AS p",
    ],
)
def test_what_is_no_table_of_an_undeclared_schema_stays_as_it_is_written(text: str) -> None:
    assert spoken(text, SHOP) is None


def test_an_unknown_table_is_told_by_its_own_name() -> None:
    ddl = "CREATE TABLE orders (id INTEGER PRIMARY KEY);"
    verdict = judged("SELECT id FROM public.ordres", "SELECT id FROM orders", ddl)
    assert "ordres" in json.dumps(verdict)
    assert "schema" not in json.dumps(verdict).lower()


def test_a_query_from_work_may_name_its_system_and_an_answer_may_not() -> None:
    text = "-- dialect: postgres\nSELECT to_char(DATE '2025-01-02', 'YYYY-MM') AS ym FROM orders"
    assert "STRFTIME(CAST('2025-01-02' AS DATE), '%Y-%m')" in spoken(text, SHOP, pasted=True).sql
    assert spoken(text, SHOP).subtype == "dialect_unknown"
