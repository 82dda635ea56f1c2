"""Data that can tell nothing accepts nothing; data that can says how much."""

from typing import Any

import pytest

from sqlgrade import judge_line
from sqlgrade.engine.ddl import read_schema
from sqlgrade.populate.atoms import read_conditions
from sqlgrade.populate.derived import derivations, in_given_columns

TIED = (
    "CREATE TABLE t (d DATE NOT NULL, m INTEGER NOT NULL, y INTEGER NOT NULL, s INTEGER NOT NULL, "
    "CHECK (m = month(d)), CHECK (y = year(d)))"
)
PARTS = (
    "CREATE TABLE parts (code VARCHAR PRIMARY KEY CHECK (code SIMILAR TO '[A-Z]{2}-[0-9]{4}'), "
    "family VARCHAR NOT NULL, CHECK (family = substr(code, 1, 2)))"
)
INVOICE = (
    "CREATE TABLE invoice (id INTEGER PRIMARY KEY, net DECIMAL(10,2) NOT NULL CHECK (net >= 0), tax DECIMAL(10,2) NOT NULL, "
    "gross DECIMAL(10,2) NOT NULL, CHECK (gross = net + tax), CHECK (tax = round(net * 0.1, 2)))"
)
READING = (
    "CREATE TABLE reading (sensor VARCHAR NOT NULL, read_at TIMESTAMP NOT NULL, v DOUBLE, day DATE NOT NULL, "
    "PRIMARY KEY (sensor, read_at), CHECK (day = CAST(read_at AS DATE)))"
)
NO_KEY = "CREATE TABLE sales (shop VARCHAR, amount INTEGER)"


def judged(schema: str, solution: str, answer: str, **more: Any) -> dict[str, Any]:
    return judge_line({"id": 1, "schema": schema, "solutions": [solution], "answer": answer, **more})


def test_columns_that_checks_tie_to_others_are_filled() -> None:
    assert judged(TIED, "SELECT s FROM t", "SELECT s + 1 FROM t")["verdict"] == "refuted"
    found = judged(TIED, "SELECT sum(s) FROM t WHERE y = 2021 AND m = 3", "SELECT sum(s) FROM t WHERE y = 2021")
    assert found["verdict"] == "refuted"
    assert found["counterexample"]["total_rows"] > 0


@pytest.mark.parametrize(
    ("schema", "solution", "wrong"),
    [
        (
            PARTS,
            "SELECT code FROM parts WHERE family = 'AB'",
            "SELECT code FROM parts WHERE family >= 'AB'",
        ),
        (
            "CREATE TABLE geo (id INTEGER PRIMARY KEY, hash VARCHAR NOT NULL CHECK (length(hash) = 5))",
            "SELECT left(hash, 2), count(*) FROM geo GROUP BY 1",
            "SELECT left(hash, 3), count(*) FROM geo GROUP BY 1",
        ),
        (
            "CREATE TABLE isbn (isbn BIGINT PRIMARY KEY CHECK (isbn % 7 = 0 AND isbn >= 9780000000000), title VARCHAR)",
            "SELECT title FROM isbn WHERE isbn > 9790000000000",
            "SELECT title FROM isbn",
        ),
        (
            INVOICE,
            "SELECT id FROM invoice WHERE gross > 1000",
            "SELECT id FROM invoice WHERE net > 1000",
        ),
        (
            READING,
            "SELECT sensor, day, avg(v) FROM reading GROUP BY 1, 2",
            "SELECT sensor, day, max(v) FROM reading GROUP BY 1, 2",
        ),
    ],
)
def test_tables_under_demanding_checks_are_filled(schema: str, solution: str, wrong: str) -> None:
    right = judged(schema, solution, f"SELECT * FROM ({solution})")
    assert right["verdict"] == "accepted"
    assert right["proved"]["share"] >= 0.6
    assert judged(schema, solution, wrong)["verdict"] == "refuted"
    assert judged(schema, solution, "SELECT 0")["verdict"] == "refuted"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_table_that_nothing_can_be_put_into_is_told_as_the_author_s_fault(lang: str) -> None:
    schema = "CREATE TABLE t (a INTEGER NOT NULL, b INTEGER NOT NULL, CHECK (a > b), CHECK (b > a))"
    found = judged(schema, "SELECT a FROM t", "SELECT b FROM t", lang=lang)
    assert found["verdict"] == "not_proved"
    assert found["reason"] == "empty_table"
    assert found["author_fault"] is True
    assert found["credit"] == 0.0
    assert " t" in found["sentences"][1]
    assert judged(schema, "SELECT a FROM t", "SELECT a FROM t")["verdict"] == "not_proved"


def test_a_solution_that_finds_nothing_or_always_the_same_proves_nothing() -> None:
    schema = "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER CHECK (n < 5))"
    assert judged(schema, "SELECT id FROM t WHERE n > 7", "SELECT 1 WHERE 1 = 0")["reason"] == "no_rows"
    always = judged(schema, "SELECT count(*) >= 0 FROM t", "SELECT true")
    assert (always["verdict"], always["reason"]) == ("not_proved", "one_result")


def test_a_solution_over_fixed_tables_alone_has_but_one_result() -> None:
    schema = (
        "CREATE TABLE area (code VARCHAR PRIMARY KEY, n INTEGER NOT NULL); INSERT INTO area VALUES ('A', 1), ('B', 2);"
    )
    found = judged(schema, "SELECT code FROM area WHERE n = 1", "SELECT code FROM area WHERE n < 2", fixed=["area"])
    assert found["verdict"] == "accepted"


def test_what_the_data_tells_stands_beside_what_it_accepts() -> None:
    found = judged(
        NO_KEY, "SELECT shop, sum(amount) FROM sales GROUP BY shop", "SELECT shop, SUM(amount) FROM sales GROUP BY 1"
    )
    assert found["verdict"] == "accepted"
    proved = found["proved"]
    assert proved["killed"] <= proved["mutants"]
    assert proved["share"] > 0.8
    assert any(str(proved["mutants"]) in sentence for sentence in found["sentences"])


def test_derived_columns_are_given_by_columns_that_are_not() -> None:
    (table,) = read_schema(
        "CREATE TABLE c (d DATE NOT NULL, dow INTEGER NOT NULL, weekend BOOLEAN NOT NULL, a INTEGER, b INTEGER, "
        "CHECK (weekend = (dow IN (6, 7))), CHECK (dow = isodow(d)), CHECK (a = b + 1), CHECK (b = a - 1))"
    ).tables
    assert {each.column: each.names for each in derivations(table)} == {"weekend": ("d",), "dow": ("d",), "a": ("b",)}


def test_a_query_that_names_a_derived_column_asks_about_what_it_is_made_of() -> None:
    schema = read_schema(TIED)
    assert in_given_columns("SELECT s FROM t WHERE t.m = 3", schema) == "SELECT s FROM t WHERE (MONTH(t.d)) = 3"
    assert in_given_columns("SELECT s FROM t", schema) is None


def test_a_day_as_text_that_is_worked_out_from_a_number_is_met_by_the_data() -> None:
    schema = read_schema(
        "CREATE TABLE events (day VARCHAR NOT NULL, at BIGINT NOT NULL, visitor INTEGER NOT NULL, "
        "CHECK (day = strftime(make_timestamp(at) + INTERVAL 4 HOUR, '%Y%m%d')))"
    )
    query = "SELECT count(*) FROM events WHERE day = '20251210'"
    (asked,) = read_conditions(in_given_columns(query, schema) or "", schema).atoms
    assert asked.column == ("events", "at")
