"""The review desk: what it finds in forty drafts, that its figures are those of the data, and that it never says "right"."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from classroom.learner.panel.drafts import view
from classroom.learner.panel.drafts.found import DeskCheck, Found
from classroom.learner.panel.drafts.request import FIELDS, form, request_in

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb

    from classroom.learner.state.desk import Desk

DRAFTS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("drafts.toml").read_text(encoding="utf-8"))[
    "drafts"
]
NAMED = {each["name"]: each for each in DRAFTS}


@pytest.fixture
def looked(judging_desk: Desk, at: Callable[..., Any]) -> Callable[..., tuple[list[Found], str]]:
    """What is found in a draft, and what is shown of it."""

    def look(sql: str, lang: str = "ja") -> tuple[list[Found], str]:
        kept: list[Found] = []
        card = view._card

        def keep(desk: Desk, request: Any, draft: Any, found: list[Found], **rest: Any) -> Any:
            kept.extend(found)
            return card(desk, request, draft, found, **rest)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(view, "_card", keep)
            patched.setattr(judging_desk, "lang", lang)
            ran = at(judging_desk, f"%draft\n{sql}")
        assert ran.trouble is None, ran.trouble
        return kept, ran.displays[-1].data["text/plain"]

    return look


@pytest.fixture
def data(judging_desk: Desk) -> duckdb.DuckDBPyConnection:
    """The same file: asked by the test itself."""
    return judging_desk.session.cursor()


def test_there_are_forty() -> None:
    assert len(NAMED) == len(DRAFTS) >= 40


@pytest.mark.parametrize("name", NAMED)
def test_what_is_to_be_looked_at_is_found_and_nothing_else_is_marked(
    name: str, looked: Callable[..., tuple[list[Found], str]], data: duckdb.DuckDBPyConnection
) -> None:
    sql = NAMED[name]["sql"]
    found, shown = looked(sql)
    assert sorted(each.code for each in found if each.to_look_at) == sorted(NAMED[name]["finds"])
    assert {each.check for each in found} >= set(DeskCheck) - {DeskCheck.READ}, "each check says something"
    assert "この画面が「正しい」と言うことはありません" in shown
    rows = data.execute(f"SELECT COUNT(*) FROM ({sql})").fetchall()[0][0]
    assert next(each.params["rows"] for each in found if each.code == "rows") == rows
    assert "{" not in shown


@pytest.mark.parametrize("name", [each["name"] for each in DRAFTS[::4]])
def test_it_says_the_same_in_english(name: str, looked: Callable[..., tuple[list[Found], str]]) -> None:
    japanese, english = looked(NAMED[name]["sql"]), looked(NAMED[name]["sql"], "en")
    assert [(each.code, each.params) for each in japanese[0]] == [(each.code, each.params) for each in english[0]]
    assert "It never says that a draft is right" in english[1]
    assert "{" not in english[1]


def test_what_it_counts_is_in_the_data(
    looked: Callable[..., tuple[list[Found], str]], data: duckdb.DuckDBPyConnection
) -> None:
    def one(query: str) -> Any:
        return data.execute(query).fetchall()[0][0]

    def told(name: str, code: str) -> Found:
        return next(each for each in looked(NAMED[name]["sql"])[0] if each.code == code)

    spread = told("sales with appointments joined", "join_multiplies_sum").params
    joined = "FROM payments AS p LEFT JOIN appointments AS a ON a.guest_id = p.guest_id"
    assert (spread["before"], spread["after"]) == (
        one("SELECT COUNT(*) FROM payments"),
        one(f"SELECT COUNT(*) {joined}"),
    )
    assert spread["spread"] == one(f"SELECT MAX(n) FROM (SELECT COUNT(*) AS n {joined} GROUP BY p.payment_id)")
    blank = told("other than a channel", "blank_lost").params
    assert blank["rows"] == one("SELECT COUNT(*) FROM guests WHERE acquisition_channel IS NULL")
    listed = told("NOT IN with blanks", "not_in_blank").params
    assert listed["rows"] == one("SELECT COUNT(*) FROM appointments WHERE talk_id IS NULL")
    parts = told("people in several months", "parts_more").params
    assert parts["whole"] == one(
        "SELECT COUNT(DISTINCT t.guest_id) FROM talks AS t JOIN guests USING (guest_id) WHERE NOT is_test"
    )
    assert float(str(parts["parts"])) > float(str(parts["whole"]))
    followed = told("buyers counted by rows", "follow").params
    most = f"SELECT COUNT(*) AS n FROM ({NAMED['buyers counted by rows']['sql'].replace('COUNT(guest_id) AS puu', 'guest_id')}) GROUP BY guest_id"
    assert followed["n"] == one(f"SELECT MAX(n) FROM ({most})")


def test_a_long_result_is_counted_whole(looked: Callable[..., tuple[list[Found], str]]) -> None:
    """A list shows its first rows alone; what is added up and compared is all of it."""
    found, _ = looked("SELECT talk_id, COUNT(*) AS n FROM talks GROUP BY talk_id")
    assert {"key_once", "totals_agree"} <= {each.code for each in found}


def test_the_request_is_read_in_both_languages_and_put_beside_what_the_draft_does(
    looked: Callable[..., tuple[list[Found], str]],
) -> None:
    for lang, labels in (("ja", ("1行は", "期間", "予想")), ("en", ("one row is", "Period", "Expectation"))):
        words = dict(zip(("grain", "period", "expected"), ("one guest", "December", "1,234"), strict=True))
        head = "\n".join(f"-- {label}: {each}" for label, each in zip(labels, words.values(), strict=True))
        request = request_in(f"{head}\nSELECT 1")
        assert {name: request.said[name] for name in words} == words
        assert request.number == 1234
        _, shown = looked(
            f"{head}\nSELECT COUNT(*) AS n FROM casts WHERE joined_at_utc < TIMESTAMP '2025-12-01 20:00'", lang
        )
        assert "one guest" in shown
        assert "joined_at_utc < TIMESTAMP '2025-12-01 20:00'" in shown
    assert request_in("-- 予想: 約3.5万円").number == 35_000
    assert request_in("-- 予想：１２人").number == 12
    assert request_in("-- 予想: 分からない").number is None


def test_without_a_draft_the_form_stands_in_the_next_cell(judging_desk: Desk, at: Callable[..., Any]) -> None:
    ran = at(judging_desk, "%draft new")
    assert "下書きの検算" in ran.plain
    assert judging_desk.take_next_input() == form("ja")
    assert set(request_in(form("ja")).said.values()) == {""}
    assert len(form("en").splitlines()) == 1 + len(FIELDS) + 1


def test_a_draft_for_another_database_is_told_as_any_error_is(judging_desk: Desk, at: Callable[..., Any]) -> None:
    ran = at(judging_desk, "%draft\nSELECT COUNT(*) FROM users")
    assert ran.trouble is not None
    assert "users" in ran.plain + str(ran.trouble)


def test_the_request_is_not_repeated_in_the_queries_that_are_shown(
    looked: Callable[..., tuple[list[Found], str]],
) -> None:
    found, _ = looked("-- 予想: 8\nSELECT area_code, COUNT(*) AS n FROM casts WHERE NOT is_test GROUP BY area_code")
    shown = [each.sql for each in found if each.sql]
    assert shown
    assert not any("予想" in each for each in shown)


@pytest.mark.parametrize(
    "sql", ["SELECT SUM(c) / SUM(n) FROM ({0})", "SELECT n, SUM(c / n) AS s FROM ({0}) GROUP BY n"]
)
def test_a_division_by_zero_is_shown_and_looked_at(sql: str, looked: Callable[..., tuple[list[Found], str]]) -> None:
    rows = "SELECT cast_id AS c, 0 * cast_id AS n FROM casts"
    _, shown = looked(f"-- 予想: 100\n{sql.format(rows)}")
    assert "この画面が「正しい」と言うことはありません" in shown


def test_what_is_no_finite_number_is_said_as_it_is_and_is_no_expectation() -> None:
    assert [view._figure(float(each)) for each in ("inf", "nan", "1234")] == ["inf", "nan", "1,234"]
    assert request_in(f"-- 予想: {'9' * 400}").number is None


def said(found: list[Found], check: DeskCheck) -> list[str]:
    return [each.code for each in found if each.check is check]


def test_nobody_is_followed_of_whom_nothing_is_counted(looked: Callable[..., tuple[list[Found], str]]) -> None:
    for sql in (
        "SELECT COUNT(*) AS n FROM talks WHERE talk_id < 0",
        "WITH early AS (SELECT * FROM guests WHERE guest_id < 0) SELECT guest_id FROM early WHERE guest_id > 5",
        "SELECT t.talk_id FROM talks AS t JOIN guests AS g ON g.guest_id = -t.guest_id",
    ):
        found, _ = looked(sql)
        assert said(found, DeskCheck.FOLLOWED) == ["nobody_left"], sql
    sql = "SELECT a.guest_id FROM (SELECT CASE WHEN guest_id < 0 THEN 1 END AS guest_id FROM talks) AS a"
    found, _ = looked(sql)
    assert said(found, DeskCheck.FOLLOWED) == ["nobody_to_follow"], "a blank is nobody"


def test_what_each_run_gives_otherwise_is_not_counted_by_another_run(
    looked: Callable[..., tuple[list[Found], str]],
) -> None:
    found, shown = looked("SELECT guest_id, COUNT(*) AS n FROM talks GROUP BY guest_id LIMIT 5")
    assert said(found, DeskCheck.REPEATED) == said(found, DeskCheck.TOTALS) == ["by_chance"]
    assert "どの行が出るかは決まっていません" in shown
    found, _ = looked("SELECT guest_id, COUNT(*) AS n FROM talks GROUP BY guest_id ORDER BY n DESC, guest_id LIMIT 5")
    assert said(found, DeskCheck.REPEATED) == ["key_once"]


@pytest.mark.parametrize(
    ("sql", "adds"),
    [
        ("SELECT SUM(p.points) AS n FROM guests AS g JOIN payments AS p USING (guest_id)", "SUM(p.points)"),
        (
            (
                "WITH sums AS (SELECT guest_id, SUM(points) AS s FROM payments GROUP BY guest_id)"
                " SELECT t.guest_id, s.s FROM talks AS t JOIN sums AS s ON s.guest_id < 50"
            ),
            "",
        ),
        (
            (
                "SELECT n, COUNT(*) AS guests FROM (SELECT g.guest_id, COUNT(t.talk_id) AS n FROM guests AS g"
                " LEFT JOIN talks AS t USING (guest_id) GROUP BY g.guest_id) AS counted GROUP BY n"
            ),
            "COUNT(t.talk_id)",
        ),
        (
            (
                "WITH joined AS (SELECT g.guest_id, t.talk_id FROM guests AS g JOIN talks AS t USING (guest_id))"
                " SELECT COUNT(guest_id) AS n FROM joined"
            ),
            "COUNT(guest_id)",
        ),
        (
            (
                "SELECT g.guest_id FROM guests AS g JOIN talks AS t USING (guest_id)"
                " WHERE g.guest_id < (SELECT AVG(guest_id) FROM guests)"
            ),
            "",
        ),
    ],
)
def test_what_may_be_counted_twice_is_what_is_counted_after_the_join(
    sql: str, adds: str, looked: Callable[..., tuple[list[Found], str]]
) -> None:
    found, _ = looked(sql)
    multiplied = [each for each in found if each.code.startswith("join_multiplies")]
    assert [each.params["adds"] for each in multiplied] == [adds]


def test_tables_after_a_comma_are_joined_by_their_condition_and_not_row_by_row(
    looked: Callable[..., tuple[list[Found], str]], data: duckdb.DuckDBPyConnection
) -> None:
    sql = (
        "SELECT COUNT(*) AS n FROM talks t, guests g, casts c"
        " WHERE t.guest_id = g.guest_id AND c.cast_id = t.cast_id AND NOT g.is_test"
    )
    found, _ = looked(sql)
    kept = next(each for each in found if each.code == "keeps")
    assert kept.params["after"] == data.execute(sql).fetchall()[0][0]
    assert not [each for each in found if each.code.startswith("join_multiplies")], "each talk has one guest"
    found, _ = looked("SELECT SUM(g.birth_year) AS n FROM guests g, talks t WHERE t.guest_id = g.guest_id")
    assert [each.params["adds"] for each in found if each.code == "join_multiplies_sum"] == ["SUM(g.birth_year)"]
