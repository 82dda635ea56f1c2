"""Colleagues' ways of solving an exercise: chosen by a mentor, without a name, seen by whoever has solved it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from classroom.exchange.mailbox import Known
from classroom.exchange.records import ClassState, ColleaguesWay
from classroom.folder import Folder
from classroom.learner.state.cases import case_of
from classroom.learner.state.desk import Desk
from classroom.mentor.classpage.ways import is_shown, show
from classroom.session.verdict.card import verdict_record
from coursebook.answer_cell import AnswerCell

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from road import Learner

    from classroom.mentor.place.folder import MentorFolder

THEIRS = "SELECT g.guest_id, g.registered_at_utc FROM guests AS g ORDER BY 1 LIMIT 5"
OWN = "SELECT guest_id, registered_at_utc FROM guests ORDER BY guest_id LIMIT 5"
WRONG = OWN.replace("registered", "verified")


def test_a_way_that_a_mentor_chooses_reaches_the_class_and_goes_again(desk: MentorFolder, hanako: Learner) -> None:
    show(desk, "L1-02", THEIRS, shown=True)
    show(desk, "L1-02", THEIRS, shown=True)
    assert is_shown(desk, "L1-02", THEIRS)
    state = hanako.fetch().state
    assert state is not None
    assert state.ways == (ColleaguesWay("L1-02", THEIRS),)
    show(desk, "L1-02", THEIRS, shown=False)
    state = hanako.fetch().state
    assert state is not None
    assert state.ways == ()


def test_it_is_seen_by_whoever_has_solved_the_exercise_and_by_nobody_else(
    practice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = Folder(tmp_path).hidden
    hidden.mkdir()
    ways = tuple(ColleaguesWay("L1-02", sql) for sql in (THEIRS, f"{OWN} ;"))
    known = Known(ClassState("sql", "sato", "2027-01-01T00:00:00+00:00", ways=ways))
    (hidden / "mail.json").write_text(json.dumps(asdict(known)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    learner = Desk(lang="ja", practice=practice)
    try:
        shown = {sql: _shown(learner, sql) for sql in (WRONG, OWN)}
    finally:
        learner.close()
    assert shown == {WRONG: [], OWN: [THEIRS]}


def _shown(learner: Desk, sql: str) -> list[str]:
    source = f"-- 解答 L1-02\n{sql}"
    record = verdict_record(case_of(learner.marker.mark(AnswerCell("L1-02", sql)), source, learner))
    return [part.sql for part in record.more if part.title.startswith("同僚の書き方")]
