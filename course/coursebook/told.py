"""What the learners' edition of an exercise lacks: sent to whoever has earned it, and put in its place there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlglot import exp

from coursebook.exercise import NO_OUTLINE, LessonExercise, Outline, SqlFile
from coursebook.format import RubricRecord
from coursebook.given_views import SCHEMA
from coursebook.text import NEAR_MISS, ExerciseText, Section
from sqlgrade.parse import parsed

TOLD_LATER = ("success", "explanation")
"""Sections of an exercise's text that speak of the right answer; the hints of near misses do so too."""


@dataclass(frozen=True)
class Told:
    """Solutions and what is said with them, in one language."""

    solutions: tuple[str, ...] = ()
    """The queries, the first one first."""
    also_right: tuple[str, ...] = ()
    """Other right queries."""
    sections: Mapping[str, str] = field(default_factory=dict)
    """Heading -> text."""
    rubric: RubricRecord | None = None
    """What a mentor looks for, where the exercise is answered in words."""
    models: Mapping[str, str] = field(default_factory=dict)
    """`good` and `over` -> the model answers."""
    outline: Outline = NO_OUTLINE
    """The names in the solution."""


def told_of(exercise: LessonExercise, lang: str) -> Told:
    """All that is to be told of an exercise in a language."""
    text = exercise.text[lang]
    return Told(
        tuple(each.text for each in exercise.solutions),
        tuple(each.text for each in exercise.also_right),
        {heading: text.body(heading) for heading in TOLD_LATER if text.body(heading)},
        exercise.rubric,
        {sort: body for (sort, spoken), body in exercise.model_answers.items() if spoken == lang},
        outline_of(exercise),
    )


def outline_of(exercise: LessonExercise) -> Outline:
    """The names that the first solution bears."""
    tree = parsed(exercise.solutions[0].sql) if exercise.solutions else None
    if not isinstance(tree, exp.Query):
        return NO_OUTLINE
    mentioned = {each.name for each in tree.find_all(exp.Column)}
    tables = {f"{SCHEMA}.{each.name}" if each.db.lower() == SCHEMA else each.name for each in tree.find_all(exp.Table)}
    return Outline(tuple(map(str, tree.named_selects)), tuple(sorted(mentioned)), tuple(sorted(tables)))


def with_told(exercise: LessonExercise, told: Told, lang: str) -> LessonExercise:
    """The exercise of a learners' edition with what was told in its place."""
    text = exercise.text[lang]
    sections = (*text.sections, *(Section(heading, body, 1) for heading, body in told.sections.items()))
    return replace(
        exercise,
        solutions=_files(exercise, "solution", told.solutions),
        also_right=_files(exercise, "also", told.also_right),
        text={**exercise.text, lang: replace(text, sections=sections)},
        rubric=told.rubric,
        outline=told.outline,
        model_answers={(sort, lang): body for sort, body in told.models.items()},
    )


def for_learners(text: ExerciseText) -> ExerciseText:
    """The text without what speaks of the right answer."""
    kept = (each for each in text.sections if each.heading not in TOLD_LATER and not NEAR_MISS.match(each.heading))
    return replace(text, sections=tuple(kept))


def _files(exercise: LessonExercise, stem: str, texts: tuple[str, ...]) -> tuple[SqlFile, ...]:
    names = (f"{stem}-{number}" for number in range(1, len(texts) + 1))
    return tuple(SqlFile(name, exercise.folder / f"{name}.sql", text) for name, text in zip(names, texts, strict=True))
