"""A certificate at the desk: signed with the class's key, and no more than the desk knows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from expo_work import Writer
from test_expos import given, keep

from classroom.exchange.expo.certificate import Certificate, Signed, code_of, page_of
from classroom.mentor.collecting.collect import collect
from classroom.mentor.expo.certificates import check, told
from classroom.mentor.place.invitations import key_of
from coursebook.expo import LETTERS

if TYPE_CHECKING:
    from pathlib import Path

    from road import Learner

    from classroom.mentor.place.folder import MentorFolder


def signed(one: Certificate, key: str) -> Signed:
    return Signed(one, code_of(one, key))


def codes(desk: MentorFolder, certificate: Signed) -> list[str]:
    return [each.code for each in check(desk, certificate)]


def test_a_certificate_is_held_against_the_key_the_expo_and_the_marks(desk: MentorFolder, hanako: Learner) -> None:
    writer = Writer(hanako)
    writer.seal()
    writer.hand_in()
    given(desk)
    writer.run_month()
    writer.hand_in()
    plan, report = writer.expo.log[0].code, writer.expo.log[-1].code
    one = Certificate("花子", "sql", "hanako", "森", "ja", "2026-03-02", (), "壁", "声かけ", plan, report, 22.0, 33.0)
    own = signed(one, key_of(desk, "hanako"))
    assert codes(desk, own) == ["signed", "report_unknown", "not_passed"]
    collect(desk)
    keep(desk, "hanako", "mori", "2" * len(LETTERS))
    assert codes(desk, own) == ["signed", "report_known", "not_passed"]  # one mentor's marks alone are no outcome
    keep(desk, "hanako", "sato", "2" * len(LETTERS))
    assert codes(desk, own) == ["signed", "report_known", "passed"]
    better = replace(one, points=33.0)
    assert codes(desk, signed(better, key_of(desk, "hanako"))) == ["signed", "report_known", "not_passed"]
    assert codes(desk, Signed(better, own.code)) == ["forged"]
    assert codes(desk, signed(one, key_of(desk, "taro"))) == ["forged"]
    assert codes(desk, signed(one, "")) == ["forged"]
    assert codes(desk, signed(replace(one, learner=""), "")) == ["alone"]


def test_a_file_that_is_no_certificate_is_told_and_a_good_one_with_its_facts(
    desk: MentorFolder, tmp_path: Path
) -> None:
    file = tmp_path / "certificate.html"
    assert told(desk, file)[1] is False
    one = Certificate("花子", "sql", "hanako", "森", "ja", "2026-03-02", (), "壁", "声かけ", "p", "r", 22.0, 33.0)
    file.write_bytes(page_of(signed(one, key_of(desk, "hanako"))))
    lines, is_good = told(desk, file)
    assert "花子" in lines[0]
    assert not is_good  # nothing of it is at the desk
