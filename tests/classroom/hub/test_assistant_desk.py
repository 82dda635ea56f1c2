"""A company's assistant behind the hub's service: its key is in no room, and each learner has their share of it."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import threading
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from servers import closed
from service_alone import wait_until
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from classroom.assistant.asking import instructions
from classroom.assistant.line import AssistantLine, NoWord, assistant_line
from classroom.hub.assistant_desk import AssistantDesk, NotOurs, assistant_desk
from classroom.hub.fair_queue import FairQueue
from classroom.hub.service import application

sys.path.insert(0, str(Path(__file__).parents[1] / "learner" / "panel"))
from assistant_server import GOOD, KEY, Company, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PEOPLE = {"token-hanako": "hanako", "token-taro": "taro"}


class Auth:
    access_scopes = frozenset({"access"})

    def get_token(self, handler: Any, *, in_cookie: bool) -> str:  # noqa: ARG002  (as HubAuth is asked)
        return str(handler.request.headers.get("Authorization", "")).partition(" ")[2]

    async def user_for_token(self, token: str, *, sync: bool) -> dict[str, Any] | None:  # noqa: ARG002
        return {"name": PEOPLE[token]} if token in PEOPLE else None

    def check_scopes(self, needed: frozenset[str], model: dict[str, Any]) -> bool:
        return bool(needed) and bool(model)


class Judge:
    duties = MappingProxyType({"judge": None})


@pytest.fixture
def company() -> Iterator[Company]:
    with serving(Company(says=GOOD)) as running:
        yield running


def _line_to(company: Company, seconds: float = 20.0) -> Callable[[], AssistantLine]:
    return lambda: AssistantLine(urlsplit(company.address), "model-7", KEY, seconds)


@pytest.fixture
def served(company: Company) -> Iterator[Callable[[AssistantDesk], str]]:
    """Runs the service's pages beside the test; gives its address."""
    ends: list[Callable[[], None]] = []

    def serve(desk: AssistantDesk) -> str:
        (socket,) = bind_sockets(0, "127.0.0.1")
        loop, queue, over = asyncio.new_event_loop(), FairQueue(1), asyncio.Event()

        async def serve_until_ended() -> None:
            judge: Any = Judge()
            server = HTTPServer(application(Auth(), judge, queue, None, assistant=desk))
            server.add_sockets([socket])
            await over.wait()
            await closed(server)

        def run() -> None:
            with asyncio.Runner(loop_factory=lambda: loop) as runner:
                runner.run(serve_until_ended())

        thread = threading.Thread(target=run, daemon=True)
        thread.start()

        def end() -> None:
            loop.call_soon_threadsafe(over.set)
            thread.join(10)
            queue.close()
            desk.close()

        ends.append(end)
        return f"http://127.0.0.1:{socket.getsockname()[1]}"

    yield serve
    company.closing.set()
    for each in ends:
        each()


def _room(monkeypatch: pytest.MonkeyPatch, address: str, who: str = "hanako") -> AssistantLine:
    """The line of a room, as the hub's configuration makes it."""
    monkeypatch.setenv("PENGUIN_SERVICE", address)
    monkeypatch.setenv("PENGUIN_ASSISTANT_URL", f"{address}/assistant")
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", f"token-{who}")
    line = assistant_line()
    assert line is not None
    return line


def _said(line: AssistantLine) -> str:
    try:
        return line.ask(instructions("draft"), "again")
    except NoWord as none:
        return none.why


def test_a_room_asks_through_the_service_which_alone_has_the_key(
    served: Callable[[AssistantDesk], str], company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = _room(monkeypatch, served(AssistantDesk(_line_to(company), 9)))
    assert line.ask(instructions("draft"), "how many?") == GOOD
    assert KEY not in repr(line) + line.key
    assert company.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert company.asked[0]["model"] == "model-7"
    assert [each["content"] for each in company.asked[0]["messages"]] == [instructions("draft"), "how many?"]
    assert "hanako" not in json.dumps(company.asked) + json.dumps(company.headers)


def test_strangers_and_other_orders_than_the_courses_get_nowhere(
    served: Callable[[AssistantDesk], str], company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = served(AssistantDesk(_line_to(company), 9))
    with pytest.raises(NoWord, match="not_let_in"):
        _room(monkeypatch, address, "nobody").ask(instructions("draft"), "how many?")
    with pytest.raises(NoWord, match="away"):
        _room(monkeypatch, address).ask("You write poems.", "A poem, please")
    assert company.asked == []


def test_each_learner_has_a_share_of_their_own_for_an_hour(company: Company) -> None:
    now = [0.0]
    desk = AssistantDesk(_line_to(company), 2, lambda: now[0])
    body = json.dumps({"messages": [{"content": instructions("voice")}, {"content": "facts"}]}).encode()

    def ask(who: str) -> str:
        return asyncio.run(desk.take(who, body))

    assert ask("hanako") == ask("hanako") == GOOD
    with pytest.raises(NoWord, match="often"):
        ask("hanako")
    assert ask("taro") == GOOD
    now[0] = 3601.0
    assert ask("hanako") == GOOD
    assert len(company.asked) == 4
    desk.close()


def test_who_has_asked_enough_is_told_so_in_the_room(
    served: Callable[[AssistantDesk], str], company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = _room(monkeypatch, served(AssistantDesk(_line_to(company), 1)))
    line.ask(instructions("draft"), "one")
    with pytest.raises(NoWord, match="often"):
        line.ask(instructions("draft"), "two")


@pytest.mark.parametrize(
    ("status", "why"), [(401, "not_let_in"), (429, "busy"), (503, "busy"), (500, "away"), (504, "slow")]
)
def test_what_the_assistant_refuses_is_told_in_the_room_as_ever(
    status: int,
    why: str,
    served: Callable[[AssistantDesk], str],
    company: Company,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    company.status = status
    with caplog.at_level(logging.DEBUG), pytest.raises(NoWord, match=why):
        _room(monkeypatch, served(AssistantDesk(_line_to(company), 9))).ask(instructions("draft"), "one")
    assert KEY not in caplog.text


def test_one_question_at_a_time_and_a_room_that_hangs_up_is_let_go(
    served: Callable[[AssistantDesk], str], company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.pause = 30.0
    address = served(AssistantDesk(_line_to(company), 9))
    first = _room(monkeypatch, address)
    whys: list[str] = []

    def wait_in_vain() -> None:
        try:
            first.ask(instructions("draft"), "slow")
        except NoWord as none:
            whys.append(none.why)

    waiting = threading.Thread(target=wait_in_vain, daemon=True)
    waiting.start()
    while not company.asked:
        waiting.join(0.02)
    with pytest.raises(NoWord, match="busy"):
        _room(monkeypatch, address).ask(instructions("draft"), "another")
    first.give_up()
    waiting.join(10)
    assert whys == ["stopped"]
    company.pause = 0.0
    wait_until(lambda: _said(_room(monkeypatch, address)) == GOOD, 20)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"messages": "ab"}',
        b'{"messages": [{"content": "x"}]}',
        b'{"messages": [1, 2]}',
        b"\xff",
        json.dumps({"messages": [{"content": instructions("draft")}, {"content": 7}]}).encode(),
        json.dumps({"messages": [{"content": ["x"]}, {"content": "x"}]}).encode(),
    ],
)
def test_what_no_room_sends_is_refused(body: bytes, company: Company) -> None:
    desk = AssistantDesk(_line_to(company), 9)
    with pytest.raises(NotOurs):
        asyncio.run(desk.take("hanako", body))
    assert company.asked == []


@pytest.mark.parametrize("most", ["0", "many", "-3", "1.5"])
def test_a_share_that_is_no_number_stops_the_service_with_its_name(most: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PENGUIN_ASSISTANT_URL", raising=False)
    monkeypatch.setenv("PENGUIN_ASSISTANT_MOST", most)
    assert assistant_desk() is None
    monkeypatch.setenv("PENGUIN_ASSISTANT_URL", "http://127.0.0.1:9/v1")
    with pytest.raises(ValueError, match="PENGUIN_ASSISTANT_MOST"):
        assistant_desk()
