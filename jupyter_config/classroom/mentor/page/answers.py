"""A lesson's answers on the class page: the task, what the class made of it, the groups, and for what is written in words its rubric."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from classroom.mentor.classpage.groups import answer_groups, comment_on
from classroom.mentor.classpage.items import item_analysis, item_in_words
from classroom.mentor.classpage.rubric import mark_answer, model_texts
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.page.asked import NotAsked, number_of, text_of
from classroom.mentor.page.records import group_on_page
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.wording import told
from classroom.session.markdown import markdown_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.mentor.classpage.groups import AnswerGroup
    from classroom.mentor.classpage.whole import WholeClass
    from classroom.mentor.grading.store import DeskAnswer
    from classroom.mentor.place.folder import MentorFolder
    from coursebook import LessonExercise


@dataclass(frozen=True)
class CriterionOnPage:
    """One row of a rubric."""

    id: str
    text: str
    points: float
    """The most that it can give."""


@dataclass(frozen=True)
class WrittenOnPage:
    """A text that a learner has written, or two together."""

    student: str
    names: tuple[str, ...]
    text: str
    marks: Mapping[str, Mapping[str, float]]
    """Points by mentor and criterion."""
    comment: str


def answers_on_page(view: WholeClass, lesson: str) -> list[dict[str, Any]]:
    """The exercises of a lesson in its order, each with its groups."""
    folder = view.folder
    items = {
        each.exercise: asdict(item_in_words(each, folder.course, folder.lang))
        for each in item_analysis(folder, lesson, view.files)
    }
    exercises = folder.course.lesson(lesson).placed_exercises(folder.lang)
    return [{**_answered(view, lesson, each), "item": items.get(each.id)} for each in exercises]


def _answered(view: WholeClass, lesson: str, exercise: LessonExercise) -> dict[str, Any]:
    folder, lang = view.folder, view.folder.lang
    criteria = exercise.rubric.criteria if exercise.rubric else ()
    groups = [each for each in answer_groups(folder, lesson, exercise.id) if not (criteria and _is_open(each))]
    return {
        "id": exercise.id,
        "title": exercise.text[lang].title,
        "task": markdown_html(exercise.text[lang].prompt),
        "models": _models(exercise, lang),
        "mentor": folder.mentor,
        "criteria": [asdict(CriterionOnPage(each.id, each.text[lang], each.points)) for each in criteria],
        "bank": [each.text for each in class_file(folder).comments(exercise.id)],
        "groups": [asdict(group_on_page(folder, each, view)) for each in groups],
        "written": [asdict(each) for each in _written(view, lesson, exercise.id)] if criteria else [],
    }


def _is_open(answer: AnswerGroup | DeskAnswer) -> bool:
    return answer.outcome == "for_mentor"


def _written(view: WholeClass, lesson: str, exercise: str) -> list[WrittenOnPage]:
    """What was written in words, a text each."""
    store = class_file(view.folder)
    marks: dict[str, dict[str, dict[str, float]]] = {}
    for each in store.marks(lesson, exercise):
        marks.setdefault(each.student, {}).setdefault(each.mentor, {})[each.criterion] = each.points
    found = []
    for text, students in _alike(view.folder, lesson, exercise).items():
        first = students[0]
        of_first = view.marks.get((lesson, first))
        mark = of_first.exercises.get(exercise) if of_first is not None else None
        names = tuple(view.names.get(each, each) for each in students)
        found.append(WrittenOnPage(first, names, text, marks.get(first, {}), mark.comment if mark else ""))
    return found


def _alike(folder: MentorFolder, lesson: str, exercise: str) -> dict[str, list[str]]:
    """Who has written which text; two who hand in together have written one."""
    found: dict[str, list[str]] = {}
    for each in DeskStore(folder.store_path).answers(lesson, exercise):
        if _is_open(each) and each.answer.strip():
            found.setdefault(each.answer.strip(), []).append(each.student)
    return found


def _models(exercise: LessonExercise, lang: str) -> list[tuple[str, str]]:
    """What a mentor holds answers against: what it is, and its text."""
    return model_texts(exercise, lang) or (
        [(told("group.solution", lang), exercise.solution)] if exercise.solutions else []
    )


def mark_in_words(folder: MentorFolder, lesson: str, asked: Mapping[str, Any]) -> str:
    """Keep a mentor's points for each criterion, for all who have written the same; say what the gradebook has now.

    Raises:
        NotAsked: a criterion has no points within its bounds, or they have written nothing in words.
    """
    name, student = text_of(asked, "exercise", 40), text_of(asked, "student", 100)
    mentor, given = text_of(asked, "mentor", 100), asked.get("points")
    students = next((each for each in _alike(folder, lesson, name).values() if student in each), None)
    if students is None:
        raise NotAsked("student")
    rubric = folder.course.exercise(name).rubric
    criteria = {each.id: each.points for each in rubric.criteria} if rubric else {}
    if not isinstance(given, dict) or not criteria or given.keys() != criteria.keys():
        raise NotAsked("points")
    points = {each: number_of(given, each, most) for each, most in criteria.items()}
    means = [mark_answer(folder, lesson, name, each, mentor, points) for each in students]
    if text := str(asked.get("text") or "").strip()[:20_000]:
        comment_on(folder, lesson, name, students, comment=text)
    return told("rubric.saved", folder.lang, points=f"{means[0]:g}")
