"""Expos at the desk: they arrive, what is doubtful is seen, two mentors mark them, and they go back."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from expo_work import Writer
from road import Learner

from classroom.exchange.expo.grant import grant_in
from classroom.exchange.expo.record import EXPO
from classroom.mentor.collecting.collect import collect
from classroom.mentor.expo.expos import expo_of, handed_in
from classroom.mentor.expo.feedback import drawn_lines, return_expo
from classroom.mentor.expo.kappa import weighted_kappa
from classroom.mentor.expo.month import CannotGive, give_month
from classroom.mentor.expo.outcome import NotYet, lacks_in_words, mentors_asked_for, outcome_of
from classroom.mentor.expo.result import agreements, differences, result_of
from classroom.mentor.place.expo_store import ExpoMark, ExpoMarksStore
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.roster import Learner as Enrolled
from classroom.mentor.place.roster import enrol
from coursebook.expo import LETTERS, load_expo

if TYPE_CHECKING:
    from pathlib import Path


EARLIER = dt.timedelta(hours=3)


@pytest.fixture
def writer(hanako: Learner) -> Writer:
    return Writer(hanako)


def doubts(desk: MentorFolder, learner: str = "hanako") -> list[str]:
    collect(desk)
    return [each.code for each in expo_of(desk, learner).doubts]


def marks(learner: str, mentor: str, points: str, comment: str = "") -> list[ExpoMark]:
    return [
        ExpoMark(learner, mentor, letter, int(given), comment, "c", "2026-01-01T00:00:00+00:00")
        for letter, given in zip(LETTERS, points, strict=True)
    ]


def keep(desk: MentorFolder, learner: str, mentor: str, points: str, comment: str = "") -> None:
    """A mentor marks a learner's latest Expo."""
    code = expo_of(desk, learner).code
    ExpoMarksStore(desk).keep_marks(replace(each, code=code) for each in marks(learner, mentor, points, comment))


def given(desk: MentorFolder, effect: str = "harmful") -> None:
    collect(desk)
    give_month(desk, expo_of(desk, "hanako"), effect)


def test_an_expo_arrives_like_a_lesson_and_the_last_one_counts(desk: MentorFolder, writer: Writer) -> None:
    writer.hand_in()
    writer.seal()
    receipt = writer.hand_in()
    assert len(collect(desk).taken) == 2
    [found] = handed_in(desk)
    assert (found.learner, found.code, found.expo, found.doubts) == ("hanako", receipt.code, writer.expo, ())
    assert not (desk.root / "submitted" / "hanako" / EXPO).exists()
    standing = writer.learner.fetch().post.standing
    assert standing is None or not standing.month


def test_what_is_no_expo_is_not_taken_and_is_told(desk: MentorFolder, hanako: Learner) -> None:
    hanako.outbox.hand_in(EXPO, "expo.json", {"cells": [], "metadata": {}}, b"", hanako.now())
    hanako.outbox.send(hanako.end)
    report = collect(desk)
    assert (report.taken, [each.code for each in report.troubles]) == ([], ["no_expo_inside"])


def test_a_month_that_was_given_reaches_its_learner_and_is_drawn_once(desk: MentorFolder, writer: Writer) -> None:
    writer.seal()
    writer.hand_in()
    given(desk, "harmful")
    given(desk, "real")
    standing = writer.learner.fetch().post.standing
    assert standing is not None
    grant = grant_in(standing.month)
    assert (grant.seal, grant.effect) == (writer.expo.log[0].code, "harmful")
    writer.run_month()
    writer.hand_in()
    assert doubts(desk) == []


def test_nothing_is_given_for_a_plan_that_is_not_sealed(desk: MentorFolder, writer: Writer) -> None:
    writer.hand_in()
    with pytest.raises(CannotGive) as fault:
        given(desk)
    assert fault.value.code == "no_plan"


def test_a_sealed_plan_that_was_edited_is_seen(desk: MentorFolder, writer: Writer) -> None:
    writer.seal()
    writer.expo = replace(writer.expo, measure=replace(writer.expo.measure, rule="何があっても広げる"))
    writer.hand_in()
    assert doubts(desk) == ["rewritten"]


def test_a_plan_sealed_anew_after_it_was_handed_in_is_seen(desk: MentorFolder, writer: Writer) -> None:
    writer.seal()
    writer.hand_in()
    measure = replace(writer.expo.measure, rule="何があっても広げる")
    writer.expo = replace(writer.expo, measure=measure, log=())
    writer.seal()
    writer.hand_in()
    assert doubts(desk) == ["handed_in"]


def test_another_learners_plan_is_seen_with_both(desk: MentorFolder, writer: Writer, tmp_path: Path) -> None:
    taro = Writer.at(Learner.at(tmp_path / "taro", desk, "taro"), "e2")
    for each in (writer, taro):
        each.seal()
        each.hand_in()
    collect(desk)
    assert {each.learner: [(one.code, one.other) for one in each.doubts] for each in handed_in(desk)} == {
        "hanako": [("same", "taro")],
        "taro": [("same", "hanako")],
    }


def test_two_learners_with_plans_of_their_own_are_not_alike(desk: MentorFolder, writer: Writer, tmp_path: Path) -> None:
    taro = Writer.at(Learner.at(tmp_path / "taro", desk, "taro"), "e2", issue_name="届かない通知")
    for each in (writer, taro):
        each.seal()
        each.hand_in()
    assert (doubts(desk), doubts(desk, "taro")) == ([], [])


def test_a_clock_put_back_for_the_seal_is_seen(desk: MentorFolder, writer: Writer) -> None:
    writer.hand_in()
    writer.seal(writer.learner.now() - EARLIER)
    writer.hand_in()
    assert doubts(desk) == ["backdated"]


def test_second_data_before_the_seal_or_not_from_the_mentors_are_seen(desk: MentorFolder, writer: Writer) -> None:
    writer.add("month", {"plan": "", "file": "0", "by": "chance"})
    writer.seal()
    writer.hand_in()
    assert set(doubts(desk)) == {"early", "ungiven"}


def test_second_data_from_before_they_were_given_or_changed_later_are_seen(desk: MentorFolder, writer: Writer) -> None:
    writer.seal(writer.learner.now() - EARLIER)
    writer.hand_in()
    given(desk)
    writer.run_month(writer.learner.now() - EARLIER / 2, untouched=False)
    writer.hand_in()
    assert doubts(desk) == ["backdated"] * 3 + ["ungiven", "data"]


def test_the_means_of_two_mentors_count_and_a_zero_in_a_must_row_fails(desk: MentorFolder) -> None:
    texts = load_expo(desk.course.root)
    good = result_of([*marks("h", "佐藤", "22222222222"), *marks("h", "森", "32222221322")], texts)
    zero = result_of([*marks("h", "佐藤", "03333333333"), *marks("h", "森", "13333333333")], texts)
    few = result_of(marks("h", "佐藤", "12222222222"), texts)
    assert good is not None
    assert zero is not None
    assert few is not None
    assert (good.total, good.passes, good.points["A"]) == (22.5, True, 2.5)
    assert (zero.total, zero.passes, zero.missing) == (30, False, ("A",))
    assert (few.total, few.passes, few.missing) == (21.0, False, ())
    assert result_of(marks("h", "佐藤", "22222222222")[:10], texts) is None


def test_the_means_of_three_mentors_are_added_up_before_they_are_rounded(desk: MentorFolder) -> None:
    # 63 points of three mentors are 21 each; the rounded means of their rows would add up to 21.01.
    three = [
        *marks("h", "a", "22222222222"),
        *marks("h", "b", "22222222222"),
        *marks("h", "c", "11111133322"),
    ]
    result = result_of(three, load_expo(desk.course.root))
    assert result is not None
    assert (result.points["A"], result.points["I"], result.total) == (1.67, 2.33, 21)


def test_mentors_far_apart_are_listed_and_their_agreement_is_weighted() -> None:
    both = [*marks("h", "佐藤", "01230123022"), *marks("h", "森", "01231123222")]
    assert [(each.letter, each.points) for each in differences(both)] == [("I", {"佐藤": 0, "森": 2})]
    [agreement] = agreements(both)
    assert (agreement.rows, agreement.kappa) == (11, pytest.approx(1 - 11 * 5 / 239))
    assert agreements(marks("h", "佐藤", "01230123022")) == ()


def test_weighted_kappa_is_cohens() -> None:
    # Both by hand: full agreement; and the 2 x 2 table of 20, 5, 10, 15, where weights make no difference: (0.70 - 0.50) / 0.50.
    table = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    assert weighted_kappa([(0, 0), (3, 3)]) == 1
    assert weighted_kappa(table) == pytest.approx(0.4)
    assert weighted_kappa([(0, 3), (3, 0)]) == -1
    assert weighted_kappa([(2, 2), (2, 2)]) is None
    assert weighted_kappa([]) is None


def test_a_marked_expo_goes_back_with_its_comments_and_into_the_grades(
    desk: MentorFolder, writer: Writer, tmp_path: Path
) -> None:
    from classroom.mentor.classpage.scores import export_grades

    writer.seal()
    writer.hand_in()
    given(desk, "harmful")
    writer.run_month()
    receipt = writer.hand_in()
    collect(desk)
    with pytest.raises(NotYet):
        return_expo(desk, expo_of(desk, "hanako"))
    keep(desk, "hanako", "佐藤", "32222222222", "<b>よい</b>")
    keep(desk, "hanako", "森", "32222222222")
    return_expo(desk, expo_of(desk, "hanako"))
    known = writer.learner.fetch().post
    [back] = known.feedback
    assert (back.lesson, back.points, back.possible, back.code) == (EXPO, 23, 33, receipt.code)
    assert [each.points for each in back.exercises] == [3, *[2] * 10]
    assert "逆効果" in back.page
    assert "&lt;b&gt;よい&lt;/b&gt;" in back.page
    assert known.standing is not None
    assert [each.state for each in known.standing.lessons if each.lesson == EXPO] == ["graded"]
    export_grades(desk, tmp_path / "grades.csv")
    with (tmp_path / "grades.csv").open(encoding="utf-8-sig") as file:
        rows = [each for each in csv.DictReader(file) if each["assignment"] == EXPO]
    assert [(each["student"], each["exercise"], each["points"]) for each in rows][:2] == [
        ("hanako", "A", "3"),
        ("hanako", "B", "2"),
    ]


def test_an_expo_that_went_back_keeps_its_outcome_where_the_rubric_gets_more_rows(
    desk: MentorFolder, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = load_expo(desk.course.root)
    before = now.of_rows(LETTERS[:9])
    assert before.passes_with == 18
    monkeypatch.setitem(globals(), "LETTERS", LETTERS[:9])
    writer.seal()
    writer.hand_in()
    given(desk, "harmful")
    writer.run_month()
    writer.hand_in()
    collect(desk)
    keep(desk, "hanako", "佐藤", "2" * 9)
    keep(desk, "hanako", "森", "2" * 9)
    assert outcome_of(desk, expo_of(desk, "hanako"), now).final is None
    for module in ("outcome", "feedback"):
        monkeypatch.setattr(f"classroom.mentor.expo.{module}.load_expo", lambda _: before)
    return_expo(desk, expo_of(desk, "hanako"))
    final = outcome_of(desk, expo_of(desk, "hanako"), now).final
    assert final is not None
    assert (final.total, final.passes) == (18, True)


def test_a_second_expo_has_a_month_and_marks_of_its_own_and_the_first_stays(desk: MentorFolder, writer: Writer) -> None:
    writer.seal()
    writer.hand_in()
    given(desk, "harmful")
    writer.run_month()
    writer.hand_in()
    collect(desk)
    keep(desk, "hanako", "佐藤", "22222222222")
    keep(desk, "hanako", "森", "22222222222")
    return_expo(desk, expo_of(desk, "hanako"))
    second = Writer.at(writer.learner, "e9", issue_name="届かない通知")
    second.seal()
    second.hand_in()
    given(desk, "real")
    second.run_month()
    receipt = second.hand_in()
    collect(desk)
    keep(desk, "hanako", "佐藤", "33333333333")
    keep(desk, "hanako", "森", "33333333333")
    return_expo(desk, expo_of(desk, "hanako"))
    found = handed_in(desk)
    assert [(each.name, each.month and each.month.effect, each.doubts) for each in found] == [
        ("hanako", "harmful", ()),
        ("hanako (2)", "real", ()),
    ]
    store = ExpoMarksStore(desk)
    assert [{mark.points for mark in store.marks("hanako", each.codes)} for each in found] == [{2}, {3}]
    [back] = writer.learner.fetch().post.feedback
    assert (back.points, back.code) == (33, receipt.code)


def test_another_expo_in_the_place_of_one_that_was_never_reported_on_is_seen(
    desk: MentorFolder, writer: Writer
) -> None:
    writer.seal()
    writer.hand_in()
    second = Writer.at(writer.learner, "e9")
    second.seal()
    second.hand_in()
    assert doubts(desk) == ["left"]


def test_a_desks_file_from_before_there_could_be_a_second_expo_keeps_what_it_holds(desk: MentorFolder) -> None:
    from classroom.mentor.place import expo_store
    from classroom.sqlite_file import bring_up_to_date, connected

    with connected(desk.desk / "expo.db", 10) as connection:
        bring_up_to_date(connection, expo_store._MIGRATIONS[:1])
        connection.execute("INSERT INTO marks VALUES ('hanako', '森', 'A', 3, '', 'c1', '2027')")
        connection.execute("INSERT INTO months VALUES ('hanako', 's', 'real', 4, '2027')")
        connection.execute("INSERT INTO returned VALUES ('hanako', 'c1', '2027')")
    store = ExpoMarksStore(desk)
    assert [each.points for each in store.marks("hanako", {"c1"})] == [3]
    assert [each.effect for each in store.months("hanako")] == ["real"]
    assert [each.code for each in store.returned("hanako")] == ["c1"]


def lacking(desk: MentorFolder) -> str:
    """What the outcome of Hanako's Expo waits for; nothing is sent while it waits."""
    try:
        return_expo(desk, expo_of(desk, "hanako"))
    except NotYet as fault:
        return lacks_in_words(fault.lacks, "ja")
    return ""


def test_there_is_no_outcome_before_the_report_and_the_marks_of_two_mentors_since(
    desk: MentorFolder, writer: Writer
) -> None:
    writer.seal()
    writer.hand_in()
    given(desk, "harmful")
    keep(desk, "hanako", "佐藤", "22222222222")
    keep(desk, "hanako", "森", "22222222222")
    assert "報告がまだ届いていない" in lacking(desk)
    writer.run_month()
    writer.hand_in()
    collect(desk)
    assert "いま 0 人。あと 2 人" in lacking(desk)  # those of before the report tell nothing of it
    keep(desk, "hanako", "佐藤", "22222222222")
    keep(desk, "hanako", " 佐藤 ", "33333333333")
    assert "いま 1 人。あと 1 人" in lacking(desk)
    assert writer.learner.fetch().post.feedback == ()
    keep(desk, "hanako", "森", "22222222222")
    assert lacking(desk) == ""
    assert len(writer.learner.fetch().post.feedback) == 1


@pytest.mark.parametrize(("setting", "asked"), [("1", 1), ("3", 3), ("0", 1), ('"many"', 2), ("true", 2)])
def test_a_class_says_how_many_mentors_mark(desk: MentorFolder, setting: str, asked: int) -> None:
    text = desk.settings_path.read_text("utf-8")
    desk.settings_path.write_text(f"{text}expo_mentors = {setting}\n", encoding="utf-8")
    assert mentors_asked_for(MentorFolder(desk.root), load_expo(desk.course.root)) == asked


def test_what_was_drawn_is_not_told_before_there_is_a_report(desk: MentorFolder, writer: Writer) -> None:
    writer.seal()
    writer.hand_in()
    given(desk, "harmful")
    assert drawn_lines(desk, expo_of(desk, "hanako")) == []


def test_eight_expos_at_once_are_marked_by_two_mentors(desk: MentorFolder, hanako: Learner, tmp_path: Path) -> None:
    names = [f"learner{number}" for number in range(8)]
    with open_gradebook(desk) as gradebook:
        enrol(gradebook, [Enrolled(each, "", "") for each in names])
    writers = []
    for each in names:
        own = hanako.claiming(each)
        writers.append(Writer.at(replace(own, hidden=tmp_path / each), each, issue_name=each))
        writers[-1].seal()
        writers[-1].hand_in()
    collect(desk)
    for each in handed_in(desk):
        give_month(desk, each, "none")
    for writer in writers:
        writer.run_month(untouched=writer is not writers[3])
        writer.hand_in()
    collect(desk)
    assert {each.learner: [one.code for one in each.doubts] for each in handed_in(desk) if each.doubts} == {
        "learner3": ["data"]
    }
    store = ExpoMarksStore(desk)
    for number, each in enumerate(names):
        keep(desk, each, "佐藤", "22222222222")
        keep(desk, each, "森", "22222222222"[number:].rjust(11, "3"))
        assert return_expo(desk, expo_of(desk, each)).mentors == ("佐藤", "森")
    [agreement] = agreements(mark for each in handed_in(desk) for mark in store.marks(each.learner, each.codes))
    assert (agreement.rows, agreement.kappa) == (88, 0)
    assert [each.fetch().post.feedback[0].points for each in (one.learner for one in writers)] == [
        22 + number / 2 for number in range(8)
    ]
