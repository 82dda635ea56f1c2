"""The class list as it comes out of Excel, and what two writings of one id would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from classroom.commands.mentor import app
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.roster import RosterFault, enrol, is_id, read_roster

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.place.roster import Roster

TABLE = "id,first_name,last_name\r\nhanako,花子,山田\r\ntaro,太郎,佐藤\r\n"


def read(tmp_path: Path, content: bytes) -> Roster:
    (tmp_path / "roster.csv").write_bytes(content)
    return read_roster(tmp_path / "roster.csv")


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("cp932", "CP932 (Shift_JIS)"),
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_whatever_excel_saves_is_read(tmp_path: Path, codec: str, encoding: str, delimiter: str) -> None:
    found = read(tmp_path, TABLE.replace(",", delimiter).encode(codec))
    assert [(each.id, each.first_name, each.last_name) for each in found.learners] == [
        ("hanako", "花子", "山田"),
        ("taro", "太郎", "佐藤"),
    ]
    assert found.encoding == encoding


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\nid;first_name\r\nhanako;花子\r\n",
        "ＩＤ,First_Name\nhanako,花子\n",
        " Id , first_name \nhanako, 花子 \n\n,,\n",
        'first_name,"id"\n"花子","hanako"\n',
        "id,first_name\rhanako,花子\r",
        "番号,id,first_name\n1,hanako,花子\n",
    ],
)
def test_headings_and_lines_are_read_as_people_write_them(tmp_path: Path, text: str) -> None:
    [learner] = read(tmp_path, text.encode()).learners
    assert (learner.id, learner.first_name) == ("hanako", "花子")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "workbook"),
        (b"id\n\x81\xff\xfe", "no_text"),
        (b"", "no_id_column"),
        (b"name\nhana\n", "no_id_column"),
        (b"id,id\nhana,taro\n", "no_id_column"),
        (b"id\nhana\nHANA\n", "alike"),
        ("id\nhana\nｈａｎａ\n".encode(), "alike"),
        ("id\nstraße\nSTRASSE\n".encode(), "alike"),
        (b"id\nhana\ntaro\nhana\n", "twice"),
        (b"id\n../up\n", "bad_id"),
        (b"id\nhana.\n", "bad_id"),
        (b"id\ncon\n", "bad_id"),
        (b"id\nLPT1.x\n", "bad_id"),
        (b"id,first_name\n,Hana\n", "bad_id"),
        (b'id,first_name\nhana,"' + b"x" * 200_000 + b'"\n', "no_table"),
        (b'id\n"ha\nna"\n', "bad_id"),
        (b'id,first_name\nhana,"Hana\ntaro,Taro\njiro,Jiro\n', "no_table"),
        (b'id,first_name\nhana,"Ha" na\ntaro,Taro\n', "no_table"),
    ],
)
def test_what_cannot_be_used_is_told_in_words_before_anything_is_made(
    tmp_path: Path, content: bytes, code: str
) -> None:
    with pytest.raises(RosterFault) as fault:
        read(tmp_path, content)
    assert fault.value.code == code
    for lang in ("ja", "en"):
        done = CliRunner().invoke(
            app, ["init", str(tmp_path / "course"), "--lang", lang, "--roster", str(tmp_path / "roster.csv")]
        )
        assert done.exit_code == 2, done.output
        assert "roster.csv" in done.output.replace("\n", "")
        assert done.exception is None or isinstance(done.exception, SystemExit)
    assert not (tmp_path / "course").exists()


def test_both_lines_of_an_id_that_is_one_are_named(tmp_path: Path) -> None:
    with pytest.raises(RosterFault) as fault:
        read(tmp_path, b"id\nHanako\ntaro\nhanako\n")
    assert fault.value.params == {"line": 4, "text": "hanako", "first": 2, "other": "Hanako"}


def test_an_id_that_is_enrolled_in_another_writing_is_told_and_nobody_is_added(
    folder: MentorFolder, tmp_path: Path
) -> None:
    (tmp_path / "roster.csv").write_text("id\njiro\nHANAKO\n", encoding="utf-8")
    command = ["init", str(folder.root), "--lang", "ja", "--roster", str(tmp_path / "roster.csv")]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 2
    assert "登録済みの「hanako」" in done.output.replace("\n", "")
    with open_gradebook(folder) as gradebook:
        assert [each.id for each in gradebook.students] == ["hanako"]
        enrol(gradebook, read(tmp_path, b"id\nhanako\njiro\n").learners)
        assert [each.id for each in gradebook.students] == ["hanako", "jiro"]


def test_how_the_list_was_read_and_the_zone_and_the_name_are_said(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_bytes(TABLE.encode("cp932"))
    command = ["init", str(tmp_path / "course"), "--lang", "ja", "--roster", str(tmp_path / "roster.csv")]
    done = CliRunner().invoke(app, command, env={"TZ": "UTC", "JUPYTERHUB_USER": "root"})
    assert done.exit_code == 0, done.output
    said = done.output.replace("\n", "")
    assert "CP932 (Shift_JIS) として読みました" in said
    assert "締め切りの時間帯: Asia/Tokyo" in said
    assert "メンターの名前: メンター（" in said
    assert MentorFolder(tmp_path / "course").settings["zone"] == "Asia/Tokyo"


@pytest.mark.parametrize("text", ["a", "花子", "s-01", "a.b@c", "0", "x" * 101])
def test_ids_that_are_folders_everywhere_are_ids(text: str) -> None:
    assert is_id(text) is (len(text) <= 100)


def test_a_team_is_kept_until_a_list_says_otherwise(tmp_path: Path) -> None:
    def import_list(text: str) -> dict[str, str]:
        (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
        done = CliRunner().invoke(
            app, ["init", str(tmp_path / "course"), "--lang", "ja", "--roster", str(tmp_path / "roster.csv")]
        )
        assert done.exit_code == 0, done.output
        return class_file(MentorFolder(tmp_path / "course")).teams()

    both = {"hanako": "営業", "taro": "企画"}
    assert import_list("id,Team\nhanako, 営業 \ntaro,企画\njiro,\n") == both
    assert import_list("id,first_name\nhanako,花子\ntaro,太郎\n") == both
    assert import_list("id,team\nhanako,\n") == {"taro": "企画"}
