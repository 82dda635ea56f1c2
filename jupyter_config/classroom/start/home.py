"""The home notebook: where to begin, or where to go on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from classroom.home.view import home_page, read_progress
from classroom.messages import say
from classroom.start.notebooks import markdown_cell, notebook_bytes, shown_cell
from coursebook.answer_cell import recognise
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from classroom.progress import ExerciseProgress, ProgressStore
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


def write_home(
    root: Path, course: Course, notebooks: Sequence[tuple[Lesson, Path]], lang: str, store: ProgressStore | None = None
) -> Path:
    """Write the home notebook anew; it holds nothing of the learner's."""
    from coursebook.practice import load_library

    states = [read_state(lesson, path, lang) for lesson, path in notebooks]
    place = root / NAMES[lang]
    shown = home_page(course, load_library(course.root), store, lang)
    cells = [
        markdown_cell("home-welcome", _welcome(course, states, lang, store)),
        shown_cell("home-live", "%home", shown),
        markdown_cell("home-keys", say("home.keys", lang)),
    ]
    write_whole(place, notebook_bytes(cells, "home", lang))
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


def _welcome(course: Course, states: Sequence[LessonState], lang: str, store: ProgressStore | None) -> str:
    title = course.record.title[lang]
    begun = [state for state in states if state.answered]
    lines = [f"# {title}", "", say("home.back" if begun else "home.welcome", lang), ""]
    if states:
        here = _named(states, store) or _current(states, begun)
        name = f"{here.lesson.id} {here.lesson.record.title[lang]}"
        lines += [
            f"## [▶ {say('home.go_on' if begun else 'home.begin', lang, lesson=name)}]({quote(here.path.name)})",
            "",
        ]
        lines += [f"{here.lesson.record.question[lang]}"]
    return "\n".join(lines)


def _named(states: Sequence[LessonState], store: ProgressStore | None) -> LessonState | None:
    """The lesson where the progress file says the learner is, unless nothing was answered yet."""
    progress, history = read_progress(store)
    last = next(
        (each.exercise_id.partition("-")[0] for each in reversed(history.tries) if each.exercise_id[:1] == "L"), ""
    )
    at = next((number for number, each in enumerate(states) if each.lesson.record.id == last), None)
    if at is None:
        return None
    return next((each for each in states[at:] if not _is_done(each, progress)), states[at])


def _is_done(state: LessonState, progress: Mapping[str, ExerciseProgress]) -> bool:
    known = {exercise_id for exercise_id, each in progress.items() if each.state.is_done}
    return all(each.id in known for each in state.lesson.exercises)


def _current(states: Sequence[LessonState], begun: Sequence[LessonState]) -> LessonState:
    if not begun:
        return states[0]
    latest = max(begun, key=lambda state: state.changed_at)
    if latest.accepted < latest.exercises:
        return latest
    following = states[states.index(latest) + 1 :]
    return next((state for state in following if state.accepted < state.exercises), latest)
