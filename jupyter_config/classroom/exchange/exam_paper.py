"""The paper of a level test, as it stands in what the desk tells a learner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from classroom.language import Lang
    from coursebook import LessonExercise


@dataclass(frozen=True)
class ExamTask:
    """One task of a paper."""

    number: int
    """From 1."""
    title: str
    prompt: str
    """Markdown, in the class's language."""
    starter: str
    """The query that is to be mended; empty where one is written."""
    points: float

    @classmethod
    def of(cls, number: int, exercise: LessonExercise, lang: Lang) -> ExamTask:
        """A drill as a task of a paper: the query that it speaks of, a draft or one to be foreseen, stands under its words."""
        text = exercise.text[lang]
        query = exercise.drafts.get(lang) or exercise.predict_query
        prompt = f"{text.prompt.rstrip()}\n\n```sql\n{query}\n```\n" if query else text.prompt
        return cls(number, text.title, prompt, exercise.starter, exercise.points)


@dataclass(frozen=True)
class ExamPaper:
    """A level test that is open for one learner."""

    key: str
    """Made when it is opened; no two papers have the same."""
    level: int
    opened: str
    """By the desk's clock, ISO 8601 in UTC; from then on the time runs."""
    closes: str
    """Until when an answer counts."""
    pass_percent: int
    tasks: tuple[ExamTask, ...]
