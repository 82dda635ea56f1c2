"""A learner who practises: runs cells, answers drills."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from classroom.learner.kernel.execute import run_cell
from classroom.learner.practice.cards import FORM
from classroom.learner.practice.menu import BEGUN
from classroom.learner.progress import Try
from classroom.learner.state.desk import Desk
from classroom.session.connection import Session
from coursebook.format import Bilingual
from coursebook.kind import AnswerForm
from coursebook.practice import ExperienceRecord, ItemRecord, PlacementRecord, ReviewRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coursebook import LessonExercise


class Learner:
    """Runs cells and answers drills."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.cell = ""
        self.html = ""
        self.begun: dict[str, str] = {}
        self.form: dict[str, Any] = {}

    def run(self, source: str) -> str:
        shown: list[str] = []
        self.html, self.begun, self.form = "", {}, {}

        def publish(display: object) -> None:
            data = display.data  # type: ignore[attr-defined]
            shown.append(data.get("text/plain", ""))
            self.html += data.get("text/html", "")
            self.begun |= data.get(BEGUN, {})
            self.form = data.get(FORM, self.form)

        run_cell(self.desk, source, publish)
        self.cell = self.desk.take_next_input() or self.cell
        return "\n".join(shown)

    @property
    def exercise(self) -> LessonExercise:
        return self.desk.marker.exercise(self.cell.splitlines()[0].split()[-1])

    def answer(self, *, right: bool = True) -> str:
        exercise = self.exercise
        text = exercise.solution if right else exercise.near_misses[0].text
        return self.run(f"{self.cell.splitlines()[0]}\n{text}")


@pytest.fixture(scope="module")
def session(practice: Path) -> Iterator[Session]:
    """The practice data, which a process opens once."""
    opened = Session(practice)
    yield opened
    opened.close()


@pytest.fixture
def sit_down(practice: Path, session: Session, tmp_path: Path) -> Iterator[Callable[[], Learner]]:
    """A learner at a desk, and after a restart of the kernel at another with the same progress file."""
    desks: list[Desk] = []

    def sit() -> Learner:
        desk = Desk(lang="ja", practice=practice)
        desk.session = session
        desks.append(desk)
        desk.progress_path = tmp_path / ".penguin" / "progress.sqlite"
        library = desk.drills.library
        templates = {name: each for name, each in library.templates.items() if each.kind.answer is AnswerForm.VALUES}
        names = sorted(templates)
        items = tuple(ItemRecord((names[at % len(names)],)) for at in range(8))
        experience = ExperienceRecord("list", "L3", Bilingual("一覧を出したことがある", "I have pulled lists"))
        desk.drills.library = replace(
            library,
            templates=templates,
            placement=PlacementRecord(tuple(names), (experience,), careful=("L2",)),
            reviews=(ReviewRecord("R1", "L4", 1, Bilingual("まとめ1", "Review 1"), items),),
        )
        return Learner(desk)

    yield sit
    for desk in desks:
        desk.marker.close()


@pytest.fixture
def learner(sit_down: Callable[[], Learner]) -> Learner:
    """One who has begun all lessons, so that there is enough to practise."""
    learner = sit_down()
    store = learner.desk.progress
    assert store is not None
    for lesson in learner.desk.marker.course.lesson_ids:
        store.record(Try(f"{lesson}-99", datetime.now(UTC), "", "invalid", 0.0))
    return learner
