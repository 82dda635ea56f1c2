"""A lesson's end as a typed record: whether it is reached, the colleague's reply, what one can do now, where to go on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from classroom.notebook_names import notebook_name

if TYPE_CHECKING:
    from collections.abc import Collection

    from coursebook import Course, Lesson, LessonExercise


@dataclass(frozen=True)
class NamedExercise:
    """An exercise by its number and title."""

    id: str
    title: str


@dataclass(frozen=True)
class NextLesson:
    """Where to go on."""

    id: str
    title: str
    question: str
    notebook: str
    """The file name that its notebook is laid out under."""


@dataclass(frozen=True)
class LessonEnd:
    """What the end of a lesson shows."""

    lesson: str
    goal: NamedExercise
    """The exercise whose answer is what the colleague asked for."""
    reached: bool
    """Whether that is answered."""
    open: tuple[NamedExercise, ...]
    """Exercises with something left to do, in their order."""
    colleague: str
    reply: str
    abilities: tuple[str, ...]
    next: NextLesson | None
    """None after the last lesson."""

    def as_json(self) -> dict[str, Any]:
        """The record as JSON's own types."""
        return asdict(self)


def lesson_end(course: Course, lesson_id: str, done: Collection[str], lang: str) -> LessonEnd | None:
    """The end of a lesson for who has done these exercises; None where the lesson has no such end.

    Raises:
        KeyError: there is no such lesson.
    """
    lesson = course.lesson(lesson_id)
    finish = lesson.record.finish
    if finish is None:
        return None
    placed = lesson.placed_exercises(lang)
    goal = next((each for each in placed if each.id == finish.goal), None)
    if goal is None:
        return None
    return LessonEnd(
        lesson=lesson.id,
        goal=_named(goal, lang),
        reached=goal.id in done,
        open=tuple(_named(each, lang) for each in placed if each.id not in done),
        colleague=finish.colleague[lang],
        reply=finish.reply[lang],
        abilities=tuple(each[lang] for each in finish.abilities),
        next=_next(course, lesson, lang),
    )


def _named(exercise: LessonExercise, lang: str) -> NamedExercise:
    return NamedExercise(exercise.id, exercise.text[lang].title)


def _next(course: Course, lesson: Lesson, lang: str) -> NextLesson | None:
    at = [each.id for each in course.lessons].index(lesson.id)
    following = course.lessons[at + 1 : at + 2]
    if not following:
        return None
    record = following[0].record
    return NextLesson(record.id, record.title[lang], record.question[lang], notebook_name(following[0], lang))
