"""A team that works on one Expo: written in one room, marked once, given back to each of them, and named by all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from expo_work import Writer
from road import Learner
from test_expos import keep
from typer.testing import CliRunner

from classroom.commands.mentor import app
from classroom.exchange.expo.certificate import Certificate, Signed, code_of
from classroom.mentor.classpage.managers import for_managers
from classroom.mentor.classpage.managers_page import managers_page
from classroom.mentor.classpage.scores import export_grades
from classroom.mentor.classpage.teams import teams
from classroom.mentor.classpage.whole import WholeClass
from classroom.mentor.collecting.collect import collect
from classroom.mentor.expo.certificates import check
from classroom.mentor.expo.expos import Doubt, handed_in
from classroom.mentor.expo.feedback import return_expo
from classroom.mentor.expo.month import give_month
from classroom.mentor.expo.together import NoTeamsExpo, part, work_together
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.expo_store import ExpoMarksStore
from classroom.mentor.place.invitations import key_of
from classroom.mentor.returning.send import tell_class
from coursebook.expo import LETTERS

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder


@pytest.fixture
def sales(desk: MentorFolder) -> MentorFolder:
    """Hanako and Taro are the sales team; Jiro is in none."""
    class_file(desk).put_into_teams({"hanako": "営業", "taro": "営業"})
    return desk


def reported(desk: MentorFolder, writer: Writer) -> None:
    """Seal, take the second data, report, and have it all at the desk."""
    writer.seal()
    writer.hand_in()
    collect(desk)
    give_month(desk, handed_in(desk)[0], "real")
    writer.run_month()
    writer.hand_in()
    collect(desk)


def marked(desk: MentorFolder, learner: str) -> None:
    for mentor in ("mori", "sato"):
        keep(desk, learner, mentor, "2" * len(LETTERS))


def test_one_expo_is_marked_once_and_goes_back_to_the_whole_team_with_everybodys_name(
    sales: MentorFolder, hanako: Learner, tmp_path: Path
) -> None:
    said = CliRunner().invoke(app, ["team-expo", "hanako", "--dir", str(sales.root)])
    assert said.exit_code == 0, said.output
    taro, jiro = (Learner.at(tmp_path / each, sales, each) for each in ("taro", "jiro"))
    assert _told(taro) == ("山田 花子", "山田 花子", "")
    assert _told(hanako) == ("佐藤 太郎", "", "")
    reported(sales, Writer(hanako))
    assert _told(taro) == ("山田 花子", "山田 花子", "collected")
    marked(sales, "hanako")
    (expo,) = handed_in(sales)
    assert (expo.name, expo.doubts) == ("hanako + taro", ())
    return_expo(sales, expo)
    (mine,), (his,) = (each.fetch().post.feedback for each in (hanako, taro))
    assert (his.points, his.exercises, his.together) == (mine.points, mine.exercises, mine.together)
    assert his.points == 22
    assert his.together is not None
    assert his.together.names == ("山田 花子", "佐藤 太郎")
    assert "山田 花子、佐藤 太郎" in his.page
    assert jiro.fetch().post.feedback == ()
    assert export_grades(sales, tmp_path / "grades.csv") >= 2 * len(LETTERS)


def _told(who: Learner) -> tuple[str, str, str]:
    standing = who.fetch().post.standing
    assert standing is not None
    (expo,) = standing.lessons
    return expo.partner, expo.writer, expo.state


def test_the_class_page_and_the_managers_page_show_the_teams_expo_without_points(
    sales: MentorFolder, hanako: Learner
) -> None:
    work_together(sales, "hanako")
    begun = teams(WholeClass(sales))[0].expo
    assert begun is not None
    assert (begun.writer, begun.issue, begun.state) == ("hanako", "", "まだ提出されていません")
    reported(sales, Writer(hanako))
    marked(sales, "hanako")
    view = WholeClass(sales)
    page, team = managers_page(view, "営業"), for_managers(view, "営業")[0]
    assert "チームの Expo「1時間の壁」: 合格。取り組んでいる人: 山田 花子、佐藤 太郎" in page
    assert [each.name for each in team.certificates] == ["佐藤 太郎", "山田 花子"]
    assert team.marks == ()


def test_a_members_certificate_names_the_team_and_stands_up_to_the_desk(sales: MentorFolder, hanako: Learner) -> None:
    work_together(sales, "hanako")
    writer = Writer(hanako)
    reported(sales, writer)
    marked(sales, "hanako")
    plan, report = writer.expo.log[0].code, writer.expo.log[-1].code

    def found(*team: str) -> list[str]:
        one = Certificate(
            "太郎", "sql", "taro", "森", "ja", "2026-03-02", (), "壁", "声かけ", plan, report, 22, 33, team
        )
        return [each.code for each in check(sales, Signed(one, code_of(one, key_of(sales, "taro"))))]

    assert found("花子", "太郎") == ["signed", "report_known", "passed"]
    assert found()[-1] == "team_hidden"


def test_a_member_who_hands_in_another_expo_is_asked_about_it(
    sales: MentorFolder, hanako: Learner, tmp_path: Path
) -> None:
    work_together(sales, "hanako")
    taro = Writer.at(Learner.at(tmp_path / "taro", sales, "taro"), "e1")
    for each in (Writer(hanako), taro):
        each.seal()
        each.hand_in()
    collect(sales)
    found = {each.learner: (each.others, each.doubts) for each in handed_in(sales)}
    assert found == {"hanako": (("taro",), ()), "taro": ((), (Doubt("team", 0, "hanako"),))}


def test_it_is_undone_before_it_is_handed_in_or_once_it_is_back_and_what_went_back_stays(
    sales: MentorFolder, hanako: Learner
) -> None:
    work_together(sales, "taro")
    assert work_together(sales, "hanako") == ("hanako", "taro")
    reported(sales, Writer(hanako))
    for refused in (lambda: part(sales, "taro"), lambda: work_together(sales, "taro")):
        with pytest.raises(NoTeamsExpo) as fault:
            refused()
        assert fault.value.code == "handed_in"
    marked(sales, "hanako")
    return_expo(sales, handed_in(sales)[0])
    assert part(sales, "taro") == "hanako"
    assert ExpoMarksStore(sales).together() == {}
    assert handed_in(sales)[0].everybody == ("hanako", "taro")


def test_an_expo_that_had_gone_back_before_is_not_the_teams(sales: MentorFolder, hanako: Learner) -> None:
    reported(sales, Writer(hanako))
    marked(sales, "hanako")
    return_expo(sales, handed_in(sales)[0])
    work_together(sales, "hanako")
    tell_class(sales)
    assert handed_in(sales)[0].others == ()


def test_who_has_no_team_is_told(sales: MentorFolder) -> None:
    said = CliRunner().invoke(app, ["team-expo", "jiro", "--dir", str(sales.root)])
    assert said.exit_code == 2
    assert "2人以上のチームがありません" in said.output
    said = CliRunner().invoke(app, ["team-expo", "jiro", "--part", "--dir", str(sales.root)])
    assert "取り組んでいません" in said.output
