"""A mentor sees who is about to forget what, by the same memory as the learner's own home."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from classroom.exchange.records import ClassState
from classroom.learner.page.records import read_progress
from classroom.learner.page.standing import standing
from classroom.learner.practice.history import History, skill_states
from classroom.learner.progress import ProgressStore, Try
from classroom.learner.progress.rounds import RoundBook, RoundKind
from classroom.mentor.classpage import counted
from classroom.mentor.classpage.forgetting import SOON, fading_skills
from classroom.mentor.classpage.progress_files import LearnersFile, read_file
from classroom.mentor.returning.send import read_haste
from coursebook import load_course
from coursebook.practice import load_library
from coursebook.practice.evidence import what_trains
from coursebook.practice.memory import LEAST_LEARNERS
from coursebook.practice.spacing import SkillPhase, business_day

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from classroom.mentor.place.folder import MentorFolder

BEGAN = datetime(2027, 4, 1, 3, 0, tzinfo=UTC)


def learner(path: Path, student: str, days: dict[str, tuple[int, str]]) -> LearnersFile:
    """Someone who answered each exercise or drill on a day, with an outcome."""
    store = ProgressStore(path / f"{student}.sqlite")
    drills = [each for each in days if each.startswith("P")]
    RoundBook(store).begin(RoundKind.PRACTICE, "", [(each, "") for each in drills])
    for exercise, (day, status) in days.items():
        store.record(Try(exercise, BEGAN + timedelta(days=day), "SELECT 1", status, 1.0))
    return read_file(student, store.path)


def test_the_skill_of_most_learners_comes_first_and_who_never_practised_is_not_named(tmp_path: Path) -> None:
    files = {
        "hanako": learner(tmp_path, "hanako", {"P02a-1": (0, "accepted"), "P01a-1": (0, "refuted")}),
        "taro": learner(tmp_path, "taro", {"P01a-2": (9, "accepted"), "P02a-7": (2, "refuted")}),
        "jiro": learner(tmp_path, "jiro", {}),
    }
    today = business_day(BEGAN + timedelta(days=9))
    found = fading_skills(load_course(), files, today)
    assert {each.skill: (len(each.learners), each.known) for each in found}["S02"] == (2, 2)
    assert [len(each.learners) for each in found] == sorted((len(each.learners) for each in found), reverse=True)
    named = {(who.student, each.skill): who for each in found for who in each.learners}
    assert ("hanako", "S01") in named
    assert all(who.is_soon(today) and 0 <= who.chance <= 1 for who in named.values())
    assert not [each for each in named if each[0] == "jiro"]
    for each in found:
        assert [who.chance for who in each.learners] == sorted(who.chance for who in each.learners)


def test_what_the_mentor_sees_is_what_the_learners_home_says(tmp_path: Path) -> None:
    file = learner(
        tmp_path,
        "hanako",
        {"P02a-1": (0, "accepted"), "P01a-1": (1, "refuted"), "P03a-1": (12, "accepted"), "P05a-1": (2, "refuted")},
    )
    today = business_day(BEGAN + timedelta(days=12))
    store = ProgressStore(tmp_path / "hanako.sqlite")
    course, library = load_course(), load_library()
    history = History(store.tries(), RoundBook(store).rounds())
    states = skill_states(list(library.by_skill), history, what_trains(library, course), today)
    due = {each.skill for each in states if each.due_on and (each.due_on - today).days <= SOON}
    assert {each.skill for each in fading_skills(course, {"hanako": file}, today)} == due
    assert due >= {each.skill for each in states if each.phase is SkillPhase.DUE}


def test_how_fast_a_class_forgets_is_fitted_at_the_desk_and_goes_to_each_learners_home(
    folder: MentorFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = load_library()
    templates = [next(iter(of)).id for _, of in sorted(library.by_skill.items())][:12]
    forgetful = {
        f"P{each}-{seed}": (seed * 2, "accepted" if seed % 2 else "refuted")
        for each in templates
        for seed in range(1, 5)
    }
    files = {f"learner{number}": learner(tmp_path, f"learner{number}", forgetful) for number in range(LEAST_LEARNERS)}
    monkeypatch.setattr(counted, "read_files", lambda *_: files)
    told: list[MentorFolder] = []
    monkeypatch.setattr(counted, "tell_class", told.append)
    assert read_haste(folder) == 1
    for _ in range(2):  # what has not changed is not told again
        counted.tell_counted(folder)
    usual = read_haste(folder)
    assert (usual > 1, len(told)) == (True, 1)

    today = business_day(BEGAN + timedelta(days=1))
    newcomer = learner(tmp_path, "newcomer", {"P02a-1": (0, "accepted"), "P03a-1": (0, "accepted")})
    store = ProgressStore(tmp_path / "newcomer.sqlite")
    state = ClassState("sql", "sato", "2027-04-01T00:00:00+00:00", haste=usual)
    where = {
        haste: standing(load_course(), library, *read_progress(store, known), BEGAN + timedelta(days=1), "ja").due
        for haste, known in ((1, None), (usual, state))
    }
    assert where[1] < where[usual] == 2
    fading = fading_skills(load_course(), {"newcomer": newcomer}, today, usual)
    assert sum(each.due_on <= today for of in fading for each in of.learners) == 2
