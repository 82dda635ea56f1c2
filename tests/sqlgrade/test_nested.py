"""Lists of structs, such as an analytics export's repeated parameters: rows are made for what is asked of their parts."""

from __future__ import annotations

import pytest

from sqlgrade import Exercise, Pack, Solution, Status, build_pack
from sqlgrade.judging.judge import Judge
from sqlgrade.populate.nested import lists_of_structs
from sqlgrade.tables.sqltype import parse_type

PARAMETER = 'STRUCT("key" VARCHAR, "value" STRUCT(string_value VARCHAR, int_value BIGINT))[]'
DDL = f"CREATE TABLE hits (hit_id BIGINT PRIMARY KEY, kind VARCHAR NOT NULL, params {PARAMETER} NOT NULL);"
ONCE = "SELECT 1 FROM hits WHERE len(list_distinct([p.key for p in params])) <> len(params)"
PAGES = """SELECT hit_id, p.value.string_value AS page FROM hits, UNNEST(params) AS u(p)
WHERE kind = 'view' AND p.key = 'page'"""
SESSIONS = "SELECT COUNT(DISTINCT p.value.int_value) AS n FROM hits, UNNEST(params) AS u(p) WHERE p.key = 'session'"


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


@pytest.fixture(scope="module")
def pages() -> Pack:
    return build_pack(Exercise("pages", DDL, (Solution(PAGES),), assume=(ONCE,)))


@pytest.fixture(scope="module")
def sessions() -> Pack:
    return build_pack(Exercise("sessions", DDL, (Solution(SESSIONS),), assume=(ONCE,)))


@pytest.mark.parametrize(
    "answer",
    [
        "SELECT hit_id, p.value.string_value FROM (SELECT hit_id, kind, unnest(params) AS p FROM hits) WHERE kind = 'view' AND p.key = 'page'",
        (
            "SELECT hit_id, [p.value.string_value for p in params if p.key = 'page'][1] FROM hits "
            "WHERE kind = 'view' AND list_contains([p.key for p in params], 'page')"
        ),
        "-- dialect: bigquery\nSELECT hit_id, p.value.string_value FROM hits, UNNEST(params) AS p WHERE kind = 'view' AND p.key = 'page';",
    ],
)
def test_a_right_answer_is_accepted_however_it_opens_the_list(judge: Judge, pages: Pack, answer: str) -> None:
    assert judge.grade(pages, answer).status is Status.ACCEPTED


@pytest.mark.parametrize(
    "answer",
    [
        PAGES.replace("'page'", "'pages'"),
        PAGES.replace(" AND p.key = 'page'", ""),
        PAGES.replace("kind = 'view' AND ", ""),
        PAGES.replace("p.value.string_value", "CAST(p.value.int_value AS VARCHAR)"),
        "SELECT hit_id, params[1].value.string_value FROM hits WHERE kind = 'view'",
        "SELECT hit_id, params[1].value.string_value FROM hits WHERE kind = 'view' AND params[1].key = 'page'",
        "SELECT hit_id, [p.value.string_value for p in params if p.key = 'page'][1] FROM hits WHERE kind = 'view'",
    ],
)
def test_a_wrong_answer_is_refuted_on_rows_with_the_parts_that_are_asked_for(
    judge: Judge, pages: Pack, answer: str
) -> None:
    verdict = judge.grade(pages, answer)
    assert verdict.status is Status.REFUTED
    assert verdict.counterexample is not None
    assert verdict.counterexample.tables["hits"].rows


@pytest.mark.parametrize(
    "answer",
    [
        SESSIONS.replace("DISTINCT ", ""),
        SESSIONS.replace(" WHERE p.key = 'session'", ""),
        "SELECT COUNT(*) AS n FROM hits",
        "SELECT COUNT(DISTINCT hit_id) AS n FROM hits, UNNEST(params) AS u(p) WHERE p.key = 'session'",
    ],
)
def test_a_count_by_a_part_is_told_from_other_counts(judge: Judge, sessions: Pack, answer: str) -> None:
    assert judge.grade(sessions, answer).status is Status.REFUTED


def test_what_is_asked_for_stands_alone_behind_others_twice_and_not_at_all() -> None:
    made = lists_of_structs(parse_type(PARAMETER), {"key": ["page", "session"], "int_value": [3]})
    keys = {tuple(each["key"] for each in value) for value in made}
    assert {("page",), ("session",), ("page", "session"), ("page", "session", "page")} <= keys
    assert any(each[0] not in ("page", "session") for each in keys)
    assert {3, None} <= {each["value"]["int_value"] for value in made for each in value}


def test_nothing_is_made_where_no_part_is_asked_for() -> None:
    assert lists_of_structs(parse_type(PARAMETER), {}) == []
