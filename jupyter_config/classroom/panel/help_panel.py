"""The panel under a verdict: a row of buttons, and a drawer in which what they offer is opened."""

from __future__ import annotations

import logging
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.desk.case import Case
from classroom.desk.display import Display, page, widget
from classroom.desk.keeping import keep_rung
from classroom.desk.reading import NotRun
from classroom.desk.trouble import show_trouble
from classroom.panel.notices import notice
from classroom.panel.offer import put_back, sentence
from classroom.panel.offers import offers_for
from classroom.panel.rubric_view import show_rubric
from coursebook import Judgement, Outcome
from coursebook.answer_cell import canonical_id, first_line
from coursebook.kind import AnswerForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from classroom.desk.desk import Desk
    from classroom.panel.offer import Offer
    from coursebook import LessonExercise

_log = logging.getLogger(__name__)


def show_panel(case: Case, desk: Desk) -> Iterable[Display]:
    """The panel as a widget; without widgets, the % lines that give the same; nothing if it cannot be made."""
    try:
        return [_panel(case, desk)]
    except Exception:  # noqa: BLE001  (the verdict above it stands)
        _log.exception("the panel under an answer to %s could not be made", case.exercise.id)
        return []


def _panel(case: Case, desk: Desk) -> Display:
    widgets: Any = import_module("ipywidgets")
    offers = offers_for(case)
    drawer = widgets.VBox()
    drawer.add_class("pg-drawer")
    # shared, for each would otherwise cost a model of its own in page and file
    shared = {"layout": widgets.Layout(width="auto"), "style": widgets.ButtonStyle()}
    buttons = [_button(offer, case, desk, drawer, shared) for offer in offers]
    reset = widgets.HTML(f'<div class="pg">{reset_html(case)}</div>')
    row = widgets.HBox([*buttons, reset], layout=widgets.Layout(flex_flow="row wrap", align_items="center"))
    box = widgets.VBox([row, drawer])
    box.add_class("pg-panel")
    lines = sentence("lines", case.lang, lines="  ".join(f"%{offer.name}" for offer in offers if offer.has_line))
    return widget(box.model_id, page(f'<div class="pg-caption">{escape(lines)}</div>', lines))


def show_help(desk: Desk, exercise_id: str, answer: str) -> Iterable[Display]:
    """The panel under an answer that did not run, so that help and earlier tries are at hand there too."""
    exercise = desk.marker.exercise(exercise_id)
    unjudged = Judgement(exercise.id, exercise.kind.letter, desk.lang, Outcome.INVALID, sql=answer)
    case = Case(unjudged, exercise, answer, desk.lang)
    desk.cases.pop(exercise.id, None)
    desk.cases[exercise.id] = case
    yield from show_panel(case, desk)


def reset_html(case: Case) -> str:
    """A button that the page itself answers: it puts the starter back into the cell."""
    text = f"{first_line(case.exercise.id, case.lang)}\n{case.exercise.starter}"
    return put_back(text, sentence("button.reset", case.lang), sentence("reset_note", case.lang))


def show_offer(desk: Desk, name: str, exercise_id: str) -> Display:
    """What a button shows, for the exercise that is named or was answered last; else where to begin."""
    case = desk.cases.get(canonical_id(exercise_id)) if exercise_id else next(reversed(desk.cases.values()), None)
    offer = next((each for each in offers_for(case) if each.name == name), None) if case else None
    if (case is None or offer is None) and name == "solution" and (written := _free_form(desk, exercise_id)):
        return show_rubric(written, desk.lang)
    if case is None or offer is None:
        return notice(sentence(f"button.{name}", desk.lang), sentence("answer_first", desk.lang))
    return opened(offer, case, desk)


def _free_form(desk: Desk, exercise_id: str) -> LessonExercise | None:
    """The exercise, if it is one that is answered in words and so never run."""
    from classroom.desk.marking import UnknownExercise

    try:
        exercise = desk.marker.exercise(canonical_id(exercise_id))
    except UnknownExercise:
        return None
    return exercise if exercise.kind.answer is AnswerForm.WORDS else None


def opened(offer: Offer, case: Case, desk: Desk) -> Display:
    """What an offer shows; a failure is told, never raised, and the rung is remembered."""
    if offer.rung:
        keep_rung(desk, case.exercise.id, offer.rung)

    title = sentence(f"button.{offer.name}", case.lang)
    try:
        return offer.show(case, desk)
    except NotRun as unrun:
        return show_trouble(unrun.trouble, case.lang)
    except Exception:  # noqa: BLE001  (whatever it is, the panel stays usable)
        _log.exception("%s for an answer to %s failed", offer.name, case.exercise.id)
        return notice(title, sentence("own_fault", case.lang))


def _worked(offer: Offer, case: Case, desk: Desk) -> Any:
    """What an offer gives to work with; None if there is nothing, or it cannot be made."""
    try:
        return offer.widgets(case, desk) if offer.widgets else None
    except Exception:  # noqa: BLE001  (what it shows without widgets is there instead)
        _log.exception("the widgets of %s for an answer to %s failed", offer.name, case.exercise.id)
        return None


def _button(offer: Offer, case: Case, desk: Desk, drawer: Any, shared: Mapping[str, Any]) -> Any:
    widgets: Any = import_module("ipywidgets")
    label = sentence(f"button.{offer.name}", case.lang)
    button = widgets.Button(description=label, tooltip=label, **shared)
    pressed: list[str] = []

    def press(_: Any) -> None:
        pressed.append(offer.name)
        if offer.asks_first and len(pressed) == 1:
            asked = f'<div class="pg"><p>{escape(sentence("really", case.lang))}</p></div>'
            drawer.children = (widgets.HTML(asked),)
            return
        if drawer.children and getattr(drawer, "shows", "") == offer.name:
            drawer.children, drawer.shows = (), ""
            return
        shown = opened(offer, case, desk)
        worked = _worked(offer, case, desk)
        drawer.children, drawer.shows = (worked or widgets.HTML(shown.data["text/html"]),), offer.name

    button.on_click(press)
    return button
