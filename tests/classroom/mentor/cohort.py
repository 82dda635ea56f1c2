"""A class of made-up learners: every solution, also-right answer and near miss, in several layouts, some untouched."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

from coursebook.packs import SEED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from coursebook import Course, LessonExercise

Notebook = dict[str, Any]
EXERCISES = ("L1-01", "L1-04", "L1-05", "L1-07", "L1-09")
IN_TIME = "2027-01-10 10:00:00 UTC"
STOCK_STEPS = """
steps = ("Execute", "LimitOutput", "SaveAutoGrades", "AssignLatePenalties")
c.Autograde.autograde_preprocessors = [f"nbgrader.preprocessors.{step}" for step in steps]
"""
"""Lines for nbgrader_config.py with which a kernel runs the notebooks, as nbgrader does by itself."""
LAYOUTS = (
    lambda sql: sql,
    lambda sql: f"{sql.rstrip().rstrip(';')}\n;",
    lambda sql: f"-- できた\n{sql}",
    lambda sql: "\n\n".join(sql.splitlines()),
)


def seeded(folder: Path, seed: int = SEED) -> Path:
    """A mentor's folder of nothing but its seed: the learners' own, whose packs are there since the course was checked."""
    (folder / "desk").mkdir(parents=True)
    (folder / "desk" / "seed.txt").write_text(f"{seed}\n", encoding="ascii")
    return folder


def released(folder: Path, assignment: str) -> tuple[str, Notebook]:
    """The released notebook of an assignment, with its file name."""
    path = next((folder / "release" / assignment).glob("*.ipynb"))
    return path.name, json.loads(path.read_text(encoding="utf-8"))


def answered(notebook: Notebook, answers: dict[str, str]) -> Notebook:
    """The notebook with these answers under their first lines."""
    copy: Notebook = json.loads(json.dumps(notebook))
    for cell in copy["cells"]:
        exercise = cell["id"].removeprefix("answer-")
        if cell["id"].startswith("answer-") and exercise in answers:
            first = "".join(cell["source"]).splitlines()[0]
            cell["source"] = f"{first}\n{answers[exercise]}"
    return copy


def all_answers(exercise: LessonExercise) -> list[str]:
    """Every authored answer to an exercise."""
    files = (*exercise.solutions, *exercise.also_right, *exercise.near_misses)
    return [each.text for each in files]


def mixed_answers(course: Course, exercises: Iterable[str], number: int) -> dict[str, str]:
    """What learner `number` hands in: about half right, a third wrong, the rest untouched."""
    draw = random.Random(number)
    answers: dict[str, str] = {}
    for name in exercises:
        exercise = course.exercise(name)
        chance = draw.random()
        right = [each.text for each in (*exercise.solutions, *exercise.also_right)]
        wrong = [each.text for each in exercise.near_misses] or right
        if chance < 0.85 and right:
            answers[name] = draw.choice(LAYOUTS)(draw.choice(right if chance < 0.5 else wrong))
    return answers


def hand_in(folder: Path, student: str, assignment: str, name: str, notebook: Notebook | str, when: str = "") -> Path:
    """Put a notebook (or any text) where nbgrader's collect would put it."""
    place = folder / "submitted" / student / assignment
    place.mkdir(parents=True, exist_ok=True)
    text = notebook if isinstance(notebook, str) else json.dumps(notebook, ensure_ascii=False)
    (place / name).write_text(text, encoding="utf-8")
    if when:
        (place / "timestamp.txt").write_text(when, encoding="utf-8")
    return place / name
