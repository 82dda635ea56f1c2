"""Courses beside the first one of a hub: what the operator's file says reaches rooms, desks and services, and nothing of the first's."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from test_configuration import configured
from tornado.web import HTTPError

from classroom.hub.courses import CoursesUnread, read_courses
from classroom.messages import say

if TYPE_CHECKING:
    from pathlib import Path

    from traitlets.config import Config

LENDING = """[lending]
data = "{place}/lending/data"
lessons = "{place}/lending/lessons"
desk = "{place}/lending/desk"
exchange = "{place}/lending/exchange"
address = "http://127.0.0.1:8091"
mentors = ["suzuki"]
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The operator's file, with what it names."""
    monkeypatch.setenv("PENGUIN_LANG", "en")
    for data in ("data", "lending/data"):
        (tmp_path / data / "course").mkdir(parents=True)
    (tmp_path / "courses.toml").write_text(LENDING.format(place=tmp_path), encoding="utf-8")
    return tmp_path / "courses.toml"


def of_two(told: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    place = told.parent
    first = {
        "PENGUIN_DATA": str(place / "data"),
        "PENGUIN_MENTORS": "sato",
        "PENGUIN_COURSE_FOLDER": str(place / "desk"),
    }
    given = {"PENGUIN_INVITATION": "of the first", "PENGUIN_EXCHANGE": str(place / "exchange")}
    return configured(monkeypatch, **first, **given, PENGUIN_COURSES=str(told))


def seated(made: Config, who: str, name: str) -> Any:
    spawner = SimpleNamespace(user=SimpleNamespace(name=who), name=name, environment=dict(made.Spawner.environment))
    made.Spawner.pre_spawn_hook(spawner)
    return spawner


def test_each_course_has_a_room_a_desk_and_a_service_of_its_own(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, place = of_two(told, monkeypatch), told.parent
    first, second = seated(made, "tanaka", ""), seated(made, "tanaka", "lending")
    assert "--dir" not in first.cmd
    assert second.cmd[-2:] == ["--dir", "~/second-penguin-lending"]
    assert first.environment["PENGUIN_SERVICE"] == "http://127.0.0.1:8090"
    assert second.environment["PENGUIN_SERVICE"] == "http://127.0.0.1:8091"
    assert second.environment["PENGUIN_DATA"] == str(place / "lending/data")
    assert second.environment["PENGUIN_COURSE"] == str(place / "lending/data/course")
    assert "PENGUIN_INVITATION" in first.environment
    assert "PENGUIN_INVITATION" not in second.environment

    desk = seated(made, "suzuki", "lending")
    assert desk.cmd[-3:] == ["desk", "--dir", str(place / "lending/desk")]
    assert desk.environment["PENGUIN_COURSE"] == str(place / "lending/lessons")
    assert "room" in seated(made, "suzuki", "").cmd
    assert "room" in seated(made, "sato", "lending").cmd

    services = {each["name"]: each for each in made.JupyterHub.services}
    assert services["penguin"]["command"][-1] == "sato"
    assert services["penguin-lending"]["command"][-1] == "suzuki"
    assert services["penguin-lending"]["environment"]["PENGUIN_DATA"] == str(place / "lending/data")
    server = next(each for each in made.JupyterHub.load_roles if each["name"] == "server")
    assert "access:services!service=penguin-lending" in server["scopes"]


@pytest.mark.parametrize("first_has_a_service", [True, False])
def test_rooms_of_a_course_with_a_service_ask_the_assistant_through_it_and_have_no_key(
    told: Path, monkeypatch: pytest.MonkeyPatch, *, first_has_a_service: bool
) -> None:
    if not first_has_a_service:
        (told.parent / "data" / "course").rmdir()
    monkeypatch.setenv("PENGUIN_ASSISTANT_URL", "https://assistant.example.com/v1")
    monkeypatch.setenv("PENGUIN_ASSISTANT_KEY", "very-secret")
    made = of_two(told, monkeypatch)
    first, second = (seated(made, "tanaka", each).environment for each in ("", "lending"))
    assert second["PENGUIN_ASSISTANT_URL"] == "http://127.0.0.1:8091/assistant"
    assert "very-secret" not in second.values()
    assert ("very-secret" in first.values()) is not first_has_a_service
    services = [each for each in made.JupyterHub.services if each["name"].startswith("penguin")]
    assert {each["environment"]["PENGUIN_ASSISTANT_KEY"] for each in services} == {"very-secret"}


def test_a_server_of_another_name_is_refused_in_a_sentence(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(HTTPError, match="no course borrowing"):
        seated(of_two(told, monkeypatch), "tanaka", "borrowing")


def test_a_hub_of_one_course_offers_no_servers_of_other_names(monkeypatch: pytest.MonkeyPatch) -> None:
    made = configured(monkeypatch)
    assert "allow_named_servers" not in made.JupyterHub
    assert "extra_handlers" not in made.JupyterHub


def test_a_container_holds_one_course(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENGUIN_SPAWNER", "containers")
    with pytest.raises(SystemExit, match="one course"):
        of_two(told, monkeypatch)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("mentors =", "mentor ="), "course_field"),
        (('desk = "', 'name = "other"\ndesk = "'), "course_field"),
        (('address = "http://127.0.0.1:8091"', ""), "course_unread"),
        (('mentors = ["suzuki"]', 'mentors = "suzuki"'), "course_unread"),
        (("[lending]", '["Lending shop"]'), "course_name"),
        (("[lending]", "[lending"), "courses_unread"),
        (("lending/data", "nowhere"), "course_unprepared"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_by_its_place(told: Path, change: tuple[str, str], code: str) -> None:
    told.write_text(told.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(CoursesUnread) as fault:
        read_courses(str(told))
    start = say(f"hub.{code}", "en", **dict.fromkeys(("name", "field", "why", "data", "other"), "\0"), file=told)
    assert str(fault.value).startswith(start.split("\0", 1)[0])


@pytest.mark.parametrize("exchange", ["", "{place}/lending/exchange/", "{place}/lending/../exchange"])
def test_a_course_whose_exchange_is_not_its_own_is_refused(
    told: Path, exchange: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = told.read_text(encoding="utf-8")
    other = text.replace("[lending]", "[renting]").replace(":8091", ":8092")
    own = f'exchange = "{told.parent}/lending/exchange"'
    told.write_text(text + other.replace(own, f'exchange = "{exchange.format(place=told.parent)}"'), encoding="utf-8")
    with pytest.raises(CoursesUnread, match=r"\[renting\].*no other course"):
        of_two(told, monkeypatch)


def test_two_courses_at_one_address_are_refused(told: Path) -> None:
    text = told.read_text(encoding="utf-8")
    told.write_text(text + text.replace("[lending]", "[renting]"), encoding="utf-8")
    with pytest.raises(CoursesUnread, match="another port"):
        read_courses(str(told))


def test_the_first_courses_address_is_no_other_courses(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENGUIN_SERVICE_ADDRESS", "http://127.0.0.1:8091")
    with pytest.raises(CoursesUnread, match="another port"):
        of_two(told, monkeypatch)
