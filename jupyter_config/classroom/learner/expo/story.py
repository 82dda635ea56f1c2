"""What stands before the steps: what four evenings can do, told by an Expo that is finished; and where one goes on."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.exchange.expo.record import texts_of
from classroom.exchange.expo.words import told
from classroom.learner.bi.markup import buttons, link, note
from classroom.learner.expo.drawn import Drawn
from classroom.learner.expo.past import past_rooms
from classroom.learner.expo.steps import lacks
from coursebook.expo import STEPS

if TYPE_CHECKING:
    from classroom.learner.expo.place import ExpoRoom
    from coursebook.expo import EveningRecord, ModelRecord

STORY = "story"


def first(room: ExpoRoom) -> str:
    """The page that the Expo opens with: the story before anything is written, the step to go on with since."""
    return f"step/{present_step(room)}" if past_rooms(room) or has_begun(room) else STORY


def has_begun(room: ExpoRoom) -> bool:
    """Whether anything is written."""
    return any(text.strip() for text in texts_of(room.store.expo()).values())


def present_step(room: ExpoRoom) -> str:
    """The first step that is not whole; the last one if all are."""
    expo = room.store.expo()
    return next((step for step in STEPS if lacks(room, expo, step)), STEPS[-1])


def story_html(room: ExpoRoom, _: str) -> str:
    """What each evening ends with; raises KeyError where the course tells no story."""
    lang, story = room.lang, room.texts.story
    model = next((each for each in room.texts.models if story and each.id == story.model), None)
    if story is None or model is None:
        raise KeyError(STORY)
    evenings = (_evening(room, number, each, model) for number, each in enumerate(story.evenings, start=1))
    step = present_step(room)
    title = next(each.title[lang] for each in room.texts.steps if each.id == step)
    code = "story.go_on" if has_begun(room) else "story.begin"
    go = told(code, lang, number=STEPS.index(step) + 1, step=title)
    return (
        f"<h2>{escape(story.title[lang])}</h2><p>{escape(story.text[lang])}</p>"
        f'<ol class="penguin-expo-evenings">{"".join(evenings)}</ol><p>{escape(story.ending[lang])}</p>'
        + buttons(link(f"step/{step}", f"{go} →", primary=True), link(f"model/{model.id}", told("story.read", lang)))
        + note(escape(story.needs[lang]))
    )


def _evening(room: ExpoRoom, number: int, evening: EveningRecord, model: ModelRecord) -> str:
    lang = room.lang
    minutes = sum(each.minutes for each in room.texts.steps if each.id in evening.steps)
    steps = " · ".join(f"{STEPS.index(step) + 1} {told(f'step.{step}', lang)}" for step in evening.steps)
    cards = {each.place: each.text[lang] for each in model.cards}
    shown = Drawn(room, room.store.expo(), 0).shown({place: cards[place] for place in evening.places})
    label = told("story.evening", lang, number=number, minutes=minutes)
    return f"<li><small>{label}</small><h3>{escape(evening.title[lang])}</h3><small>{steps}</small>{shown}</li>"
