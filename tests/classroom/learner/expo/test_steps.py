"""The steps of the Expo: what is kept, what they lack, what a check is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from written import TALKS, WRITTEN, write

from classroom.exchange.expo.record import Metric
from classroom.exchange.expo.spoiling import FAULTS, spoilt, tables_in
from classroom.exchange.expo.words import plain
from classroom.learner.expo.actions import ACTIONS
from classroom.learner.expo.metric_card import compare
from classroom.learner.expo.running import passed, run_place
from classroom.learner.expo.steps import lacks
from classroom.learner.expo.votes import as_csv, counted
from classroom.session.shots import table_of
from coursebook.expo import STEPS

if TYPE_CHECKING:
    from classroom.learner.expo.place import ExpoRoom


def test_what_is_typed_is_there_again_and_every_version_stays(room: ExpoRoom) -> None:
    for text in ("1", "1時", "1時間の壁"):
        write(room, {"issue.name": text})
    assert room.store.expo().issue.name == "1時間の壁"
    assert room.store.versions("issue.name") == ("1", "1時", "1時間の壁")


def test_two_windows_lose_nothing_and_are_told_where_they_differ(room: ExpoRoom) -> None:
    write(room, {"issue.name": "壁", "issue.loses": "ゲスト"})
    seen = room.store.revision()
    assert room.store.keep({"issue.name": "坂", "issue.loses": "ゲスト"}, seen, "one") == ()
    assert (
        room.store.keep({"issue.name": "坂道", "issue.loses": "ゲスト"}, seen, "one") == ()
    )  # it shows what it was drawn from
    assert room.store.keep({"issue.name": "壁", "issue.loses": "キャスト"}, seen, "two") == ()  # leaves the name alone
    expo = room.store.expo()
    assert (expo.issue.name, expo.issue.loses) == ("坂道", "キャスト")
    assert room.store.keep({"issue.name": "山"}, seen, "two") == ("issue.name",)
    assert room.store.versions("issue.name") == ("壁", "坂", "坂道", "山")


def test_an_empty_expo_lacks_something_in_every_step(room: ExpoRoom) -> None:
    expo = room.store.expo()
    assert all(lacks(room, expo, step) for step in STEPS)
    assert plain("field.hypothesis.claim", room.lang) in lacks(room, expo, "hypotheses")[0]  # the page's first field
    assert lacks(room, expo, "slide") == (plain("lacks.nothing_to_draw", room.lang),)  # it has no fields yet


def test_a_query_has_to_run_as_it_stands(room: ExpoRoom) -> None:
    write(room, WRITTEN)
    assert lacks(room, room.store.expo(), "issue")
    run_place(room, "issue.sql")
    assert lacks(room, room.store.expo(), "issue") == ()
    write(room, {"issue.sql": TALKS + " WHERE false"})
    assert lacks(room, room.store.expo(), "issue")


def test_a_query_that_breaks_gives_its_reason_and_no_step(room: ExpoRoom) -> None:
    write(room, {**WRITTEN, "issue.sql": "SELECT nothing FROM talks"})
    shot = run_place(room, "issue.sql")
    assert "nothing" in shot.problem
    assert lacks(room, room.store.expo(), "issue")


def test_a_card_that_names_what_its_query_does_not_read_is_told(room: ExpoRoom) -> None:
    write(room, {**WRITTEN, "metric.exclusions": "deleted_at_utc", "metric.period": "2025年11月"})
    run_place(room, "metric.sql")
    said = " ".join(lacks(room, room.store.expo(), "metric"))
    assert "deleted_at_utc" in said
    assert "2025-11" in said
    write(room, {"metric.exclusions": "is_test", "metric.period": "2025年12月1日から"})
    assert lacks(room, room.store.expo(), "metric") == ()


def test_a_metric_that_gives_two_numbers_for_one_thing_is_told(room: ExpoRoom) -> None:
    sql = "SELECT source, 1 AS n FROM talks ORDER BY source LIMIT 3"
    write(room, {"metric.sql": sql})
    result = table_of(run_place(room, "metric.sql"))
    assert result is not None
    assert compare(Metric(sql=sql), result).is_double


@pytest.mark.parametrize(
    ("sql", "noticed"),
    [
        ("SELECT (SELECT COUNT(*) FROM talks) = {talks}", {"twice", "gaps", "late"}),
        ("SELECT (SELECT COUNT(*) FROM talks) = (SELECT COUNT(talk_id) FROM talks)", {"blank"}),
        ("SELECT (SELECT COUNT(*) FROM talks) >= 0", set()),
    ],
)
def test_a_check_is_worth_what_it_notices(room: ExpoRoom, sql: str, noticed: set[str]) -> None:
    write(room, {"issue.sql": TALKS})
    result = table_of(run_place(room, "issue.sql"))
    assert result is not None
    write(room, {"check.1.sql": sql.format(talks=result.rows[0][0])})
    shot = run_place(room, "check.1.sql")
    assert passed(table_of(shot)) is True
    assert {each.fault for each in shot.trials if each.noticed} >= noticed
    assert bool(noticed) == any(each.noticed for each in shot.trials)


def test_three_checks_that_pass_whatever_the_data_are_not_enough(room: ExpoRoom) -> None:
    deaf = {f"check.{number}.sql": f"SELECT COUNT(*) >= {1 - number} FROM talks" for number in (1, 2, 3)}
    write(room, {**WRITTEN, **deaf, **{f"check.{number}.claim": "x" for number in (1, 2, 3)}})
    for place in ("analysis.sql", *deaf):
        run_place(room, place)
    (said,) = lacks(room, room.store.expo(), "checks")
    assert "いいえ" in said


def test_data_are_spoilt_in_the_text_alone_and_what_with_names_is_left(room: ExpoRoom) -> None:
    sql = "WITH casts AS (SELECT * FROM talks) SELECT COUNT(*) FROM casts AS c JOIN guests AS g ON g.guest_id = c.guest_id"
    assert set(tables_in(sql)) == {"talks", "guests"}
    for table in tables_in(sql):
        assert all(spoilt(sql, table, fault) for fault in FAULTS)
    assert tables_in("SELEC") == ()
    assert spoilt("SELECT 1 FROM areas", "areas", "late") is None


def test_a_saved_query_is_taken_from_the_bi_room(room: ExpoRoom) -> None:
    from classroom.learner.bi.records import Query

    number = room.bi.keep_query(Query(0, "トーク数", TALKS))
    ACTIONS["expo/take"](
        room, {"seen": "0", "window": "w", "from.issue.sql": f"issue.sql {number}", "from.metric.sql": ""}
    )
    assert room.store.expo().issue.sql == TALKS


def test_votes_are_read_as_people_write_them() -> None:
    assert counted("○, 来月\n×\n△、人手\n\nたぶん\nYes") == {"worth": 2, "later": 1, "not_worth": 1}
    assert counted("") == {}
    assert as_csv("○, a,b").decode("utf-8-sig").splitlines() == ["listener,vote,comment", '1,worth,"a,b"']
