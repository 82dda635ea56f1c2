"""Which drills follow an exercise is counted from what learners practised after it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import duckdb
import pytest

from classroom.folder import CARRIED
from classroom.learner.progress import ProgressStore, Try
from classroom.learner.progress.rounds import RoundBook, RoundKind
from classroom.mentor.classpage.export import export_class
from classroom.mentor.classpage.next_drills import NextDrill, next_drills
from classroom.mentor.classpage.progress_files import Attempt, LearnersFile
from classroom.mentor.classpage.whole import WholeClass
from classroom.mentor.page.answers import answers_on_page
from coursebook import load_course
from coursebook.practice import library_of

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

BEGAN = dt.datetime(2027, 1, 10, 9, tzinfo=dt.UTC)
EXERCISE = "L1-07"


@pytest.fixture(scope="module")
def templates() -> list[str]:
    """Two drills of what the exercise is about, and one of another skill."""
    course = load_course()
    library, skills = library_of(course.root), course.exercise(EXERCISE).record.skills
    other = next(each for each in sorted(library.by_skill) if each not in skills)
    return [*(each.id for each in library.by_skill[skills[0]][:2]), library.by_skill[other][0].id]


def learner(*tried: tuple[str, str, int], asked: bool = True) -> LearnersFile:
    """(exercise or drill, outcome, hint open) in this order, a minute apart."""
    made = [
        Attempt(name, BEGAN + dt.timedelta(minutes=at), "SELECT 1", outcome, rung)
        for at, (name, outcome, rung) in enumerate(tried)
    ]
    drills = [each.exercise for each in made if each.exercise.startswith("P")] if asked else []
    return LearnersFile("anybody", tuple(made), drills=frozenset(drills))


def following(*files: LearnersFile) -> tuple[NextDrill, ...]:
    return next_drills(load_course(), [EXERCISE], files)[EXERCISE]


def test_the_first_drill_of_its_skills_after_an_exercise_follows_it(templates: list[str]) -> None:
    one, two, other = templates
    skill = library_of(load_course().root).templates[one].skill
    here = (EXERCISE, "refuted", 0)
    found = following(
        learner(here, (f"P{other}-1", "accepted", 0), (f"P{one}-1", "accepted", 0), (f"P{two}-1", "accepted", 0)),
        learner(here, (f"P{one}-5", "refuted", 0), (f"P{one}-5", "accepted", 0), (EXERCISE, "accepted", 0)),
        learner(here, (f"P{one}-6", "accepted", 1)),
        learner(here, (f"P{two}-3", "accepted", 0)),
    )
    assert found == (
        NextDrill(skill, one, 3, 1),  # right with a hint, or at the second try, is not right at once
        NextDrill(skill, two, 1, 1),
    )


def test_what_was_practised_before_or_without_being_asked_follows_nothing(templates: list[str]) -> None:
    one, two, _ = templates
    before = learner((f"P{one}-1", "accepted", 0), (EXERCISE, "accepted", 0))
    typed = learner((EXERCISE, "accepted", 0), (f"P{two}-1", "accepted", 0), asked=False)
    never = learner((f"P{one}-1", "accepted", 0))
    unjudged = learner((EXERCISE, "invalid", 0), (f"P{one}-1", "accepted", 0))
    assert following(before, typed, never, unjudged) == ()


def test_what_follows_is_on_the_page_and_in_the_export(
    folder: MentorFolder, templates: list[str], tmp_path: Path
) -> None:
    """Of practice that a later hand-in, of another lesson, has told."""
    drill = f"P{templates[0]}-17"
    for lesson, tried in (("L1", [EXERCISE]), ("L2", [EXERCISE, drill])):
        place = folder.root / "submitted" / "learner00" / lesson / CARRIED
        place.unlink(missing_ok=True)
        store = ProgressStore(place)
        if drill in tried:
            RoundBook(store).begin(RoundKind.PRACTICE, "", [(drill, "")])
        for at, each in enumerate(tried):
            store.record(Try(each, BEGAN + dt.timedelta(minutes=at), "SELECT 1", "accepted", 1.0))
    (shown,) = [each["item"] for each in answers_on_page(WholeClass(folder), "L1") if each["id"] == EXERCISE]
    assert f"P{templates[0]}" in shown["next_drills"]
    assert "1人（すぐに正解 1人）" in shown["next_drills"]
    for kind in ("csv", "parquet"):
        out = export_class(folder, ["L1"], tmp_path / kind, format=kind)[-1]
        query = f"SELECT exercise, drill, learners, right_at_once FROM '{out}'"
        assert duckdb.sql(query).fetchall() == [(EXERCISE, f"P{templates[0]}", 1, 1)]
