"""The queue of reviews: what the mentors give a learner to read, without names, and what the learner writes of it by the rubric."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from html import escape
from typing import TYPE_CHECKING

from classroom.exchange.decoding import decoded
from classroom.exchange.expo.review import FILE, REVIEW, Given, Review, as_notebook, asked, sent_reviews
from classroom.exchange.expo.words import told
from classroom.exchange.outbox import Outbox
from classroom.learner.bi.done import Done, Fields
from classroom.learner.bi.markup import act, buttons, choice, hidden, note, text_field
from classroom.learner.expo.handing import is_carried
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.exchange.records import AskedReview, Criterion
    from classroom.learner.expo.place import ExpoRoom

_log = logging.getLogger(__name__)
PLACE = "reviews"
"""The page's."""
_DRAFTS = "reviews.json"
_POINTS = "points."
_MOST_CHARACTERS = 20_000
_STEP = 0.5


def page(room: ExpoRoom) -> str:
    """What waits, each with its rubric and a place for words; what was typed is kept by itself."""
    lang, waiting = room.lang, asked(room.folder.hidden, room.member)
    sent = len(sent_reviews(room.folder.hidden, room.member)) if room.member else 0
    thanks = note(told("reviews.sent_so_far", lang, count=sent)) if sent else ""
    intro = f"<h2>{told('reviews.title', lang)}</h2><p>{told('reviews.how', lang)}</p>{thanks}"
    if not waiting:
        return intro + note(told("reviews.none", lang))
    drafts = _drafts(room)
    forms = (
        _form(each, drafts.get(each.key, Review(each.key)), number, lang)
        for number, each in enumerate(waiting, start=1)
    )
    return intro + "".join(forms)


def _form(each: AskedReview, draft: Review, number: int, lang: str) -> str:
    choices = "".join(
        choice(
            f"{_POINTS}{criterion.id}",
            told("reviews.criterion", lang, text=criterion.text, most=f"{criterion.points:g}"),
            [("", told("choose", lang)), *_steps(criterion)],
            _text(draft.points(criterion.id)),
        )
        for criterion in each.criteria
    )
    send = act("review/send", told("reviews.send", lang), primary=True, sure=told("reviews.sure", lang))
    return (
        f"<section><h3>{told('reviews.one', lang, number=number, exercise=each.exercise)}</h3>"
        f'<pre class="penguin-expo-reviewed" tabindex="0">{escape(each.answer)}</pre>'
        f'<form class="penguin-bi-form" data-bi-keeps="review/save">{hidden(key=each.key)}{choices}'
        f"{text_field('words', told('reviews.words', lang), draft.words, told('reviews.hint', lang), rows=5)}"
        f"{buttons(send, act('review/save', told('keep', lang)))}</form></section>"
    )


def _steps(criterion: Criterion) -> list[tuple[str, str]]:
    points = [number * _STEP for number in range(int(criterion.points / _STEP) + 1)]
    return [(_text(each), _text(each)) for each in points]


def _text(points: float | None) -> str:
    return "" if points is None else f"{points:g}"


def save(room: ExpoRoom, fields: Fields) -> Done:
    """Keep what was typed."""
    _keep(room, _typed(room, fields))
    return Done(PLACE, told("kept", room.lang))


def send(room: ExpoRoom, fields: Fields) -> Done:
    """Put a whole review on its way to the mentors."""
    review, member = _typed(room, fields), room.member
    _keep(room, review)
    one = next(each for each in asked(room.folder.hidden, member) if each.key == review.key)
    if member is None or not review.words or any(review.points(each.id) is None for each in one.criteria):
        return Done(PLACE, told("reviews.not_whole", room.lang))
    Outbox(room.folder.hidden, member).hand_in(REVIEW, FILE, as_notebook(review), b"", room.clock())
    return Done(PLACE, told("reviews.to_send" if is_carried(room) else "reviews.sent", room.lang))


def _typed(room: ExpoRoom, fields: Mapping[str, str]) -> Review:
    """The review in a form; raises KeyError where it is of nothing that waits."""
    one = {each.key: each for each in asked(room.folder.hidden, room.member)}[fields["key"]]
    given = []
    for each in one.criteria:
        text = fields.get(f"{_POINTS}{each.id}", "")
        if text in {value for value, _ in _steps(each)}:
            given.append(Given(each.id, float(text)))
    return Review(one.key, tuple(given), fields.get("words", "").replace("\r\n", "\n").strip()[:_MOST_CHARACTERS])


def _drafts(room: ExpoRoom) -> dict[str, Review]:
    try:
        kept = json.loads((room.folder.hidden / _DRAFTS).read_text(encoding="utf-8"))
        return {each.key: each for each in (decoded(Review, one) for one in kept)}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError):
        _log.warning("The reviews that were begun can't be read any more", exc_info=True)
        return {}


def _keep(room: ExpoRoom, review: Review) -> None:
    drafts = {**_drafts(room), review.key: review}
    text = json.dumps([asdict(each) for each in drafts.values()], ensure_ascii=False)
    write_whole(room.folder.hidden / _DRAFTS, text.encode("utf-8", "backslashreplace"))
