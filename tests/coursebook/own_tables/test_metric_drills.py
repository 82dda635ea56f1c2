"""Drills of a company's own metrics: asked by a column of theirs, proved by the judge, refused with a reason."""

from __future__ import annotations

import string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coursebook import load_course
from coursebook.course_of_tables import write_course_of_tables
from coursebook.messages import LANGUAGES
from coursebook.metrics import load_metrics, read_metrics
from coursebook.own_tables import making
from coursebook.own_tables.copies import copied_runs
from coursebook.own_tables.course_folder import write_tables
from coursebook.own_tables.facts import gather
from coursebook.own_tables.metric_drills import is_plain, metric_templates
from coursebook.problem import CourseError

if TYPE_CHECKING:
    from coursebook.own_tables.making import MadeDrills

SHOP = Path(__file__).parent / "shop.sql"
METRIC = """[[metrics]]
id = "{id}"
name = {{ ja = "配達完了率", en = "Delivery rate" }}
grain = {{ ja = "全期間", en = "all time" }}
denominator = {{ ja = "返品を除く注文", en = "orders, returns left out" }}
numerator = {{ ja = "配達済みの注文", en = "orders that were delivered" }}
exclusions = {{ ja = "返品", en = "returns" }}
owner = {{ ja = "物流部", en = "Logistics" }}
columns = {{ numerator = "delivered", denominator = "base" }}
sql = '''
{sql}
'''
"""
RATE = """SELECT COUNT(*) AS base,
       COUNT(CASE WHEN status = 'delivered' THEN 1 END) AS delivered,
       ROUND(COUNT(CASE WHEN status = 'delivered' THEN 1 END) * 1.0 / COUNT(*), 3) AS rate
FROM orders
WHERE status <> 'returned'"""
MONTHLY = RATE.replace("SELECT ", "SELECT date_trunc('month', ordered_at) AS month, ") + "\nGROUP BY 1"
NESTED = f"WITH o AS (SELECT * FROM orders) {RATE.replace('FROM orders', 'FROM o')}"
ABOVE = RATE.replace("COUNT(*) AS base", "1 AS base")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeDrills:
    return drills_of({"delivery": RATE, "nested": NESTED, "above": ABOVE}, tmp_path_factory.mktemp("shop"))


def drills_of(queries: dict[str, str], place: Path, taken: frozenset[str] = frozenset()) -> MadeDrills:
    """The drills of some metrics and of no pattern."""
    text = "".join(METRIC.format(id=id_, sql=sql) for id_, sql in queries.items())
    (place / "metrics.toml").write_text(text, encoding="utf-8")
    schema, mapping = write_tables(place / "course", SHOP, metrics=place / "metrics.toml")
    course = load_course(place / "course")
    agreed = load_metrics(course.root)
    assert len(agreed.metrics) == len(queries)
    with pytest.MonkeyPatch.context() as patch, copied_runs(schema, mapping, None, place) as runs:
        patch.setattr(making, "patterns", tuple)
        return making.made_drills(schema, mapping, course.schema, runs, taken=taken, metrics=agreed)


def test_a_metric_is_asked_by_a_column_of_its_table(made: MadeDrills) -> None:
    (drill,) = made.offered
    template = drill.template
    assert drill.tables == ("orders",)
    assert template.column_names == ("method", "base", "delivered", "rate")
    assert "GROUP BY\n  method" in template.solution
    assert "status <> 'returned'" in template.solution
    assert template.prompt["ja"].startswith("指標「配達完了率」を、")
    assert "除外は「返品」。" in template.prompt["ja"]
    assert "Left out: returns." in template.prompt["en"]
    assert "%metrics delivery" in template.prompt["en"]
    assert len(template.wrong) >= 2
    assert any(each.clause == "WHERE" and "返品" in each.hint["ja"] for each in template.wrong)


def test_what_cannot_be_asked_by_a_column_or_does_not_hold_is_refused_with_its_reason(made: MadeDrills) -> None:
    told = {each.pattern: each for each in made.refused}
    assert told["13-nested"].reason == "metric_not_plain"
    assert told["13-above"].reason == "metric_does_not_hold"
    for lang in LANGUAGES:
        assert all(each.sentence(lang) for each in made.refused)
    assert "base" in told["13-above"].sentence("en")


def test_a_metric_for_which_no_id_is_left_is_refused_with_that_reason(tmp_path: Path) -> None:
    made = drills_of({"delivery": RATE}, tmp_path, frozenset(f"13{letter}" for letter in string.ascii_lowercase))
    assert made.offered == ()
    assert [each.reason for each in made.refused] == ["no_id"]
    assert all(made.refused[0].sentence(lang) for lang in LANGUAGES)


@pytest.mark.parametrize("key", ["1", "ALL"])
def test_a_metric_that_names_no_column_it_is_grouped_by_keeps_its_groups(key: str, tmp_path: Path) -> None:
    schema, mapping = write_tables(tmp_path / "course", SHOP)
    text = METRIC.format(id="monthly", sql=MONTHLY.replace("GROUP BY 1", f"GROUP BY {key}")).replace(
        "columns =", 'by = ["month"]\ncolumns ='
    )
    (tmp_path / "metrics.toml").write_text(text, encoding="utf-8")
    (metric,) = read_metrics(tmp_path / "metrics.toml").metrics
    course = load_course(tmp_path / "course")
    with copied_runs(schema, mapping, None, tmp_path) as runs:
        ((_, written),) = metric_templates(metric, gather(schema, mapping, runs["ja"]), course.schema.model, runs)
        keys = [row[:2] for row in runs["en"](written["solution"])]
    assert written["column_names"] == ["method", "month", "base", "delivered", "rate"]
    assert len(keys) == len(set(keys)) > 12


def test_a_metric_with_totals_among_its_groups_or_that_cannot_be_read_is_not_asked() -> None:
    assert is_plain(MONTHLY)
    assert not is_plain(MONTHLY.replace("GROUP BY 1", "GROUP BY ROLLUP (month)"))
    assert not is_plain(f"SELECT COUNT(*) AS n FROM orders WHERE {'(' * 2000}1{')' * 2000}")


def test_metrics_that_cannot_be_read_write_no_course(tmp_path: Path) -> None:
    (tmp_path / "metrics.toml").write_text('[[metrics]]\nid = "x"\n', encoding="utf-8")
    with pytest.raises(CourseError, match="name"):
        write_course_of_tables(tmp_path / "course", SHOP, metrics=tmp_path / "metrics.toml")
    assert not (tmp_path / "course").exists()
