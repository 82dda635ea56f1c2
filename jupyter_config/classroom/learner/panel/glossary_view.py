"""%term: what a term means, what the other language calls it, and where it was learned."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.panel.notices import notice
from classroom.messages import say
from classroom.session.display import Display, page
from coursebook.glossary import find, glossary
from coursebook.messages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classroom.learner.state.desk import Desk
    from coursebook.glossary import Entry

_LONGEST_SHOWN = 60


def show_terms(desk: Desk, asked: str) -> Display:
    """The terms for a word, those that come close to it, or all of them."""
    entries, lang = glossary(desk.marker.course), desk.lang
    if not asked:
        return _card(say("terms.all", lang), entries, lang)
    found, shown = find(entries, asked), asked[:_LONGEST_SHOWN]
    if not found.entries:
        return notice(say("terms.title", lang), say("terms.none", lang, asked=shown))
    return _card("" if found.exact else say("terms.near", lang, asked=shown), found.entries, lang)


def _card(head: str, entries: Sequence[Entry], lang: str) -> Display:
    other = next(each for each in LANGUAGES if each != lang)
    html, plain = [f"<p>{escape(head)}</p>"] if head else [], [head] if head else []
    for each in entries:
        learned = " · ".join(
            say("terms.learned", lang, number=lesson.id.removeprefix("L"), title=lesson.title[lang])
            for lesson in each.lessons
        )
        html.append(
            f"<dt><b>{escape(each.term[lang])}</b> <small>{escape(each.term[other])}</small></dt>"
            f'<dd>{escape(each.meaning[lang])}<div class="pg-caption">{escape(learned)}</div></dd>'
        )
        plain.append(f"{each.term[lang]} ({each.term[other]}): {each.meaning[lang]} [{learned}]")
    items = "".join(html[1:] if head else html)
    return page(f'<div class="pg-card pg-quiet">{html[0] if head else ""}<dl>{items}</dl></div>', "\n".join(plain))
