"""The talk of step 7: the cards as slides, and the sheet on which listeners vote."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from classroom.exchange.expo.words import label_code, plain, told
from classroom.learner.bi.slide import PARTS, add_finding, add_words, blank_file, written
from classroom.learner.charts.values import Misfit
from classroom.learner.expo.cards import visual_of
from classroom.session.shots import table_of

if TYPE_CHECKING:
    from classroom.learner.expo.drawn import Drawn

_SLIDES = (
    ("issue.name", ("issue.loses", "issue.decider")),
    ("hypotheses", ("hypothesis.1.claim", "hypothesis.2.claim", "hypothesis.3.claim", "order.why")),
    ("metric.name", ("metric.numerator", "metric.denominator", "metric.period", "metric.exclusions")),
    ("finding", ()),
    ("measure.name", ("measure.smallest", "measure.cost", "measure.stop", "measure.rule", "measure.declined")),
    ("ask", ("talk.ask",)),
)
"""The slides: what gives the title, and the places whose texts stand on it."""


def slides_of(page: Drawn) -> bytes | None:
    """The PowerPoint file of the talk; None while the slide of step 5 can't be drawn."""
    lang, expo = page.lang, page.expo
    file = blank_file()
    for title, places in _SLIDES:
        if title == "finding":
            if not add_slide(page, file):
                return None
            continue
        head = expo.text(title) if "." in title else plain(f"talk.title_{title}", lang)
        lines = [(plain(f"field.{label_code(place)}", lang), expo.text(place)) for place in places]
        add_words(file, head, [each for each in lines if each[1].strip()])
    return written(file)


def add_slide(page: Drawn, file: Any) -> bool:
    """Put the slide of step 5 into a presentation; False if it can't be drawn yet."""
    result = table_of(page.expo.shot("analysis.sql"))
    if result is None or not page.expo.slide.kind:
        return False
    labels = {part: plain(f"field.slide.{part}", page.lang) for part in PARTS}
    texts = {part: page.expo.text(f"slide.{part}") for part in PARTS}
    try:
        add_finding(file, visual_of(page), result, texts, labels)
    except Misfit:
        return False
    return True


def sheet_of(page: Drawn) -> bytes:
    """The voting sheet: four to a page of paper, as a page of HTML without scripts."""
    lang, expo = page.lang, page.expo
    votes = "".join(f"<li>□ {told(f'sheet.{name}', lang)}</li>" for name in ("worth", "later", "not_worth"))
    one = (
        f"<section><p>{told('sheet.title', lang)}</p><h1>{escape(expo.issue.name)}</h1><p>{escape(expo.measure.name)}</p>"
        f"<p>{told('sheet.question', lang)}</p><ul>{votes}</ul><p>{told('sheet.why', lang)}</p><hr><hr></section>"
    )
    style = (
        "body{font-family:sans-serif;display:grid;grid-template-columns:1fr 1fr;gap:12mm;margin:10mm}"
        "section{border:1px dashed #888;padding:6mm;break-inside:avoid}h1{font-size:1.2em}ul{list-style:none;padding:0}"
        "hr{border:0;border-bottom:1px solid #888;margin:9mm 0 0}"
    )
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{escape(expo.issue.name)}</title>'
        f"<style>{style}</style></head><body>{one * 4}</body></html>"
    ).encode()
