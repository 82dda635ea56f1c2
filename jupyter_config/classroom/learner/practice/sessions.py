"""Starts rounds and goes on with them: %practice, %review, %placement."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from classroom.learner.practice.cards import lesson_way, lines_card, run_way, say, task_card, ways_card
from classroom.learner.practice.history import History, skill_states
from classroom.learner.practice.menu import show_menu
from classroom.learner.practice.today import show_today
from classroom.learner.progress.opening import UNUSABLE
from classroom.learner.progress.rounds import ItemResult, Round, RoundBook, RoundKind
from coursebook.answer_cell import drill_of, first_line
from coursebook.practice.spacing import ROUND, business_day, compose_round

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from classroom.learner.state.desk import Desk
    from classroom.session.display import Display
    from coursebook.practice import ItemRecord

_BEGUN = ("start", "new")
_NOT_KNOWN = ("unknown", "わからない")
_LESSON = re.compile(r"L\d+$", re.IGNORECASE)
DRILLING = (RoundKind.PRACTICE, RoundKind.PAST)


def show_practice(desk: Desk, argument: str) -> Iterable[Display]:
    """Go on with the open round or do what the argument says: menu, next, new, past, today, or a lesson such as L5."""
    asked = argument.strip().lower()
    if asked in ("today", "今日"):
        return show_today(desk)
    if asked == "menu":
        return [show_menu(desk)]
    return _guarded(desk, lambda book: _practice(desk, book, asked))


def show_review(desk: Desk, argument: str) -> Iterable[Display]:
    """Start a review, or go on with it."""
    return _guarded(desk, lambda book: _review(desk, book, argument.strip().upper()))


def show_placement(desk: Desk, argument: str) -> Iterable[Display]:
    """Start the placement test, or go on with it."""
    return _guarded(desk, lambda book: _placement(desk, book, argument.strip().lower()))


def ask(desk: Desk, asked: Round) -> Iterable[Display]:
    """The open item of a round, with a cell for its answer; the pack of the item after it is made meanwhile."""
    item = asked.current
    if item is None:
        return []
    exercise = desk.drills.exercise(item.exercise_id)
    desk.next_input = f"{first_line(exercise.id, desk.lang)}\n{exercise.starter}"
    place = asked.position(item.exercise_id)
    desk.marker.prepare_exercises(each.exercise_id for each in asked.items[place - 1 : place + 1])
    return [task_card(exercise, asked, round_title(desk, asked), desk.lang)]


def round_title(desk: Desk, asked: Round) -> str:
    """What a round is called."""
    if asked.kind is RoundKind.REVIEW:
        found = next((each for each in desk.drills.library.reviews if each.id == asked.name), None)
        return found.title[desk.lang] if found else asked.name
    return say(f"title_{asked.kind.value}", desk.lang)


def history_of(desk: Desk) -> History:
    """The learner's tries and rounds; nothing if there is no progress file."""
    store = desk.progress
    return History(store.tries(), RoundBook(store).rounds()) if store else History((), ())


def skills_of(desk: Desk) -> Callable[[str], Sequence[str]]:
    """The skills that an exercise or drill trains."""

    def find(exercise_id: str) -> Sequence[str]:
        if drill_of(exercise_id):
            skill = desk.drills.skill(exercise_id)
            return (skill,) if skill else ()
        try:
            return desk.marker.course.exercise(exercise_id).record.skills
        except KeyError:
            return ()

    return find


def _guarded(desk: Desk, work: Callable[[RoundBook], Iterable[Display]]) -> Iterable[Display]:
    try:
        store = desk.progress
        if store is None or desk.practice is None:
            return [lines_card(say("no_folder_title", desk.lang), [say("no_folder", desk.lang)])]
        return list(work(RoundBook(store)))
    except UNUSABLE:
        return [lines_card(say("unkept_title", desk.lang), [say("unkept", desk.lang)])]


def _practice(desk: Desk, book: RoundBook, asked: str) -> Iterable[Display]:
    latest = book.latest(*DRILLING)
    current = latest.current if latest else None
    if latest and current and asked in ("", "next", "skip", "次"):
        if asked:
            latest = book.close(latest.id, current.exercise_id, ItemResult.SKIPPED)
        if latest.current:
            return ask(desk, latest)
    if latest and latest.current and asked:
        book.finish(latest)
    past = asked in ("past", "review", "復習")
    if past:
        drills = _past_drills(desk, book)
    elif _LESSON.match(asked):
        drills = _lesson_drills(desk, book, asked.upper())
    else:
        drills = _fresh_drills(desk, book)
    if not drills:
        ways = [run_way("practice", say("menu_practice", desk.lang), fresh=True)] if past else []
        said = say("no_past" if past else "no_templates", desk.lang)
        return [ways_card(say("title_practice", desk.lang), [said], ways)]
    return ask(desk, book.begin(RoundKind.PAST if past else RoundKind.PRACTICE, "", drills))


def _fresh_drills(desk: Desk, book: RoundBook) -> list[tuple[str, str]]:
    history, today = history_of(desk), business_day(datetime.now(UTC))
    library = desk.drills.library
    begun = {each.exercise_id.split("-")[0] for each in history.tries}
    opened = {skill.id for skill in library.skills if skill.lesson in begun}
    states = skill_states(list(library.by_skill), history, skills_of(desk), today)
    chosen = compose_round(states, today, len(history.rounds), opened)
    return _drawn(desk, book, [[each.id for each in library.by_skill[skill]] for skill in chosen])


def _lesson_drills(desk: Desk, book: RoundBook, lesson: str) -> list[tuple[str, str]]:
    """Drills of one lesson's skills in turn; those that the placement test asks for come first."""
    library = desk.drills.library
    guards = library.placement.guards if library.placement else ()
    asked = [(template,) for guard in guards if guard.lesson == lesson for template in guard.templates]
    skills = [skill.id for skill in library.skills if skill.lesson == lesson and skill.id in library.by_skill]
    rest = [tuple(each.id for each in library.by_skill[skill]) for skill in skills] * ROUND
    return _drawn(desk, book, [*asked, *rest][:ROUND])


def _past_drills(desk: Desk, book: RoundBook) -> list[tuple[str, str]]:
    """New data for what went wrong: the same template for a drill, the same skill for an exercise."""
    templates: list[list[str]] = []
    by_skill = desk.drills.library.by_skill
    for exercise_id in history_of(desk).mistakes():
        if drill := drill_of(exercise_id):
            templates.append([drill[0]])
        else:
            templates += [[each.id for each in by_skill.get(skill, ())] for skill in skills_of(desk)(exercise_id)]
    different = [list(each) for each in dict.fromkeys(tuple(each) for each in templates if each)]
    return _drawn(desk, book, different[:ROUND])


def _drawn(desk: Desk, book: RoundBook, choices: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """One drill for each choice of templates, the least used template first; never the same drill twice."""
    drawn: list[tuple[str, str]] = []
    for templates in choices:
        ahead = {each: sum(drill_of(known)[0] == each for known, _ in drawn if drill_of(known)) for each in templates}  # type: ignore[index]
        for template in sorted(templates, key=lambda each: (book.next_seed(each) + ahead[each], each)):
            drill = desk.drills.draw(template, book.next_seed(template) + ahead[template])
            if drill is not None and drill.id not in {known for known, _ in drawn}:
                drawn.append((drill.id, drill.template.skill))
                break
    return drawn


def _review(desk: Desk, book: RoundBook, name: str) -> Iterable[Display]:
    reviews = desk.drills.library.reviews
    review = next((each for each in reviews if each.id == name), None)
    if review is None:
        names = ", ".join(f"%review {each.id}" for each in reviews)
        return [lines_card(say("which_review", desk.lang), [names or say("no_reviews", desk.lang)])]
    latest = book.latest(RoundKind.REVIEW, name=name)
    if latest and latest.current:
        return ask(desk, latest)
    if latest and business_day(latest.items[-1].at) == business_day(datetime.now(UTC)):
        return [lines_card(review.title[desk.lang], [say("review_tomorrow", desk.lang)])]
    drills = _shuffled(_drawn(desk, book, _choices(review.items)), len(book.rounds()))
    return ask(desk, book.begin(RoundKind.REVIEW, name, drills))


def _placement(desk: Desk, book: RoundBook, asked: str) -> Iterable[Display]:
    from classroom.learner.practice.outcomes import show_placed

    placement = desk.drills.library.placement
    if placement is None:
        return [lines_card(say("title_placement", desk.lang), [say("no_placement", desk.lang)])]
    latest = book.latest(RoundKind.PLACEMENT)
    if latest and latest.current:
        return _unknown(desk, book, latest) if asked in _NOT_KNOWN else ask(desk, latest)
    if latest and asked != "new":
        return show_placed(desk, latest)
    if asked not in _BEGUN:
        return [_asked_first(desk)]
    items = [item for gate in placement.gates for item in gate.items]
    drills = _drawn(desk, book, _choices(items))
    if len(drills) < len(items):
        return [lines_card(say("title_placement", desk.lang), [say("no_placement", desk.lang)])]
    return ask(desk, book.begin(RoundKind.PLACEMENT, "", drills))


def _asked_first(desk: Desk) -> Display:
    """Whether one has written SQL before: who has not begins with the first lesson, and no test."""
    lesson, lang = desk.marker.course.lessons[0], desk.lang
    first = say("placement_no", lang, lesson=f"{lesson.id} {lesson.record.title[lang]}")
    ways = [lesson_way(lesson, first, lang), run_way("placement start", say("placement_yes", lang), fresh=True)]
    return ways_card(say("placement_ask", lang), [say("placement_intro", lang)], ways)


def _unknown(desk: Desk, book: RoundBook, asked: Round) -> Iterable[Display]:
    """Leave the item as one that is not known yet, and go on or stop."""
    from classroom.learner.practice.outcomes import ended_early, show_end

    item = asked.current
    if item is not None:
        asked = book.close(asked.id, item.exercise_id, ItemResult.WRONG)
    if ended_early(desk, asked):
        asked = book.finish(asked)
    return ask(desk, asked) if asked.current else show_end(desk, asked)


def _choices(items: Sequence[ItemRecord]) -> list[tuple[str, ...]]:
    return [item.templates for item in items]


def _shuffled(drills: list[tuple[str, str]], seed: int) -> list[tuple[str, str]]:
    """The same drills in an order that does not show which lesson they are from."""
    import random

    order = list(drills)
    random.Random(seed).shuffle(order)  # noqa: S311  (an order, not a secret)
    return order
