"""Whoever learns on a hub is in its class without an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from classroom.exchange import hub_line, joining, over_hub
from classroom.exchange.invitation import BY_HAND, BY_HUB, Invitation, as_link, join, membership
from classroom.exchange.records import ClassState
from classroom.exchange.transport import Unreachable
from classroom.folder import Folder
from classroom.learner.page.class_handlers import class_as_known
from classroom.learner.page.handlers import Room

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setenv(hub_line.SERVICE_VARIABLE, "http://127.0.0.1:9")
    monkeypatch.setenv(joining.USER_VARIABLE, "hanako")
    return Folder(tmp_path)


def out(monkeypatch: pytest.MonkeyPatch, *courses: str) -> None:
    found = tuple(ClassState(each, "sato", "2027-01-01T00:00:00+00:00") for each in courses)
    monkeypatch.setattr(joining, "classes", lambda _: found)


def test_the_hub_says_who_they_are_and_which_class_is_out(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    out(monkeypatch, "sql")
    joining.join_class(folder)
    joined = membership(folder.hidden)
    assert joined is not None
    assert (joined.learner, joined.invitation.course, joined.invitation.way) == ("hanako", "sql", BY_HUB)


def test_a_room_that_opened_before_its_class_was_out_joins_it_when_the_page_asks(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(folder, "ja")
    out(monkeypatch)
    assert class_as_known(room) is None
    out(monkeypatch, "sql")
    assert class_as_known(room)["course"] == "sql"


def test_where_mentors_work_elsewhere_the_hub_names_the_class(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(hub_line.SERVICE_VARIABLE)
    monkeypatch.setenv(joining.INVITATION_VARIABLE, as_link(Invitation("sql", "sato", BY_HAND)))
    joining.join_class(folder)
    joined = membership(folder.hidden)
    assert joined is not None
    assert (joined.learner, joined.invitation.course, joined.invitation.way) == ("hanako", "sql", BY_HAND)


@pytest.mark.parametrize("given", ["penguin:nothing", as_link(Invitation("sql", "sato", BY_HAND, learner="taro"))])
def test_an_invitation_that_is_none_or_another_persons_brings_nobody_into_a_class(
    given: str, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    out(monkeypatch)
    monkeypatch.setenv(joining.INVITATION_VARIABLE, given)
    joining.join_class(folder)
    assert membership(folder.hidden) is None


def test_of_two_classes_none_is_chosen_for_the_learner(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    out(monkeypatch, "sql", "sql-2")
    joining.join_class(folder)
    assert membership(folder.hidden) is None


def test_whoever_is_in_a_class_stays_there(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.hidden.mkdir()
    before = join(folder.hidden, Invitation("mine", "yamada", BY_HAND), learner="hanako")
    out(monkeypatch, "sql")
    joining.join_class(folder)
    assert membership(folder.hidden) == before


def test_a_service_that_is_away_keeps_no_room_from_opening(folder: Folder) -> None:
    with pytest.raises(Unreachable):
        over_hub.classes(hub_line.hub_line())
    joining.join_class(folder)
    assert membership(folder.hidden) is None
