"""The ways of practising, each with a button."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.practice.asked_today import questions_of
from classroom.learner.practice.cards import run_button, say
from classroom.learner.progress.opening import UNUSABLE
from classroom.learner.progress.rounds import RoundBook, RoundKind
from classroom.session.display import page
from coursebook.kind import AnswerForm

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from classroom.learner.progress.rounds import Round
    from classroom.learner.state.desk import Desk
    from classroom.session.display import Display
    from coursebook import Course
    from coursebook.practice import Library

_MOST_ROUNDS = 20
LINE = "practice menu"
"""The % line that shows the menu, without its %."""
BEGUN = "application/vnd.penguin.menu+json"
"""The media type under which the page finds the open drill of each line, when one of the menu's buttons is pressed."""
WAYS = (
    ("practice 5", "short"),
    ("practice", "practice"),
    ("practice 20", "long"),
    ("practice past", "past"),
    ("practice today", "today"),
    ("practice break", "break"),
    ("draft new", "draft"),
    ("placement", "placement"),
)
"""Each % line, and the name of its sentences, as far as the course has what they ask; the reviews come after them."""


def show_menu(desk: Desk) -> Display:
    """The menu, which says what was begun and not finished."""
    try:
        rounds = RoundBook(desk.progress).rounds() if desk.progress else ()
    except UNUSABLE:
        rounds = ()
    begun = {each.line: each.current.exercise_id for each in rounds if each.current}
    return menu_card(desk.drills.library, desk.marker.course, desk.lang, begun, _past_rounds(rounds, desk.lang))


def menu_card(
    library: Library,
    course: Course,
    lang: str,
    begun: Mapping[str, str] | None = None,
    past: Sequence[str] = (),
) -> Display:
    """A row for each way of practising: its button and what it is; in characters, the line that does the same.

    `begun` gives the open drill of each line whose round is under way.
    """
    open_items = begun or {}
    title, html, plain = say("menu_title", lang), "", [say("menu_title", lang)]
    for line, label, note in _ways(library, course, lang):
        item = open_items.get(line, "")
        told = f"{say('menu_begun', lang)} {note}" if item else note
        html += f"<tr><td>{run_button(line, label, fresh=True)}</td><td>{escape(told)}</td></tr>"
        plain.append(f"%{line}  {label}: {told}")
    folded = ""
    if past:
        head = say("menu_past_rounds", lang, count=len(past))
        lines = "".join(f"<li>{escape(each)}</li>" for each in past)
        folded = f"<details><summary>{escape(head)}</summary><ul>{lines}</ul></details>"
        plain += [head, *past]
    return page(
        f'<section class="pg-card pg-quiet" aria-label="{escape(title)}"><div class="pg-title">{escape(title)}</div>'
        f'<table class="pg-table pg-menu"><tbody>{html}</tbody></table>{folded}</section>',
        "\n".join(plain),
        **({BEGUN: {f"%{line}": item for line, item in begun.items()}} if begun else {}),
    )


def _past_rounds(rounds: Sequence[Round], lang: str) -> list[str]:
    """A line for each round that was finished, the latest first; the placement test keeps no score."""
    ended = [each for each in reversed(rounds) if each.current is None and each.kind is not RoundKind.PLACEMENT]
    return [
        say(
            "past_round",
            lang,
            day=each.at.astimezone().strftime("%Y-%m-%d"),
            title=each.name or say(f"title_{each.kind.value}", lang),
            right=sum(each.right),
            count=len(each.right),
        )
        for each in ended[:_MOST_ROUNDS]
        if each.right
    ]


def _ways(library: Library, course: Course, lang: str) -> Iterator[tuple[str, str, str]]:
    """The % line, the button's words, what it is."""
    lacking = set(_lacking(library, course))
    for line, code in WAYS:
        if code not in lacking:
            of_drills = "_of_drills" if code == "practice" and not course.folder_of else ""
            yield line, say(f"menu_{code}", lang), say(f"menu_{code}_note{of_drills}", lang)
    for each in library.reviews:
        note = say("menu_review_note", lang, lesson=each.after, count=len(each.items), right=each.pass_mark)
        yield f"review {each.id}", each.title[lang], note


def _lacking(library: Library, course: Course) -> Iterator[str]:
    """The ways that a course of somebody's own may have nothing for."""
    if not questions_of(course.root):
        yield "today"
    if all(each.kind.answer is not AnswerForm.ROWS for each in library.templates.values()):
        yield "break"
    if library.placement is None:
        yield "placement"
