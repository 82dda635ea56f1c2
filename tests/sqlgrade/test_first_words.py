"""The first sentence about a mistake names the mistake, not what the parser stumbled over behind it."""

from __future__ import annotations

import duckdb
import pytest

from sqlgrade.errors import explain_error
from sqlgrade.messages import LANGUAGES, render

NAMES = {"guests": ["guest_id", "prefecture", "gender"], "talks": ["talk_id", "guest_id"]}


@pytest.mark.parametrize(
    ("sql", "key", "params"),
    [
        ("SELECT guest_id FRM guests", "misspelt_keyword", {"name": "FRM", "near": "FROM"}),
        ("SELECT guest_id FRO guests", "misspelt_keyword", {"name": "FRO", "near": "FROM"}),
        ("SELECT guest_id, gender FRM guests WHERE gender = 'f'", "misspelt_keyword", {"near": "FROM"}),
        ("WITH a AS (SELECT 1 AS x), b AS (SELECT x FROM a)", "with_without_query", {"name": "b"}),
        ("WITH a AS (SELECT 1 AS x),\nb AS (SELECT x FROM a);", "with_without_query", {"name": "b"}),
        ("WITH a AS (SELECT 1 AS x)", "with_without_query", {"name": "a"}),
        ("SELECT guest_id FROM guests WHERE prefecture = 'x', gender IS NULL", "comma_for_and", {"clause": "WHERE"}),
        ("SELECT gender FROM guests GROUP BY 1 HAVING count(*) > 1, max(gender) > 'a'", "comma_for_and", {}),
        ("SELECT guest_id FROM guests WHERE prefecture = 'x', 'y'", "several_values", {}),
        ("SELECT guest_id FROM guests\nSELECT talk_id FROM talks", "second_query", {"word": "SELECT"}),
        ("SELECT guest_id FROM guests\nWITH a AS (SELECT 1 AS x) SELECT x FROM a", "second_query", {"word": "WITH"}),
        ("SELECT guest_id WHERE gender = 'f' FROM guests", "clause_order", {"clause": "FROM"}),
    ],
)
def test_the_mistake_is_named(sql: str, key: str, params: dict[str, str]) -> None:
    with duckdb.connect() as connection:
        for table, columns in NAMES.items():
            connection.execute(f"CREATE TABLE {table} ({', '.join(f'{each} VARCHAR' for each in columns)})")
        with pytest.raises(duckdb.Error) as raised:
            connection.execute(sql)
    card = explain_error(str(raised.value), sql, NAMES)
    assert card.key == key
    assert params.items() <= card.params.items()
    for lang in LANGUAGES:
        assert render(f"error.{key}.cause", card.params, lang)
