"""The metric dictionary says the same in both languages, and its SQL runs on the marketplace."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import marketplace

DOCS = Path(__file__).parents[2] / "docs"


def queries(lang: str) -> list[str]:
    page = (DOCS / f"metrics.{lang}.md").read_text(encoding="utf-8")
    return re.findall(r"```sql\n(.*?)```", page, flags=re.DOTALL)


def headings(lang: str) -> list[str]:
    page = (DOCS / f"metrics.{lang}.md").read_text(encoding="utf-8")
    return re.findall(r"^## (.*)$", page, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute(marketplace.ddl())
        yield opened


def test_both_pages_hold_the_same_queries_and_as_many_metrics() -> None:
    assert queries("ja") == queries("en")
    assert len(headings("ja")) == len(headings("en")) == len(queries("ja")) + 1


@pytest.mark.parametrize("number", range(len(queries("ja"))))
def test_every_definition_runs_and_shows_its_denominator(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    columns = [column[0] for column in connection.execute(queries("ja")[number]).description or ()]
    assert len(columns) > 1 or not columns[0].endswith("rate")
