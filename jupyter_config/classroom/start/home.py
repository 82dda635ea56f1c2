"""The home notebook: where to begin, or where to go on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from classroom.messages import say
from classroom.start.lay_out import write_whole
from coursebook.answer_cell import recognise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from coursebook import Course, Lesson

NAMES = {"ja": "ホーム.ipynb", "en": "Home.ipynb"}


@dataclass(frozen=True)
class LessonState:
    """A lesson with how far the learner has come in it."""

    lesson: Lesson
    path: Path
    answered: int
    """Answer cells that no longer hold their starter."""
    exercises: int
    accepted: int
    """Answer cells whose saved output shows an accepted verdict."""
    changed_at: float


def write_home(root: Path, course: Course, notebooks: Sequence[tuple[Lesson, Path]], lang: str) -> Path:
    """Write the home notebook anew; it holds nothing of the learner's."""
    states = [read_state(lesson, path, lang) for lesson, path in notebooks]
    place = root / NAMES[lang]
    cells = [
        _markdown("home-welcome", _welcome(course, states, lang)),
        _markdown("home-lessons", _table(course, states, lang)),
    ]
    cells += [_markdown("home-keys", say("home.keys", lang))]
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "SQL", "language": "sql", "name": "penguin-sql"},
            "language_info": {"name": "sql"},
            "penguin": {"home": True, "lang": lang},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    write_whole(place, json.dumps(notebook, ensure_ascii=False, indent=1).encode())
    return place


def read_state(lesson: Lesson, path: Path, lang: str) -> LessonState:
    """How far the learner has come, read from the notebook itself."""
    exercises = {each.id: each for each in lesson.placed_exercises(lang)}
    answered: set[str] = set()
    accepted: set[str] = set()
    changed = 0.0
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        changed = path.stat().st_mtime
    except (OSError, ValueError, KeyError):
        cells = []
    for cell in cells:
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        found = recognise(source)
        if found is None or found.exercise_id not in exercises:
            continue
        if found.answer.strip() != exercises[found.exercise_id].starter.strip():
            answered.add(found.exercise_id)
        if _shows_accepted(cell):
            accepted.add(found.exercise_id)
    return LessonState(lesson, path, len(answered), len(exercises), len(accepted), changed)


def _shows_accepted(cell: dict[str, Any]) -> bool:
    texts = (output.get("data", {}).get("text/plain", "") for output in cell.get("outputs", []))
    return any("".join(text).startswith("✓ ") for text in texts)


def _welcome(course: Course, states: Sequence[LessonState], lang: str) -> str:
    title = course.record.title[lang] if hasattr(course.record.title, "__getitem__") else "Second Penguin"
    begun = [state for state in states if state.answered]
    lines = [f"# {title}", "", say("home.back" if begun else "home.welcome", lang), ""]
    if states:
        here = _current(states, begun)
        name = f"{here.lesson.id} {here.lesson.record.title[lang]}"
        lines += [
            f"## [▶ {say('home.go_on' if begun else 'home.begin', lang, lesson=name)}]({quote(here.path.name)})",
            "",
        ]
        lines += [f"{here.lesson.record.question[lang]}"]
    return "\n".join(lines)


def _current(states: Sequence[LessonState], begun: Sequence[LessonState]) -> LessonState:
    if not begun:
        return states[0]
    latest = max(begun, key=lambda state: state.changed_at)
    if latest.accepted < latest.exercises:
        return latest
    following = states[states.index(latest) + 1 :]
    return next((state for state in following if state.accepted < state.exercises), latest)


def _table(course: Course, states: Sequence[LessonState], lang: str) -> str:
    levels = {level.number: level.name[lang] for level in course.record.levels}
    head = [say(f"home.head_{each}", lang) for each in ("lesson", "question", "minutes", "state")]
    lines = []
    for number, name in levels.items():
        of_level = [state for state in states if state.lesson.record.level == number]
        if of_level:
            lines += ["", f"### {say('home.level', lang, number=number, name=name)}", ""]
            lines += [f"| {' | '.join(head)} |", "|:---|:---|---:|:---|"]
            lines += [_line(state, lang) for state in of_level]
    return "\n".join(lines).strip()


def _line(state: LessonState, lang: str) -> str:
    record = state.lesson.record
    link = f"[{record.id} {record.title[lang]}]({quote(state.path.name)})"
    return f"| {link} | {record.question[lang]} | {say('home.minutes', lang, minutes=record.minutes)} | {_state(state, lang)} |"


def _state(state: LessonState, lang: str) -> str:
    if state.exercises and state.accepted == state.exercises:
        return say("home.state_done", lang)
    if state.answered or state.accepted:
        return say("home.state_begun", lang, accepted=state.accepted, exercises=state.exercises)
    return say("home.state_new", lang, exercises=state.exercises)


def _markdown(cell_id: str, source: str) -> dict[str, Any]:
    metadata = {"deletable": False, "editable": False}
    return {"cell_type": "markdown", "id": cell_id, "metadata": metadata, "source": source}
