"""An exercise of a lesson with everything its folder holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from coursebook.answer_cell import cut_chart
from coursebook.format import ExerciseRecord, NearMissRecord, RubricRecord
from coursebook.hand_over import judge_exercise
from coursebook.kind import Kind
from coursebook.localising import localised
from coursebook.messages import LANGUAGES
from coursebook.own_schema import Making, own_statement
from coursebook.schema import Schema
from coursebook.text import ExerciseText
from sqlgrade.dialect.given import written_out
from sqlgrade.record import Exercise


@dataclass(frozen=True)
class SqlFile:
    """One SQL file of an exercise."""

    stem: str
    """Its name without .sql."""
    path: Path
    """Where it lies."""
    text: str
    """What it holds, a %chart line included."""

    @property
    def sql(self) -> str:
        """The query alone, out of the view that it may be made into."""
        sql = cut_chart(self.text)[0]
        made = own_statement(sql)
        return made.query if isinstance(made, Making) else sql


@dataclass(frozen=True)
class Outline:
    """Names that a solution bears: no query can be made of them alone."""

    columns: tuple[str, ...] = ()
    """Those of its result, in their order."""
    mentioned: tuple[str, ...] = ()
    """Columns that are named anywhere in it."""
    tables: tuple[str, ...] = ()
    """Tables that it reads."""

    @property
    def sql(self) -> str:
        """A query that names as much, for whoever looks for names in queries; empty where there are none."""
        return f"SELECT {', '.join(self.mentioned) or '*'} FROM {', '.join(self.tables)}" if self.tables else ""


NO_OUTLINE = Outline()


@dataclass(frozen=True)
class LessonExercise:
    """One exercise: its record, its texts and its SQL."""

    folder: Path
    """The exercise's folder; its name is how the lesson places it."""
    record: ExerciseRecord
    """exercise.toml."""
    text: Mapping[str, ExerciseText]
    """Title, prompt and sections by language."""
    schema: Schema
    """The tables it is about."""
    starter: str = ""
    """What the answer cell holds at first."""
    solutions: tuple[SqlFile, ...] = ()
    """solution.sql, then solution-2.sql and so on."""
    also_right: tuple[SqlFile, ...] = ()
    """Other right answers."""
    near_misses: tuple[SqlFile, ...] = ()
    """Authored wrong answers."""
    lesson_databases: tuple[str, ...] = ()
    """Hand-made fillings that the exercises of its lesson share, as INSERT scripts."""
    databases: tuple[str, ...] = ()
    """Hand-made fillings of its own, as INSERT scripts."""
    predict_query: str = ""
    """The query whose result is predicted (kind P)."""
    drafts: Mapping[str, str] = field(default_factory=dict)
    """Language -> somebody else's query for the task, with that language's comments (kinds K and R)."""
    truth: str = ""
    """A right query for that task (kinds K and R)."""
    rubric: RubricRecord | None = None
    """What a mentor looks for (kind M)."""
    model_answers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(`good` or `over`, language) -> text (kind M)."""
    outline: Outline = NO_OUTLINE
    """What a card about a wrong answer needs to know of the solution, where a learners' edition lacks that."""

    _in_words: dict[str, "LessonExercise"] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """L1-07."""
        return self.record.id

    @property
    def kind(self) -> Kind:
        """Its kind."""
        return self.record.kind

    @property
    def points(self) -> float:
        """Most points it can give."""
        return self.record.points

    @property
    def solution(self) -> str:
        """The first solution as the learner would write it."""
        return self.solutions[0].text if self.solutions else ""

    def near_miss(self, stem: str) -> NearMissRecord:
        """The code and clause of a near miss."""
        return self.record.near_misses.get(stem, NearMissRecord())

    def hint(self, stem: str, lang: str) -> str:
        """The authored hint of a near miss."""
        return self.text[lang].hints.get(stem, "")

    def in_language(self, lang: str) -> "LessonExercise":
        """The exercise as a learner of that language gets it: itself, unless its queries name words of the data."""
        if lang not in self._in_words:
            self._in_words[lang] = localised(self, lang)
        return self._in_words[lang]

    @property
    def variants(self) -> "tuple[LessonExercise, ...]":
        """The exercise in each language in which it differs, the authored one first."""
        others = (self.in_language(lang) for lang in LANGUAGES)
        return (self, *(each for each in others if each is not self))

    def written_out(self, sql: str) -> str:
        """A query with what it reads of lessons' views written out in a WITH."""
        out = written_out(sql, self.schema.given)
        return out.sql if out else sql

    @cached_property
    def sqlgrade(self) -> Exercise:
        """The exercise as the judge takes it."""
        return judge_exercise(self)
