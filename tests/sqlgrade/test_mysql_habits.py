"""What MySQL makes of types, constants and groups without being asked, by its manual (12.3, 14.19.3 on functional dependence)."""

import duckdb
import pytest

from sqlgrade.dialect.dependent_columns import determined
from sqlgrade.dialect.spoken import Spoken, spoken

TABLES = {
    "person": {"id": "INTEGER", "name": "VARCHAR", "born": "DATE"},
    "sale": {"id": "INTEGER", "person": "INTEGER", "pieces": "INTEGER", "made": "TIMESTAMP"},
}
ROWS = """CREATE TABLE person (id INTEGER PRIMARY KEY, name VARCHAR, born DATE);
CREATE TABLE sale (id INTEGER PRIMARY KEY, person INTEGER, pieces INTEGER, made TIMESTAMP);
INSERT INTO person VALUES (1, 'b', '1990-01-02'), (2, 'a', '2001-11-12');
INSERT INTO sale VALUES (1, 1, 4, '2024-01-01 10:00:00'), (2, 1, 12, '2024-12-01 00:00:00'), (3, 2, 1, '2023-01-01 00:00:00');"""


def run(sql: str, system: str = "mysql") -> list[tuple[object, ...]]:
    found = spoken(sql, TABLES, system, {}, {"person": ("id",), "sale": ("id",)})
    assert isinstance(found, Spoken), found
    with duckdb.connect() as connection:
        connection.execute(ROWS)
        return connection.execute(found.sql).fetchall()


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("SELECT name FROM person WHERE born LIKE '1990%'", [("b",)]),
        ("SELECT id FROM sale WHERE made LIKE '%10:00%'", [(1,)]),
        ("SELECT id FROM sale WHERE pieces LIKE '1%' ORDER BY id", [(2,), (3,)]),
        (
            "SELECT IF(MONTH(born) < 10, CONCAT('0', MONTH(born)), MONTH(born)) FROM person ORDER BY id",
            [("01",), ("11",)],
        ),
        ("SELECT CASE WHEN id = 1 THEN 'one' ELSE id END FROM person ORDER BY id", [("one",), ("2",)]),
        ("SELECT COALESCE(NULLIF(pieces, 4), 'four') FROM sale ORDER BY id", [("four",), ("12",), ("1",)]),
        ("SELECT name FROM person ORDER BY 'name', id", [("b",), ("a",)]),
        ("SELECT COUNT(*) FROM person ORDER BY 'x'", [(2,)]),
        ("SELECT CONCAT(name, _utf8' ', _utf8mb4'x') FROM person WHERE id = 1", [("b x",)]),
        (
            "SELECT p.name, SUM(s.pieces) FROM sale s JOIN person p ON s.person = p.id GROUP BY s.person ORDER BY 1",
            [("a", 1), ("b", 16)],
        ),
        (
            "SELECT p.name, COUNT(*) FROM sale s, person p WHERE (p.id = s.person) GROUP BY s.id ORDER BY s.id",
            [("b", 1), ("b", 1), ("a", 1)],
        ),
        (
            "SELECT s.id, COUNT(*) FROM sale s JOIN person p ON s.person = p.id WHERE s.id > 1 GROUP BY id ORDER BY s.id",
            [(2, 1), (3, 1)],
        ),
        ("SELECT name, COUNT(*) FROM person WHERE name = 'a'", [("a", 1)]),
        ("SELECT AVG(pieces > 3 AND person = 1) FROM sale WHERE id < 3", [(1.0,)]),
        ("SELECT person, AVG((pieces BETWEEN 1 AND 4)) FROM sale GROUP BY person ORDER BY 1", [(1, 0.5), (2, 1.0)]),
        ("SELECT ROUND(AVG(pieces IN (1, 4)) OVER (), 2) FROM sale WHERE id = 1", [(1.0,)]),
        ("SELECT AVG(large) FROM (SELECT pieces > 3 AS large FROM sale WHERE id < 3) t", [(1.0,)]),
        ("SELECT AVG(born IS NULL), AVG(NOT name LIKE 'a%'), STDDEV(name = name) FROM person", [(0.0, 0.5, 0.0)]),
        ("SELECT SUM(pieces > 3), SUM((pieces > 3) * pieces), SUM(-(pieces > 3)) FROM sale", [(2, 16, -2)]),
        ("SELECT (pieces > 3) + (id = 1) FROM sale ORDER BY id", [(2,), (1,), (0,)]),
        ("SELECT name, COUNT(*) FROM person WHERE 'none' = name", [(None, 0)]),
    ],
)
def test_mysql_means_it_so(sql: str, rows: list[tuple[object, ...]]) -> None:
    assert run(sql) == rows


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT p.name, COUNT(*) FROM sale s JOIN person p ON s.person = p.id GROUP BY s.pieces",
        "SELECT name, COUNT(*) FROM person WHERE name > 'a'",
    ],
)
def test_what_nothing_determines_has_to_be_grouped_by(sql: str) -> None:
    with pytest.raises(duckdb.BinderException, match="GROUP BY"):
        run(sql)


def test_postgresql_follows_no_equalities() -> None:
    with pytest.raises(duckdb.BinderException, match="GROUP BY"):
        run("SELECT p.name, COUNT(*) FROM sale s JOIN person p ON s.person = p.id GROUP BY s.person", "postgres")


@pytest.mark.parametrize(
    ("expression", "wanted"),
    [("ROUND(DEGREES(PI()))", 180), ("EXTRACT(YEAR FROM TO_TIMESTAMP(86400.0))", 1970), ("TRUNC(7 / 2.0) / 2", 1.5)],
)
def test_postgresqls_numbers(expression: str, wanted: float) -> None:
    assert run(f"SELECT {expression}", "postgres") == [(wanted,)]


def test_keys_and_equalities_determine_by_turns() -> None:
    person, sale = ({("p", "id")}, {("p", "id"), ("p", "name")}), ({("s", "id")}, {("s", "id"), ("s", "person")})
    found = determined({("s", "id")}, [(("s", "person"), ("p", "id"))], {"p": person, "s": sale})
    assert found == {("s", "id"), ("s", "person"), ("p", "id"), ("p", "name")}
    assert determined({("s", "person")}, (), {"p": person, "s": sale}) == {("s", "person")}
