"""A part of a query is quoted from its first to its last word."""

import pytest
from sqlglot import exp

from sqlgrade.parse import read_tree
from sqlgrade.query.span import SqlText, that_tells

SQL = (
    "SELECT CAST(a + INTERVAL 9 HOUR + INTERVAL 5 HOUR AS DATE) - INTERVAL 1 DAY AS d, quantile_disc(b, 0.5) AS m,"
    " MAX(CASE WHEN a > 1 THEN 1 ELSE 0 END) AS n FROM t"
    " WHERE x < y + INTERVAL '14' DAY AND z + INTERVAL '2 hours' > TIMESTAMP '2025-01-01'"
)


@pytest.mark.parametrize(
    "part",
    [
        "CAST(a + INTERVAL 9 HOUR + INTERVAL 5 HOUR AS DATE) - INTERVAL 1 DAY",
        "CAST(a + INTERVAL 9 HOUR + INTERVAL 5 HOUR AS DATE)",
        "a + INTERVAL 9 HOUR + INTERVAL 5 HOUR",
        "a + INTERVAL 9 HOUR",
        "x < y + INTERVAL '14' DAY",
        "z + INTERVAL '2 hours'",
        "a",
        "quantile_disc(b, 0.5)",
        "MAX(CASE WHEN a > 1 THEN 1 ELSE 0 END)",
        "CASE WHEN a > 1 THEN 1 ELSE 0 END",
    ],
)
def test_an_interval_belongs_to_the_sum_that_it_ends_and_a_name_to_its_function(part):
    kinds = (exp.Add, exp.Sub, exp.Cast, exp.LT, exp.Column, exp.PercentileDisc, exp.Max, exp.Case)
    sites = [SqlText(SQL).site(node) for node in read_tree(SQL).find_all(*kinds)]
    assert part in [SQL[site.start : site.end] for site in sites if site is not None]


@pytest.mark.parametrize(
    ("sql", "place"),
    [
        ("SELECT date_trunc('week', a.b) AS w FROM t WHERE a.b > 5", "date_trunc('week', a.b)"),
        ("SELECT a.b AS w FROM t WHERE c.a.b > 5", "a.b"),
        ("SELECT a.b FROM t WHERE a.b > 5", "a.b"),
    ],
)
def test_a_name_that_stands_several_times_is_quoted_with_what_is_made_of_it(sql, place):
    text = SqlText(sql)
    first = next(read_tree(sql).find_all(exp.Column, bfs=False))
    site = text.site(that_tells(first, text))
    assert sql[site.start : site.end] == place


def test_a_window_over_all_rows_is_quoted_with_its_empty_brackets():
    sql = "SELECT ROUND(a / SUM(b) OVER (), 3) AS x FROM t"
    site = SqlText(sql).site(next(read_tree(sql).find_all(exp.Window)))
    assert sql[site.start : site.end] == "SUM(b) OVER ()"


@pytest.mark.parametrize("written", ["CAST((a - b) / 10 AS INT)", "FLOOR((a - b) / 10)", "((a - b) / 10)::INT"])
def test_what_begins_in_brackets_is_quoted_with_what_is_made_of_it(written):
    sql = f"SELECT {written} * 10 AS x FROM t"
    found = next(read_tree(sql).find_all(exp.Cast, exp.Floor))
    site = SqlText(sql).site(found)
    assert sql[site.start : site.end] == written
