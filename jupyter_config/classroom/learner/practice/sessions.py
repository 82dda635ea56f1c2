"""Starts rounds and goes on with them: %practice, %review, %placement."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from classroom.learner.practice.break_it import class_said, record_said
from classroom.learner.practice.cards import lesson_way, lines_card, run_way, say, task_card, unkept_card, ways_card
from classroom.learner.practice.history import history_of, skill_states
from classroom.learner.practice.menu import show_menu
from classroom.learner.practice.today import show_today
from classroom.learner.progress.opening import UNUSABLE
from classroom.learner.progress.rounds import ItemResult, Round, RoundBook, RoundKind
from coursebook.answer_cell import drill_of, first_line
from coursebook.practice.day_draft import broken_in, seed_of_day, template_of_day
from coursebook.practice.evidence import Trained, what_trains
from coursebook.practice.results import REST_DAYS
from coursebook.practice.spacing import ahead_of_time, business_day, in_order, next_due

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from classroom.learner.state.desk import Desk
    from classroom.session.display import Display
    from coursebook.practice import ItemRecord, PlacementRecord, TemplateRecord
    from coursebook.practice.draw import Drill
    from coursebook.practice.spacing import SkillState

_BEGUN, _ANEW = ("start", "new"), ("new",)
_NOT_KNOWN = ("unknown", "わからない")
_LESSON = re.compile(r"L\d+$", re.IGNORECASE)
_MINUTES = re.compile(r"\d{1,2}$")
MINUTES = 10
"""How long a round is that nobody gave a length."""
MOST_PAST = 6
"""Drills of a lesson or of past mistakes in one go."""
_FURTHER = 30
"""So many seeds are drawn to find a drill that was not asked yet."""
_LATEST = 30
"""So many drills of a template, the latest, are looked back at: each that is not at hand is drawn anew."""
DRILLING = (RoundKind.PRACTICE, RoundKind.PAST)


def show_practice(desk: Desk, argument: str) -> Iterable[Display]:
    """Go on with the open round or do what the argument says: menu, next, new, past, today, break, or a lesson such as L5."""
    asked = argument.strip().lower()
    if asked in ("today", "今日"):
        return show_today(desk)
    if asked == "menu":
        return [show_menu(desk)]
    if asked in ("break", "壊す"):
        return _guarded(desk, lambda book: _break_it(desk, book))
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
    return [task_card(exercise, asked.kind, _position(desk, asked, place), desk.lang)]


def _position(desk: Desk, asked: Round, number: int) -> str:
    """Which drill of a round it is; of the placement test also what is left of its time."""
    from classroom.learner.practice.outcomes import minutes_of

    title, placement = round_title(desk, asked), desk.drills.library.placement
    if asked.kind is not RoundKind.PLACEMENT or placement is None:
        return say("position", desk.lang, title=title, number=number, count=len(asked.items))
    left = max(1, math.ceil(placement.minutes - minutes_of(asked, desk.drills.library)))
    return say("placement_position", desk.lang, title=title, number=number, most=placement.questions, minutes=left)


def round_title(desk: Desk, asked: Round) -> str:
    """What a round is called."""
    if asked.kind is RoundKind.REVIEW:
        found = next((each for each in desk.drills.library.reviews if each.id == asked.name), None)
        return found.title[desk.lang] if found else asked.name
    return say(f"title_{asked.kind.value}", desk.lang)


def trained_by(desk: Desk) -> Callable[[str], Trained]:
    """What an exercise or drill trains."""
    return what_trains(desk.drills.library, desk.marker.course)


def _guarded(desk: Desk, work: Callable[[RoundBook], Iterable[Display]]) -> Iterable[Display]:
    try:
        store = desk.progress
        if store is None and desk.progress_path is not None:
            return [unkept_card(desk.lang, desk.progress_path)]
        if store is None or desk.practice is None:
            return [lines_card(say("no_folder_title", desk.lang), [say("no_folder", desk.lang)])]
        return list(work(RoundBook(store)))
    except UNUSABLE as fault:
        return [unkept_card(desk.lang, desk.progress_path, fault)]


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
        minutes = int(asked) if _MINUTES.match(asked) else MINUTES
        drills = _fresh_drills(desk, book, minutes, ahead=asked in ("more", "もっと"))
    if not drills:
        return [_nothing_to_ask(desk, past=past)]
    return ask(desk, book.begin(RoundKind.PAST if past else RoundKind.PRACTICE, "", drills))


def _break_it(desk: Desk, book: RoundBook) -> Iterable[Display]:
    """The draft of the day, with the learner's own record and the class's best; it may be broken again with fewer rows."""
    lang, today = desk.lang, business_day(datetime.now(UTC))
    begun = history_of(desk).begun
    template = template_of_day(desk.drills.library, begun, book.closed_templates(), today)
    drill = desk.drills.draw(template.id, seed_of_day(today)) if template is not None else None
    if drill is None or desk.progress is None:
        return [lines_card(say("title_break", lang), [say("break_early", lang)])]
    if (latest := book.latest(*DRILLING)) and latest.current:
        book.finish(latest)
    of_class = broken_in(desk.class_state.broken if desk.class_state else (), drill.id)
    own = record_said(desk.progress.tries(drill.id), lang)
    told = [each for each in (say("break_rule", lang), own, class_said(of_class, lang)) if each]
    asked = book.begin(RoundKind.PRACTICE, "", [(drill.id, drill.template.skill)])
    return [lines_card(say("title_break", lang), told, "★"), *ask(desk, asked)]


def _nothing_to_ask(desk: Desk, *, past: bool) -> Display:
    """Why there is no round now, and what there is instead."""
    lang, day = desk.lang, next_due(_states(desk))
    more = [run_way("practice", say("menu_practice", lang), fresh=True)] if past else []
    if past:
        said = say("no_past", lang)
    elif day is None:
        said = say("nothing_begun", lang)
    else:
        said = say("nothing_due", lang, day=day.isoformat())
        more = [run_way("practice more", say("practice_ahead", lang), fresh=True)]
    return ways_card(say("title_practice", lang), [said], more)


def _states(desk: Desk) -> list[SkillState]:
    """The state of each skill that has drills."""
    today = business_day(datetime.now(UTC))
    return skill_states(list(desk.drills.library.by_skill), history_of(desk), trained_by(desk), today)


def _fresh_drills(desk: Desk, book: RoundBook, minutes: int, *, ahead: bool) -> list[tuple[str, str]]:
    """What is worth practising now, as much of it as fits the minutes; the shortest drill of the first skill where nothing fits."""
    history, library = history_of(desk), desk.drills.library
    begun = history.begun
    taught = desk.marker.course.folder_of
    opened = {skill.id for skill in library.skills if skill.lesson in begun or skill.lesson not in taught}
    states, seed = _states(desk), len(history.rounds)
    skills = ahead_of_time(states, seed) if ahead else in_order(states, seed, opened)
    drawn: list[tuple[str, str]] = []
    left, closed = float(minutes), book.closed_templates()
    open_of = {skill: [each for each in library.open_of(skill, begun) if each.id not in closed] for skill in skills}
    for skill in skills:
        for drill in _drawn(desk, book, [[each.id for each in open_of[skill] if each.minutes <= left]]):
            drawn.append(drill)
            left -= library.templates[_template(drill[0])].minutes
        if left <= 0:
            break
    return drawn or _shortest(desk, book, open_of.values())


def _shortest(desk: Desk, book: RoundBook, choices: Iterable[Sequence[TemplateRecord]]) -> list[tuple[str, str]]:
    """The shortest drill of the first choice that has any."""
    shortest = [min(each, key=lambda template: template.minutes).id for each in choices if each]
    return _drawn(desk, book, [[each] for each in shortest])[:1]


def _template(drill: str) -> str:
    found = drill_of(drill)
    return found[0] if found else ""


def _lesson_drills(desk: Desk, book: RoundBook, lesson: str) -> list[tuple[str, str]]:
    """Drills of one lesson's skills in turn, or those that come after it."""
    library = desk.drills.library
    skills = [skill.id for skill in library.skills if skill.lesson == lesson and skill.id in library.by_skill]
    own = [[each.id for each in library.open_of(skill, {lesson})] for skill in skills]
    after = [each.id for each in library.templates.values() if each.after == lesson]
    choices = ([each for each in own if each] or ([after] if after else [])) * MOST_PAST
    return _drawn(desk, book, choices[:MOST_PAST], book.closed_templates())


def _past_drills(desk: Desk, book: RoundBook) -> list[tuple[str, str]]:
    """New data for what went wrong: the same template for a drill; for an exercise the same skill, as its lesson asks it where it can."""
    templates: list[list[str]] = []
    library, history, trained = desk.drills.library, history_of(desk), trained_by(desk)
    for exercise_id in history.mistakes(trained):
        if drill := drill_of(exercise_id):
            templates.append([drill[0]])
        else:
            skills = trained(exercise_id).skills[:1]
            asked = [library.open_of(skill, history.begun) for skill in skills]
            lesson = exercise_id.partition("-")[0]
            templates += [[each.id for each in of if each.after == lesson] or [each.id for each in of] for of in asked]
    different = [list(each) for each in dict.fromkeys(tuple(each) for each in templates if each)]
    return _drawn(desk, book, different, book.closed_templates())[:MOST_PAST]


def _drawn(
    desk: Desk, book: RoundBook, choices: Sequence[Sequence[str]], closed: Collection[str] = ()
) -> list[tuple[str, str]]:
    """One drill for each choice of templates, the least used template first; none that asks what one before it asked.

    Templates that are `closed` are left out.
    """
    drawn: list[tuple[str, str]] = []
    for choice in choices:
        templates = [each for each in choice if each not in closed]
        ahead = {each: [known for known, _ in drawn if _template(known) == each] for each in templates}
        for template in sorted(templates, key=lambda each: (len(book.seeds(each)) + len(ahead[each]), each)):
            drill = _differing(desk, template, book, ahead[template])
            if drill is not None:
                drawn.append((drill.id, drill.template.skill))
                break
    return drawn


def _differing(desk: Desk, template: str, book: RoundBook, ahead: Sequence[str]) -> Drill | None:
    """The next drill of a template that asks what none of the latest before it asked; if there is none, the one asked longest ago."""
    taken = [found[1] for each in ahead if (found := drill_of(each))]
    seen = [*book.seeds(template)[-_LATEST:], *taken]
    known = [each.content for seed in seen if (each := desk.drills.drawn(template, seed))]
    start = max([book.next_seed(template) - 1, *taken]) + 1
    longest_ago: Drill | None = None
    for seed in range(start, start + _FURTHER):
        drill = desk.drills.drawn(template, seed)
        if drill is None:
            continue
        if drill.content not in known:
            return drill
        if longest_ago is None or _latest(known, drill.content) < _latest(known, longest_ago.content):
            longest_ago = drill
    return longest_ago


def _latest(known: Sequence[tuple[str, ...]], content: tuple[str, ...]) -> int:
    """The place of the last drill with a content, in the order in which they were asked."""
    return max(place for place, each in enumerate(known) if each == content)


def _review(desk: Desk, book: RoundBook, name: str) -> Iterable[Display]:
    reviews = desk.drills.library.reviews
    review = next((each for each in reviews if each.id == name), None)
    if review is None:
        names = ", ".join(f"%review {each.id}" for each in reviews)
        return [lines_card(say("which_review", desk.lang), [names or say("no_reviews", desk.lang)])]
    latest = book.latest(RoundKind.REVIEW, name=name)
    if latest and latest.current:
        return ask(desk, latest)
    again = business_day(max(item.at for item in latest.items)) + timedelta(REST_DAYS) if latest else None
    if again and business_day(datetime.now(UTC)) < again:
        return [lines_card(review.title[desk.lang], [say("review_later", desk.lang, day=again.isoformat())])]
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
    word, _, said = asked.partition(" ")
    if latest and latest.items and word not in _ANEW:
        return show_placed(desk, latest)
    known = {each.id for each in placement.experience}
    if word not in _BEGUN or (said not in known and (said or word in _ANEW)):
        return [_asked_first(desk, placement, anew=bool(latest and latest.items))]
    return ask_next(desk, book, book.begin(RoundKind.PLACEMENT, said, ()))


def ask_next(desk: Desk, book: RoundBook, asked: Round) -> Iterable[Display]:
    """The question of a placement test that tells most after the answers so far, or where it has led."""
    from classroom.learner.practice.outcomes import answers_of, minutes_of, placement_of, show_placed

    library = desk.drills.library
    test = placement_of(library, desk.marker.course)
    template = test.next_template(asked.name, answers_of(asked), minutes_of(asked, library)) if test else None
    if template and asked.current:  # of a test that was begun when all its questions were drawn at once
        return ask(desk, asked)
    for drill, skill in _drawn(desk, book, [(template,)]) if template else ():
        return ask(desk, book.add(asked, drill, skill))
    return show_placed(desk, book.finish(asked))


def _asked_first(desk: Desk, placement: PlacementRecord, *, anew: bool) -> Display:
    """What one has written before: who has written nothing begins with the first lesson, and no test."""
    lesson, lang = desk.marker.course.lessons[0], desk.lang
    word = _ANEW[0] if anew else _BEGUN[0]
    first = say("placement_no", lang, lesson=f"{lesson.id} {lesson.record.title[lang]}")
    ways = [lesson_way(lesson, first, lang)]
    ways += [run_way(f"placement {word} {each.id}", each.text[lang], fresh=True) for each in placement.experience]
    told = say("placement_intro", lang, questions=placement.questions, minutes=placement.minutes)
    return ways_card(say("placement_ask", lang), [told], ways)


def _unknown(desk: Desk, book: RoundBook, asked: Round) -> Iterable[Display]:
    """Leave the question as one that is not known yet, and go on or stop."""
    item = asked.current
    if item is not None:
        asked = book.close(asked.id, item.exercise_id, ItemResult.UNKNOWN)
    return ask_next(desk, book, asked)


def _choices(items: Sequence[ItemRecord]) -> list[tuple[str, ...]]:
    return [item.templates for item in items]


def _shuffled(drills: list[tuple[str, str]], seed: int) -> list[tuple[str, str]]:
    """The same drills in an order that does not show which lesson they are from."""
    import random

    order = list(drills)
    random.Random(seed).shuffle(order)  # noqa: S311  (an order, not a secret)
    return order
