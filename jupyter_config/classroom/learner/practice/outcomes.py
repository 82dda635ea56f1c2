"""How a round, a review or the placement test ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.learner.practice.cards import lesson_way, lines_card, run_way, say, table_card, ways_card
from classroom.learner.progress.rounds import ItemResult, Round, RoundKind
from coursebook.answer_cell import drill_of
from coursebook.practice.placement import Answered, Placed, Placement, Response
from coursebook.practice.results import REST_DAYS, is_passed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from classroom.learner.state.desk import Desk
    from classroom.session.display import Display
    from coursebook import Course
    from coursebook.practice import Library

_ANSWERS = frozenset(map(ItemResult, Response))
_MARKS = {
    ItemResult.RIGHT: "✓",
    ItemResult.LATER: "✓",
    ItemResult.WRONG: "✗",
    ItemResult.UNKNOWN: "–",
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
    """Where to begin, and how sure that is; never a score."""
    lang, outcome = desk.lang, placed_from(desk.drills.library, desk.marker.course, ended)
    if outcome is None:
        return [lines_card(say("title_placement", lang), [say("no_placement", lang)])]
    lesson = desk.marker.course.lesson(outcome.start)
    name = f"{lesson.id} {lesson.record.title[lang]}"
    between = {"earliest": outcome.earliest, "latest": outcome.latest}
    lines = [say("placed_lesson", lang, lesson=name, question=lesson.record.question[lang])]
    lines.append(
        say("placed_only" if outcome.earliest == outcome.latest else f"placed_{outcome.sureness}", lang, **between)
    )
    lines += [say("placed_careful", lang, lesson=each) for each in outcome.careful]
    lines.append(say("placed_free", lang))
    ways = [lesson_way(lesson, say("placed_begin", lang, lesson=name), lang)]
    ways += [
        run_way(f"practice {each}", say("placed_drill", lang, lesson=each), fresh=True) for each in outcome.careful
    ]
    ways.append(run_way("placement new", say("placed_again", lang), fresh=True))
    return [ways_card(say("placed_title", lang), lines, ways, "pg-right")]


def placement_of(library: Library, course: Course) -> Placement | None:
    """The placement test of a course; None if it has none."""
    record = library.placement
    lesson_of = {skill.id: skill.lesson for skill in library.skills}
    return Placement(record, tuple(course.folder_of), library.templates, lesson_of) if record else None


def answers_of(asked: Round) -> tuple[Answered, ...]:
    """What was answered of a placement test."""
    return tuple(
        Answered(drill[0], Response(item.result))
        for item in asked.items
        if item.result in _ANSWERS and (drill := drill_of(item.exercise_id))
    )


def minutes_of(asked: Round, library: Library) -> float:
    """How much of its time a placement test has taken: a question costs twice its own minutes at most, so that a break costs little."""
    spent, before = 0.0, asked.at
    for item in asked.items:
        drill = drill_of(item.exercise_id)
        template = library.templates.get(drill[0]) if drill else None
        if item.result in _ANSWERS and template is not None:
            spent += min((item.at - before).total_seconds() / 60, 2 * template.minutes)
            before = item.at
    return spent


def placed_from(library: Library, course: Course, asked: Round) -> Placed | None:
    """The outcome of a placement test, as far as it is answered."""
    test = placement_of(library, course)
    return test.placed(asked.name, answers_of(asked), minutes_of(asked, library)) if test else None


def _show_reviewed(desk: Desk, ended: Round) -> Iterable[Display]:
    review = next((each for each in desk.drills.library.reviews if each.id == ended.name), None)
    passed = review is not None and is_passed(review, ended.right)
    title = say("review_passed_title" if passed else "review_failed_title", desk.lang)
    params = {"right": sum(ended.right), "count": len(ended.items), "mark": review.pass_mark if review else 0}
    lines = [
        say("review_count", desk.lang, **params),
        say("review_passed", desk.lang) if passed else say("review_failed", desk.lang, days=REST_DAYS),
    ]
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
