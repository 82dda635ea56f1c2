"""The page of one slide: what it says, how it looks, half a minute to say it in, and the file."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.bi.drawing import visual_html
from classroom.learner.bi.markup import act, buttons, form, hidden, link, note, text_field, told
from classroom.learner.bi.place import latest
from classroom.learner.bi.slide import PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.learner.bi.place import BiRoom

SECONDS = 30


def slide_page(room: BiRoom, words: list[str]) -> str:
    """The slide of a visualisation."""
    lang, visual = room.lang, room.store.visual(int(words[0]))
    query = room.store.query(visual.query)
    texts, kept = room.store.slide(visual.id), latest(room, query)
    back = link(f"query/{query.id}", f"← {escape(query.name)}")
    fields = "".join(
        text_field(each, told(f"slide.{each}", lang), texts.get(each, ""), told(f"slide.{each}_hint", lang))
        for each in PARTS
    )
    timer = (
        f'<button type="button" data-bi-timer="{SECONDS}" data-bi-over="{told("slide.over", lang)}">'
        f"{told('slide.timer', lang, seconds=SECONDS)}</button>"
    )
    tools = buttons(
        act("slide/save", told("slide.draw", lang), primary=True),
        act("slide/file", told("slide.pptx", lang)),
        f'<button type="button" data-bi-file="png">{told("file.png", lang)}</button>',
        f'<button type="button" data-bi-full>{told("board.full", lang)}</button>',
        timer,
    )
    drawn = visual_html(visual, kept.result, lang) if kept else note(told("query.never_ran", lang))
    return (
        f"<p>{back}</p><h2>{told('slide.title', lang)}</h2><p>{told('slide.how', lang)}</p>"
        f"{form(hidden(visual=visual.id), fields, tools)}"
        f'<section class="penguin-bi-sheet penguin-bi-slide" data-bi-sheet="{escape(texts.get("headline", "") or visual.name)}">'
        f"<h2>{_text(texts, 'headline', lang)}</h2>{drawn}<dl>{_facts(texts, lang)}</dl>"
        f"<p>{told('slide.next', lang)}: {_text(texts, 'next', lang)}</p></section>"
    )


def _facts(texts: Mapping[str, str], lang: str) -> str:
    return "".join(
        f"<div><dt>{told(f'slide.{each}', lang)}</dt><dd>{_text(texts, each, lang)}</dd></div>"
        for each in ("definition", "period", "n")
    )


def _text(texts: Mapping[str, str], part: str, lang: str) -> str:
    """What is written, or that it is still empty."""
    return escape(texts.get(part, "")) or f'<em class="penguin-bi-empty">{told("slide.empty", lang)}</em>'
