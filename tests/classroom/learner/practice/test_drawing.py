"""How much is drawn and kept to ask a drill."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from classroom.learner.practice import sessions
from classroom.learner.progress.rounds import RoundBook, RoundKind
from classroom.learner.state import drills

if TYPE_CHECKING:
    from conftest import Learner


def test_a_drill_is_compared_with_the_latest_alone_and_a_book_stays_small(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drills, "MOST_KEPT", 3)
    monkeypatch.setattr(sessions, "_LATEST", 2)
    assert learner.desk.progress is not None
    book, desk = RoundBook(learner.desk.progress), learner.desk
    template = next(iter(desk.drills.library.by_skill.values()))[0].id
    book.begin(RoundKind.PRACTICE, "", [(f"P{template}-{seed}", "S01") for seed in range(1, 7)])
    asked: list[int] = []
    drawn = desk.drills.drawn
    monkeypatch.setattr(desk.drills, "drawn", lambda name, seed: asked.append(seed) or drawn(name, seed))
    assert sessions._differing(desk, template, book, ()) is not None
    assert asked[:3] == [5, 6, 7]
    for seed in (5, 6, 7, 8, 5):
        drawn(template, seed)
    assert list(desk.drills._drawn) == [f"{template}-{seed}" for seed in (7, 8, 5)]


@pytest.mark.parametrize("fits", [True, False])
def test_a_skill_whose_drills_are_longer_than_the_round_is_asked_only_where_nothing_else_is_due(
    learner: Learner, monkeypatch: pytest.MonkeyPatch, *, fits: bool
) -> None:
    shortest = {skill: min(each.minutes for each in of) for skill, of in learner.desk.drills.library.by_skill.items()}
    longer, short = max(shortest, key=lambda each: shortest[each]), min(shortest, key=lambda each: shortest[each])
    minutes = int(shortest[longer]) - 1
    assert shortest[short] <= minutes
    monkeypatch.setattr(
        "classroom.learner.practice.sessions.in_order", lambda *_: (longer, short) if fits else (longer,)
    )
    learner.run(f"%practice {minutes}")
    assert learner.desk.progress is not None
    asked = [item.skill for item in RoundBook(learner.desk.progress).rounds()[-1].items]
    assert asked == [short if fits else longer]
