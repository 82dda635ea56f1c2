"""One learner in full: lessons, tries, questions, comments, and what their hand-ins show that they can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.mentor.classpage.forgetting import fading_skills
from classroom.mentor.classpage.mistakes import mistake_name
from classroom.mentor.classpage.questions import UNASKED, read_questions
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.wording import told
from classroom.mentor.returning.send import read_haste
from classroom.points import whole_points
from coursebook.practice import library_of
from coursebook.practice.spacing import business_day

if TYPE_CHECKING:
    from classroom.mentor.classpage.progress_files import Attempt, LearnersFile
    from classroom.mentor.classpage.whole import WholeClass

_MOST_TRIES = 60


@dataclass(frozen=True)
class LearnersTry:
    """One run of an answer."""

    exercise: str
    at: str
    outcome: str
    """In words."""
    cause: str
    """The mistake in words; empty without one."""
    answer: str


@dataclass(frozen=True)
class LearnersMark:
    """One exercise of a hand-in."""

    lesson: str
    exercise: str
    title: str
    points: int | None
    possible: int
    comment: str
    answer: str


@dataclass(frozen=True)
class LearnersQuestion:
    """A question with its reply, or what a mentor wrote without one."""

    exercise: str
    at: str
    wanted: str
    reply: str
    """Empty while nobody has answered."""


@dataclass(frozen=True)
class ShownAbility:
    """One line of a level's self-check."""

    level: int
    text: str
    shown: bool


@dataclass(frozen=True)
class LearnerInFull:
    """One learner."""

    student: str
    name: str
    team: str
    marks: tuple[LearnersMark, ...]
    tries: tuple[LearnersTry, ...]
    """The latest first."""
    questions: tuple[LearnersQuestion, ...]
    abilities: tuple[ShownAbility, ...]
    coming_back: tuple[str, ...]
    """The skills whose review is due or will be soon, in words, by the same estimate as the learner's home."""


def learner_in_full(view: WholeClass, student: str) -> LearnerInFull:
    """All that the desk knows of a learner.

    Raises:
        KeyError: nobody of that id is on the class list.
    """
    listed = next((each for each in view.learners if each.id == student), None)
    if listed is None:
        raise KeyError(student)
    file = view.files.get(student)
    attempts = sorted(file.attempts if file else (), key=lambda each: each.at, reverse=True)[:_MOST_TRIES]
    return LearnerInFull(
        student,
        listed.name,
        listed.team,
        tuple(_marks(view, student)),
        tuple(_try(view, each) for each in attempts),
        _questions(view, student),
        abilities_of(view, student),
        _coming_back(view, file),
    )


def _coming_back(view: WholeClass, file: LearnersFile | None) -> tuple[str, ...]:
    """Those that are likely forgotten first."""
    if file is None:
        return ()
    course, lang, today = view.folder.course, view.folder.lang, business_day(view.now)
    names = {each.id: each.name[lang] for each in library_of(course.root).skills}
    fading = [
        one
        for each in fading_skills(course, {file.student: file}, today, read_haste(view.folder))
        for one in each.learners
    ]
    return tuple(
        each.in_words(names[each.skill], today, lang)
        for each in sorted(fading, key=lambda each: each.chance)
        if each.skill in names
    )


def _marks(view: WholeClass, student: str) -> list[LearnersMark]:
    found = []
    for lesson in view.released:
        if student not in view.states[lesson] or (mark := view.marks.get((lesson, student))) is None:
            continue
        answers = view.answers.get((lesson, student), {})
        for name, each in mark.exercises.items():
            points = None if each.points is None else whole_points(each.points, each.possible)
            most, answer = whole_points(each.possible, each.possible), answers[name].answer if name in answers else ""
            found.append(LearnersMark(lesson, name, title_of(view, name), points, most, each.comment, answer))
    return found


def title_of(view: WholeClass, exercise: str) -> str:
    """An exercise's title; empty where the course has none of that id."""
    try:
        return view.folder.course.exercise(exercise).text[view.folder.lang].title
    except KeyError:  # the course has it no more
        return ""


def _try(view: WholeClass, attempt: Attempt) -> LearnersTry:
    lang = view.folder.lang
    try:
        outcome = told(f"outcome.{attempt.status}", lang)
        cause = mistake_name(lang, attempt.code, attempt.status)
    except KeyError:  # the learner's file says what it likes
        outcome = cause = attempt.status
    return LearnersTry(
        attempt.exercise, attempt.at.isoformat(), outcome, "" if cause == outcome else cause, attempt.answer
    )


def _questions(view: WholeClass, student: str) -> tuple[LearnersQuestion, ...]:
    asked = {
        each.asked.key: LearnersQuestion(
            each.asked.exercise, each.asked.at.isoformat(), each.asked.wanted, each.reply.reply if each.reply else ""
        )
        for lesson in view.released
        for each in read_questions(view.folder, lesson, {student: view.files[student]} if student in view.files else {})
        if each.student == student
    }
    words = [
        LearnersQuestion(each.exercise, each.at, "", each.reply)
        for each in class_file(view.folder).replies()
        if each.student == student and each.question_key.startswith(UNASKED)
    ]
    return tuple(sorted((*asked.values(), *words), key=lambda each: each.at, reverse=True))


def abilities_of(view: WholeClass, student: str) -> tuple[ShownAbility, ...]:
    """The course's self-check, in its order; a line is shown once all its exercises were handed in with full marks."""
    course = view.folder.course
    full = {
        name
        for lesson in view.released
        for name, each in (view.marks[lesson, student].exercises.items() if (lesson, student) in view.marks else ())
        if each.is_full
    }
    ids = course.ids_from(course.numbering.latest)  # the self-check names exercises as they are numbered now
    return tuple(
        ShownAbility(
            each.level,
            each.text[view.folder.lang],
            bool(each.shown_by) and full.issuperset(ids.get(one, one) for one in each.shown_by),
        )
        for each in library_of(course.root).abilities
    )
