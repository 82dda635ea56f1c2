"""One judged answer with what its views need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.exchange.class_wishes import ALONE, ClassWishes
from classroom.messages import say

if TYPE_CHECKING:
    from classroom.session.result import ResultTable
    from coursebook import Judgement, LessonExercise


@dataclass(frozen=True)
class Case:
    """One judged answer with what its view needs."""

    judgement: Judgement
    exercise: LessonExercise
    source: str
    """The cell's text."""
    lang: str
    result: ResultTable | None = None
    """What the answer gave on the practice data, where it ran."""
    reply: tuple[str, str] = ("", "")
    """Who asked for what this answer gives, and what they say once they have it; empty for any other exercise."""
    wishes: ClassWishes = ALONE
    """What the class around the learner wants."""
    ways: tuple[str, ...] = ()
    """Right answers of colleagues that a mentor shows to whoever has solved the exercise."""

    def say(self, code: str, **params: object) -> str:
        """A sentence of the classroom."""
        return say(code, self.lang, **params)
