"""Groups get rows that conditions on them tell apart: values doubled, missing, too many; aggregates on their boundaries together."""

import pytest

from sqlgrade import judge_line
from sqlgrade.engine.ddl import read_schema
from sqlgrade.engine.runner import Runner
from sqlgrade.populate import Generator

DDL = """
CREATE TABLE regions (region_id INTEGER PRIMARY KEY, region VARCHAR NOT NULL);
CREATE TABLE shops (shop_id INTEGER PRIMARY KEY, town VARCHAR NOT NULL, region_id INTEGER NOT NULL);
CREATE TABLE orders (order_id INTEGER PRIMARY KEY, shop_id INTEGER NOT NULL, item VARCHAR NOT NULL, pieces INTEGER NOT NULL, paid DECIMAL(8, 2));
CREATE TABLE parts (part_id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL);
CREATE TABLE areas (area VARCHAR PRIMARY KEY);
CREATE TABLE staff (staff_id INTEGER PRIMARY KEY, area VARCHAR NOT NULL REFERENCES areas (area), gone_on DATE);
CREATE TABLE visits (visit_id INTEGER PRIMARY KEY, day DATE NOT NULL, left_on DATE, CHECK (left_on < DATE '2100-01-01'));
CREATE TABLE calls (call_id INTEGER PRIMARY KEY, began TIMESTAMP NOT NULL, ended TIMESTAMP,
  CHECK (ended >= began));
"""
HOURS = """SELECT extract(hour FROM began - INTERVAL 5 HOUR) + 5 AS h, count(*) FROM calls
    WHERE CAST(began - INTERVAL 5 HOUR AS DATE) BETWEEN DATE '2025-12-01' AND DATE '2025-12-31' GROUP BY h ORDER BY h"""
BY_CASE = HOURS.replace(
    "extract(hour FROM began - INTERVAL 5 HOUR) + 5",
    "CASE WHEN extract(hour FROM began) < 5 THEN extract(hour FROM began) + 24 ELSE extract(hour FROM began) END",
)
CHAIN = "parts NATURAL JOIN orders NATURAL JOIN shops NATURAL JOIN regions"
BOTH = "SELECT shop_id FROM orders WHERE item IN ('tea', 'rice') GROUP BY shop_id HAVING {}"
EACH = "SELECT shop_id FROM orders GROUP BY shop_id HAVING {}"
JOINED = (
    "SELECT s.town FROM parts p JOIN orders o USING (order_id) JOIN shops s USING (shop_id) JOIN regions r USING (region_id) "
    "GROUP BY {} HAVING count(*) >= 6 AND avg(o.pieces) >= 4"
)
WRONG = {
    "one value twice for both": (BOTH.format("count(DISTINCT item) = 2"), BOTH.format("count(*) = 2")),
    "weights that another mix reaches": (
        EACH.format("count(*) FILTER (item = 'tea') > 0 AND count(*) FILTER (item = 'rice') > 0"),
        EACH.format("sum(CASE item WHEN 'tea' THEN 1 WHEN 'rice' THEN 12 ELSE 0 END) >= 13"),
    ),
    "a value too many": (
        EACH.format("min(item) = 'rice' AND max(item) = 'tea' AND count(DISTINCT item) = 2"),
        EACH.format("min(item) = 'rice' AND max(item) = 'tea'"),
    ),
    "a value in every row": (EACH.format("bool_and(item <> 'tea')"), EACH.format("bool_or(item <> 'tea')")),
    "a sum reached by small parts": (
        EACH.format("sum(pieces) > 437 AND max(pieces) < 61"),
        EACH.format("sum(pieces) >= 437 AND max(pieces) < 61"),
    ),
    "a largest part in a large sum": (
        EACH.format("sum(pieces) > 437 AND max(pieces) < 61"),
        EACH.format("sum(pieces) > 437 AND max(pieces) <= 61"),
    ),
    "a mean of so many": (
        EACH.format("count(*) >= 7 AND avg(paid) > 12.5"),
        EACH.format("count(*) >= 7 AND avg(paid) >= 12.5"),
    ),
    "a sum reached by rows none of which reaches it": (
        "SELECT DISTINCT shop_id FROM orders WHERE item = 'tea' AND pieces >= 437",
        "SELECT shop_id FROM orders WHERE item = 'tea' GROUP BY shop_id HAVING sum(pieces) >= 437",
    ),
    "two sums and their difference": (
        EACH.format("sum(pieces) - sum(paid) >= 87"),
        EACH.format("sum(pieces) - sum(paid) > 87"),
    ),
    "a count behind natural joins": (
        f"SELECT region FROM {CHAIN} GROUP BY region HAVING count(*) > 9",
        f"SELECT region FROM {CHAIN} GROUP BY region HAVING count(*) > 8",
    ),
    "a name for a key behind joins": (JOINED.format("s.shop_id, s.town"), JOINED.format("s.town")),
    "a count in an inner query": (
        "WITH t AS (SELECT shop_id, sum(pieces) AS n, count(*) AS c FROM orders GROUP BY shop_id) SELECT shop_id FROM t WHERE n > 437 AND c < 5",
        "WITH t AS (SELECT shop_id, sum(pieces) AS n, count(*) AS c FROM orders GROUP BY shop_id) SELECT shop_id FROM t WHERE n > 437 AND c <= 5",
    ),
    "a LIMIT that nobody asked for": (
        "SELECT item, count(*) AS n FROM orders GROUP BY item",
        "SELECT item, count(*) AS n FROM orders GROUP BY item ORDER BY n DESC, item LIMIT 40",
    ),
    "a LIMIT of hundreds": ("SELECT order_id FROM orders", "SELECT order_id FROM orders LIMIT 200"),
    "a LIMIT of months": (
        "SELECT month(day) AS m, count(*) FROM visits WHERE day >= DATE '2025-01-01' AND day < DATE '2026-01-01' GROUP BY m",
        "SELECT month(day) AS m, count(*) FROM visits WHERE day >= DATE '2025-01-01' AND day < DATE '2026-01-01' GROUP BY m ORDER BY m LIMIT 11",
    ),
    "a LIMIT of those without": (
        "SELECT s.shop_id FROM shops s LEFT JOIN orders o USING (shop_id) WHERE o.order_id IS NULL",
        "SELECT s.shop_id FROM shops s LEFT JOIN orders o USING (shop_id) WHERE o.order_id IS NULL LIMIT 30",
    ),
    "a LIMIT on rows that name one row": (
        "SELECT staff_id FROM staff WHERE area = 'north' AND gone_on IS NULL ORDER BY staff_id",
        "SELECT staff_id FROM staff WHERE area = 'north' AND gone_on IS NULL ORDER BY staff_id LIMIT 40",
    ),
    "a mean that rounding brings to the bound": (
        EACH.format("count(*) >= 2 AND avg(pieces) < 4.2"),
        EACH.format("count(*) >= 2 AND round(avg(pieces), 1) < 4.2"),
    ),
    "two columns on a bound together": (
        "SELECT order_id FROM orders WHERE pieces * 11 - paid BETWEEN 9 AND 14",
        "SELECT order_id FROM orders WHERE pieces * 11 - paid >= 9 AND pieces * 11 - paid < 14",
    ),
    "another number out of arithmetic": (
        "SELECT order_id FROM orders WHERE (pieces - 5) / 5 = 28",
        "SELECT order_id FROM orders WHERE (pieces - 5) / 5 = 38",
    ),
    "fewer hours than a day has": (HOURS, f"{HOURS} LIMIT 20"),
    "fewer hours than a day has, told by CASE": (HOURS, f"{BY_CASE} LIMIT 20"),
    "a group of hundreds": (EACH.format("count(*) >= 150"), EACH.format("count(*) > 150")),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_group_that_tells_them_apart_is_made(name: str) -> None:
    solution, answer = WRONG[name]
    verdict = judge_line({"id": 1, "schema": DDL, "solutions": [solution], "answer": answer})
    assert verdict["verdict"] == "refuted"


RIGHT = {
    "both by a list or by two": (
        BOTH.format("count(DISTINCT item) = 2"),
        "SELECT shop_id FROM orders WHERE item = 'tea' INTERSECT SELECT shop_id FROM orders WHERE item = 'rice'",
    ),
    "a sum and a largest part by sorting": (
        EACH.format("sum(pieces) > 437 AND max(pieces) < 61"),
        EACH.format("NOT (sum(pieces) <= 437 OR max(pieces) >= 61)"),
    ),
    "a moment for none, far behind all others": (
        "SELECT visit_id FROM visits WHERE left_on IS NULL",
        "SELECT visit_id FROM visits WHERE coalesce(left_on, DATE '9999-01-01') = DATE '9999-01-01'",
    ),
    "as many hours as a day has": (HOURS, f"{HOURS} LIMIT 24"),
    "a count behind natural joins or others": (
        f"SELECT region_id FROM {CHAIN} GROUP BY region_id HAVING count(*) > 9",
        f"SELECT region_id FROM {CHAIN} GROUP BY region_id HAVING NOT count(part_id) < 10",
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_asks_the_same_of_groups_is_accepted(name: str) -> None:
    solution, answer = RIGHT[name]
    verdict = judge_line({"id": 1, "schema": DDL, "solutions": [solution], "answer": answer})
    assert verdict["verdict"] == "accepted"


def test_groups_are_the_same_for_the_same_seed() -> None:
    schema = read_schema(DDL, (), ())
    query = EACH.format("sum(pieces) > 437 AND max(pieces) < 61")
    made = [
        [next(d for d in Generator(schema, [query], Runner(schema), seed=3).databases() if "composed" in d.strategies)]
        for _ in range(2)
    ]
    assert made[0] == made[1]
