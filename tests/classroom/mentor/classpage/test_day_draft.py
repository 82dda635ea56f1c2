"""The class's best at the draft of the day goes from learners' own files to the class page and to everybody's home, without names."""

from __future__ import annotations

import errno
import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from classroom.exchange.records import ClassState
from classroom.exchange.transport import Unreachable
from classroom.learner.progress import ProgressStore, Try
from classroom.mentor.classpage import counted
from classroom.mentor.classpage.counted import broken_on
from classroom.mentor.classpage.progress_files import read_file
from classroom.mentor.page.desk import DeskRoom
from classroom.mentor.returning import send
from coursebook.practice import drill_id, load_library
from coursebook.practice.day_draft import Broken, class_best, drill_of_day, seed_of_day
from coursebook.practice.spacing import business_day

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.classpage.progress_files import LearnersFile
    from classroom.mentor.place.folder import MentorFolder

LIBRARY = load_library()
_ALL = {each.after for each in LIBRARY.templates.values()}
ROW = "INSERT INTO guests VALUES (1);"
TWO = "INSERT INTO guests VALUES (1), (2);"


def learner(path: Path, student: str, *tries: Try) -> LearnersFile:
    store = ProgressStore(path / f"{student}.sqlite")
    for each in tries:
        store.record(each)
    return read_file(student, store.path)


def right(drill: str, answer: str, status: str = "accepted", rung: int = 0) -> Try:
    return Try(drill, datetime.now(UTC), answer, status, 1.0, rung=rung)


def test_the_fewest_rows_count_and_wrong_copied_or_impossible_answers_do_not(tmp_path: Path) -> None:
    days = [business_day(datetime.now(UTC)) + timedelta(ago) for ago in range(60)]
    drafts = {drill_of_day(LIBRARY, _ALL, day): day for day in days}
    templates = {drill: LIBRARY.templates[drill[1:].partition("-")[0]] for drill in drafts}
    wrong = next(each for each, of in templates.items() if of.draft and not of.draft.right)
    sound = next(each for each, of in templates.items() if of.draft and of.draft.right)
    files = [
        learner(tmp_path, "hanako", right(wrong, TWO), right(wrong, ROW, rung=3), right(sound, "使える")),
        learner(tmp_path, "taro", right(wrong, f"{TWO} {ROW}"), right(wrong, ROW, "refuted")),
        learner(tmp_path, "jiro", right(wrong, "USE IT")),
    ]
    found = class_best(LIBRARY, (each.attempts for each in files), drafts.values())
    assert set(found) == {Broken(wrong, 2, 2), Broken(sound, 0, 1)}
    assert class_best(LIBRARY, (each.attempts for each in files), [drafts[sound]]) == (Broken(sound, 0, 1),)


def test_another_days_draft_of_the_same_template_is_none_of_the_game(tmp_path: Path) -> None:
    today = business_day(datetime.now(UTC))
    template = drill_of_day(LIBRARY, _ALL, today)[1:].partition("-")[0]
    other = drill_id(template, seed_of_day(today) + 1)
    assert class_best(LIBRARY, [learner(tmp_path, "hanako", right(other, ROW)).attempts], [today]) == ()


def test_it_is_counted_at_the_desk_and_told_once(
    folder: MentorFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = business_day(datetime.now(UTC))
    drill = drill_of_day(LIBRARY, _ALL, today)
    is_right = LIBRARY.templates[drill[1:].partition("-")[0]].draft
    assert is_right is not None
    files = {
        each: learner(tmp_path, each, right(drill, "使える" if is_right.right else TWO)) for each in ("hanako", "taro")
    }
    monkeypatch.setattr(counted, "read_files", lambda *_: files)
    told: list[ClassState] = []

    def tell(*sent: object) -> bool:
        told.extend(each for each in sent if isinstance(each, ClassState))
        return True

    monkeypatch.setattr(send, "_tell", tell)
    rows = 0 if is_right.right else 2
    assert DeskRoom(folder).today()["draft"] == ""
    for _ in range(2):
        counted.tell_counted(folder)
    assert [each.broken for each in told] == [(Broken(drill, rows, 2),)]
    assert "hanako" not in json.dumps(asdict(told[0]))
    assert broken_on(folder, today) == Broken(drill, rows, 2)
    assert broken_on(folder, today - timedelta(1)) is None
    assert str(rows) in DeskRoom(folder).today()["draft"]


def test_what_could_not_be_told_is_told_the_next_time(
    folder: MentorFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drill = drill_of_day(LIBRARY, _ALL, business_day(datetime.now(UTC)))
    draft = LIBRARY.templates[drill[1:].partition("-")[0]].draft
    assert draft is not None
    files = {"hanako": learner(tmp_path, "hanako", right(drill, "使える" if draft.right else TWO))}
    monkeypatch.setattr(counted, "read_files", lambda *_: files)
    told: list[bool] = []

    def tell_class(_: MentorFolder) -> int:
        told.append(True)
        if len(told) == 1:
            raise Unreachable(errno.EHOSTUNREACH, "closed", "share")
        return 1

    monkeypatch.setattr(counted, "tell_class", tell_class)
    with pytest.raises(Unreachable):
        counted.tell_counted(folder)
    for _ in range(2):
        counted.tell_counted(folder)
    assert len(told) == 2
    assert [each.drill for each in send.read_broken(folder)] == [drill]
