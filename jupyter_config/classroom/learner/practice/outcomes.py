"""How a round, a review or the placement test ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.learner.practice.cards import lesson_way, run_way, say, table_card, ways_card
from classroom.learner.progress.rounds import ItemResult, Round, RoundBook, RoundKind
from coursebook.practice.results import Placed, is_passed, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from classroom.learner.state.desk import Desk
    from classroom.session.display import Display
    from coursebook.practice import PlacementRecord

_MARKS = {
    ItemResult.RIGHT: "✓",
    ItemResult.LATER: "✓",
    ItemResult.WRONG: "✗",
    ItemResult.SKIPPED: "–",
    ItemResult.OPEN: "…",
}


def show_end(desk: Desk, ended: Round) -> Iterable[Display]:
    """The card after the last item."""
    if ended.kind is RoundKind.PLACEMENT:
        return show_placed(desk, ended)
    if ended.kind is RoundKind.REVIEW:
        return _show_reviewed(desk, ended)
    lines = [say("round_done", desk.lang, right=sum(ended.right), count=len(ended.items))]
    lines.append(say("round_more", desk.lang))
    return [_item_table(desk, ended, say("round_done_title", desk.lang), lines, [("practice", say("more", desk.lang))])]


def show_placed(desk: Desk, ended: Round) -> Iterable[Display]:
    """Where to begin; never a score."""
    lang, placement = desk.lang, desk.drills.library.placement
    outcome = placed(desk, ended, placement) if placement else None
    if outcome is None or outcome.start is None:
        more = run_way("practice", say("menu_practice", lang), fresh=True)
        return [ways_card(say("placed_all_title", lang), [say("placed_all", lang)], [more])]
    lesson = desk.marker.course.lesson(outcome.start)
    name = f"{lesson.id} {lesson.record.title[lang]}"
    lines = [say("placed_lesson", lang, lesson=name, question=lesson.record.question[lang])]
    lines += [say("placed_drills", lang, lesson=each) for each in outcome.drilled]
    lines.append(say("placed_free", lang))
    ways = [lesson_way(lesson, say("placed_begin", lang, lesson=name), lang)]
    ways += [
        run_way(f"practice {each}", say("placed_drill", lang, lesson=each), fresh=True) for each in outcome.drilled
    ]
    return [ways_card(say("placed_title", lang), lines, ways, "pg-right")]


def ended_early(desk: Desk, asked: Round) -> bool:
    """Whether the placement test asks no more after the answers so far."""
    placement = desk.drills.library.placement
    return placement is not None and placed(desk, asked, placement).finished


def placed(desk: Desk, ended: Round, placement: PlacementRecord) -> Placed:
    """The outcome of a placement test in this course."""
    book = RoundBook(desk.progress) if desk.progress else None
    rounds = book.rounds() if book else ()
    return placed_from(placement, ended, rounds, list(desk.marker.course.folder_of))


def placed_from(placement: PlacementRecord, ended: Round, rounds: Sequence[Round], lessons: Sequence[str]) -> Placed:
    """The outcome of a placement test, with the drills that were passed after it."""
    later = [item for each in rounds if not each.kind.is_test for item in each.items if item.at > ended.at]
    passed = {
        guard.lesson
        for guard in placement.guards
        if sum(item.result is ItemResult.RIGHT and item.exercise_id[1:4] in guard.templates for item in later)
        >= guard.drills
    }
    return place(placement, ended.right, lessons, passed)


def _show_reviewed(desk: Desk, ended: Round) -> Iterable[Display]:
    review = next((each for each in desk.drills.library.reviews if each.id == ended.name), None)
    passed = review is not None and is_passed(review, ended.right)
    title = say("review_passed_title" if passed else "review_failed_title", desk.lang)
    params = {"right": sum(ended.right), "count": len(ended.items), "mark": review.pass_mark if review else 0}
    lines = [say("review_count", desk.lang, **params), say("review_passed" if passed else "review_failed", desk.lang)]
    runs = [] if passed else [("practice past", say("retake", desk.lang))]
    return [_item_table(desk, ended, title, lines, runs)]


def _item_table(desk: Desk, ended: Round, title: str, lines: Sequence[str], runs: Sequence[tuple[str, str]]) -> Display:
    """Each item with the skill that was trained, which is no secret any more."""
    lang, names = desk.lang, {each.id: each.name[desk.lang] for each in desk.drills.library.skills}
    rows = [
        (
            str(number),
            desk.drills.exercise(item.exercise_id).text[lang].title,
            names.get(item.skill, item.skill),
            f"{_MARKS[item.result]} {say(f'result_{item.result.value}', lang)}",
        )
        for number, item in enumerate(ended.items, 1)
    ]
    return table_card(
        title, [say(f"head_{each}", lang) for each in ("number", "task", "skill", "result")], rows, lines, runs
    )
