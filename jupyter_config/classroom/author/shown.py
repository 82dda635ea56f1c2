"""An exercise as its learners see it, top to bottom: task, what is given, the answer cell, the hints in their order, the solution folded."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.author.words import word
from classroom.session.markdown import markdown_html
from coursebook.answer_cell import first_line
from coursebook.click_form import click_form
from coursebook.kind import AnswerForm
from coursebook.messages import render
from coursebook.minutes import whole_minutes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.language import Lang
    from coursebook import LessonExercise
    from coursebook.exercise import SqlFile


def exercise_html(exercise: LessonExercise, lang: Lang, reader: Lang) -> str:
    """The exercise in the language `lang`; what only its author is told is in the reader's."""
    exercise = exercise.in_language(lang)
    parts = (*_task(exercise, lang), *_cells(exercise, lang, reader), *_hints(exercise, lang, reader))
    return "".join((*parts, *_end(exercise, lang, reader)))


def sql_html(sql: str) -> str:
    """A query as it stands."""
    return f"<pre>{escape(sql)}</pre>"


def folded(key: str, head: str, inner: str) -> str:
    """Something to open; it stays open under its key when the page is drawn anew. `head` and `inner` are HTML."""
    return f'<details data-key="{escape(key)}"><summary>{head}</summary>{inner}</details>'


def _task(exercise: LessonExercise, lang: Lang) -> Iterator[str]:
    text = exercise.text[lang]
    kind = render(f"kind.{exercise.kind.letter}", {}, lang)
    facts = render("task.facts_learner", {"kind": kind, "minutes": whole_minutes(exercise.record.minutes)}, lang)
    yield f'<h2 lang="{lang}">{escape(f"{exercise.id} {text.title}")}</h2><p class="facts">{escape(facts)}</p>'
    yield f'<div lang="{lang}">{markdown_html(text.prompt)}</div>'


def _cells(exercise: LessonExercise, lang: Lang, reader: Lang) -> Iterator[str]:
    """What is given, and the cell to answer in."""
    if lang in exercise.drafts:
        yield _block(word("shown.draft", reader), sql_html(exercise.drafts[lang]))
    for name, query in exercise.schema.given.items():
        if name in f"{exercise.starter}\n{exercise.solution}":
            yield folded(f"given {name}", escape(word("shown.given", reader, name=name)), sql_html(query))
    if exercise.kind.answer is AnswerForm.WORDS:
        yield _block(word("shown.starter", reader), markdown_html(exercise.text[lang].body("starter")))
        return
    yield _block(
        word("shown.starter", reader),
        _clicks(exercise, lang) + sql_html(f"{first_line(exercise.id, lang)}\n{exercise.starter}"),
    )
    if exercise.predict_query and (exercise.record.predict is None or exercise.record.predict.shown):
        yield _block(word("shown.predict", reader), sql_html(exercise.predict_query))


def _clicks(exercise: LessonExercise, lang: Lang) -> str:
    """What is clicked instead of written, where anything is."""
    form = click_form(exercise, lang)
    if form is None:
        return ""
    lines = "".join(f"<li><code>{escape(line)}</code></li>" for line in form.lines)
    fields = (
        f"<li>{escape(each.label)}: {escape(' / '.join(f'{one.letter}) {one.text}' for one in each.options) or '____')}</li>"
        for each in form.fields
    )
    return f'<ul lang="{lang}">{lines}{"".join(fields)}</ul>'


def _hints(exercise: LessonExercise, lang: Lang, reader: Lang) -> Iterator[str]:
    text = exercise.text[lang]
    if text.idea:
        yield _block(word("shown.idea", reader), markdown_html(text.idea), lang)
    if exercise.near_misses:
        told = "".join(_near_miss(exercise, each, lang, reader) for each in exercise.near_misses)
        yield _block(word("shown.near_misses", reader), told)


def _near_miss(exercise: LessonExercise, file: SqlFile, lang: Lang, reader: Lang) -> str:
    record = exercise.near_miss(file.stem)
    about = " ".join(filter(None, (record.code, record.clause)))
    hint = exercise.hint(file.stem, lang)
    head = f"<b>{escape(file.stem)}</b> <small>{escape(about)}</small>"
    said = markdown_html(hint) if hint else f'<p class="missing">{escape(word("shown.no_hint", reader))}</p>'
    return f'<div lang="{lang}">{folded(f"near {file.stem}", head, sql_html(file.text))}{said}</div>'


def _end(exercise: LessonExercise, lang: Lang, reader: Lang) -> Iterator[str]:
    text = exercise.text[lang]
    solutions = [sql_html(each.text) for each in exercise.solutions]
    solutions += [markdown_html(exercise.model_answers.get(("good", lang), ""))]
    inner = f'{"".join(solutions)}<div lang="{lang}">{markdown_html(text.explanation)}</div>'
    yield folded("solution", escape(word("shown.solution", reader)), inner)
    if exercise.also_right:
        others = "".join(f"<p>{escape(each.stem)}</p>{sql_html(each.text)}" for each in exercise.also_right)
        yield folded("also right", escape(word("shown.also_right", reader)), others)
    if text.success:
        yield _block(word("shown.success", reader), markdown_html(text.success), lang)


def _block(head: str, inner: str, lang: str = "") -> str:
    said = f' lang="{lang}"' if lang else ""
    return f"<section><h3>{escape(head)}</h3><div{said}>{inner}</div></section>"
