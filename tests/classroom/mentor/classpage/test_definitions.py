"""How many in the class defined a question of the day how: counted at the desk, told to whoever has answered it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from typing import TYPE_CHECKING

from classroom.exchange.mailbox import Known
from classroom.exchange.records import ClassState, DefinedHow
from classroom.folder import Folder
from classroom.learner.kernel.execute import run_cell
from classroom.learner.practice.cards import say
from classroom.learner.progress import ProgressStore
from classroom.learner.state.desk import Desk
from classroom.mentor.classpage.definitions import definitions
from classroom.mentor.classpage.progress_files import LearnersFile, read_file
from coursebook import load_course
from coursebook.practice.vague import load_questions

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

QUESTIONS = load_questions(load_course().root)


def test_each_learner_counts_once_by_the_last_definition_in_either_language() -> None:
    first, second = (each.name for each in QUESTIONS[0].readings[:2])
    files = [
        LearnersFile("a", defined=(("T1", first.ja),)),
        LearnersFile("b", defined=(("T1", first.en),)),
        LearnersFile("c", defined=(("T1", second.ja), ("T2", "one's own"))),
    ]
    assert definitions(QUESTIONS, files) == (DefinedHow("T1", (2, 1, *(0 for _ in QUESTIONS[0].readings[2:]))),)


def test_the_last_definition_is_read_from_a_learners_file(tmp_path: Path) -> None:
    path = tmp_path / "progress.sqlite"
    ProgressStore(path)
    with sqlite3.connect(path) as connection:
        for at, reading in (("2027-01-01T00:00:00+00:00", "earlier"), ("2027-01-02T00:00:00+00:00", "later")):
            connection.execute("INSERT INTO cards VALUES ('T1', ?, 'SELECT 1', 1, ?)", (at, reading))
    connection.close()
    assert read_file("a", path, load_course()).defined == (("T1", "later"),)


def test_the_card_tells_the_numbers_of_the_class(
    practice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = Folder(tmp_path).hidden
    hidden.mkdir()
    counts = tuple(range(41, 41 + len(QUESTIONS[1].readings)))
    known = Known(ClassState("sql", "sato", "2027-01-01T00:00:00+00:00", today=(DefinedHow("T2", counts),)))
    (hidden / "mail.json").write_text(json.dumps(asdict(known)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    learner, shown = Desk(lang="ja", practice=practice), []
    try:
        run_cell(learner, "-- 今日の1問 T2\nSELECT count(*) AS answer FROM guests WHERE NOT is_test", shown.append)
    finally:
        learner.close()
    html = str(shown[-1].data["text/html"])
    assert say("today_head_count", "ja") in html
    assert [str(each) in html for each in counts] == [True] * len(counts)
