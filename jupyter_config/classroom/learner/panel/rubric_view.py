"""A free-form exercise looked at by its writer: the rubric as a checklist, and two answers to compare with."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.panel.offer import sentence
from classroom.session.display import Display, page
from classroom.session.markdown import markdown_html

if TYPE_CHECKING:
    from coursebook import LessonExercise


def show_rubric(exercise: LessonExercise, lang: str) -> Display:
    """What a mentor looks for, a good answer, and one that claims too much."""
    title = sentence("rubric.title", lang, exercise=exercise.id)
    criteria = exercise.rubric.criteria if exercise.rubric else ()
    lines = [sentence("rubric.line", lang, text=each.text[lang], points=f"{each.points:g}") for each in criteria]
    answers = [
        (sentence(f"rubric.{kind}", lang), exercise.model_answers.get((kind, lang), "")) for kind in ("good", "over")
    ]
    html = f"<p>{escape(title)}</p><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
    html += "".join(
        f"<details><summary>{escape(head)}</summary>{markdown_html(text)}</details>" for head, text in answers if text
    )
    plain = [title, *lines, *(f"\n[{head}]\n{text}" for head, text in answers if text)]
    return page(f'<div class="pg-card pg-quiet">{html}</div>', "\n".join(plain))
