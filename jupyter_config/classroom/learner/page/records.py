"""What the page is told: one typed record for each question it asks."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from classroom.exchange.mailbox import Mailbox
from classroom.learner.bi.records import AlertState
from classroom.learner.bi.store import NAME, BiStore
from classroom.learner.page.notebooks import find_lesson
from classroom.learner.page.standing import standing
from classroom.learner.practice.history import History, history_in
from classroom.learner.progress.opening import UNUSABLE
from classroom.notebook_names import notebook_name
from coursebook.click_form import click_form
from coursebook.compile import answer_source, prose_answer_source
from coursebook.kind import AnswerForm

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from classroom.exchange.records import ClassState
    from classroom.folder import Folder
    from classroom.learner.page.standing import LessonStanding, LevelStanding, ReviewStanding, SkillStanding
    from classroom.learner.page.stretches import StretchStanding
    from classroom.learner.progress import ExerciseProgress, ProgressStore
    from coursebook import Course, Lesson
    from coursebook.click_form import ClickForm
    from coursebook.practice import Library

_MOST_TRIES = 30


@dataclass(frozen=True)
class LevelOnPage:
    """One level of the map."""

    number: int
    name: str
    lessons: tuple[LessonOnPage, ...]
    review: ReviewStanding | None
    shown: int
    """Abilities that were shown."""
    abilities: int


@dataclass(frozen=True)
class LessonOnPage:
    """One lesson of the map, with the notebook that holds it."""

    id: str
    title: str
    question: str
    minutes: int
    done: int
    path: str | None
    """Below the learner's folder; None where it is missing."""
    exercises: tuple[ExerciseOnPage, ...]
    stretches: tuple[StretchStanding, ...]


@dataclass(frozen=True)
class ExerciseOnPage:
    """One exercise of the map: `state` is a ProgressState."""

    id: str
    title: str
    state: str


@dataclass(frozen=True)
class AlertOnPage:
    """An alert of the BI room that is ringing."""

    id: int
    name: str


@dataclass(frozen=True)
class StandingOnPage:
    """Where the learner stands, as bar, map and home draw it."""

    title: str
    lang: str
    levels: tuple[LevelOnPage, ...]
    skills: tuple[SkillStanding, ...]
    here: str
    """The lesson to go on with; empty once all are complete."""
    stretch: int
    """The number of its stretch to go on with, from 0; -1 where there is none."""
    begun: bool
    due: int
    days: int
    week: tuple[bool, ...]
    """Of this week's business days, Monday first, whether something was practised."""
    placement_offered: bool
    placed: str
    """The lesson that the placement test led to; empty without one."""
    round: str
    """The kind of a round with an open item; empty without one."""
    round_line: str
    """The % line that goes on with it."""
    round_item: str
    """The drill that is open in it."""
    question: str
    draft: str
    """The line about the draft of the day."""
    alerts: tuple[AlertOnPage, ...]
    """What rings in the BI room."""


@dataclass(frozen=True)
class LessonDetail:
    """What the page of one lesson needs beside the map."""

    id: str
    starters: Mapping[str, str]
    """The text that each answer cell began with."""
    forms: Mapping[str, ClickForm]
    """How those exercises are answered by clicks in which nothing is to be written."""


@dataclass(frozen=True)
class TryOnPage:
    """One earlier run of an answer."""

    at: str
    answer: str
    status: str
    share: float


def standing_on_page(
    folder: Folder, course: Course, library: Library, store: ProgressStore | None, lang: str, now: datetime
) -> StandingOnPage:
    """The learner's standing now."""
    progress, history = read_progress(store, Mailbox(folder.hidden).known.state)
    where = standing(course, library, progress, history, now, lang)
    paths = {each.id: _path_of(folder, each.id, lang, notebook_name(each, lang)) for each in course.lessons}
    return StandingOnPage(
        title=where.title,
        lang=lang,
        levels=tuple(_level(each, paths) for each in where.levels),
        skills=where.skills,
        here=where.here.id if where.here else "",
        stretch=where.stretch,
        begun=where.begun,
        due=where.due,
        days=where.days,
        week=where.week,
        placement_offered=where.placement_offered,
        placed=where.placement.start if where.placement else "",
        round=where.open_round.kind.value if where.open_round else "",
        round_line=where.open_round.line if where.open_round else "",
        round_item=where.open_round.current.exercise_id if where.open_round and where.open_round.current else "",
        question=where.question,
        draft=where.draft,
        alerts=ringing(folder.hidden / NAME),
    )


def ringing(file: Path) -> tuple[AlertOnPage, ...]:
    """The alerts of a BI room's file whose number is not as usual now; none where there is no such file, or it can't be read."""
    if not file.exists():
        return ()
    try:
        alerts = BiStore(file).alerts()
    except UNUSABLE:
        return ()
    return tuple(AlertOnPage(each.id, each.name) for each in alerts if each.state is AlertState.TRIGGERED)


def read_progress(
    store: ProgressStore | None, state: ClassState | None = None
) -> tuple[Mapping[str, ExerciseProgress], History]:
    """What the progress file holds, in the class of which that is known; nothing where it can't be used."""
    try:
        if store is not None:
            return store.progress(), history_in(store, state)
    except UNUSABLE:
        pass
    return {}, History((), ())


def lesson_detail(lesson: Lesson, lang: str) -> LessonDetail:
    """A lesson's starters, and what of it is answered by clicks."""
    starters = {
        each.id: prose_answer_source(each, lang, "learner")
        if each.kind.answer is AnswerForm.WORDS
        else answer_source(each, lang)
        for each in lesson.placed_exercises(lang)
    }
    forms = {each.id: form for each in lesson.placed_exercises(lang) if (form := click_form(each, lang))}
    return LessonDetail(lesson.id, starters, forms)


def tries_on_page(store: ProgressStore | None, exercise_id: str) -> tuple[TryOnPage, ...]:
    """The different answers to an exercise, the latest first."""
    try:
        found = store.tries(exercise_id) if store else ()
    except UNUSABLE:
        return ()
    latest = {(each.answer, each.status): each for each in found}
    shown = sorted(latest.values(), key=lambda each: each.at, reverse=True)[:_MOST_TRIES]
    return tuple(TryOnPage(each.at.isoformat(), each.answer, each.status, each.share) for each in shown)


def as_json(record: Any) -> Any:
    """A record, or some, as JSON's own types."""
    return [as_json(each) for each in record] if isinstance(record, tuple) else asdict(record)


def _level(level: LevelStanding, paths: dict[str, str | None]) -> LevelOnPage:
    lessons = tuple(_lesson(each, paths[each.id]) for each in level.lessons)
    shown = sum(each.shown for each in level.abilities)
    return LevelOnPage(level.number, level.name, lessons, level.review, shown, len(level.abilities))


def _lesson(lesson: LessonStanding, path: str | None) -> LessonOnPage:
    exercises = tuple(ExerciseOnPage(each.id, each.title, each.state.value) for each in lesson.exercises)
    told = (lesson.title, lesson.question, lesson.minutes, lesson.done)
    return LessonOnPage(lesson.id, *told, path, exercises, lesson.stretches)


def _path_of(folder: Folder, lesson_id: str, lang: str, name: str) -> str | None:
    found = find_lesson(folder.root, lesson_id, lang, name)
    return found.relative_to(folder.root).as_posix() if found else None
