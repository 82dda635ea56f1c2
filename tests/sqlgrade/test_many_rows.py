"""Answers that differ from a right one only in many rows: how far a window looks, days in a row, so many people, half of a group."""

from __future__ import annotations

import pytest

from sqlgrade import judge_line

SHOP = """
CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, city VARCHAR, segment VARCHAR NOT NULL CHECK (segment IN ('home', 'pro', 'edu')));
CREATE TABLE products (product_id INTEGER PRIMARY KEY, category VARCHAR, price DECIMAL(10, 2) NOT NULL CHECK (price >= 0));
CREATE TABLE events (
  event_id BIGINT PRIMARY KEY, customer_id INTEGER REFERENCES customers, kind VARCHAR NOT NULL, happened_at TIMESTAMP NOT NULL
)
"""
YEAR_BACK = (
    "WITH m AS (SELECT CAST(date_trunc('month', happened_at) AS DATE) AS month, COUNT(*) AS n FROM events GROUP BY month) "
    "SELECT month, n, LAG(n, 12) OVER (ORDER BY month) AS a_year_ago FROM m ORDER BY month"
)
MEAN = (
    "WITH d AS (SELECT CAST(happened_at AS DATE) AS day, COUNT(*) AS n FROM events GROUP BY day) "
    "SELECT day, AVG(n) OVER (ORDER BY day ROWS BETWEEN 27 PRECEDING AND CURRENT ROW) AS mean FROM d ORDER BY day"
)
WEEK = (
    "SELECT DISTINCT customer_id FROM (SELECT customer_id, day, day - ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY day)::INTEGER AS run "
    "FROM (SELECT DISTINCT customer_id, CAST(happened_at AS DATE) AS day FROM events WHERE customer_id IS NOT NULL) AS t) AS u "
    "GROUP BY customer_id, run HAVING COUNT(*) >= 7"
)
BUSY = (
    "SELECT EXTRACT(hour FROM happened_at) AS hour, COUNT(*) AS n FROM events GROUP BY hour "
    "HAVING COUNT(DISTINCT customer_id) > 50 ORDER BY hour"
)
HALF = (
    "SELECT city FROM customers GROUP BY city "
    "HAVING COUNT(*) >= 20 AND COUNT(*) FILTER (WHERE segment = 'pro') * 2 > COUNT(*)"
)
BOUGHT = (
    "SELECT a.customer_id FROM events AS a JOIN events AS b ON b.customer_id = a.customer_id AND b.kind = 'buy' "
    "AND b.happened_at > a.happened_at WHERE a.kind = 'view' GROUP BY a.customer_id HAVING COUNT(DISTINCT a.event_id) >= 5"
)
DEAR = (
    "SELECT product_id FROM (SELECT product_id, price, AVG(price) OVER (PARTITION BY category) AS mean, "
    "COUNT(*) OVER (PARTITION BY category) AS n FROM products) AS t WHERE n >= 10 AND price > 1.5 * mean"
)


@pytest.mark.parametrize(
    ("solution", "right", "wrong"),
    [
        (YEAR_BACK, "LAG(n, 12)", "LAG(n, 11)"),
        (MEAN, "27 PRECEDING", "28 PRECEDING"),
        (MEAN, "27 PRECEDING", "26 PRECEDING"),
        (WEEK, ">= 7", "> 7"),
        (WEEK, ">= 7", ">= 6"),
        (WEEK, "SELECT DISTINCT customer_id, CAST", "SELECT customer_id, CAST"),
        (BUSY, "> 50", ">= 50"),
        (BUSY, "COUNT(DISTINCT customer_id)", "COUNT(customer_id)"),
        (HALF, "* 2 > COUNT", "* 2 >= COUNT"),
        (
            HALF,
            "COUNT(*) FILTER (WHERE segment = 'pro') * 2 > COUNT(*)",
            "COUNT(*) FILTER (WHERE segment = 'pro') > 10",
        ),
        (BOUGHT, "b.happened_at > a", "b.happened_at >= a"),
        (BOUGHT, "COUNT(DISTINCT a.event_id)", "COUNT(*)"),
        (BOUGHT, ">= 5", "> 5"),
        (DEAR, "1.5 * mean", "1.5 * (SELECT AVG(price) FROM products)"),
    ],
)
def test_what_shows_only_in_many_rows_is_refuted(solution, right, wrong):
    assert right in solution
    line = {"id": 1, "schema": SHOP, "solutions": [solution]}
    assert judge_line({**line, "answer": solution.replace(right, wrong)})["verdict"] == "refuted"
    assert judge_line({**line, "answer": f"-- mine\n{solution}"})["verdict"] == "accepted"
