"""Today, questions and answer groups as the page draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from classroom.mentor.classpage.counted import draft_said
from classroom.mentor.classpage.groups import judgement_on
from classroom.mentor.classpage.mistakes import mistake_name
from classroom.mentor.place.wording import told
from classroom.session.markdown import markdown_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from classroom.mentor.classpage.groups import AnswerGroup
    from classroom.mentor.classpage.questions import BoxQuestion
    from classroom.mentor.classpage.today import Line
    from classroom.mentor.classpage.whole import WholeClass
    from classroom.mentor.place.folder import MentorFolder

_MOST_TEXTS = 3


@dataclass(frozen=True)
class BoxQuestionOnPage:
    """One question of the box."""

    student: str
    name: str
    key: str
    exercise: str
    title: str
    task: str
    """HTML; empty, as the title, where the course has no such exercise any more."""
    at: str
    wanted: str
    tables: str
    query: str
    got: str
    expected: str
    reply: str
    """Empty while nobody has answered."""


@dataclass(frozen=True)
class GroupOnPage:
    """Answers that behave alike."""

    group: str
    outcome: str
    outcome_name: str
    mistake: str
    """In words; empty where nothing names it."""
    hint: str
    """What the authors say to it; empty without one."""
    size: int
    names: tuple[str, ...]
    texts: tuple[tuple[str, int], ...]
    """The commonest, with how many wrote each."""
    comments: tuple[str, ...]
    """Those that members have already."""
    possible: float


def today_on_page(view: WholeClass, lines: Iterable[Line]) -> dict[str, Any]:
    """What to do next."""
    return {
        "at": view.now.isoformat(),
        "exchange": view.folder.has_stock_exchange,
        "learners": len(view.learners),
        "released": len(view.released),
        "lines": [{**vars(each), "details": [vars(one) for one in each.details]} for each in lines],
        "draft": draft_said(view.folder, view.now),
    }


def question_on_page(folder: MentorFolder, question: BoxQuestion, names: Mapping[str, str]) -> BoxQuestionOnPage:
    """A question with who asked it, and the task that it is about."""
    asked, student = question.asked, question.student
    try:
        text = folder.course.exercise(asked.exercise).text[folder.lang]
        title, task = text.title, markdown_html(text.prompt)
    except KeyError:
        title = task = ""
    return BoxQuestionOnPage(
        *(student, names.get(student, student), asked.key, asked.exercise, title, task),
        *(asked.at.isoformat(), asked.wanted),
        *(asked.tables, asked.query, asked.got, asked.expected),
        question.reply.reply if question.reply else "",
    )


def group_on_page(folder: MentorFolder, group: AnswerGroup, view: WholeClass) -> GroupOnPage:
    """A group with what its learners were told."""
    lang = folder.lang
    judgement = judgement_on(folder, group.sample, lang)
    exercise = folder.course.exercise(group.exercise).in_language(lang)
    hint = exercise.hint(group.near_miss, lang) if group.near_miss else ""
    is_wrong = group.outcome not in ("accepted", "refused", "for_mentor")
    verdict = judgement.verdict if judgement is not None else None
    comments = {
        mark.exercises[group.exercise].comment: None
        for each in group.students
        if (mark := view.marks.get((group.assignment, each))) and group.exercise in mark.exercises
    }
    return GroupOnPage(
        group.fingerprint,
        group.outcome,
        told(f"outcome.{group.outcome}", lang),
        mistake_name(lang, group.code, group.outcome, verdict) if is_wrong else "",
        hint,
        group.size,
        tuple(view.names.get(each, each) for each in group.students),
        group.texts[:_MOST_TEXTS],
        tuple(filter(None, comments)),
        group.sample.possible,
    )
