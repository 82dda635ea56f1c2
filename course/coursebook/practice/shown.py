"""What a learner sees of a drill, for a learners' edition, which has the template's name and nothing to draw it with."""

from dataclasses import dataclass
from pathlib import Path

from coursebook.click_form import sorts_of
from coursebook.exercise import LessonExercise
from coursebook.format import ExerciseRecord
from coursebook.kind import AnswerForm
from coursebook.practice.draw import Drill, drill_id
from coursebook.practice.template import TemplateRecord
from coursebook.schema import Schema
from coursebook.text import ExerciseText, Section


@dataclass(frozen=True)
class ShownDrill:
    """A drill's task in one language."""

    seed: int
    """What it was drawn with."""
    title: str
    """Its name."""
    prompt: str
    """The task."""
    idea: str
    """The idea hint."""
    starter: str
    """What the answer cell holds at first."""
    predict: str
    """The query whose result is predicted; empty in other kinds."""
    draft: str = ""
    """Somebody else's query that the drill is about; empty in other kinds."""
    values: tuple[str, ...] = ()
    """What each value of the answer is, where it is made of values: a `Sort` each."""


def shown_drill(drill: Drill, lang: str) -> ShownDrill:
    """What is to be seen of a drill that has been drawn."""
    exercise = drill.exercise
    text = exercise.text[lang]
    is_values = exercise.kind.answer is AnswerForm.VALUES
    return ShownDrill(
        drill.seed,
        text.title,
        text.prompt,
        text.idea,
        exercise.starter,
        exercise.predict_query,
        exercise.drafts.get(lang, ""),
        tuple(each.value for each in sorts_of(exercise)) if is_values else (),
    )


def drill_as_shown(template: TemplateRecord, shown: ShownDrill, schema: Schema, folder: Path, lang: str) -> Drill:
    """The drill again, of the learners' edition's template, without its solution."""
    record = ExerciseRecord(
        id=drill_id(template.id, shown.seed),
        kind=template.kind,
        codes=template.codes,
        skills=(template.skill,),
        minutes=template.minutes,
        values=shown.values,
    )
    text = ExerciseText(shown.title, shown.prompt, (Section("idea", shown.idea, 1),))
    exercise = LessonExercise(
        folder,
        record,
        {lang: text},
        schema,
        starter=shown.starter,
        predict_query=shown.predict,
        drafts={lang: shown.draft} if shown.draft else {},
    )
    return Drill(template, shown.seed, exercise)
