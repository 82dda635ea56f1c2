"""What a kind of exercise is: all that differs from kind to kind, in one record."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coursebook.answer import Answer
    from coursebook.exercise import LessonExercise, SqlFile
    from coursebook.judgement import Judgement
    from coursebook.problem import Problem
    from sqlgrade.record import Exercise


class AnswerForm(StrEnum):
    """What an answer is made of."""

    QUERY = "query"
    """A query; the judge runs it on the databases of the exercise's pack, and the learner on the practice data."""
    VALUES = "values"
    """A SELECT of literals, read and never run on a pack."""
    WORDS = "words"
    """Prose in a Markdown cell, which a mentor marks."""
    ROWS = "rows"
    """Rows as INSERT statements, on which the judge runs a draft and the solution; nothing of them is run on the practice data."""

    @property
    def needs_pack(self) -> bool:
        """Whether answers are judged with a pack of the judge's."""
        return self in (AnswerForm.QUERY, AnswerForm.ROWS)


class SimplerForm(StrEnum):
    """How an exercise is made simpler for whoever is stuck."""

    NEAREST = "nearest"
    """Blanks in a right query where the answer lacks a word; its lines to put in order where the two are too far apart."""
    CHOICES = "choices"
    """The starter's own blanks, with words to choose from."""
    BEGUN = "begun"
    """The solution's lines to put in order, the first half in place."""


def no_faults(exercise: "LessonExercise") -> Iterable["Problem"]:
    """Nothing is asked of the starter."""
    del exercise
    return ()


def nothing_besides(exercise: "LessonExercise", judged: "Exercise") -> "Exercise":
    """The judge is told no more than of any other query."""
    del exercise
    return judged


def always_by_result(exercise: "LessonExercise", near_miss: "SqlFile") -> bool:
    """Every near miss is wrong by its result."""
    del exercise, near_miss
    return True


@dataclass(frozen=True, repr=False)
class Kind:
    """One kind of exercise."""

    letter: str
    """The letter in exercise.toml; `kind.<letter>` of the messages is its name for learners."""
    name: str
    """Its name in code and documentation."""
    judge: Callable[["Answer"], "Judgement"]
    """Judges an answer."""
    answer: AnswerForm = AnswerForm.QUERY
    """What an answer is made of."""
    required: tuple[str, ...] = ("starter.sql", "solution.sql")
    """Files the folder must hold beside exercise.toml, ja.md and en.md."""
    optional: tuple[str, ...] = ("also-right/*.sql", "near-misses/*.sql", "databases/*.sql", "solution-*.sql")
    """Patterns of the files it may hold."""
    table: tuple[str, type] | None = None
    """The table of exercise.toml that only this kind has: its name, and the record it is read into."""
    least_near_misses: int = 2
    """Fewest near misses an exercise must have."""
    starter_faults: Callable[["LessonExercise"], Iterable["Problem"]] = no_faults
    """What an author's starter lacks."""
    is_wrong_by_result: Callable[["LessonExercise", "SqlFile"], bool] = always_by_result
    """Whether the judge can know a near miss by its result; False where only something beside the query is wrong."""
    simpler: SimplerForm | None = SimplerForm.NEAREST
    """Its simpler form; None if it has none."""
    counts_as_written: bool = False
    """Whether a review counts it among those in which a query is written or repaired."""
    guess: float = 0.03
    """The chance of being right without knowing, 0 to 1; of what is written it is next to none."""
    is_read_by_lines: bool = False
    """Whether line breaks matter in an answer."""
    handed_over: Callable[["LessonExercise", "Exercise"], "Exercise"] = nothing_besides
    """What the judge is told besides what it is told of every query."""
    messages_are_behaviour: bool = False
    """Whether two wrong answers that are told different things are two different mistakes."""

    def __repr__(self) -> str:
        """The same in every run: records are compared and stamped by their text."""
        return f"Kind({self.letter!r})"
