"""The pages of the Expo as HTML: a step each, the rubric to check oneself by, and whole Expos to read."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.exchange.expo.record import STEP_PARTS
from classroom.exchange.expo.review import asked
from classroom.exchange.expo.words import told
from classroom.learner.bi.markup import act, buttons, form, link, note, text_field
from classroom.learner.expo import cards, later_cards, past, reviewing, second_card
from classroom.learner.expo.certifying import lacking
from classroom.learner.expo.drawn import Drawn
from classroom.learner.expo.markup import listed
from classroom.learner.expo.steps import lacks
from coursebook.expo import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.learner.expo.place import ExpoRoom

_CARDS: dict[str, Callable[[Drawn], str]] = {
    "issue": cards.issue,
    "hypotheses": cards.hypotheses,
    "metric": cards.metric,
    "checks": cards.checks,
    "slide": cards.slide,
    "measure": later_cards.measure,
    "talk": later_cards.talk,
    "second": second_card.second,
}
FIRST, SECOND = "step/issue", "step/second"


def page_html(room: ExpoRoom, at: str, said: str = "") -> str:
    """The whole page.

    Args:
        room: The learner's.
        at: The place, as the page's links name it.
        said: What an action has done, as HTML.

    Raises:
        KeyError: there is no such place.
    """
    name, _, rest = at.partition("/")
    body = {
        "step": _step,
        "rubric": _rubric,
        "model": _model,
        "certificate": _certificate,
        "past": past.past_html,
        reviewing.PLACE: lambda *_: reviewing.page(room),
    }[name](room, rest)
    return f'{_head(room, at)}<p class="penguin-bi-said" role="status">{said}</p>{body}'


def _head(room: ExpoRoom, at: str) -> str:
    """The steps with what they lack, and the ways beside them."""
    lang, expo = room.lang, room.store.expo()
    steps = []
    for number, step in enumerate(STEPS, start=1):
        missing = len(lacks(room, expo, step))
        mark = told("head.left", lang, count=missing) if missing else "✓"
        steps.append(_tab(f"step/{step}", f"{number} {told(f'step.{step}', lang)} <small>{mark}</small>", at))
    waiting = len(asked(room.folder.hidden, room.member))
    more = _tab(reviewing.PLACE, told("reviews.tab", lang, count=waiting), at) if waiting else ""
    for each in past.past_rooms(room):
        more += _tab(f"past/{each.past}", escape(past.name_of(each)), at)
    more += _tab("certificate", told("certificate.tab", lang), at) + _tab("rubric", told("head.rubric", lang), at)
    more += "".join(_tab(f"model/{each.id}", escape(each.title[lang]), at) for each in room.texts.models)
    return (
        f'<header class="penguin-bi-head"><h1>{told("title", lang)}</h1>'
        f'<nav class="penguin-expo-steps" aria-label="{told("head.label", lang)}">{"".join(steps)}{more}</nav></header>'
    )


def _tab(place: str, label: str, at: str) -> str:
    current = ' aria-current="page"' if place == at else ""
    return f'<button type="button" data-bi-go="{place}"{current}>{label}</button>'


def _step(room: ExpoRoom, step: str) -> str:
    draw = _CARDS[step]
    lang, number = room.lang, STEPS.index(step) + 1
    page = Drawn(room, room.store.expo(), room.store.revision())
    record = next(each for each in room.texts.steps if each.id == step)
    missing = lacks(room, page.expo, step)
    state = listed(map(escape, missing)) if missing else note(told("lacks.none", lang))
    body = page.read_only(step) if page.is_sealed and step in STEP_PARTS else draw(page)
    onward = (
        link(f"step/{STEPS[number]}", f"{told('next', lang)} {told(f'step.{STEPS[number]}', lang)} →")
        if number < len(STEPS)
        else ""
    )
    return (
        f"<h2>{number} {escape(record.title[lang])} <small>{told('minutes', lang, minutes=record.minutes)}</small></h2>"
        f"<p>{escape(record.text[lang])}</p>"
        f"<details><summary>{told('example', lang)}</summary><p>{escape(record.example[lang])}</p></details>"
        f"{body}<section><h3>{told('lacks.title', lang)}</h3>{state}</section><p>{onward}</p>"
        f"{past.anew_html(room) if step == STEPS[-1] else ''}"
    )


def _rubric(room: ExpoRoom, _: str) -> str:
    """What earns points, with an example of each."""
    lang, texts = room.lang, room.texts
    rows = []
    for row in texts.rubric:
        anchors = "".join(
            f"<tr><td>{points}</td><td>{escape(each.text[lang])}</td><td>{escape(each.example[lang])}</td></tr>"
            for points, each in enumerate(row.anchors)
        )
        must = f" <small>{told('rubric.must', lang)}</small>" if row.must else ""
        rows.append(
            f"<h3>{row.letter} {escape(row.title[lang])}{must}</h3><div class='pg'><table class='pg-table'><thead><tr>"
            f"<th scope='col'>{told('rubric.points', lang)}</th><th scope='col'>{told('rubric.anchor', lang)}</th>"
            f"<th scope='col'>{told('rubric.example', lang)}</th></tr></thead><tbody>{anchors}</tbody></table></div>"
        )
    most = 3 * len(texts.rubric)
    return f"<p>{told('rubric.how', lang, passes=texts.passes_with, most=most)}</p>{''.join(rows)}"


def _model(room: ExpoRoom, name: str) -> str:
    """A whole Expo to read, with the points that it would get."""
    lang = room.lang
    model = next((each for each in room.texts.models if each.id == name), None)
    if model is None:
        raise KeyError(name)
    page = Drawn(room, room.store.expo(), 0)
    parts = {**STEP_PARTS, "slide": ("slide",), "talk": ("talk",), "second": ("report",)}
    written = ""
    for step in STEPS:
        cards = {each.place: each.text[lang] for each in model.cards if each.place.rpartition(".")[0] in parts[step]}
        written += f"<h3>{told(f'step.{step}', lang)}</h3>{page.shown(cards)}"
    points = listed(f"{each.letter}: <strong>{each.points}</strong> {escape(each.why[lang])}" for each in model.points)
    return (
        f"<h2>{escape(model.title[lang])}</h2><p>{told(f'effect.{model.effect}', lang)}</p>"
        f"{written}<h3>{told('model.points', lang)}</h3>{points}"
    )


def _certificate(room: ExpoRoom, _: str) -> str:
    """What the certificate still lacks, or the button that makes it."""
    room = past.certified(room)
    lang, missing = room.lang, lacking(room)
    intro = f"<h2>{told('certificate.title', lang)}</h2><p>{told('certificate.how', lang)}</p>"
    if missing:
        return intro + f"<h3>{told('certificate.lacks', lang)}</h3>" + listed(map(escape, missing))
    name = text_field("name", told("certificate.name", lang), room.store.fact("name"))
    return intro + form(name, buttons(act("expo/certificate", told("certificate.make", lang), primary=True)))
