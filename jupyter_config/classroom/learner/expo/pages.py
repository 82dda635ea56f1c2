"""The pages of the Expo as HTML: a step each, the rubric to check oneself by, and whole Expos to read."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.exchange.expo.record import STEP_PARTS
from classroom.exchange.expo.review import asked
from classroom.exchange.expo.words import told
from classroom.learner.bi.markup import act, buttons, form, link, note, text_field
from classroom.learner.expo import cards, later_cards, past, reviewing, second_card
from classroom.learner.expo.certifying import abilities_lacking, is_teams, lacking, lacks_marks
from classroom.learner.expo.drawn import Drawn
from classroom.learner.expo.handing import team_html
from classroom.learner.expo.markup import listed, ways_to_unfinished
from classroom.learner.expo.steps import lacks
from classroom.learner.expo.story import STORY, story_html
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
SECOND = "step/second"


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
        STORY: story_html,
        "step": _step,
        "rubric": _rubric,
        "model": _model,
        "certificate": _certificate,
        "past": past.past_html,
        reviewing.PLACE: lambda *_: reviewing.page(room),
    }[name](room, rest)
    return f'{_head(room, at)}<p class="penguin-bi-said" role="status">{said}</p>{team_html(room)}{body}'


def _head(room: ExpoRoom, at: str) -> str:
    """The steps and which of them are whole, and the ways beside them."""
    lang, expo = room.lang, room.store.expo()
    steps = []
    for number, step in enumerate(STEPS, start=1):
        mark = "" if lacks(room, expo, step) else " <small>✓</small>"
        steps.append(_tab(f"step/{step}", f"{number} {told(f'step.{step}', lang)}{mark}", at))
    waiting = len(asked(room.folder.hidden, room.member))
    more = _tab(STORY, told("story.tab", lang), at)
    more += _tab(reviewing.PLACE, told("reviews.tab", lang, count=waiting), at) if waiting else ""
    for each in past.past_rooms(room):
        more += _tab(f"past/{each.past}", escape(past.name_of(each)), at)
    more += "".join(_tab(f"model/{each.id}", escape(each.title[lang]), at) for each in room.texts.models)
    more += _tab("rubric", told("head.rubric", lang), at) + _tab("certificate", told("certificate.tab", lang), at)
    return (
        f'<header class="penguin-bi-head penguin-expo-head"><h1>{told("title", lang)}</h1>'
        f'<nav class="penguin-expo-more" aria-label="{told("head.more", lang)}">{more}</nav>'
        f'<nav class="penguin-expo-steps" aria-label="{told("head.label", lang)}" data-bi-live="steps">{"".join(steps)}</nav></header>'
    )


def _tab(place: str, label: str, at: str) -> str:
    current = ' aria-current="page"' if place == at else ""
    return f'<button type="button" data-bi-go="{place}"{current}>{label}</button>'


def _step(room: ExpoRoom, step: str) -> str:
    draw = _CARDS[step]
    lang, number = room.lang, STEPS.index(step) + 1
    page = Drawn(room, room.store.expo(), room.store.revision())
    record = next(each for each in room.texts.steps if each.id == step)
    body = page.read_only(step) if page.is_sealed and step in STEP_PARTS else draw(page)
    return (
        f"<h2>{number} {escape(record.title[lang])} <small>{told('minutes', lang, minutes=record.minutes)}</small></h2>"
        f"<p>{escape(record.text[lang])}</p>"
        f"<details><summary>{told('example', lang)}</summary><p>{escape(record.example[lang])}</p></details>"
        f"{body}{_onward(lacks(room, page.expo, step), number, lang)}"
        f"{past.anew_html(room) if step == STEPS[-1] else ''}"
    )


def _onward(missing: tuple[str, ...], number: int, lang: str) -> str:
    """What is to be done next in a step, and the way to the one after it; it follows what is being written."""
    following = STEPS[number] if number < len(STEPS) else ""
    label = f"{told('next', lang)} {number + 1} {told(f'step.{following}', lang)} →" if following else ""
    way = f"<p>{link(f'step/{following}', label, primary=not missing)}</p>" if following else ""
    if not missing:
        return f'<section data-bi-live="next">{note(told("lacks.none", lang))}{way}</section>'
    more = (
        f"<details><summary>{told('lacks.more', lang, count=len(missing) - 1)}</summary>"
        f"{listed(map(escape, missing[1:]))}</details>"
    )
    return (
        f'<section data-bi-live="next"><h3>{told("lacks.title", lang)}</h3><p>{escape(missing[0])}</p>'
        f"{more if missing[1:] else ''}{way}</section>"
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
            f"<h3>{row.letter} {escape(row.title[lang])}{must}</h3><div class='pg'><div class='pg-scroll' tabindex='0'>"
            "<table class='pg-table'><thead><tr>"
            f"<th scope='col'>{told('rubric.points', lang)}</th><th scope='col'>{told('rubric.anchor', lang)}</th>"
            f"<th scope='col'>{told('rubric.example', lang)}</th></tr></thead><tbody>{anchors}</tbody></table></div></div>"
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
    rows = {row.letter: row.title[lang] for row in room.texts.rubric}
    points = listed(
        f"{each.letter} {escape(rows[each.letter])}: <strong>{told('model.of_row', lang, points=each.points)}</strong> "
        f"{escape(each.why[lang])}"
        for each in model.points
    )
    return (
        f"<h2>{escape(model.title[lang])}</h2><p>{told(f'effect.{model.effect}', lang)}</p>"
        f"{written}<h3>{told('model.points', lang)}</h3>{points}"
    )


def _certificate(room: ExpoRoom, _: str) -> str:
    """What the certificate still lacks, or the button that makes it."""
    room = past.certified(room)
    lang = room.lang
    intro = f"<h2>{told('certificate.title', lang)}</h2><p>{told('certificate.how', lang)}</p>"
    if lacking(room):
        return intro + f"<h3>{told('certificate.lacks', lang)}</h3>" + _lacking(room)
    name = text_field("name", told("certificate.name", lang), room.store.fact("name"))
    return intro + form(name, buttons(act("expo/certificate", told("certificate.make", lang), primary=True)))


def _lacking(room: ExpoRoom) -> str:
    """What the certificate lacks: how much by level, which of it where that is opened, and the ways to unfinished steps."""
    lang, levels = room.lang, ""
    for level in room.levels():
        if missing := abilities_lacking(level, lang):
            name = told("certificate.level", lang, number=level.number, name=level.name)
            left = told("head.left", lang, count=len(missing))
            levels += f"<details><summary>{name}: {left}</summary>{listed(map(escape, missing))}</details>"
    steps = "" if is_teams(room) else ways_to_unfinished(room, STEPS)
    marks = note(told("certificate.marks", lang)) if lacks_marks(room) else ""
    return levels + (f"<h3>{told('certificate.steps', lang)}</h3>{steps}" if steps else "") + marks
