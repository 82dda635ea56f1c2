"""The cards of practice mode: the task of a drill, the end of a round."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.desk.display import Display, page
from classroom.desk.markdown import markdown_html
from classroom.desk.table_view import texts_html
from classroom.messages import say_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from classroom.progress.rounds import Round
    from coursebook import LessonExercise


def say(code: str, lang: str, **params: object) -> str:
    """A sentence of practice mode."""
    return say_in("classroom.practice", code, lang, **params)


def run_button(line: str, label: str) -> str:
    """A button that runs a % line at the end of the notebook."""
    return f'<button type="button" class="pg-tool pg-run" data-penguin-run="%{escape(line)}">{escape(label)}</button>'


def task_card(exercise: LessonExercise, asked: Round, title: str, lang: str) -> Display:
    """A drill's task; the skill is not named."""
    number, count = asked.position(exercise.id), len(asked.items)
    text = exercise.text[lang]
    shown = f"<pre>{escape(exercise.predict_query)}</pre>" if exercise.predict_query else ""
    note = say("note_test" if asked.kind.is_test else "note_practice", lang)
    skip = () if asked.kind.is_test else ("practice next", say("skip", lang))
    head = say("position", lang, title=title, number=number, count=count)
    html = (
        f'<section class="pg-card pg-quiet" aria-label="{escape(head)}"><div class="pg-caption">{escape(head)} · {escape(exercise.id)}</div>'
        f'<div class="pg-title">{escape(text.title)}</div>{markdown_html(text.prompt)}{shown}'
        f'<p class="pg-soft">{escape(note)} {run_button(*skip) if skip else ""}</p></section>'
    )
    plain = "\n".join(
        filter(
            None,
            [
                f"{head}  {text.title}",
                text.prompt,
                exercise.predict_query,
                note,
                " ".join(f"%{each}" for each in skip[:1]),
            ],
        )
    )
    return page(html, plain)


def lines_card(title: str, lines: Iterable[str], mark: str = "i", tone: str = "pg-quiet") -> Display:
    """A card with a title and some sentences."""
    told = list(lines)
    body = "".join(f"<p>{escape(line)}</p>" for line in told)
    html = (
        f'<div class="pg-card {tone}" role="status"><div class="pg-title"><span class="pg-mark" aria-hidden="true">{mark}</span>'
        f"{escape(title)}</div>{body}</div>"
    )
    return page(html, "\n".join([f"{mark} {title}", *told]))


def table_card(
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    lines: Iterable[str] = (),
    runs: Iterable[tuple[str, str]] = (),
) -> Display:
    """A card with a small table under its sentences, and buttons that run % lines, each with its words."""
    told, cells, ways = list(lines), [list(row) for row in rows], list(runs)
    buttons = "".join(run_button(*each) for each in ways)
    html = (
        f'<div class="pg-card pg-quiet" role="status"><div class="pg-title">{escape(title)}</div>'
        f"{''.join(f'<p>{escape(line)}</p>' for line in told)}"
        f'<div class="pg-scroll">{texts_html(head, cells)}</div><p class="pg-live">{buttons}</p></div>'
    )
    return page(
        html,
        "\n".join([title, *told, *("  ".join(row) for row in cells), *(f"%{line}  {label}" for line, label in ways)]),
    )
