"""The cards of practice mode: the task of a drill, the end of a round."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from classroom.learner.progress.rounds import RoundKind
from classroom.messages import say_in
from classroom.notebook_names import notebook_name
from classroom.session.display import Display, page
from classroom.session.markdown import markdown_html
from classroom.session.table_view import texts_html
from classroom.unwritten import why_unwritten
from coursebook.click_form import click_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from coursebook import Lesson, LessonExercise


FORM = "application/vnd.penguin.form+json"
"""The media type under which the page finds how a drill is answered by clicks, where nothing is to be written in it."""


def say(code: str, lang: str, **params: object) -> str:
    """A sentence of practice mode."""
    return say_in("classroom.learner.practice", code, lang, **params)


def run_button(line: str, label: str, *, fresh: bool = False, drill: str = "") -> str:
    """A button that runs a % line at the end of the notebook.

    `fresh` asks the page to fold what stands there already; a button that leaves a `drill` does nothing once that is over.
    """
    marks = f' data-penguin-of="{escape(drill)}"' if drill else ""
    marks += " data-penguin-fresh" if fresh else ""
    return (
        f'<button type="button" class="pg-tool pg-run" data-penguin-run="%{escape(line)}"{marks}>'
        f"{escape(label)}</button>"
    )


def lesson_link(lesson: Lesson, label: str, lang: str) -> str:
    """A link to a lesson's notebook, which the page may find by the lesson where the notebook bears another name."""
    name = quote(notebook_name(lesson, lang))
    return f'<a class="pg-go" href="{name}" data-penguin-lesson="{lesson.id}">{escape(label)} →</a>'


def ways_card(title: str, lines: Iterable[str], ways: Iterable[Way], tone: str = "pg-quiet") -> Display:
    """A card that asks or suggests, with buttons that stay."""
    told, buttons = list(lines), list(ways)
    body = "".join(f"<p>{escape(line)}</p>" for line in told)
    html = (
        f'<section class="pg-card {tone}" aria-label="{escape(title)}"><div class="pg-title">{escape(title)}</div>{body}'
        f'<p class="pg-ways">{"".join(each.html for each in buttons)}</p></section>'
    )
    return page(html, "\n".join([title, *told, *(each.plain for each in buttons)]))


@dataclass(frozen=True)
class Way:
    """One button or link of a card, and the same in words."""

    html: str
    plain: str


def run_way(line: str, label: str, *, fresh: bool = False) -> Way:
    """A way that runs a % line."""
    return Way(f'<span class="pg-live">{run_button(line, label, fresh=fresh)}</span>', f"%{line}  {label}")


def lesson_way(lesson: Lesson, label: str, lang: str) -> Way:
    """A way that leads to a lesson."""
    return Way(lesson_link(lesson, label, lang), f"→ {label}")


def task_card(exercise: LessonExercise, kind: RoundKind, head: str, lang: str) -> Display:
    """A drill's task under its place in its round; the skill is not named."""
    text = exercise.text[lang]
    shown = f"<pre>{escape(exercise.predict_query)}</pre>" if exercise.predict_query else ""
    draft = exercise.drafts.get(lang, "")
    if draft:
        shown = f'<div class="pg-caption">{escape(say("draft", lang))}</div><pre>{escape(draft)}</pre>'
    note = say("note_test" if kind.is_test else "note_practice", lang)
    skip = _way_past(kind, lang)
    html = (
        f'<section class="pg-card pg-quiet" aria-label="{escape(head)}"><div class="pg-caption">{escape(head)}</div>'
        f'<div class="pg-title">{escape(text.title)}</div>{markdown_html(text.prompt)}{shown}'
        f'<p class="pg-soft">{escape(note)} {run_button(*skip, drill=exercise.id) if skip else ""}</p></section>'
    )
    plain = "\n".join(
        filter(
            None,
            [
                f"{head}  {text.title}",
                text.prompt,
                exercise.predict_query,
                f"{say('draft', lang)}:\n{draft}" if draft else "",
                note,
                " ".join(f"%{each}" for each in skip[:1]),
            ],
        )
    )
    form = click_form(exercise, lang)
    return page(html, plain, **({FORM: {"exercise": exercise.id, **asdict(form)}} if form else {}))


def _way_past(kind: RoundKind, lang: str) -> tuple[str, str] | tuple[()]:
    """The % line that leaves an item, and what its button says; a review has none."""
    if kind is RoundKind.PLACEMENT:
        return "placement unknown", say("unknown", lang)
    return () if kind.is_test else ("practice next", say("skip", lang))


def unkept_card(lang: str, progress: Path | None, fault: Exception | None = None) -> Display:
    """That nothing can be written into the progress file, and why, where a fault or a trial tells."""
    reason = why_unwritten(lang, progress.parent, fault) if progress is not None else ""
    told = say("unkept_why", lang, reason=reason) if reason else say("unkept", lang)
    return lines_card(say("unkept_title", lang), [told])


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
    buttons = "".join(run_button(*each, fresh=True) for each in ways)
    html = (
        f'<div class="pg-card pg-quiet" role="status"><div class="pg-title">{escape(title)}</div>'
        f"{''.join(f'<p>{escape(line)}</p>' for line in told)}"
        f'<div class="pg-scroll" tabindex="0">{texts_html(head, cells)}</div><p class="pg-live">{buttons}</p></div>'
    )
    return page(
        html,
        "\n".join([title, *told, *("  ".join(row) for row in cells), *(f"%{line}  {label}" for line, label in ways)]),
    )
