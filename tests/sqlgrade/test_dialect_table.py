"""The learners' table of BigQuery's forms: each gives what its DuckDB form gives, and is needed there."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from sqlgrade.dialect.spoken import Spoken, spoken

DOCS = Path(__file__).parents[2] / "docs"
COLUMNS = {
    "a": "INTEGER",
    "b": "INTEGER",
    "d1": "DATE",
    "d2": "DATE",
    "t1": "TIMESTAMP",
    "t2": "TIMESTAMP",
    "ok": "BOOLEAN",
}
ROWS = """INSERT INTO facts VALUES
    (7, 2, '2025-12-03', '2025-12-10', '2025-12-03 10:59:30', '2025-12-03 11:00:10', true),
    (-7, 2, '2025-11-30', '2025-12-01', '2025-11-30 23:59:59', '2025-12-01 00:00:00', false),
    (NULL, 3, '2025-12-29', '2026-01-05', '2025-12-29 00:00:00', '2026-01-05 12:34:56', true),
    (12, 5, '2025-12-31', '2025-12-31', '2025-12-31 20:00:00', '2025-12-31 20:00:59', NULL)"""


def pairs(page: str) -> list[tuple[str, str]]:
    """DuckDB's and BigQuery's form of each line of the table."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(r"^\| [^|]+ \| `([^`|]+)` \| `([^`|]+)` \|$", text, flags=re.MULTILINE)


def whole(form: str) -> str:
    """A query of a form, which may be an expression, a FROM or an ORDER BY."""
    if form.startswith("FROM"):
        return f"SELECT n, name {form} ORDER BY n"
    return f"SELECT a FROM facts {form}" if form.startswith("ORDER") else f"SELECT {form} AS x FROM facts"


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE facts ({', '.join(map(' '.join, COLUMNS.items()))})")
        connection.execute(ROWS)
        yield connection


def given(engine: duckdb.DuckDBPyConnection, sql: str) -> list[list[str]]:
    """The rows as texts, a moment at midnight as its day."""
    return [[str(value).removesuffix(" 00:00:00") for value in row] for row in engine.execute(sql).fetchall()]


def there(form: str) -> Spoken | None:
    found = spoken(f"-- dialect: bigquery\n{whole(form)}", {"facts": COLUMNS})
    return found if isinstance(found, Spoken) else None


def test_both_languages_show_the_same_forms() -> None:
    assert pairs("learners.md") == pairs("learners.ja.md")
    assert len(pairs("learners.md")) > 10


@pytest.mark.parametrize(("here", "company"), pairs("learners.md"))
def test_bigquerys_form_gives_there_what_duckdbs_gives_here(
    engine: duckdb.DuckDBPyConnection, here: str, company: str
) -> None:
    expected, translated, as_it_is = given(engine, whole(here)), there(company), there(here)
    assert translated is not None
    assert given(engine, translated.sql) == expected
    assert as_it_is is None or given(engine, as_it_is.sql) != expected
