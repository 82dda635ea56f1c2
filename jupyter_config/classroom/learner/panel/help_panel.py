"""The panel under a verdict: one button that climbs the hints, what else helps, and drawers in which it is opened."""

from __future__ import annotations

import logging
from dataclasses import replace
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.exchange.judge_line import NoJudge
from classroom.learner.panel.ladder import Ladder
from classroom.learner.panel.notices import no_judge_sentence, notice
from classroom.learner.panel.offer import put_back, sentence
from classroom.learner.panel.offers import find_offer, ladder_of, offers_for
from classroom.learner.panel.rubric_view import show_rubric
from classroom.learner.state.keeping import keep_rung
from classroom.learner.state.marking import HintsFirst
from classroom.learner.state.reading import NotRun
from classroom.session.case import Case
from classroom.session.display import Display, page, widget
from classroom.session.trouble import show_trouble
from classroom.session.verdict.hints import static_ladder, text_of_ladder
from coursebook import Judgement, Outcome
from coursebook.answer_cell import canonical_id, first_line
from coursebook.kind import AnswerForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from classroom.learner.panel.offer import Offer
    from classroom.learner.state.desk import Desk
    from coursebook import LessonExercise

_log = logging.getLogger(__name__)

_IN_CARD = "pg-in-card"
"""Marks what the room's card offers as well; the page takes it out of sight there."""


def show_panel(case: Case, desk: Desk) -> Iterable[Display]:
    """The panel as a widget; without widgets the hints to unfold, and the % lines that give the rest; nothing if it cannot be made."""
    try:
        return [_panel(case, desk)]
    except Exception:  # noqa: BLE001  (the verdict above it stands)
        _log.exception("the panel under an answer to %s could not be made", case.exercise.id)
        return []


def _panel(case: Case, desk: Desk) -> Display:
    widgets: Any = import_module("ipywidgets")
    # shared, for each button would otherwise cost a model of its own in page and file
    shared = {"layout": widgets.Layout(width="auto"), "style": widgets.ButtonStyle()}
    ladder = Ladder(ladder_of(case), lambda rung: _worked(rung, case, desk), case.lang, shared)
    drawer = widgets.VBox()
    drawer.add_class("pg-drawer")
    offers = offers_for(case)
    first = [_button(offer, case, desk, drawer, shared) for offer in offers if not offer.aside]
    aside = [_button(offer, case, desk, drawer, shared) for offer in offers if offer.aside]
    aside.append(widgets.HTML(f'<div class="pg">{reset_html(case)}</div>').add_class(_IN_CARD))
    only_in_card = all(offer.in_card for offer in offers if offer.aside)
    row = [*ladder.buttons, *first, *_behind_one(aside, case.lang, shared, only_in_card=only_in_card)]
    box = widgets.VBox([_row(row), ladder.drawer, drawer])
    box.add_class("pg-panel")
    return widget(box.model_id, _without_widgets(case, offers))


def show_help(desk: Desk, exercise_id: str, answer: str) -> Iterable[Display]:
    """The panel under an answer that did not run, so that help and earlier tries are at hand there too."""
    exercise = desk.marker.exercise(exercise_id)
    unjudged = Judgement(exercise.id, exercise.kind.letter, desk.lang, Outcome.INVALID, sql=answer)
    return show_panel(desk.open_case(Case(unjudged, exercise, answer, desk.lang, wishes=desk.wishes)), desk)


def reset_html(case: Case) -> str:
    """A button that the page itself answers: it puts the starter back into the cell."""
    text = f"{first_line(case.exercise.id, case.lang)}\n{case.exercise.starter}"
    return put_back(text, sentence("button.reset", case.lang), sentence("reset_note", case.lang))


def show_offer(desk: Desk, name: str, exercise_id: str) -> Display:
    """What a button shows, for the exercise that is named or was answered last; else where to begin."""
    case = _case_of(desk, exercise_id)
    if case is None and exercise_id and name == "tries":  # they are kept; this kernel need not have seen one
        case = _unanswered(desk, exercise_id)
    offer = find_offer(name, case) if case else None
    if (case is None or offer is None) and name == "solution" and (written := _free_form(desk, exercise_id)):
        return _shown_rubric(written, desk)
    if case is None or offer is None:
        return notice(sentence(f"button.{name}", desk.lang), sentence("answer_first", desk.lang))
    return opened(offer, case, desk)


def _shown_rubric(written: LessonExercise, desk: Desk) -> Display:
    try:
        return show_rubric(desk.marker.revealed(written), desk.lang)
    except NoJudge as none:
        return notice(sentence("button.solution", desk.lang), no_judge_sentence(none, desk.lang))


def show_next_hint(desk: Desk, exercise_id: str) -> Display:
    """The next hint for the last answer: each line `%hint` climbs by one."""
    case = _case_of(desk, exercise_id)
    rungs = ladder_of(case) if case else []
    if case is None or not rungs:
        return notice(sentence("hint.title", desk.lang), sentence("answer_first", desk.lang))
    at = min(desk.climbed.get(case.exercise.id, 0), len(rungs) - 1)
    desk.climbed[case.exercise.id] = at + 1
    head = sentence("hint.head", desk.lang, number=at + 1, count=len(rungs), name=_name(rungs[at], desk.lang))
    shown = opened(rungs[at], case, desk)
    html, plain = str(shown.data["text/html"]), str(shown.data["text/plain"])
    return page(f'<div class="pg-card pg-quiet"><h5>{escape(head)}</h5>{html}</div>', f"{head}\n{plain}")


def opened(offer: Offer, case: Case, desk: Desk) -> Display:
    """What an offer shows; a failure is told, never raised, and the rung is remembered."""
    if offer.in_room:
        desk.marker.climb(case.exercise, offer.name)
    try:
        shown = offer.show(_with_solution(offer, case, desk), desk)
    except HintsFirst as not_yet:
        return notice(_name(offer, case.lang), _what_first(not_yet, offer, case.lang))
    except NotRun as unrun:
        return show_trouble(unrun.trouble, case.lang)
    except NoJudge as none:
        return notice(_name(offer, case.lang), no_judge_sentence(none, case.lang))
    except Exception:  # noqa: BLE001  (whatever it is, the panel stays usable)
        _log.exception("%s for an answer to %s failed", offer.name, case.exercise.id)
        return notice(_name(offer, case.lang), sentence("own_fault", case.lang))
    if offer.rung:
        keep_rung(desk, case.exercise.id, offer.rung)
    return shown


def _what_first(not_yet: HintsFirst, offer: Offer, lang: str) -> str:
    """What is to be done before this can be opened."""
    hints = [sentence(f"button.{each}", lang) for each in not_yet.lacks if each != "answer"]
    name = _name(offer, lang)
    said = [sentence("not_yet.answer", lang, name=name)] if len(hints) < len(not_yet.lacks) else []
    if hints:
        said.append(sentence("not_yet.hints", lang, name=name, hints=sentence("not_yet.between", lang).join(hints)))
    return " ".join(said)


def _with_solution(offer: Offer, case: Case, desk: Desk) -> Case:
    return replace(case, exercise=desk.marker.revealed(case.exercise)) if offer.needs_solution else case


def _name(offer: Offer, lang: str) -> str:
    return sentence(f"button.{offer.name}", lang)


def _case_of(desk: Desk, exercise_id: str) -> Case | None:
    return desk.cases.get(canonical_id(exercise_id)) if exercise_id else next(reversed(desk.cases.values()), None)


def _unanswered(desk: Desk, exercise_id: str) -> Case | None:
    """An exercise as it is before its first answer; None if there is none of that id."""
    from classroom.learner.state.marking import UnknownExercise

    try:
        exercise = desk.marker.exercise(canonical_id(exercise_id))
    except UnknownExercise:
        return None
    nothing = Judgement(exercise.id, exercise.kind.letter, desk.lang, Outcome.INVALID)
    return Case(nothing, exercise, "", desk.lang, wishes=desk.wishes)


def _free_form(desk: Desk, exercise_id: str) -> LessonExercise | None:
    """The exercise, if it is one that is answered in words and so never run."""
    from classroom.learner.state.marking import UnknownExercise

    try:
        exercise = desk.marker.exercise(canonical_id(exercise_id))
    except UnknownExercise:
        return None
    return exercise if exercise.kind.answer is AnswerForm.WORDS else None


def _without_widgets(case: Case, offers: list[Offer]) -> Display:
    rungs = ladder_of(case)
    names = ["hint"] if rungs else []
    names += [offer.name for offer in offers if offer.has_line]
    lines = sentence("lines", case.lang, lines="  ".join(f"%{name}" for name in names))
    again = sentence("rerun", case.lang)
    html = (
        f'{static_ladder(case, len(rungs))}<div class="pg-caption pg-live">{escape(again)}</div>'
        f'<div class="pg-caption pg-dead">{escape(lines)}</div>'
    )
    return page(html, "\n".join(filter(None, [text_of_ladder(case, len(rungs)), lines])))


def _worked(offer: Offer, case: Case, desk: Desk) -> Any:
    """What an offer opens, to be worked on where there is something to work on, and it can be made."""
    widgets: Any = import_module("ipywidgets")
    shown = opened(offer, case, desk)
    try:
        worked = offer.widgets(_with_solution(offer, case, desk), desk) if offer.widgets else None
    except (NoJudge, HintsFirst):  # that is what is shown
        worked = None
    except Exception:  # noqa: BLE001  (what it shows without widgets is there instead)
        _log.exception("the widgets of %s for an answer to %s failed", offer.name, case.exercise.id)
        worked = None
    return worked or widgets.HTML(shown.data["text/html"])


def _button(offer: Offer, case: Case, desk: Desk, drawer: Any, shared: Mapping[str, Any]) -> Any:
    """A button that opens and shuts its offer in the drawer."""
    widgets: Any = import_module("ipywidgets")
    label = _name(offer, case.lang)
    button = widgets.Button(description=label, tooltip=label, **shared)
    if offer.in_card:
        button.add_class(_IN_CARD)

    def press(_: Any) -> None:
        if drawer.children and getattr(drawer, "shows", "") == offer.name:
            drawer.children, drawer.shows = (), ""
            return
        button.disabled = True
        try:
            drawer.children, drawer.shows = (_worked(offer, case, desk),), offer.name
        finally:
            button.disabled = False

    button.on_click(press)
    return button


def _behind_one(buttons: list[Any], lang: str, shared: Mapping[str, Any], *, only_in_card: bool) -> list[Any]:
    """A button that brings out the others, which are not there until it is pressed."""
    widgets: Any = import_module("ipywidgets")
    label = sentence("button.aside", lang)
    more, behind = widgets.Button(description=label, tooltip=label, **shared), _row([])
    behind.add_class("pg-aside")
    if only_in_card:
        more.add_class(_IN_CARD)

    def press(_: Any) -> None:
        behind.children = () if behind.children else tuple(buttons)

    more.on_click(press)
    return [more, behind]


def _row(children: list[Any]) -> Any:
    widgets: Any = import_module("ipywidgets")
    return widgets.HBox(children, layout=widgets.Layout(flex_flow="row wrap", align_items="center"))
