from ast import literal_eval
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from sqlgrade.dialect.spoken import spoken
from sqlgrade.errors import (
    ErrorCard,
    explain_error,
    explain_run_error,
    quiet_mistakes,
    statement_refusal,
    template_card,
)
from sqlgrade.errors.refusals import refuse_run
from sqlgrade.messages import keys, render
from sqlgrade.parameters import BadTemplate, fill
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import RunError

DDL = """
CREATE TABLE guests (guest_id BIGINT PRIMARY KEY, name VARCHAR, prefecture VARCHAR, status VARCHAR, joined_at TIMESTAMP, age INTEGER, fee DECIMAL(10, 2));
CREATE TABLE visits (visit_id BIGINT, guest_id BIGINT, amount INTEGER, visited_at TIMESTAMP, status VARCHAR);
INSERT INTO guests VALUES (1, 'a', '大阪府', 'x', '2024-01-01', 3, 1), (2, 'b', '東京都', 'x', '2024-01-01', 3, 1);
INSERT INTO visits VALUES (1, 1, 2, '2024-01-01', 'x');
"""
NAMES = {
    "guests": ("guest_id", "name", "prefecture", "status", "joined_at", "age", "fee"),
    "visits": ("visit_id", "guest_id", "amount", "visited_at", "status"),
}
REFUSALS = frozenset(
    "empty several_statements script_statement script_twice script_without_query dialect_system_unsupported dialect_system_no_such writes not_a_query forbidden function catalogue other_schema file sample parameter unreadable_pivot time memory rows too_long too_deep where".split()
)


@dataclass(frozen=True)
class Case:
    title: str
    card: str
    at: str
    sql: str


def load_cases() -> list[Case]:
    text = (Path(__file__).parent / "errors" / "cases.sql").read_text(encoding="utf-8")
    return [read_case(block) for block in text.split("\n\n-- title: ")[1:]]


def read_case(block: str) -> Case:
    title, card, at, sql = block.rstrip("\n").split("\n", 3)
    return Case(title, card.removeprefix("-- card: "), literal_eval(at.removeprefix("-- at: ")), sql)


CASES = load_cases()


def engine_message(sql: str, *, as_json: bool = False) -> str:
    with duckdb.connect() as connection:
        connection.execute(DDL)
        connection.execute(f"SET errors_as_json = {as_json}")
        with pytest.raises(duckdb.Error) as caught:
            connection.execute(sql).fetchall()
    return str(caught.value)


def shown(card: ErrorCard, sql: str) -> str:
    return "" if card.start is None else sql[card.start : card.end]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_failing_query_gets_its_card_at_its_place(case: Case) -> None:
    card = explain_error(engine_message(case.sql), case.sql, NAMES)
    assert (f"{card.code} {card.key}", shown(card, case.sql)) == (case.card, case.at)


TEMPLATES = {
    "template_none": ("SELECT {{ area }}", {}, "{{ area }}"),
    "template_unknown": ("SELECT {{ zone }}", {"area": "1"}, "{{ zone }}"),
    "template_near": ("SELECT {{ aera }}", {"area": "1"}, "{{ aera }}"),
    "template_braces": ("SELECT {{ area", {"area": "1"}, "{{ area"),
    "template_single": ("SELECT { area }", {"area": "1"}, "{ area }"),
    "template_full_width": ("SELECT ｛｛ area ｝｝", {"area": "1"}, "｛｛ area ｝｝"),
}
"""Sentence about braces -> text, the values that there are, and the part of the text that it marks."""


@pytest.mark.parametrize("key", TEMPLATES)
def test_braces_that_are_no_parameter_get_a_card_at_their_place(key: str) -> None:
    sql, values, at = TEMPLATES[key]
    with pytest.raises(BadTemplate) as raised:
        fill(sql, values)
    card = template_card(raised.value, sql, values)
    assert (card.key, shown(card, sql).strip()) == (key, at)


_BIGQUERY = "-- dialect: bigquery\n"
_TALKS = {"talks": {"talk_id": "INTEGER", "yen": "INTEGER", "area": "VARCHAR", "at_utc": "TIMESTAMP"}}
DIALECTS = {
    "dialect_unknown": ("-- dialect: mysql\nSELECT 1", ""),
    "dialect_no_such": (_BIGQUERY + "SELECT list_sum(yen) FROM talks", "list_sum(yen)"),
    "dialect_no_such_use": (_BIGQUERY + "SELECT yen % 2 FROM talks", "yen"),
    "dialect_types": (_BIGQUERY + "SELECT * FROM talks WHERE area = 5", "area"),
    "dialect_types_use": (_BIGQUERY + "SELECT * FROM talks WHERE yen = NULL", "yen"),
    "dialect_name": (_BIGQUERY + "SELECT yen + 1 AS more FROM talks WHERE more > 1", "more"),
    "dialect_form": (_BIGQUERY + "SELECT RANK() OVER () FROM talks", "RANK()"),
    "dialect_parameter": (_BIGQUERY + "SELECT yen > @least FROM talks", "least"),
    "dialect_unsupported": (_BIGQUERY + "SELECT ST_GEOGPOINT(1, 2) FROM talks", "ST_GEOGPOINT(1, 2)"),
    "dialect_unsupported_use": (_BIGQUERY + "SELECT at_utc - at_utc FROM talks", "at_utc"),
}
"""Sentence about another dialect -> text, and the part of it that is marked."""


@pytest.mark.parametrize("key", DIALECTS)
def test_what_another_dialect_does_not_take_gets_a_card_at_its_place(key: str) -> None:
    sql, at = DIALECTS[key]
    found = spoken(sql, _TALKS)
    assert isinstance(found, RunError)
    card = refuse_run(found, sql)
    assert card is not None
    assert (card.key, shown(card, sql)) == (key, at)


def test_every_error_sentence_is_reached_by_a_case() -> None:
    told = {key.split(".")[1] for key in keys("en") if key.startswith("error.")}
    quiet = {"comma_became_alias"}
    assert told - REFUSALS - quiet - {case.card.split()[1] for case in CASES} - TEMPLATES.keys() - DIALECTS.keys() == {
        "unknown_table"
    }


def test_the_place_is_right_after_wide_characters_and_in_a_cut_excerpt() -> None:
    sql = "SELECT '" + "東京" * 60 + "' AS a,\n  'いろは' AS b, nmae\nFROM guests"
    card = explain_error(engine_message(sql), sql, NAMES)
    assert (shown(card, sql), card.line, card.column) == ("nmae", 2, 15)


def test_the_place_is_right_after_full_width_spaces() -> None:
    sql = "SELECT　name,　nmae　FROM　guests"
    assert shown(explain_error(engine_message(sql), sql, NAMES), sql) == "nmae"


def test_a_full_width_space_alone_is_no_mistake() -> None:
    with duckdb.connect() as connection:
        connection.execute(DDL)
        assert connection.execute("SELECT　name　FROM guests").fetchall() == [("a",), ("b",)]


def test_full_width_characters_inside_text_are_left_alone() -> None:
    sql = "SELECT nmae FROM guests WHERE prefecture = '（東京都）'"
    assert explain_error(engine_message(sql), sql, NAMES).key == "unknown_column_near"


def test_full_width_brackets_in_a_label_are_not_blamed_for_another_mistake() -> None:
    sql = "SELECT count(*) AS 人数（人）, nmae FROM guests"
    assert explain_error(engine_message(sql), sql, NAMES).key == "unknown_column_near"


def test_a_double_quoted_slip_of_a_column_is_not_taken_for_text() -> None:
    sql = 'SELECT "nmae" FROM guests'
    assert explain_error(engine_message(sql), sql, NAMES).key == "unknown_column_near"


@pytest.mark.parametrize(
    ("sql", "key"),
    [
        ("", "empty"),
        ("  -- 解答 L1-01\n", "empty"),
        (";;", "empty"),
        ("SELECT 1; SELECT 2", "several_statements"),
        ("DELETE FROM guests", "writes"),
        ("drop table guests", "writes"),
    ],
)
def test_a_text_that_is_no_single_query_is_refused(sql: str, key: str) -> None:
    card = statement_refusal(sql)
    assert card is not None
    assert card.key == key


@pytest.mark.parametrize(
    "sql", ["SELECT name FROM guests;", "SELECT ';' ;; -- done", "WITH a AS (SELECT 1) SELECT * FROM a"]
)
def test_trailing_semicolons_are_fine(sql: str) -> None:
    assert statement_refusal(sql) is None


@pytest.mark.parametrize(
    ("error", "code", "card"),
    [
        (RunError(kinds.TIMEOUT, "INTERRUPT"), "limit", "time"),
        (RunError(kinds.MEMORY, "out of memory"), "limit", "memory"),
        (RunError(kinds.TOO_LARGE, "more than 20 rows", subtype="20"), "limit", "rows"),
        (RunError(kinds.NOT_ALLOWED, "function", 14, "function", "read_csv"), "not_allowed", "function"),
        (RunError(kinds.NOT_ALLOWED, "statement_type", None, "statement_type", "PRAGMA"), "not_allowed", "not_a_query"),
        (
            RunError(kinds.BIND, 'Binder Error: Referenced column "nam" not found in FROM clause!', 7),
            "E01",
            "unknown_column_near",
        ),
    ],
)
def test_every_kind_of_run_error_has_a_card(error: RunError, code: str, card: str) -> None:
    found = explain_run_error(error, "SELECT nam FROM read_csv('x')", NAMES)
    assert (found.code, found.params["card"]) == (code, card)


def test_a_comma_that_became_a_label_is_noticed_though_the_query_runs() -> None:
    sql = "SELECT name prefecture FROM guests"
    (card,) = quiet_mistakes(sql, NAMES)
    assert (card.code, shown(card, sql)) == ("E02", "name prefecture")


@pytest.mark.parametrize(("sign", "use"), [("=", "IS NULL"), ("<>", "IS NOT NULL")])
def test_a_comparison_with_null_is_noticed(sign: str, use: str) -> None:
    (card,) = quiet_mistakes(f"SELECT name FROM guests WHERE age {sign} NULL", NAMES)
    assert (card.code, card.params["use"]) == ("E10", use)


def test_a_misspelt_keyword_taken_for_a_label_is_noticed() -> None:
    (card,) = quiet_mistakes("SELECT name FROM guests WHER", NAMES)
    assert card.params["near"] == "WHERE"


@pytest.mark.parametrize(
    "sql", ["SELECT name AS prefecture FROM guests", "SELECT name n, age FROM guests g WHERE age IS NULL"]
)
def test_a_query_meant_as_written_gets_no_remark(sql: str) -> None:
    assert quiet_mistakes(sql, NAMES) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_engines_own_position_gives_the_same_card(case: Case) -> None:
    import json

    text = engine_message(case.sql, as_json=True)
    head, facts = text[: text.index("{")], json.loads(text[text.index("{") :])
    position = facts.get("position")
    offset = len(case.sql.encode()[: int(position)].decode()) if position else None
    card = explain_error(head + facts["exception_message"], case.sql, NAMES, position=offset)
    assert f"{card.code} {card.key}" == case.card


def told(sql: str, lang: str = "en") -> str:
    """What to try, as the card of a failing query says it."""
    card = explain_error(engine_message(sql), sql, NAMES)
    return render(f"error.{card.key}.try", {"message": "", **card.params}, lang)


@pytest.mark.parametrize(
    ("call", "use"),
    [
        ("SAFE_DIVIDE(count(*), sum(age) + 1)", "count(*) / NULLIF(sum(age) + 1, 0)"),
        ("FORMAT_DATE('%Y-%m', max(joined_at))", "strftime(max(joined_at), '%Y-%m')"),
        ("TIMESTAMP_TRUNC(max(joined_at), MONTH)", "date_trunc('month', max(joined_at))"),
        ("DATE_TRUNC(MONTH, max(joined_at))", "date_trunc('month', max(joined_at))"),
        (
            "TIMESTAMP_DIFF(max(joined_at), min(joined_at), HOUR)",
            "date_diff('hour', min(joined_at), max(joined_at))",
        ),
        ("DATEDIFF(day, min(joined_at), max(joined_at))", "date_diff('day', min(joined_at), max(joined_at))"),
        ("DATEDIFF(max(joined_at), min(joined_at))", "date_diff('day', min(joined_at), max(joined_at))"),
        ("DATE_SUB(max(joined_at), INTERVAL 7 DAY)", "max(joined_at) - INTERVAL 7 DAY"),
        ("SAFE_CAST(max(age) AS INT64)", "TRY_CAST(max(age) AS BIGINT)"),
        ("EXTRACT(DATE FROM max(joined_at))", "CAST(max(joined_at) AS DATE)"),
        ("REGEXP_CONTAINS(max(name), r'^a')", "regexp_matches(max(name), '^a')"),
        ("TO_CHAR(max(joined_at), 'YYYY/MM/DD HH24:MI')", "strftime(max(joined_at), '%Y/%m/%d %H:%M')"),
        ("IFERROR(sum(fee) / count(age), 0)", "COALESCE(sum(fee) / NULLIF(count(age), 0), 0)"),
        ("IFERROR(max(age), 0)", "COALESCE(max(age), 0)"),
        ("IF(max(age) > 2, 'x')", "CASE WHEN max(age) > 2 THEN 'x' END"),
        (
            "IFS(max(age) > 9, 'x', max(age) > 2, 'y')",
            "CASE WHEN max(age) > 9 THEN 'x' WHEN max(age) > 2 THEN 'y' END",
        ),
        ("SWITCH(max(name), 'a', 1, 0)", "CASE max(name) WHEN 'a' THEN 1 ELSE 0 END"),
        ("COUNTIF(prefecture, '東京都')", "SUM(CASE WHEN prefecture = '東京都' THEN 1 ELSE 0 END)"),
        (
            "COUNTIFS(prefecture, '東京都', age, '>=3')",
            "SUM(CASE WHEN prefecture = '東京都' AND age >= 3 THEN 1 ELSE 0 END)",
        ),
        ("SUMIF(prefecture, '東京都', fee)", "SUM(CASE WHEN prefecture = '東京都' THEN fee ELSE 0 END)"),
        ("SUMIFS(fee, age, '>2')", "SUM(CASE WHEN age > 2 THEN fee ELSE 0 END)"),
        ("AVERAGEIF(prefecture, '東京都', fee)", "AVG(CASE WHEN prefecture = '東京都' THEN fee END)"),
        ("AVERAGE(fee)", "AVG(fee)"),
        ("COUNTA(name)", "COUNT(name)"),
        ("ISBLANK(max(name))", "max(name) IS NULL"),
        ("CONCATENATE(max(name), 'さん')", "max(name) || 'さん'"),
        ("ROUNDUP(avg(fee), 1)", "ceil(avg(fee) * 10) / 10"),
        ("ROUNDDOWN(avg(fee))", "floor(avg(fee))"),
        ("INT(avg(fee))", "floor(avg(fee))"),
        ("DATE(max(age), 12, 1)", "make_date(max(age), 12, 1)"),
        ("EOMONTH(max(joined_at), 0)", "last_day(max(joined_at))"),
        ("EDATE(max(joined_at), 1)", "max(joined_at) + INTERVAL (1) MONTH"),
        ("LEFT(max(joined_at), 7)", "left(CAST(max(joined_at) AS VARCHAR), 7)"),
        ("MID(max(name), 1, 2)", "substr(max(name), 1, 2)"),
        ("FIND('a', max(name))", "strpos(max(name), 'a')"),
        ("SUBSTITUTE(max(name), 'a', 'b')", "replace(max(name), 'a', 'b')"),
        ("DATEDIF(min(joined_at), max(joined_at), 'M')", "date_diff('month', min(joined_at), max(joined_at))"),
    ],
)
def test_a_foreign_call_is_told_in_duckdbs_form_which_runs(call: str, use: str) -> None:
    sentence = told(f"SELECT {call} FROM guests")
    assert sentence == f"DuckDB writes it {use}"
    with duckdb.connect() as connection:
        connection.execute(DDL)
        assert len(connection.execute(f"SELECT {use} FROM guests").fetchall()) == 1


@pytest.mark.parametrize(
    ("condition", "use"),
    [
        ("AND(age = 3, NOT name = 'a')", "age = 3 AND NOT name = 'a'"),
        ("OR(age = 3, age = 4)", "(age = 3 OR age = 4)"),
        ("ISNULL(name)", "name IS NULL"),
        ("(age > 2) = TRUE()", "true"),
    ],
)
def test_a_foreign_condition_is_told_in_duckdbs_form(condition: str, use: str) -> None:
    assert told(f"SELECT name FROM guests WHERE {condition}") == f"DuckDB writes it {use}"


def test_a_function_that_only_an_extension_has_is_told_in_duckdbs_form() -> None:
    sql = "SELECT TEXT(joined_at, 'yyyy年mm月') FROM guests"
    message = (
        'Catalog Error: Scalar Function with name "text" is not in the catalog, but it exists in the excel extension.'
    )
    card = explain_error(message, sql, NAMES)
    assert card.params["use"] == "strftime(joined_at, '%Y年%m月')"


def test_a_long_query_that_is_told_is_not_cut() -> None:
    long = " + ".join(["count(DISTINCT guest_id)"] * 6)
    assert told(f"SELECT SAFE_DIVIDE({long}, 2) FROM guests") == f"DuckDB writes it ({long}) / NULLIF(2, 0)"


def test_a_slip_is_not_blamed_on_the_call_around_it() -> None:
    card = explain_error(engine_message("SELECT left(nmae, 2) FROM guests"), "SELECT left(nmae, 2) FROM guests", NAMES)
    assert (card.key, card.params["near"]) == ("unknown_column_near", "name")


@pytest.mark.parametrize(
    ("sql", "use"),
    [
        ("SELECT name FROM guests WHERE age BETWEEN 1 AND 2 AND <> 3", "AND age <> 3"),
        (
            "SELECT name FROM guests g WHERE g.prefecture = '東京都', '大阪府', '京都府'",
            "g.prefecture IN ('東京都', '大阪府', '京都府')",
        ),
        ("SELECT name FROM guests WHERE 1 < age <= 3 ORDER BY name", "1 < age AND age <= 3"),
        ("SELECT prefecture FROM guests GROUP BY prefecture HAVING sum(age) >= 3 AND < 9", "AND sum(age) < 9"),
    ],
)
def test_a_half_written_condition_is_told_in_full(sql: str, use: str) -> None:
    assert use in told(sql)
