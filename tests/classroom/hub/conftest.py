"""The judge that all share, running as a service of its own, and learners' desks that ask it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from classroom.exchange.hub_line import HubLine
from classroom.exchange.judge_line import JudgeLine
from classroom.hub.prepared import prepare_edition
from classroom.learner.state.desk import Desk
from coursebook import load_course

sys.path.insert(0, str(Path(__file__).parent))

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from service_alone import Service


@pytest.fixture(scope="module")
def edition(practice: Path) -> Path:
    """The learners' edition beside the practice data, as `penguin hub prepare` writes it."""
    return prepare_edition(load_course(), practice.parent)


@pytest.fixture(scope="module")
def service(practice: Path, edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    from service_alone import LEARNERS, running_service

    with running_service(tmp_path_factory.mktemp("judge"), practice.parent, LEARNERS) as running:
        yield running


@pytest.fixture
def seat(
    service: Service, practice: Path, edition: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Desk]]:
    """A desk whose kernel has the learners' edition and asks the service."""
    desks: list[Desk] = []
    monkeypatch.setenv("PENGUIN_COURSE", str(edition))

    def made(token: str = "token-learner00", lang: str = "ja", patience: float = 60) -> Desk:  # noqa: S107
        desk = Desk(lang="ja" if lang == "ja" else "en", practice=practice)
        desk.line = JudgeLine(HubLine(service.address, token), patience)
        desks.append(desk)
        return desk

    yield made
    for each in desks:
        each.close()
