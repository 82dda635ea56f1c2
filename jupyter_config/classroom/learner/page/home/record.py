"""Home as one typed record: what the page, the kernel and a server draw from; it travels as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from classroom.messages import say_in
from coursebook.practice.spacing import SkillPhase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from classroom.learner.page.home.standing import HomeStanding, LessonStanding, LevelStanding


class Face(StrEnum):
    """Which home a learner meets."""

    DAY_ONE = "day_one"
    """Nothing was answered yet: one button and three short lines."""
    UNDER_WAY = "under_way"
    """Go on, what is due, how far one has come."""
    DONE = "done"
    """Every lesson is complete: practise, and help others."""


@dataclass(frozen=True)
class HomeWay:
    """A button: to a lesson, or to a % line in the practice notebook; exactly one of `lesson` and `line` is named."""

    label: str
    note: str = ""
    lesson: str = ""
    exercise: str = ""
    """The exercise to go on with in that lesson."""
    line: str = ""
    """Without its %."""


@dataclass(frozen=True)
class ProgressRecord:
    """How far the learner has come, in numbers."""

    lessons_done: int
    lessons: int
    exercises_done: int
    exercises: int
    skills_held: int
    skills_begun: int
    """Those that were answered at least once and are not held yet."""
    skills: int
    days: int
    """Days on which something was answered."""


@dataclass(frozen=True)
class ExerciseOnMap:
    """An exercise: `state` is a ProgressState."""

    id: str
    title: str
    state: str


@dataclass(frozen=True)
class LessonOnMap:
    """A lesson with the state of every exercise."""

    id: str
    title: str
    question: str
    minutes: int
    notebook: str
    """The name of its file."""
    is_here: bool
    is_begun: bool
    exercises: tuple[ExerciseOnMap, ...]
    done: int


@dataclass(frozen=True)
class LevelOnMap:
    """A level with its lessons, its review and its self-check."""

    title: str
    lessons: tuple[LessonOnMap, ...]
    review: str
    """Where the level's review stands; empty without one."""
    abilities: tuple[tuple[str, bool], ...]
    """Each line of the self-check, and whether it was shown."""
    abilities_title: str


@dataclass(frozen=True)
class HomeRecord:
    """Everything that home shows, in one language."""

    face: Face
    lang: str
    title: str
    lead: str
    main: HomeWay | None
    """The one big button; None only in a course without lessons."""
    lines: tuple[str, ...]
    """Short lines under it."""
    aside: tuple[HomeWay, ...]
    """Smaller ways beside it."""
    tasks: tuple[HomeWay, ...]
    """What waits today."""
    progress: ProgressRecord
    facts: tuple[str, ...]
    """The progress in words; empty on day one."""
    levels: tuple[LevelOnMap, ...]
    skills: tuple[tuple[str, str], ...]
    """Name and phase of each skill; empty on day one."""

    def as_json(self) -> dict[str, Any]:
        """The record as JSON's own types."""
        return asdict(self)


def home_record(where: HomeStanding, names: Mapping[str, str], lang: str) -> HomeRecord:
    """Home for who stands there; `names` maps a lesson's id to the file name of its notebook."""
    face = face_of(where)
    progress = progress_of(where)
    early = face is Face.DAY_ONE
    return HomeRecord(
        face=face,
        lang=lang,
        title=where.title,
        lead=_say(f"lead_{face.value}", lang),
        main=_main(where, face, lang),
        lines=tuple(_lines(where, face, lang)),
        aside=tuple(_aside(where, face, lang)),
        tasks=() if early else tuple(_tasks(where, lang)),
        progress=progress,
        facts=() if early else tuple(_facts(progress, lang)),
        levels=tuple(_level(each, where, names, lang) for each in where.levels),
        skills=() if early else tuple((each.name, each.phase.value) for each in where.skills),
    )


def face_of(where: HomeStanding) -> Face:
    """The face that a learner meets."""
    if where.here is None:
        return Face.DONE
    return Face.UNDER_WAY if where.begun else Face.DAY_ONE


def progress_of(where: HomeStanding) -> ProgressRecord:
    """The learner's progress in numbers."""
    lessons = [each for level in where.levels for each in level.lessons]
    return ProgressRecord(
        lessons_done=sum(each.complete for each in lessons),
        lessons=len(lessons),
        exercises_done=sum(each.done for each in lessons),
        exercises=sum(len(each.exercises) for each in lessons),
        skills_held=sum(each.phase is SkillPhase.GREEN for each in where.skills),
        skills_begun=sum(each.phase not in (SkillPhase.GREEN, SkillPhase.NEW) for each in where.skills),
        skills=len(where.skills),
        days=where.days,
    )


def _main(where: HomeStanding, face: Face, lang: str) -> HomeWay | None:
    if face is Face.DONE:
        return HomeWay(_say("practise", lang), line="practice")
    lesson = where.here
    if lesson is None:
        return None
    following = lesson.next_exercise
    name = f"{lesson.id} {lesson.title}"
    if lesson.begun and following:
        note = _say("next_exercise", lang, exercise=f"{following.id} {following.title}")
        return HomeWay(_say("go_on", lang, lesson=name), note, lesson.id, following.id)
    return HomeWay(_say("begin", lang, lesson=name), lesson.question, lesson.id)


def _lines(where: HomeStanding, face: Face, lang: str) -> Iterator[str]:
    if face is Face.DAY_ONE:
        yield from (_say(f"day_one_{number}", lang) for number in (1, 2, 3))
    if face is Face.DONE:
        yield _say("help_others", lang)
    if face is not Face.DONE and where.placement and where.placement.start and not _has_begun(where):
        yield _say("placed", lang, lesson=where.placement.start)


def _aside(where: HomeStanding, face: Face, lang: str) -> Iterator[HomeWay]:
    if face is Face.DAY_ONE and where.placement_offered:
        yield HomeWay(_say("placement", lang), line="placement")


def _tasks(where: HomeStanding, lang: str) -> Iterator[HomeWay]:
    """What waits in the practice notebook, and the % line that begins it."""
    if where.open_round:
        yield HomeWay(_say(f"in_{where.open_round.kind.value}", lang), line=where.open_round.line)
    if where.due:
        yield HomeWay(_say("due", lang, count=where.due), line="practice")
    for level in where.levels:
        if level.review and level.review.ready and not level.review.passed:
            yield HomeWay(_say("review_ready", lang, title=level.review.title), line=f"review {level.review.id}")
    if where.question:
        yield HomeWay(_say("question", lang, question=where.question), line="practice today")


def _facts(progress: ProgressRecord, lang: str) -> Iterator[str]:
    yield _say("fact_lessons", lang, done=progress.lessons_done, count=progress.lessons)
    yield _say("fact_exercises", lang, done=progress.exercises_done, count=progress.exercises)
    yield _say("fact_skills", lang, done=progress.skills_held, count=progress.skills, begun=progress.skills_begun)
    yield _say("fact_days", lang, days=progress.days)


def _level(level: LevelStanding, where: HomeStanding, names: Mapping[str, str], lang: str) -> LevelOnMap:
    shown = sum(each.shown for each in level.abilities)
    return LevelOnMap(
        title=_say("level", lang, number=level.number, name=level.name),
        lessons=tuple(_lesson(each, names[each.id], where) for each in level.lessons),
        review=_review(level, lang),
        abilities=tuple((each.text, each.shown) for each in level.abilities),
        abilities_title=_say("abilities", lang, number=level.number, shown=shown, count=len(level.abilities)),
    )


def _lesson(lesson: LessonStanding, name: str, where: HomeStanding) -> LessonOnMap:
    exercises = tuple(ExerciseOnMap(each.id, each.title, each.state.value) for each in lesson.exercises)
    return LessonOnMap(
        id=lesson.id,
        title=lesson.title,
        question=lesson.question,
        minutes=lesson.minutes,
        notebook=name,
        is_here=lesson is where.here,
        is_begun=lesson.begun,
        exercises=exercises,
        done=lesson.done,
    )


def _review(level: LevelStanding, lang: str) -> str:
    review = level.review
    if review is None:
        return ""
    code = "passed" if review.passed else "again" if review.taken else "ready" if review.ready else "later"
    return _say(f"gate_{code}", lang, title=review.title)


def _has_begun(where: HomeStanding) -> bool:
    return any(lesson.begun for level in where.levels for lesson in level.lessons)


def _say(code: str, lang: str, **params: object) -> str:
    return say_in("classroom.learner.page.home", code, lang, **params)
