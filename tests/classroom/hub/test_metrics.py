"""Numbers for Prometheus: what became of each question, for mentors alone, and nobody's name in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tornado.testing import AsyncHTTPTestCase

from classroom.hub.exchange_service import ExchangeService
from classroom.hub.fair_queue import FairQueue
from classroom.hub.service import application
from classroom.hub.shared_judge import Unasked

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from tornado.web import Application

PEOPLE = {"token-mori": "mori", "token-hanako": "hanako"}


class Auth:
    access_scopes = frozenset({"access"})

    def get_token(self, handler: Any, *, in_cookie: bool) -> str:  # noqa: ARG002  (as HubAuth is asked)
        return str(handler.request.headers.get("Authorization", "")).removeprefix("token ")

    async def user_for_token(self, token: str, *, sync: bool) -> dict[str, Any] | None:  # noqa: ARG002
        return {"name": PEOPLE[token]} if token in PEOPLE else None

    def check_scopes(self, needed: frozenset[str], model: dict[str, Any]) -> bool:
        return bool(needed) and bool(model)


class Judge:
    def __init__(self) -> None:
        self.duties = {"judge": lambda *_: {"fine": True}, "hint": self.refuse, "shape": self.fail}

    def refuse(self, *_: object) -> dict[str, Any]:
        raise Unasked("no such exercise")

    def fail(self, *_: object) -> dict[str, Any]:
        raise RuntimeError("broken")


class _Served(AsyncHTTPTestCase):
    __test__ = False  # played by the test below, in a folder of its own
    folder: Path

    def get_app(self) -> Application:
        self.queue = FairQueue(1)
        judge: Any = Judge()
        desk = ExchangeService(self.folder, frozenset({"mori"}))
        return application(Auth(), judge, self.queue, desk, frozenset({"mori"}))

    def tearDown(self) -> None:
        self.queue.close()
        super().tearDown()

    def all_of_it(self) -> None:
        for duty in ("judge", "judge", "hint", "shape"):
            self.ask(f"/services/penguin/{duty}", json.dumps({"lang": "ja", "exercise": "L1-01"}))
        self.ask("/services/penguin/class/classes", "")
        self.ask("/services/penguin/class/release", "{}")
        self.ask("/services/penguin/class/made-up", "{}")
        assert self.ask("/services/penguin/metrics", None).code == 403
        assert self.ask("/services/penguin/metrics", None, "nobody").code == 403
        found = self.ask("/services/penguin/metrics", None, "mori")
        assert found.code == 200
        lines = found.body.decode().splitlines()
        assert 'penguin_questions_total{duty="judge",outcome="answered"} 2.0' in lines
        assert 'penguin_questions_total{duty="hint",outcome="refused"} 1.0' in lines
        assert 'penguin_questions_total{duty="shape",outcome="failed"} 1.0' in lines
        assert 'penguin_question_seconds_count{duty="judge"} 2.0' in lines
        assert 'penguin_class_acts_total{act="classes",outcome="answered"} 1.0' in lines
        assert 'penguin_class_acts_total{act="release",outcome="refused"} 1.0' in lines
        assert 'penguin_class_acts_total{act="unknown",outcome="refused"} 1.0' in lines
        assert "penguin_questions_waiting 0.0" in lines
        assert "hanako" not in found.body.decode()

    def attacked(self) -> None:
        """By a learner, in whatever clothes; and with names that would make a number of their own each."""
        for path in ("metrics", "%6Detrics", "metrics?token=token-mori", "../penguin/metrics", "metrics/"):
            found = self.ask(f"/services/penguin/{path}", None)
            assert found.code in (403, 404), path
            assert b"penguin_questions" not in found.body
        assert self.ask("/services/penguin/metrics", "{}", "mori").code in (404, 405)
        for number in range(20):
            self.ask(f"/services/penguin/made-up-{number}", "{}")
            self.ask(f"/services/penguin/class/made-up-{number}", "{}")
            self.ask("/services/penguin/class/x%22%7D%201%0Apenguin_evil", "{}")
        text = self.ask("/services/penguin/metrics", None, "mori").body.decode()
        assert "made-up" not in text
        assert "evil" not in text

    def ask(self, path: str, body: str | None, who: str = "hanako") -> Any:
        head = {"Authorization": f"token token-{who}"}
        return self.fetch(path, method="GET" if body is None else "POST", body=body, headers=head)


def test_no_learner_reads_them_nor_adds_a_line_to_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Served, "folder", tmp_path, raising=False)
    found = _Served("attacked").run()
    assert found is not None
    assert found.errors == found.failures == []


def test_what_became_of_each_question_is_told_to_mentors_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Served, "folder", tmp_path, raising=False)
    found = _Served("all_of_it").run()
    assert found is not None
    assert found.errors == found.failures == []
