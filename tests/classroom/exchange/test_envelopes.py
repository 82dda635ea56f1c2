"""A letter arrives as it was sealed, or not at all."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest

from classroom.exchange.envelope import Damaged, open_envelope, seal
from classroom.exchange.invitation import (
    BY_FOLDER,
    Invitation,
    NoInvitation,
    as_file,
    as_link,
    join,
    membership,
    read_invitation,
)
from classroom.exchange.names import safe_name
from classroom.exchange.outbox import MOST_PROGRESS, packed, unpacked
from classroom.exchange.records import HandIn

if TYPE_CHECKING:
    from pathlib import Path

NOW = dt.datetime(2027, 1, 10, 12, 0, tzinfo=dt.UTC)


def handin(**changed: str) -> HandIn:
    facts = {
        "course": "sql",
        "lesson": "L1",
        "learner": "hanako",
        "sender": "a1",
        "at": NOW.isoformat(),
        "file_name": "01 名簿を引く.ipynb",
    }
    return HandIn(**{**facts, **changed}, notebook={"cells": [{"cell_type": "code", "source": "SELECT 1 -- ©\ud800"}]})


def test_what_was_sealed_comes_out_again_under_the_same_number() -> None:
    one, other = (
        open_envelope(seal(handin(), NOW + dt.timedelta(days=days), key)) for days, key in ((0, ""), (3, "k"))
    )
    assert one.letter == other.letter
    assert (one.digest, one.code) == (other.digest, other.code)
    assert one.letter.learner == "hanako"  # type: ignore[union-attr]


def test_only_the_learner_s_key_makes_the_learner_s_seal() -> None:
    sealed = open_envelope(seal(handin(), NOW, "hanako's"))
    assert sealed.is_signed("hanako's")
    assert not sealed.is_signed("taro's")
    assert not open_envelope(seal(handin(), NOW)).is_signed("")


@pytest.mark.parametrize("share", [0.0, 0.3, 0.999])
def test_half_a_file_is_no_letter(share: float) -> None:
    whole = seal(handin(), NOW)
    with pytest.raises(Damaged):
        open_envelope(whole[: int(len(whole) * share)])


def test_a_letter_that_was_changed_on_its_way_is_no_letter() -> None:
    raw = json.loads(seal(handin(), NOW))
    raw["content"]["learner"] = "taro"
    with pytest.raises(Damaged):
        open_envelope(json.dumps(raw).encode())


@pytest.mark.parametrize(
    "content",
    [
        {"lesson": ["L1"]},
        {"notebook": "text"},
        {"at": None},
        {"progress": 5},
    ],
)
def test_a_field_of_another_type_is_refused(content: dict[str, object]) -> None:
    import hashlib

    raw = json.loads(seal(handin(), NOW))
    raw["content"] |= content
    text = json.dumps(raw["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    raw["digest"] = hashlib.sha256(text.encode()).hexdigest()
    with pytest.raises(Damaged):
        open_envelope(json.dumps(raw).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"{}", b"[" * 100_000, b'{"penguin": "hand-in"}', b"\xff\xfe"])
def test_anything_else_is_no_letter(data: bytes) -> None:
    with pytest.raises(Damaged):
        open_envelope(data)


def test_every_name_becomes_another_name_that_windows_takes_too() -> None:
    names = [
        "hanako",
        "Hanako",
        "HANAKO",
        "山田",
        "山田 ",
        "con",
        "a/b",
        "a\\b",
        "..",
        "a.b",
        "a:b",
        "",
        "x" * 300,
        "x" * 301,
    ]
    made = [safe_name(each) for each in names]
    assert len({each.casefold() for each in made}) == len(names)
    assert all(len(each) <= 101 and each[0] == "x" and not set(each) & set('\\/:*?"<>|. ') for each in made)


def test_a_progress_file_that_swells_is_left_out() -> None:
    import base64
    import zlib

    assert unpacked(packed(b"SQLite format 3")) == b"SQLite format 3"
    bomb = base64.b64encode(zlib.compress(b"\0" * (MOST_PROGRESS + 1))).decode()
    assert (unpacked(bomb), unpacked("no base64 §"), unpacked("")) == (b"", b"", b"")


def test_an_invitation_is_a_file_or_one_line(tmp_path: Path) -> None:
    given = Invitation("sql", "佐藤", BY_FOLDER, "/srv/class", "hanako", "secret", points=True)
    (tmp_path / "hanako.json").write_bytes(as_file(given))
    assert read_invitation(str(tmp_path / "hanako.json")) == given
    assert read_invitation(as_link(given)) == given


def test_an_invitation_in_the_shared_folder_finds_the_folder_from_where_it_is_opened(tmp_path: Path) -> None:
    place = tmp_path / "Z 共有" / "xsql"
    place.mkdir(parents=True)
    (place / "invitation-class.json").write_bytes(as_file(Invitation("sql", "Sato", BY_FOLDER, ".")))
    assert read_invitation(str(place / "invitation-class.json")).folder == str(place.parent)


@pytest.mark.parametrize("given", ["penguin:", "penguin:@@@", "nowhere.json", as_link(Invitation("sql", "", "pigeon"))])
def test_anything_else_is_no_invitation(given: str) -> None:
    with pytest.raises(NoInvitation):
        read_invitation(given)


def test_joining_again_keeps_the_folder_s_number_and_needs_a_name(tmp_path: Path) -> None:
    everybody = Invitation("sql", "Sato", BY_FOLDER, "/srv/class")
    with pytest.raises(NoInvitation):
        join(tmp_path, everybody)
    assert membership(tmp_path) is None
    first = join(tmp_path, everybody, learner="hanako")
    again = join(tmp_path, everybody, learner="hanako", folder="Z:/class")
    assert (first.sender, again.invitation.folder) == (again.sender, "Z:/class")
    assert membership(tmp_path) == again
