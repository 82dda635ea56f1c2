"""A query whose steps only pick, filter or name says the same without them, and is told its mistakes as one built that way."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import duckdb
import pytest

from sqlgrade.diagnose.repairs.flattened import flattened
from sqlgrade.diagnose.repairs.lifted import lifted
from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.record import Exercise, Solution
from sqlgrade.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.pack.contents import Pack

DDL = """
CREATE TABLE people (id INTEGER PRIMARY KEY, city VARCHAR, age INTEGER, is_test BOOLEAN NOT NULL);
CREATE TABLE visits (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people (id), yen INTEGER NOT NULL);
"""
ROWS = """
INSERT INTO people VALUES (1, 'Naha', 20, false), (2, NULL, 31, false), (3, 'Naha', NULL, true), (4, 'Oita', 40, false);
INSERT INTO visits VALUES (1, 1, 500), (2, 1, 700), (3, 2, 500), (4, 4, 100), (5, 4, 100), (6, 3, 900);
"""
MERGED = {
    "a filter and a name in brackets": "SELECT t.c, COUNT(*) AS n FROM (SELECT city AS c FROM people WHERE age > 20) t GROUP BY t.c",
    "a calculation with brackets of its own": "SELECT x * 2 AS y FROM (SELECT yen + 1 AS x FROM visits) v WHERE NOT x < 600",
    "groups, and a condition on what was counted": (
        "SELECT * FROM (SELECT person_id, COUNT(*) AS n FROM visits GROUP BY 1) AS x WHERE n > 1 ORDER BY n DESC"
    ),
    "a condition by an output's name beside it": (
        "SELECT p FROM (SELECT person_id AS p, SUM(yen) AS s FROM visits GROUP BY p HAVING s > 100) WHERE s < 1000"
    ),
    "a row of constants": "WITH params AS (SELECT 500 AS least) SELECT id FROM visits CROSS JOIN params WHERE yen >= least",
    "numbers of rows": (
        "SELECT r, person_id FROM (SELECT person_id, ROW_NUMBER() OVER (ORDER BY yen, id) AS r FROM visits) t WHERE r <= 2"
    ),
    "a filtered side of a LEFT JOIN": (
        "SELECT p.id, v.yen FROM people p LEFT JOIN (SELECT person_id, yen FROM visits WHERE yen > 400) v ON v.person_id = p.id"
    ),
    "a step of two tables in FROM": (
        "WITH j AS (SELECT p.city, v.yen FROM people p JOIN visits v ON v.person_id = p.id WHERE NOT p.is_test) "
        "SELECT city, SUM(yen) AS yen FROM j GROUP BY city"
    ),
    "a chain of steps": (
        "WITH a AS (SELECT id, age FROM people WHERE NOT is_test), b AS (SELECT id, age + 1 AS older FROM a) "
        "SELECT id FROM b WHERE older > 30"
    ),
}
KEPT = {
    "the first rows": "SELECT COUNT(*) FROM (SELECT id FROM people ORDER BY age LIMIT 2) t",
    "what is there once": "SELECT COUNT(*) FROM (SELECT DISTINCT city FROM people) t",
    "groups of groups": "SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM visits GROUP BY person_id) t",
    "a step that two read": "WITH a AS (SELECT id FROM people) SELECT x.id FROM a AS x JOIN a AS y ON x.id = y.id",
    "a filter below the side that an outer join keeps": (
        "SELECT p.id, v.yen FROM (SELECT id FROM people WHERE age > 25) p RIGHT JOIN visits v ON v.person_id = p.id"
    ),
    "a table that both blocks name": (
        "SELECT people.id FROM (SELECT v.person_id FROM visits v JOIN people ON people.id = v.person_id) t "
        "JOIN people ON people.id = t.person_id"
    ),
    "two arms": "SELECT COUNT(*) FROM (SELECT id FROM people UNION ALL SELECT id FROM visits) t",
    "nothing inside": "SELECT id FROM people WHERE age > 20",
}
BUSY = (
    "SELECT person_id, COUNT(*) AS visits FROM visits WHERE yen >= 500 "
    "GROUP BY person_id HAVING COUNT(*) >= 2 ORDER BY visits DESC, person_id"
)
IN_BRACKETS = (
    "SELECT person_id, n FROM (SELECT person_id, COUNT(*) AS n FROM visits WHERE yen >= 500 GROUP BY person_id) AS x "
    "WHERE n >= 2 ORDER BY n DESC, person_id"
)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return build_pack(Exercise("busy", DDL, (Solution(BUSY),)))


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(DDL)
        connection.execute(ROWS)
        yield connection


@pytest.mark.parametrize("said", MERGED)
def test_steps_are_merged_and_the_rows_stay(said: str, pack: Pack, connection: duckdb.DuckDBPyConnection) -> None:
    sql = MERGED[said]
    flat = flattened(Query(sql, SchemaColumns.of(pack.schema)))
    assert flat is not None
    assert len(list(flat.selects())) < sql.count("SELECT")
    rows = Counter(connection.sql(sql).fetchall())
    assert rows == Counter(connection.sql(flat.sql).fetchall())
    assert len(rows)


@pytest.mark.parametrize("said", KEPT)
def test_what_a_step_does_by_itself_keeps_it(said: str, pack: Pack) -> None:
    assert flattened(Query(KEPT[said], SchemaColumns.of(pack.schema))) is None


def test_an_answer_in_more_blocks_than_the_solution_is_told_both_its_mistakes(pack: Pack) -> None:
    answer = IN_BRACKETS.replace(" WHERE yen >= 500", "").replace("n >= 2", "n > 2")
    first, second = Judge().grade(pack, answer, deep=True).findings
    assert (first.mistake, first.clause) == ("no_where", "WHERE")
    assert (second.mistake, second.clause, second.params["place"]) == ("bound_excluded", "WHERE", "WHERE")
    assert second.site is not None
    assert answer[second.site.start : second.site.end] == "n > 2"


def test_a_right_one_in_more_blocks_stays_right(pack: Pack) -> None:
    assert Judge().grade(pack, IN_BRACKETS).status is Status.ACCEPTED


LIFTED = "WITH a AS (SELECT id FROM people WHERE age > 20) SELECT COUNT(*) AS n, COUNT(v.person_id) AS m FROM a LEFT JOIN (SELECT DISTINCT person_id FROM visits WHERE yen > {}) AS v ON v.person_id = a.id"


def test_a_query_in_brackets_is_held_against_a_step(pack: Pack, connection: duckdb.DuckDBPyConnection) -> None:
    sql = LIFTED.format(100)
    found = lifted(Query(sql, SchemaColumns.of(pack.schema)))
    assert found is not None
    assert [step.alias for step in found.tree.ctes] == ["a", "v"]
    assert connection.sql(found.sql).fetchall() == connection.sql(sql).fetchall()
    assert (
        lifted(
            Query(
                "SELECT p.id FROM people p, (SELECT yen FROM visits v WHERE v.person_id = p.id) AS t",
                SchemaColumns.of(pack.schema),
            )
        )
        is None
    )


def test_of_an_answer_with_brackets_for_a_step_the_mistakes_are_told() -> None:
    right = (
        "WITH b AS (SELECT id FROM people WHERE age > 20), w AS (SELECT DISTINCT person_id FROM visits WHERE yen > 100) "
        "SELECT COUNT(*) AS n, COUNT(w.person_id) * 1.0 / NULLIF(COUNT(*), 0) AS m FROM b LEFT JOIN w ON w.person_id = b.id"
    )
    answer = (
        LIFTED.format(100)
        .replace("yen > 100", "yen >= 100")
        .replace("COUNT(v.person_id)", "100.0 * COUNT(v.person_id) / NULLIF(COUNT(*), 0)")
    )
    found = Judge().grade(build_pack(Exercise("brackets", DDL, (Solution(right),))), answer, deep=True).findings
    assert {each.mistake for each in found} == {"times_too_large", "bound_included"}
