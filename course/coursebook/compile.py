"""Lessons into notebooks: the same input gives the same bytes."""

from collections.abc import Iterator
from html import escape
from typing import Literal

import nbformat
import nbformat.v4
from nbformat import NotebookNode

from coursebook import cells
from coursebook.answer_cell import first_line
from coursebook.exercise import LessonExercise
from coursebook.kind import AnswerForm
from coursebook.lesson import Lesson
from coursebook.messages import LANGUAGES, render
from coursebook.minutes import whole_minutes
from coursebook.pictures import with_pictures

Edition = Literal["source", "learner"]

KERNELSPEC = {"display_name": "SQL", "language": "sql", "name": "penguin-sql"}
LANGUAGE_INFO = {
    "codemirror_mode": "sql",
    "file_extension": ".sql",
    "mimetype": "text/x-sql",
    "name": "sql",
    "pygments_lexer": "sql",
}
"""What JupyterLab is told of the kernel; nbgrader keeps it in every copy."""


def compile_lesson(lesson: Lesson, lang: str, edition: Edition) -> bytes:
    """The lesson's notebook: `source` for nbgrader, with solutions and grade cells, or `learner`."""
    notebook = cells.new_notebook(
        cells=list(lesson_cells(lesson, lang, edition)),
        metadata={
            "kernelspec": KERNELSPEC,
            "language_info": LANGUAGE_INFO,
            "penguin": {"edition": edition, "lang": lang, "lesson": lesson.id, "numbering": lesson.numbering},
        },
    )
    nbformat.validate(notebook)
    text = str(nbformat.v4.writes_json(notebook))  # type: ignore[no-untyped-call]
    return (text + "\n").encode("utf-8")


def edition_of(name: str) -> Edition:
    """The edition of that name.

    Raises:
        ValueError: there is no such edition.
    """
    if name == "source":
        return "source"
    if name == "learner":
        return "learner"
    raise ValueError(f"an edition is source or learner, not {name}")


def notebook_name(lesson: Lesson) -> str:
    """The file name of a compiled lesson, the same in both languages."""
    return f"{lesson.folder.name}.ipynb"


def lesson_cells(lesson: Lesson, lang: str, edition: Edition) -> Iterator[NotebookNode]:
    """The cells in order: prose, queries, exercises, then the glossary and the end."""
    count = {"text": 0, "query": 0}
    for segment in lesson.segments[lang]:
        if segment.kind == "exercise":
            if segment.content in lesson.by_folder:
                yield from exercise_cells(lesson.by_folder[segment.content], lang, edition)
            continue
        count[segment.kind] += 1
        if segment.kind == "text":
            prose = with_pictures(segment.content, lesson.folder)
            yield cells.text_cell(f"text-{lesson.id}-{count['text']:03d}", prose)
        else:
            yield cells.run_cell(f"run-{lesson.id}-{count['query']:03d}", segment.content)
    if lesson.record.glossary:
        yield cells.text_cell(f"glossary-{lesson.id}", glossary_markdown(lesson, lang))
    if lesson.record.finish and edition == "learner":
        yield cells.finish_cell(lesson.id, f"-- {render('finish.cell', {}, lang)}\n%finish {lesson.id}")


def exercise_cells(exercise: LessonExercise, lang: str, edition: Edition) -> Iterator[NotebookNode]:
    """Prompt, answer, the grade cell of the source edition, and the query of a prediction."""
    exercise = exercise.in_language(lang)
    yield cells.task_cell(exercise, task_markdown(exercise, lang, edition))
    if exercise.kind.answer is AnswerForm.WORDS:
        yield cells.prose_answer_cell(exercise, prose_answer_source(exercise, lang, edition))
        if edition == "learner":
            yield cells.run_cell(
                f"model-{exercise.id}", f"-- {render('task.compare', {}, lang)}\n%solution {exercise.id}"
            )
        return
    if lang in exercise.drafts:
        yield cells.draft_cell(exercise, exercise.drafts[lang])
    given = answer_source(exercise, lang)
    if edition == "source":
        yield cells.answer_cell(exercise, solution_source(exercise, lang), starter=given)
        yield cells.grade_cell(exercise)
    else:
        yield cells.answer_cell(exercise, given)
    if exercise.predict_query and (exercise.record.predict is None or exercise.record.predict.shown):
        yield cells.run_cell(f"predict-{exercise.id}", exercise.predict_query)


def task_markdown(exercise: LessonExercise, lang: str, edition: Edition) -> str:
    """The prompt under a heading with number, kind and minutes, and in a class's edition its points."""
    text = exercise.text[lang]
    facts = {
        "kind": render(f"kind.{exercise.kind.letter}", {}, lang),
        "points": f"{exercise.points:g}",
        "minutes": whole_minutes(exercise.record.minutes),
    }
    heading = f"### {exercise.id} {text.title}"
    return f"{heading}\n\n<small>{render(f'task.facts_{edition}', facts, lang)}</small>\n\n{text.prompt}"


def answer_source(exercise: LessonExercise, lang: str) -> str:
    """The answer cell as the learner gets it."""
    return f"{first_line(exercise.id, lang)}\n{exercise.starter}\n"


def solution_source(exercise: LessonExercise, lang: str) -> str:
    """The answer cell of nbgrader's source, with the solution marked."""
    return f"{first_line(exercise.id, lang)}\n-- BEGIN SOLUTION\n{exercise.solution}\n-- END SOLUTION\n"


def prose_answer_source(exercise: LessonExercise, lang: str, edition: Edition) -> str:
    """The Markdown cell of a free-form answer: its headings, in the source edition with a model answer."""
    named = f"<!-- {first_line(exercise.id, lang).removeprefix('-- ')} -->"
    given = f"{named}\n{exercise.text[lang].body('starter')}\n"
    if edition == "learner":
        return given
    model = exercise.model_answers.get(("good", lang), "")
    return f"{given}\n<!-- BEGIN SOLUTION -->\n{model}\n<!-- END SOLUTION -->\n"


def glossary_markdown(lesson: Lesson, lang: str) -> str:
    """The lesson's card of terms: a table of the term, what the other language calls it, and its meaning."""
    other = next(each for each in LANGUAGES if each != lang)
    terms = lesson.record.glossary
    # The other language's words are marked as such, so that a screen reader speaks them rightly.
    rows = (
        f'| **{each.term[lang]}** | <span lang="{other}">{escape(each.term[other])}</span> | {each.meaning[lang]} |'
        for each in terms
    )
    head, other_name, meaning = (render(f"glossary.{part}", {}, lang) for part in ("term", "other", "meaning"))
    return "\n".join(
        [
            f"## {render('glossary.heading', {}, lang)}",
            "",
            f"| {head} | {other_name} | {meaning} |",
            "|---|---|---|",
            *rows,
            "",
            render("glossary.look_up", {"term": terms[0].term[lang]}, lang),
        ]
    )
