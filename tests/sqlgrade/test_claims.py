"""What a sentence claims is true of the answer that it is said of; where it would not be, less is said."""

import pytest

from sqlgrade.diagnose.known_values import KnownValues
from sqlgrade.diagnose.namer import Named, Namer
from sqlgrade.pack.building import build_pack
from sqlgrade.pack.contents import Pack
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.record import Exercise, Solution

DDL = """
CREATE TABLE people (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, age INTEGER, is_test BOOLEAN NOT NULL);
CREATE TABLE visits (
  id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people (id), yen INTEGER,
  came_at TIMESTAMP NOT NULL, is_paid BOOLEAN NOT NULL
);
"""
TWICE = "SELECT a.yen AS n FROM visits a JOIN visits b ON b.id = a.id + 1"
BY_YEAR = "SELECT COUNT(*) AS n FROM visits GROUP BY year(came_at)"
STEP = "WITH s AS (SELECT person_id, SUM(yen) AS y FROM visits GROUP BY person_id) SELECT person_id, MAX(y) AS m FROM s GROUP BY person_id"
FIRST = "WITH s AS (SELECT id, yen FROM visits ORDER BY yen LIMIT 3) SELECT id FROM s WHERE yen > 3"
INNER = "SELECT x.y FROM (SELECT DISTINCT yen AS y FROM visits) x"

CLAIMS = {
    "a function that leaves out what belongs inside it is no missing bracket": (
        "FLOOR(yen) / 10", "FLOOR(yen / 10)", "function_takes_little",
    ),
    "nor is one that takes in what belongs outside": ("FLOOR((2025 - yen) / 10 * 10)", "FLOOR((2025 - yen) / 10) * 10", "function_takes_much"),
    "brackets inside of a function are still brackets": ("FLOOR(yen - 2 * id)", "FLOOR((yen - 2) * id)", "brackets_missing"),
    "decimals are not what is wrong with a division of other numbers": ("yen // 10", "yen * 1.0 / 60", "calculation_other"),
    "nor are decimals that are kept": ("yen / 10", "id // 10", "calculation_other"),
    "a divisor that CASE asks for has an answer for 0": (
        "CASE WHEN id = 0 THEN NULL ELSE yen / id END", "CASE WHEN id = 0 THEN NULL ELSE yen / NULLIF(id, 0) END", "calculation_part",
    ),
    "the other one of a table that stands twice is no other table": (TWICE, TWICE.replace("a.yen", "b.yen"), "column_of_other_alias"),
    "a column as it stands is not computed": ("came_at", "CAST(came_at AS DATE)", "column_as_it_is"),
    "what was worked out in a step before does not stand there as it is": (
        "WITH s AS (SELECT yen + 1 AS y FROM visits) SELECT y AS n FROM s",
        "WITH s AS (SELECT yen + 1 AS y FROM visits) SELECT length(y || '') AS n FROM s",
        "calculation_other",
    ),
    "a column of an inner step is not shown": (
        "WITH s AS (SELECT yen AS y FROM visits) SELECT MAX(y) AS m FROM s",
        "WITH s AS (SELECT id AS y FROM visits) SELECT MAX(y) AS m FROM s",
        "calculation_part",
    ),
    "the right column that is to be added up first is no other column": ("COALESCE(yen, 0)", "COALESCE(SUM(yen), 0)", "calculation_part"),
    "a column that GROUP BY has a part of is not missing there": (
        BY_YEAR, BY_YEAR.replace("(came_at)", "(came_at), month(came_at)"), "group_coarser",
    ),
    "a step without GROUP BY is named where others have one": (
        STEP.replace("visits GROUP BY person_id", "visits"), STEP, "no_grouping_in",
    ),
    "what OVER splits by is split": (
        "SELECT person_id, SUM(yen) OVER (PARTITION BY person_id) AS s FROM visits",
        "SELECT person_id, SUM(yen) AS s FROM visits GROUP BY person_id",
        "calculation_other",
    ),
    "the same key of another table groups by nothing else": (
        "SELECT COUNT(*) AS n FROM people p JOIN visits v ON v.id > p.id GROUP BY v.id",
        "SELECT COUNT(*) AS n FROM people p JOIN visits v ON v.id > p.id GROUP BY p.id",
        "column_of_other_table",
    ),
    "the same rows come again in the query in FROM": (INNER.replace("DISTINCT ", ""), INNER, "rows_repeated_in"),
    "a LIMIT at the end does not come before anything": (FIRST.replace(" LIMIT 3", "") + " LIMIT 3", FIRST, "limit_late"),
    "a column as it stands cuts no parts": ("yen", "NTILE(3) OVER (ORDER BY yen)", "calculation_other"),
    "a query in brackets looks across rows": (
        "(SELECT SUM(w.yen) FROM visits w WHERE w.id <= visits.id)", "SUM(yen) OVER (ORDER BY id)", "calculation_other",
    ),
    "the right column under another condition is no other column": (
        "SUM(CASE WHEN is_paid THEN yen END) OVER (ORDER BY id)", "SUM(yen) OVER (ORDER BY id)", "window_function",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def pack() -> Pack:
    return build_pack(Exercise("x", DDL, (Solution("SELECT id FROM people"),)))


def named(answer: str, repaired: str, pack: Pack) -> Named | None:
    answer, repaired = (
        each if each.startswith(("SELECT", "WITH")) else f"SELECT {each} AS n FROM visits"
        for each in (answer, repaired)
    )
    return Namer(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack)).name(repaired)


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_is_claimed_is_true_of_the_answer(claim: str, pack: Pack) -> None:
    answer, repaired, mistake = CLAIMS[claim]
    found = named(answer, repaired, pack)
    assert found is not None
    assert found.mistake.key == mistake


def test_a_column_that_an_inner_step_lacks_is_not_missing_from_the_result(pack: Pack) -> None:
    step = "WITH s AS (SELECT id, yen FROM visits) SELECT id FROM s"
    assert named(step.replace(", yen", ""), step, pack) is None
