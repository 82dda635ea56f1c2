"""Scripts: what is made for the time being becomes a WITH step, the last query is judged, all else is refused by its name."""

from __future__ import annotations

import duckdb
import pytest

from sqlgrade.dialect.chains import chained
from sqlgrade.service.batch import judge_line
from sqlgrade.tables.result import RunError

DDL = """CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES people (id), pieces INTEGER NOT NULL);"""
SOLUTION = """SELECT p.name, COUNT(o.id) AS n FROM people p LEFT JOIN orders o ON o.person = p.id AND o.pieces > 2 GROUP BY p.id, p.name"""
SCRIPT = """CREATE TEMP TABLE large AS SELECT * FROM orders WHERE pieces > 2;
CREATE VIEW counted (person, n) AS SELECT person, COUNT(*) FROM large GROUP BY person;
SELECT name, COALESCE(n, 0) AS n FROM people LEFT JOIN counted ON person = id;
DROP TABLE large;"""


def judged(answer, solution=SOLUTION, **line):
    return judge_line({"id": 1, "schema": DDL, "solutions": [solution], "answer": answer, **line})


@pytest.mark.parametrize(
    "script",
    [
        SCRIPT.rpartition("DROP")[0],
        "CREATE TEMP TABLE a AS SELECT 1 AS x; SELECT * FROM a; WITH b AS (SELECT x + 1 AS y FROM a) SELECT x, y FROM a, b",
        "CREATE OR REPLACE TEMPORARY VIEW a AS WITH z AS (SELECT 1 AS x) SELECT * FROM z; (SELECT x FROM a) UNION ALL SELECT 2",
        (
            "CREATE TEMP TABLE IF NOT EXISTS a AS (SELECT 1 AS x -- one\n); "
            "WITH RECURSIVE r AS (SELECT x FROM a UNION ALL SELECT x + 1 FROM r WHERE x < 3) SELECT * FROM r"
        ),
        "CREATE TEMP TABLE people AS SELECT id FROM people WHERE id > 1; SELECT * FROM people",
        "CREATE TEMP TABLE temp.a AS SELECT 1 AS x; SELECT temp.a.x FROM temp.a",
    ],
)
def test_the_query_gives_what_the_script_gives_in_the_engine(script: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(
            DDL + "INSERT INTO people VALUES (1, 'a'), (2, 'b'); INSERT INTO orders VALUES (1, 1, 2), (2, 1, 3);"
        )
        single = chained(script)
        assert isinstance(single, str)
        assert len(duckdb.extract_statements(single)) == 1
        found = connection.execute(single).fetchall()
        assert sorted(found) == sorted(connection.execute(script).fetchall())


@pytest.mark.parametrize(
    "text", ["SELECT 1;", "SELECT 1; SELECT 2", "CREATE VIEW v AS SELECT 1", "SELECT ';' AS x", "SELECT 'a"]
)
def test_what_is_no_script_stays_as_it_is(text: str) -> None:
    assert chained(text) == text


@pytest.mark.parametrize(
    ("script", "rule", "name"),
    [
        ("CREATE TEMP TABLE a (x INTEGER); INSERT INTO a VALUES (1); SELECT * FROM a", "script_statement", "CREATE TEMP TABLE"),
        ("CREATE TEMP TABLE a AS SELECT 1; INSERT INTO a VALUES (1); SELECT * FROM a", "script_statement", "INSERT INTO"),
        ("CREATE TABLE a AS SELECT 1; SELECT * FROM a", "script_statement", "CREATE TABLE"),
        ("CREATE MATERIALIZED VIEW a AS SELECT 1; SELECT * FROM a", "script_statement", "CREATE MATERIALIZED"),
        ("UPDATE people SET name = 'x'; SELECT * FROM people", "script_statement", "UPDATE"),
        ("ATTACH 'x.db'; SELECT 1", "script_statement", "ATTACH"),
        ("PRAGMA database_list; SELECT 1", "script_statement", "PRAGMA"),
        ("DROP TABLE people; SELECT 1", "script_statement", "DROP TABLE"),
        ("CREATE TEMP TABLE a AS SELECT 1; CREATE VIEW b AS SELECT * FROM a", "script_without_query", "CREATE VIEW"),
        ("CREATE TEMP TABLE a AS SELECT 1; CREATE TEMP TABLE A AS SELECT 2; SELECT * FROM a", "script_twice", "A"),
    ],
)  # fmt: skip
def test_what_is_neither_query_nor_temporary_is_refused_by_name(script: str, rule: str, name: str) -> None:
    found = chained(script)
    assert isinstance(found, RunError)
    assert (found.subtype, found.name) == (rule, name)


def test_a_script_is_judged_by_its_last_result_and_its_mistake_told_where_it_was_written() -> None:
    assert judged(SCRIPT)["verdict"] == "accepted"
    wrong = judged(SCRIPT.replace("> 2", ">= 2"))
    assert wrong["verdict"] == "refuted"
    assert wrong["mistake"]["sentence"].startswith("pieces >= 2 also lets in exactly 2")


def test_a_script_may_be_a_solution() -> None:
    assert judged(SOLUTION, solution=SCRIPT)["verdict"] == "accepted"
    assert judged(SOLUTION.replace("> 2", "< 2"), solution=SCRIPT)["verdict"] == "refuted"
    refused = judged(SOLUTION, solution="INSERT INTO people VALUES (1, 'a'); SELECT * FROM people")
    assert (refused["verdict"], "INSERT INTO" in refused["message"]) == ("author_fault", True)


def test_what_a_step_hides_is_refused_as_in_any_answer() -> None:
    found = judged("CREATE TEMP TABLE a AS SELECT * FROM read_csv('x.csv'); SELECT * FROM a")
    assert (found["verdict"], found["message"]) == ("invalid", "function")


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "INSERT INTO is not judged"), ("ja", "INSERT INTO は採点できません")]
)
def test_the_refusal_is_said_in_both_languages(lang: str, said: str) -> None:
    found = judged("CREATE TEMP TABLE a AS SELECT 1;\nINSERT INTO a VALUES (1);\nSELECT * FROM a", lang=lang)
    assert any(said in sentence for sentence in found["sentences"])


def test_a_script_in_bigquerys_dialect_is_one_too() -> None:
    script = SCRIPT.replace("counted (person, n)", "counted").replace("COUNT(*)", "COUNT(*) AS n").rpartition("DROP")[0]
    assert (
        judged("DECLARE least INT64 DEFAULT 2;\n" + script.replace("> 2", "> least"), dialect="bigquery")["verdict"]
        == "accepted"
    )
