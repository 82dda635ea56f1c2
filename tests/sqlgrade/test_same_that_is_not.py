"""Answers that data made by chance passes for right."""

import pytest

from sqlgrade import judge_line

CLUB = (
    "CREATE TABLE courts (court_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, ours DECIMAL(6,2) NOT NULL, theirs DECIMAL(6,2) NOT NULL);"
    "CREATE TABLE players (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);"
    "CREATE TABLE games (game_id INTEGER PRIMARY KEY, court_id INTEGER NOT NULL REFERENCES courts, "
    "player INTEGER NOT NULL REFERENCES players, hours INTEGER NOT NULL);"
)
LOOSE = CLUB.replace(" REFERENCES courts", "").replace(" REFERENCES players", "")
EARNED = "SUM(CASE WHEN player = 0 THEN hours * theirs ELSE hours * ours END)"
GROUPED = "FROM games JOIN courts USING (court_id) GROUP BY courts.name"
RANKED = f"SELECT name FROM (SELECT courts.name, {{}}() OVER (ORDER BY {EARNED} DESC) AS place {GROUPED}) AS t WHERE place <= 3"
SHOP = (
    "CREATE TABLE shops (id INTEGER PRIMARY KEY, city VARCHAR); "
    "CREATE TABLE sales (id INTEGER PRIMARY KEY, shop INTEGER, amount INTEGER, tags VARCHAR)"
)
HAVING = "SELECT shop FROM sales GROUP BY shop HAVING SUM(amount) {} 100 AND MAX(amount) < 75 AND COUNT(*) >= 3"
PARTS = "SELECT id, TRIM(part) AS part FROM sales, UNNEST(STRING_SPLIT(tags, ',')) AS u(part)"
SIDES = "CREATE TABLE sides (a INTEGER, b INTEGER, c INTEGER)"


def _sides(first: str, second: str) -> str:
    """What three sides are, asked in this order."""
    meant = {"flat": "a + b <= c OR a + c <= b OR b + c <= a", "even": "a = b AND b = c"}
    names = {each: "none" if "flat" in each else "even" for each in (first, second)}
    cases = " ".join(f"WHEN {each.format(**meant)} THEN '{names[each]}'" for each in (first, second))
    return f"SELECT CASE {cases} ELSE 'other' END AS kind FROM sides"


def test_a_result_that_is_rounded_otherwise_is_remarked_on_and_costs_a_tenth() -> None:
    line = {"id": 1, "schema": SHOP, "solutions": ["SELECT shop, ROUND(AVG(amount), 2) FROM sales GROUP BY shop"]}
    found = judge_line({**line, "answer": "SELECT shop, AVG(amount) FROM sales GROUP BY shop", "lang": "ja"})
    assert (found["verdict"], found["credit"]) == ("accepted", 0.9)
    assert [each["code"] for each in found["remarks"]] == ["unrounded"]
    assert judge_line({**line, "answer": "SELECT shop, ROUND(AVG(amount), 2) FROM sales GROUP BY 1"})["credit"] == 1.0


@pytest.mark.parametrize(
    ("schema", "solution", "wrong"),
    [
        (CLUB, RANKED.format("RANK"), f"SELECT courts.name {GROUPED} ORDER BY {EARNED} DESC LIMIT 3"),
        (CLUB, RANKED.format("RANK"), RANKED.format("DENSE_RANK")),
        (LOOSE, RANKED.format("RANK"), RANKED.format("DENSE_RANK")),
        (SIDES, _sides("{flat}", "{even}"), _sides("{even}", "{flat}")),
        (SIDES, _sides("{even}", "{flat}"), _sides("a = b AND b = c AND a > 0", "{flat}")),
        (CLUB, "SELECT COUNT(*) FROM games WHERE player = 0", "SELECT COUNT(*) FROM games WHERE player < 0"),
        (SHOP, HAVING.format(">"), HAVING.format(">=")),
        (
            SHOP,
            "SELECT s.id, t.id IS NULL FROM shops s LEFT JOIN sales t ON t.shop = s.id",
            "SELECT s.id, COALESCE(t.id, 0) = 0 FROM shops s LEFT JOIN sales t ON t.shop = s.id",
        ),
        (
            SHOP,
            "SELECT a.id, b.id FROM shops a JOIN shops b ON a.city IS NOT DISTINCT FROM b.city",
            "SELECT a.id, b.id FROM shops a JOIN shops b ON COALESCE(a.city, '-') = COALESCE(b.city, '-')",
        ),
        (
            SHOP,
            f"SELECT id FROM ({PARTS}) AS t WHERE part = '4'",
            f"SELECT DISTINCT id FROM ({PARTS}) AS t WHERE part = '4'",
        ),
        (
            SHOP,
            f"SELECT DISTINCT id FROM ({PARTS}) AS t WHERE part = '4'",
            "SELECT id FROM sales WHERE tags LIKE '%4%'",
        ),
    ],
)
def test_what_is_not_the_same_is_refuted(schema: str, solution: str, wrong: str) -> None:
    line = {"id": 1, "schema": schema, "solutions": [solution], "answer": wrong, "row_order": "ignored"}
    assert judge_line(line)["verdict"] == "refuted"
    assert judge_line({**line, "answer": f"SELECT * FROM ({solution}) AS same"})["verdict"] == "accepted"
