"""Cells on which nothing depends are shown with values that a reader knows."""

import pytest

from sqlgrade.engine.ddl import read_schema
from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.record import Exercise, Solution
from sqlgrade.shrink.dress import dressed, familiar_rows
from sqlgrade.tables.result import Database
from sqlgrade.verdict import Status

DDL = """
CREATE TABLE areas (area_code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL);
CREATE TABLE guests (
    guest_id INTEGER PRIMARY KEY, nickname VARCHAR, area_code VARCHAR REFERENCES areas (area_code),
    birth_year INTEGER CHECK (birth_year > 1900), joined DATE, is_test BOOLEAN
);
"""
FILLING = """
INSERT INTO areas VALUES ('GINZA', '銀座'), ('UMEDA', '梅田');
INSERT INTO guests VALUES (1, 'たろう', 'GINZA', 1990, DATE '2025-01-01', false), (2, 'はなこ', 'UMEDA', 1985, NULL, false);
"""
SCHEMA = read_schema(DDL, ())
FAMILIAR = familiar_rows(
    [
        Database(
            {
                "areas": (("GINZA", "銀座"), ("UMEDA", "梅田")),
                "guests": ((1, "たろう", "GINZA", 1990, None, False), (2, "はなこ", "UMEDA", 1985, None, False)),
            }
        )
    ],
    SCHEMA,
)
ODD = Database(
    {
        "areas": (("UMEDA", "x"), ("Z", "y")),
        "guests": (
            (7, "a", "UMEDA", 1901, None, True),
            (8, "a", "Z", 1902, None, True),
            (9, None, "Z", 1901, None, True),
        ),
    }
)


def guests(query: str) -> list[tuple[object, ...]]:
    return list(dressed(ODD, SCHEMA, [query], FAMILIAR).tables["guests"])


def test_what_is_only_shown_gets_familiar_values_and_equal_cells_stay_equal() -> None:
    assert guests("SELECT guest_id, nickname AS who FROM guests") == [
        (7, "たろう", "UMEDA", 1990, None, True),
        (8, "たろう", "Z", 1985, None, True),
        (9, None, "Z", 1990, None, True),
    ]


def test_what_a_key_names_is_told_as_the_author_did() -> None:
    areas = dressed(ODD, SCHEMA, ["SELECT * FROM areas"], FAMILIAR).tables["areas"]
    assert areas == (("UMEDA", "梅田"), ("Z", "銀座"))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT guest_id FROM guests WHERE birth_year > 1950",
        "SELECT guest_id, birth_year FROM guests ORDER BY birth_year",
        "SELECT birth_year, COUNT(*) FROM guests GROUP BY birth_year",
        "SELECT birth_year + 1 FROM guests",
        "SELECT y FROM (SELECT birth_year AS y FROM guests) t WHERE y > 1950",
        "SELECT guest_id FROM guests JOIN guests b USING (birth_year)",
        "SELECT guest_id FROM guests WHERE WHERE birth_year",
    ],
)
def test_what_a_query_does_more_with_stays_as_it_is(query: str) -> None:
    assert [row[3] for row in guests(query)] == [1901, 1902, 1901]


def test_too_few_familiar_values_change_nothing() -> None:
    three = Database({"guests": tuple((i, f"n{i}", None, 1901 + i, None, True) for i in range(3))})
    assert dressed(three, SCHEMA, ["SELECT 1"], FAMILIAR) == three


def test_a_refutation_shows_familiar_values_and_stays_one() -> None:
    right = "SELECT guest_id, nickname FROM guests WHERE NOT is_test ORDER BY guest_id"
    pack = build_pack(Exercise("list", DDL, (Solution(right),), databases=(FILLING,)))
    verdict = Judge().grade(pack, right.replace("WHERE NOT is_test ", ""))
    assert verdict.status is Status.REFUTED
    assert verdict.counterexample is not None
    assert verdict.counterexample.expected is not None
    assert verdict.counterexample.learner is not None
    assert verdict.counterexample.learner.rows != verdict.counterexample.expected.rows
    (guest,) = verdict.counterexample.tables["guests"].rows
    assert guest[1] in {"たろう", "はなこ", None}
    assert guest[3] in {1990, 1985, None}
