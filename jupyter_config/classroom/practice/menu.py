"""The ways of practising, each with a button."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.desk.display import page
from classroom.practice.cards import run_button, say
from classroom.progress.opening import UNUSABLE
from classroom.progress.rounds import RoundBook

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from classroom.desk.desk import Desk
    from classroom.desk.display import Display
    from coursebook.practice import ReviewRecord

LINE = "practice menu"
"""The % line that shows the menu, without its %."""
WAYS = (
    ("practice", "practice"),
    ("practice past", "past"),
    ("practice today", "today"),
    ("placement", "placement"),
)
"""Each % line, and the name of its sentences; the reviews come after them."""


def show_menu(desk: Desk) -> Display:
    """The menu, which says what was begun and not finished."""
    try:
        rounds = RoundBook(desk.progress).rounds() if desk.progress else ()
    except UNUSABLE:
        rounds = ()
    return menu_card(desk.drills.library.reviews, desk.lang, {each.line for each in rounds if each.current})


def menu_card(reviews: Sequence[ReviewRecord], lang: str, begun: Collection[str] = ()) -> Display:
    """A row for each way of practising: its button, what it is, and the line that does the same by hand."""
    title, html, plain = say("menu_title", lang), "", [say("menu_title", lang)]
    for line, label, note in _ways(reviews, lang):
        told = f"{say('menu_begun', lang)} {note}" if line in begun else note
        html += (
            f"<tr><td>{run_button(line, label)}</td><td>{escape(told)}</td><td><code>%{escape(line)}</code></td></tr>"
        )
        plain.append(f"%{line}  {label}: {told}")
    return page(
        f'<section class="pg-card pg-quiet" aria-label="{escape(title)}"><div class="pg-title">{escape(title)}</div>'
        f'<table class="pg-table pg-menu"><tbody>{html}</tbody></table></section>',
        "\n".join(plain),
    )


def _ways(reviews: Sequence[ReviewRecord], lang: str) -> Iterable[tuple[str, str, str]]:
    """The % line, the button's words, what it is."""
    for line, code in WAYS:
        yield line, say(f"menu_{code}", lang), say(f"menu_{code}_note", lang)
    for each in reviews:
        note = say("menu_review_note", lang, lesson=each.after, count=len(each.items), right=each.pass_mark)
        yield f"review {each.id}", each.title[lang], note
