"""What a statement does to a learner's own schema, and the query in it that is judged."""

import pytest

from coursebook.own_schema import Dropping, Making, mentions_own, own_statement, query_in


@pytest.mark.parametrize(
    "head",
    [
        "CREATE VIEW my.v AS",
        "create or  replace view my . v as",
        "-- 日次\nCREATE /* a */ OR REPLACE\nVIEW IF NOT EXISTS my.v\nAS",
        'CREATE VIEW my."v" AS--',
    ],
)
def test_a_view_is_recognised_however_it_is_laid_out(head: str) -> None:
    made = own_statement(f"{head}\nSELECT 1 AS a;")
    assert isinstance(made, Making)
    assert (made.kind, made.name) == ("view", "v")
    assert made.query.endswith("SELECT 1 AS a")


def test_the_query_stands_where_it_stood() -> None:
    text = "CREATE OR REPLACE VIEW my.v AS\nSELECT 1 AS a"
    assert query_in(text).index("SELECT") == text.index("SELECT")
    assert query_in(text).strip() == "SELECT 1 AS a"
    assert query_in("SELECT 'CREATE VIEW my.v AS SELECT 2'") == "SELECT 'CREATE VIEW my.v AS SELECT 2'"


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE VIEW v AS SELECT 1",
        "CREATE VIEW my.a.v AS SELECT 1",
        "CREATE VIEW my.v(a) AS SELECT 1",
        "DROP VIEW my.v CASCADE",
        "SELECT 1",
    ],
)
def test_other_statements_are_none(sql: str) -> None:
    assert own_statement(sql) is None


def test_a_drop_names_what_goes() -> None:
    assert own_statement("DROP TABLE IF EXISTS my.t ;") == Dropping("table", "t", only_if_there=True)


def test_a_text_of_gaps_without_end_is_read_at_once() -> None:
    assert own_statement("CREATE" + " /* a */ " * 50_000) is None
    assert own_statement("CREATE VIEW " + "-- x\n" * 50_000) is None


def test_mention() -> None:
    assert mentions_own("SELECT * FROM my.v")
    assert mentions_own("SELECT * FROM MY . v")
    assert not mentions_own("SELECT * FROM tummy.v")
