"""The metric dictionary: its pages are drawn from one file, its queries hold on the data, and what does not hold is told at its line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from coursebook import load_course
from coursebook.messages import LANGUAGES
from coursebook.metrics import load_metrics, page, read_metrics
from coursebook.metrics_hold import metrics_hold, prove_metrics
from coursebook.practice.sample_data import run_on

if TYPE_CHECKING:
    from coursebook.problem import Problem

DOCS = Path(__file__).parents[2] / "docs"
GOOD = """[[metrics]]
id = "shipped_rate"
name = { ja = "出荷率", en = "Shipping rate" }
grain = { ja = "月", en = "a month" }
denominator = { ja = "注文", en = "orders" }
numerator = { ja = "出荷した注文", en = "orders that were shipped" }
exclusions = { ja = "テスト注文", en = "test orders" }
owner = { ja = "物流部", en = "Logistics" }
by = ["month"]
columns = { numerator = "shipped", denominator = "orders" }
sql = '''
SELECT month, count(*) AS orders, count(shipped_at) AS shipped FROM ord WHERE NOT is_test GROUP BY month
'''
"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_are_what_the_file_says(lang: str) -> None:
    record = load_metrics(load_course().root)
    assert len(record.metrics) == 16
    assert (DOCS / f"metrics.{lang}.md").read_text(encoding="utf-8") == page(record, lang)


def test_the_courses_metrics_hold_on_its_data() -> None:
    assert [str(each) for each in prove_metrics(load_course())] == []


def problems_of(text: str, place: Path) -> list[Problem]:
    path = place / "metrics.toml"
    path.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    record = read_metrics(path, problems)
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE ord (id INTEGER, month DATE, is_test BOOLEAN, shipped_at TIMESTAMP)")
        connection.execute(
            "INSERT INTO ord VALUES (1, '2025-01-01', FALSE, now()), (2, '2025-01-01', FALSE, NULL), (3, '2025-02-01', FALSE, now())"
        )
        run = run_on(connection)
        return [*problems, *metrics_hold(record, path, {"ja": run, "en": run})]


def test_a_metric_that_holds_has_no_problem(tmp_path: Path) -> None:
    assert problems_of(GOOD, tmp_path) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("FROM ord", "FROM orders"), "metric_fails"),
        (('by = ["month"]', 'by = ["week"]'), "metric_column"),
        (('numerator = "shipped"', 'numerator = "sent"'), "metric_column"),
        (('by = ["month"]\n', ""), "metric_grain"),
        (("GROUP BY month", "GROUP BY month, id"), "metric_grain"),
        (("count(*) AS orders", "count(*) - 1 AS orders"), "metric_above"),
        (('numerator = "shipped"', 'numerator = "month"'), "metric_above"),
        (("count(*) AS orders", "NULL AS orders"), "metric_above"),
        (("WHERE NOT is_test", "WHERE is_test"), "metric_empty"),
        (('denominator = { ja = "注文", en = "orders" }\n', ""), "metric_undefined"),
        (("owner = ", "owned = "), "key_missing"),
    ],
)
def test_what_does_not_hold_is_told_at_its_line(change: tuple[str, str], code: str, tmp_path: Path) -> None:
    assert change[0] in GOOD
    found = problems_of(GOOD.replace(*change), tmp_path)
    assert code in [each.code for each in found]
    at_id = code == "metric_undefined"
    if code.startswith("metric"):
        lines = GOOD.replace(*change).splitlines()
        assert lines[found[0].line - 1].startswith("id" if at_id else "sql")
    for each in found:
        assert all(each.sentence(part, lang) for part in ("problem", "remedy") for lang in LANGUAGES)


def test_what_is_said_of_a_metric_stays_in_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "metrics.toml"
    told = 'exclusions = { ja = "テスト|社内", en = """\ntests |\nstaff""" }'
    path.write_text(GOOD.replace('exclusions = { ja = "テスト注文", en = "test orders" }', told), encoding="utf-8")
    (line,) = (each for each in page(read_metrics(path), "en").splitlines() if "tests" in each)
    assert line == r"| Left out | tests \| staff |"


def test_two_metrics_of_one_id_are_told(tmp_path: Path) -> None:
    assert {each.code for each in problems_of(GOOD + GOOD, tmp_path)} == {"metric_twice"}
