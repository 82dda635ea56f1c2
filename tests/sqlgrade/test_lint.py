import pytest

from sqlgrade.engine.ddl import read_schema
from sqlgrade.mutate import SchemaColumns
from sqlgrade.query.lint import lint

SCHEMA = SchemaColumns.of(
    read_schema(
        "CREATE TABLE c (id INTEGER PRIMARY KEY, name VARCHAR, city VARCHAR);"
        "CREATE TABLE o (id INTEGER PRIMARY KEY, c_id INTEGER REFERENCES c (id), amount INTEGER)"
    )
)

CLUMSY = {
    "SELECT name city FROM c": "comma_became_alias",
    "SELECT name FROM c WHERE city = NULL": "equals_null",
    "SELECT name FROM c WHERE city IN ('a, b')": "list_in_one_text",
    "SELECT name FROM c WHERE city IN ('a'', ''b')": "list_in_one_text",
    "SELECT name FROM c WHERE city IN '東京都、大阪府'": "in_without_brackets",
    "SELECT name FROM c WHERE city = 'a' AND city = 'b'": "contradiction",
    "SELECT id FROM o WHERE amount > 5 AND amount < 3": "contradiction",
    "SELECT id FROM o WHERE amount > 5 AND amount <= 5": "contradiction",
    "SELECT name FROM c WHERE city <> 'a' OR city <> 'b'": "tautology",
    "SELECT name FROM c WHERE 1 = 1": "tautology",
    "SELECT name FROM c WHERE city LIKE 'a'": "like_without_wildcard",
    "SELECT city, COUNT(*) FROM c GROUP BY city HAVING city <> 'a'": "having_for_where",
    "SELECT DISTINCT id, name FROM c": "needless_distinct",
    "SELECT DISTINCT city, COUNT(*) FROM c GROUP BY city": "needless_distinct",
    "SELECT o.id FROM o LEFT JOIN c ON c.id = o.c_id": "needless_join",
    "SELECT x.id FROM (SELECT id FROM o ORDER BY id) x": "needless_order",
    "SELECT id, name FROM c GROUP BY id, name": "needless_group",
    "SELECT id AS a, name AS b FROM c": "unreadable_names",
}

FINE = (
    "SELECT name AS city FROM c",
    "SELECT name amount FROM c",
    "SELECT name FROM c WHERE city IS NULL",
    "SELECT name FROM c WHERE city IN ('a', 'b')",
    "SELECT name FROM c WHERE city IN (SELECT city FROM c)",
    "SELECT id FROM o WHERE amount > 3 AND amount < 5",
    "SELECT id FROM o WHERE amount >= 5 AND amount <= 5",
    "SELECT name FROM c WHERE city <> 'a' AND city <> 'b'",
    "SELECT city, COUNT(*) AS n FROM c GROUP BY city HAVING n > 1",
    "SELECT DISTINCT city FROM c",
    "SELECT c.name, o.id FROM o LEFT JOIN c ON c.id = o.c_id",
    "SELECT x.id FROM (SELECT id FROM o ORDER BY id LIMIT 3) x",
    "SELECT city, COUNT(*) FROM c GROUP BY city",
)


@pytest.mark.parametrize(("sql", "code"), CLUMSY.items())
def test_what_is_clumsy_gets_a_note(sql, code):
    assert [remark.code for remark in lint(sql, SCHEMA)] == [code]


@pytest.mark.parametrize("sql", FINE)
def test_what_is_fine_gets_none(sql):
    assert lint(sql, SCHEMA) == ()


@pytest.mark.parametrize("sql", ["", "SELECT", "こんにちは", "SELECT " + "(" * 500])
def test_a_text_that_cannot_be_read_has_no_notes(sql):
    assert lint(sql, SCHEMA) == ()


@pytest.mark.parametrize(
    ("condition", "found", "use"),
    [
        ("city <> NULL", "city <> NULL", "IS NOT NULL"),
        ("NOT city <> NULL", "NOT city <> NULL", "IS NULL"),
        ("NOT (city = NULL)", "NOT (city = NULL)", "IS NOT NULL"),
    ],
)
def test_what_to_write_for_a_blank_is_what_was_meant_with_the_not_before_it(condition, found, use):
    (note,) = lint(f"SELECT name FROM c WHERE {condition}", SCHEMA)
    assert note.params == {"found": found, "use": use}


def test_a_thousand_conditions_are_read_to_the_last():
    pasted = " AND ".join(f"id <> {number}" for number in range(1_000))
    assert [each.code for each in lint(f"SELECT name FROM c WHERE {pasted} AND city = 'a' AND city = 'b'", SCHEMA)] == [
        "contradiction"
    ]
