"""The lessons that are being made on a company's tables: what of them is carried so far, and what is left out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from coursebook.messages import LANGUAGES, render
from coursebook.own_tables.carried_exercise import carried_exercise
from coursebook.own_tables.carried_lesson import LessonToCarry, carried_lesson
from coursebook.own_tables.counterparts import NotPlayed
from coursebook.toml_text import toml_text

if TYPE_CHECKING:
    from pathlib import Path

    from coursebook.course import Course
    from coursebook.own_tables.carried_exercise import Carrying
    from coursebook.problem import Problem

_LEVELS = (1, 2)
"""The levels whose lessons are carried."""
_REFUSED = "not_proved"


@dataclass(frozen=True)
class LeftOut:
    """An exercise that is not offered, or a lesson of which nothing is."""

    id: str
    code: str
    """Of the sentence that says why."""
    params: dict[str, str]

    def sentence(self, lang: str) -> str:
        """The reason in one language."""
        return render(f"own_tables.not_played.{self.code}", self.params, lang)


@dataclass
class Workshop:
    """What is carried so far: files by exercise, and what is left out."""

    source: Course
    carrying: Carrying
    folder: Path
    exercises: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    """Lesson's folder -> exercise's folder -> its files."""
    left_out: dict[str, LeftOut] = field(default_factory=dict)

    def carry(self) -> None:
        """Carry the exercises that have a counterpart."""
        for name in self.lessons():
            for exercise in sorted((self.source.root / "lessons" / name / "exercises").iterdir()):
                try:
                    files = carried_exercise(exercise, self.carrying)
                except NotPlayed as missing:
                    self.leave_out(name, exercise.name, missing.code, missing.params)
                else:
                    self.exercises.setdefault(name, {})[exercise.name] = files

    def leave_out(self, lesson: str, exercise: str, code: str, params: dict[str, Any]) -> None:
        """Say why an exercise is not offered."""
        self.exercises.get(lesson, {}).pop(exercise, None)
        id_ = self._id(lesson, exercise)
        self.left_out[id_] = LeftOut(id_, code, {key: str(each) for key, each in params.items()})

    def offered(self) -> list[str]:
        """The ids of what is offered."""
        return [self._id(lesson, each) for lesson in self.lessons() for each in self.exercises.get(lesson, {})]

    def files(self) -> dict[str, str]:
        """Path in the course's folder -> text, of all lessons in which an exercise is left."""
        found = {}
        left = {name: each for name, each in self.exercises.items() if each}
        ids = frozenset(self.source.outlines[name].id for name in left)
        for name, exercises in left.items():
            lesson = self._lesson(name, frozenset(exercises))
            for path, text in carried_lesson(lesson, self.carrying, ids).items():
                found[f"lessons/{name}/{path}"] = text
            for exercise, files in exercises.items():
                found |= {f"lessons/{name}/exercises/{exercise}/{path}": text for path, text in files.items()}
        return found

    def take_out(self, problem: Problem, *, whole: bool = False) -> None:
        """Take out what a problem is about: a near miss, another right answer, or the `whole` exercise."""
        lesson, exercise, inside = self._place(problem)
        files = self.exercises.get(lesson, {}).get(exercise)
        if not exercise:  # the lesson's own text
            for each in tuple(self.exercises.get(lesson, {})):
                self._refuse(lesson, each, problem)
        elif files is not None and inside.startswith("also-right/") and not whole:
            files.pop(inside, None)
        elif files is not None and inside.startswith("near-misses/") and not whole:
            _without(files, problem.file.stem)
        elif files is not None:
            self._refuse(lesson, exercise, problem)

    def _place(self, problem: Problem) -> tuple[str, str, str]:
        """The lesson's folder, the exercise's, and the path in it; empty where it is the lesson's own file."""
        parts = problem.file.relative_to(self.folder / "lessons").parts
        return (parts[0], parts[2], "/".join(parts[3:])) if parts[1] == "exercises" else (parts[0], "", "")

    def _refuse(self, lesson: str, exercise: str, problem: Problem) -> None:
        self.leave_out(lesson, exercise, _REFUSED, {"detail": f"{problem.file.name}: {problem.problem}"})

    def lessons(self) -> list[str]:
        """The folders of the lessons that are carried."""
        return [name for name, each in self.source.outlines.items() if each.level in _LEVELS]

    def _lesson(self, name: str, offered: frozenset[str]) -> LessonToCarry:
        kinds, minutes = {}, 0.0
        for each in (self.source.root / "lessons" / name / "exercises").iterdir():
            record = tomllib.loads((each / "exercise.toml").read_text(encoding="utf-8"))
            kinds[each.name] = record["kind"]
            minutes += record["minutes"] if each.name in offered else 0
        return LessonToCarry(self.source.root / "lessons" / name, offered, kinds, minutes)

    def _id(self, lesson: str, exercise: str) -> str:
        return f"{self.source.outlines[lesson].id}-{exercise.split('-', 1)[0]}"


def _without(files: dict[str, str], stem: str) -> bool:
    """Take a near miss away with its hints; whether it was there."""
    found = files.pop(f"near-misses/{stem}.sql", None) is not None
    for lang in LANGUAGES:
        before, _, rest = files[f"{lang}.md"].partition(f"## near-miss: {stem}\n")
        hint_after = rest.find("\n## ")
        files[f"{lang}.md"] = before + (rest[hint_after + 1 :] if hint_after >= 0 else "")
    record = tomllib.loads(files["exercise.toml"])
    record.get("near_misses", {}).pop(stem, None)
    files["exercise.toml"] = toml_text(record)
    return found
