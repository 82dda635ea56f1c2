"""What comes after an answer: its verdict, its place in the progress file, the next item of its round."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from classroom.learner.practice.cards import lines_card, say, unkept_card
from classroom.learner.practice.outcomes import show_end
from classroom.learner.practice.sessions import ask, ask_next
from classroom.learner.progress.opening import UNUSABLE
from classroom.learner.progress.rounds import ItemResult, Round, RoundBook, RoundKind
from classroom.learner.state.keeping import keep_failed, keep_judged, rung_of
from classroom.learner.state.marking import UnknownExercise
from coursebook import Outcome
from coursebook.answer_cell import drill_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.learner.kernel.stage import Stage
    from classroom.learner.state.desk import Desk
    from classroom.session.display import Display
    from coursebook import Judgement
    from coursebook.answer_cell import AnswerCell

_UNKEPT = frozenset({Outcome.REFUSED, Outcome.UNJUDGED})
"""Nothing was learnt of the answer that would be worth a record."""


def show_outcome(desk: Desk, judgement: Judgement, source: str, answer: str, stage: Stage) -> None:
    """The verdict on an answer to an exercise or a drill, then whatever follows from it."""
    asked = _round_of(desk, judgement.exercise_id)
    if is_in_test(desk, judgement.exercise_id):
        stage.verdict(_test_card(desk, judgement), judgement.outcome.value)
    else:
        _show_verdict(desk, judgement, source, stage)
    if answer.strip() and judgement.outcome not in _UNKEPT and not keep_judged(desk, judgement, answer):
        _show_unkept(desk, stage)
    if asked is not None:
        for display in _follow(desk, asked, judgement):
            stage.publish(display)


def _show_verdict(desk: Desk, judgement: Judgement, source: str, stage: Stage) -> None:
    from classroom.learner.panel.help_panel import show_panel
    from classroom.learner.state.cases import case_of
    from classroom.session.verdict.card import is_helped, verdict_card

    case = case_of(judgement, source, desk)
    stage.verdict(verdict_card(case), judgement.outcome.value)
    if is_helped(case):
        stage.help(show_panel(case, desk))


def is_in_test(desk: Desk, exercise_id: str) -> bool:
    """Whether an answer belongs to a review or the placement test, or would give an open review's answer away."""
    asked = _round_of(desk, exercise_id)
    if asked is not None and asked.kind.is_test:
        return True
    drill = drill_of(exercise_id)
    if drill is None or desk.progress is None:
        return False
    try:
        return drill[0] in RoundBook(desk.progress).closed_templates()
    except UNUSABLE:
        return False


def show_failed(desk: Desk, cell: AnswerCell, mistake: str, stage: Stage) -> None:
    """Keep an answer that did not run, and offer help with it where help is given."""
    if not keep_failed(desk, cell.exercise_id, cell.answer, mistake):
        _show_unkept(desk, stage)
    if not is_in_test(desk, cell.exercise_id):
        from classroom.learner.panel.help_panel import show_help

        with suppress(UnknownExercise):
            stage.help(show_help(desk, cell.exercise_id, cell.answer))


def _follow(desk: Desk, asked: Round, judgement: Judgement) -> Iterable[Display]:
    result = _result(desk, asked, judgement)
    item = next((each for each in asked.items if each.exercise_id == judgement.exercise_id), None)
    if asked.kind is RoundKind.PLACEMENT and asked.current is None:
        yield from show_end(desk, asked)  # where it led to, however often a cell of it is run
    if result is None or item is None or item.result is not ItemResult.OPEN or desk.progress is None:
        return
    book = RoundBook(desk.progress)
    asked = book.close(asked.id, item.exercise_id, result)
    if not asked.kind.is_test:
        skill = next((each for each in desk.drills.library.skills if each.id == item.skill), None)
        if skill is not None:
            yield lines_card(say("skill_was", desk.lang, name=skill.name[desk.lang]), [], "●")
    if asked.kind is RoundKind.PLACEMENT:
        yield from ask_next(desk, book, asked)
    else:
        yield from ask(desk, asked) if asked.current else show_end(desk, asked)


def _result(desk: Desk, asked: Round, judgement: Judgement) -> ItemResult | None:
    """The result that an answer gives its item; None while the item stays open."""
    if asked.kind.is_test:
        if not judgement.outcome.is_marked:
            return None
        return ItemResult.RIGHT if judgement.outcome is Outcome.ACCEPTED else ItemResult.WRONG
    if judgement.outcome is Outcome.AUTHOR_FAULT:
        return ItemResult.SKIPPED
    if judgement.outcome is not Outcome.ACCEPTED:
        return None
    tries = desk.progress.tries(judgement.exercise_id) if desk.progress else ()
    mistakes = any(each.status in ("refuted", "partly") for each in tries)
    return ItemResult.LATER if mistakes or rung_of(desk, judgement.exercise_id) else ItemResult.RIGHT


def _test_card(desk: Desk, judgement: Judgement) -> Display:
    """Right or wrong without a hint."""
    said = [message.sentence(desk.lang) for message in judgement.messages]
    if judgement.outcome is Outcome.ACCEPTED:
        return lines_card(say("test_right", desk.lang), [], "✓", "pg-right")
    if judgement.outcome.is_marked:
        return lines_card(say("test_wrong", desk.lang), [], "✗", "pg-wrong")
    if judgement.outcome is Outcome.REFUSED:
        return lines_card(say("test_unwritten", desk.lang), said, "…")
    if judgement.outcome is Outcome.UNJUDGED:
        return lines_card(say("test_invalid", desk.lang), [say("test_unjudged_note", desk.lang)], "…")
    return lines_card(say("test_invalid", desk.lang), [say("test_invalid_note", desk.lang)], "!", "pg-wrong")


def _round_of(desk: Desk, exercise_id: str) -> Round | None:
    if not drill_of(exercise_id) or desk.progress is None:
        return None
    try:
        return RoundBook(desk.progress).of_exercise(exercise_id)
    except UNUSABLE:
        return None


def _show_unkept(desk: Desk, stage: Stage) -> None:
    """Say once that nothing can be written down."""
    if not desk.told_unkept:
        desk.told_unkept = True
        stage.publish(unkept_card(desk.lang, desk.progress_path))
