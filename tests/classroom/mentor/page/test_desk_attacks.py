"""Attacks on the class page, the timetable, the level tests and pairs, each alone: none changes anything, and none is shown as markup."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from desk_server import DeskServer
from servers import closed
from tornado.httpclient import AsyncHTTPClient

from classroom.exchange.decoding import decoded
from classroom.exchange.exam import ANSWER, ExamSheet
from classroom.exchange.moments import utc_now
from classroom.exchange.records import HandIn
from classroom.mentor.classpage.managers_page import managers_page
from classroom.mentor.classpage.timetable import minutes_of
from classroom.mentor.classpage.whole import WholeClass
from classroom.mentor.collecting.pairs import pair_up
from classroom.mentor.page.asked import NotAsked, NotHere
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.exam_store import ExamStore
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.roster import Learner, enrol
from classroom.mentor.returning.feedback import feedback_page

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.page.desk import DeskRoom
    from classroom.mentor.place.folder import MentorFolder

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
MARKUP = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize(
    ("step", "asked"),
    [
        ("timetable", {"minutes": float("nan")}),
        ("timetable", {"minutes": float("inf")}),
        ("timetable", {"minutes": True}),
        ("timetable", {"minutes": "60\nmentor = 'me'"}),
        ("exam", {"level": 1, "students": ["doi"], "minutes": 1e9}),
        ("exam", {"level": float("nan"), "students": ["doi"], "minutes": 0}),
        ("exam", {"level": 1, "students": {"doi": 1}, "minutes": 0}),
        ("announce", {"students": ["doi"] * 20_001, "text": "x"}),
        ("announce", {"students": ["doi"], "text": {"toString": "x"}}),
        ("pair", {"lesson": "L1", "one": "doi", "other": "doi\0fujii" * 50}),
        ("pair", {"lesson": "../L1", "one": "doi", "other": "fujii"}),
        ("team_expo", {"writer": "doi\0" * 50}),
        ("part_team", {"student": ["doi"]}),
    ],
)
def test_what_no_page_sends_changes_nothing(
    room: DeskRoom, folder: MentorFolder, step: str, asked: dict[str, Any]
) -> None:
    before = folder.settings_path.read_bytes()
    with pytest.raises(NotAsked):
        room.step(step, asked)
    assert folder.settings_path.read_bytes() == before
    assert (minutes_of(folder), ExamStore(folder).all(), class_file(folder).partners()) == (0, (), {})
    assert class_file(folder).replies() == ()


def test_a_test_for_somebody_off_the_list_is_opened_for_nobody(room: DeskRoom, folder: MentorFolder) -> None:
    said = room.step("exam", {"level": 1, "students": ["doi", "../../doi"], "minutes": 0})["said"]
    assert "../../doi" in said
    assert ExamStore(folder).all() == ()


def test_an_answer_to_a_task_that_the_paper_has_not_is_none() -> None:
    sheet = ExamSheet("key")
    for task in ("1", None, [1], {"task": 1}, 1.0):
        sheet = sheet.with_entry(ANSWER, {"task": task, "sql": "SELECT 1"}, utc_now())
    assert sheet.answers() == {}


def test_whoever_writes_a_partner_into_a_hand_in_has_none(folder: MentorFolder) -> None:
    letter = {
        "course": "c",
        "lesson": "L1",
        "learner": "doi",
        "sender": "x",
        "at": "",
        "file_name": "a.ipynb",
        "notebook": {},
    }
    found = decoded(HandIn, {**letter, "progress": "", "partner": "fujii", "partners": ["fujii"]})
    assert "fujii" not in repr(found)
    assert class_file(folder).partners() == {}


def test_names_and_teams_that_are_markup_are_shown_as_text(folder: MentorFolder) -> None:
    with open_gradebook(folder) as gradebook:
        enrol(gradebook, [Learner("fujii", MARKUP, MARKUP)])
    class_file(folder).put_into_teams({"doi": MARKUP, "fujii": MARKUP})
    pair_up(folder, "L1", "doi", "fujii")
    assert MARKUP not in feedback_page(folder, "L1", "doi")
    assert "&lt;img" in feedback_page(folder, "L1", "doi")
    assert MARKUP not in managers_page(WholeClass(folder))


@pytest.mark.parametrize("who", ["doi\0", "../desk", "doi/../fujii", "%64oi", MARKUP])
def test_a_learner_that_is_a_path_is_not_there(room: DeskRoom, who: str) -> None:
    with pytest.raises(NotHere):
        room.learner(who)
    with pytest.raises(NotHere):
        room.report(who)


def test_another_site_can_send_nothing_with_a_mentors_cookie(
    folder: MentorFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))

    async def play() -> None:
        server = DeskServer(folder.root)
        try:
            base = f"http://127.0.0.1:{server.app.port}"
            client = AsyncHTTPClient()
            signed_in = await client.fetch(f"{base}/tree?token=secret", raise_error=False, follow_redirects=False)
            cookie = "; ".join(each.split(";")[0] for each in signed_in.headers.get_list("Set-Cookie"))
            assert cookie
            seen = await client.fetch(f"{base}/penguin/desk/today", headers={"Cookie": cookie}, raise_error=False)
            assert seen.code == 200, "the cookie alone is enough to look"
            body = json.dumps({"students": ["doi"], "text": "x"})
            for form in ("text/plain", "application/x-www-form-urlencoded", "application/json"):
                head = {"Cookie": cookie, "Content-Type": form, "Origin": "https://elsewhere.example"}
                sent = await client.fetch(
                    f"{base}/penguin/desk/steps/announce", method="POST", body=body, headers=head, raise_error=False
                )
                assert sent.code in (403, 404), (form, sent.code)
        finally:
            await closed(server.app.http_server)

    asyncio.run(play())
    assert class_file(folder).replies() == ()
