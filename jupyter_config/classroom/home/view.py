"""The home page as HTML and as text: the same content, symbols always with words."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from classroom.desk.display import Display, page
from classroom.home.standing import LessonStanding, LevelStanding, Standing, standing
from classroom.messages import say_in
from classroom.notebook_names import PRACTICE_NAMES, notebook_name
from classroom.practice.history import History
from classroom.progress import ProgressState
from classroom.progress.opening import UNUSABLE
from classroom.progress.rounds import RoundBook
from coursebook.practice.spacing import SkillPhase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from classroom.desk.desk import Desk
    from classroom.progress import ExerciseProgress, ProgressStore
    from coursebook import Course
    from coursebook.practice import Library

STATES = {
    ProgressState.UNTOUCHED: "○",
    ProgressState.TRIED: "△",
    ProgressState.HANDED_IN: "✉",
    ProgressState.PASSED_WITH_HELP: "✓",
    ProgressState.PASSED: "✓✓",
}
PHASES = {SkillPhase.NEW: "○", SkillPhase.LEARNING: "△", SkillPhase.GREEN: "●", SkillPhase.DUE: "↻"}


def show_home(desk: Desk) -> Display:
    """The home page of the running kernel's learner."""
    course = desk.marker.course
    return home_page(course, desk.drills.library, desk.progress, desk.lang)


def home_page(course: Course, library: Library, store: ProgressStore | None, lang: str) -> Display:
    """The home page now; without a usable progress file as for a beginner."""
    progress, history = read_progress(store)
    where = standing(course, library, progress, history, datetime.now(UTC), lang)
    names = {each.record.id: notebook_name(each, lang) for each in course.lessons}
    blocks = [section(where, names, lang) for section in SECTIONS]
    html = "".join(block[0] for block in blocks)
    return page(f'<div class="pg-home">{html}</div>', "\n\n".join(block[1] for block in blocks if block[1]))


def read_progress(store: ProgressStore | None) -> tuple[Mapping[str, ExerciseProgress], History]:
    """What the progress file holds; nothing where it can't be used."""
    try:
        if store is not None:
            return store.progress(), History(store.tries(), RoundBook(store).rounds())
    except UNUSABLE:
        pass
    return {}, History((), ())


def _today(where: Standing, names: Mapping[str, str], lang: str) -> tuple[str, str]:
    """What to do today: go on, what is due, the question of the day, the placement test, a review."""
    practice = PRACTICE_NAMES[lang]
    items: list[tuple[str, str]] = []
    if where.here is not None:
        following = where.here.next_exercise
        code = "go_on" if where.here.begun else "begin"
        link = _say(code, lang, lesson=f"{where.here.id} {where.here.title}")
        more = _say("next_exercise", lang, exercise=f"{following.id} {following.title}") if following else ""
        items.append((_link(names[where.here.id], link), f"{link}  {more}"))
        items[-1] = (f"{items[-1][0]} <small>{escape(more)}</small>", items[-1][1])
    items += [(_link(practice, text, line), f"{text}  %{line}") for text, line in _tasks(where, lang)]
    lines = "".join(f"<li>{html}</li>" for html, _ in items)
    days = _say("days", lang, days=where.days) if where.days else ""
    html = f"<h3>{escape(_say('today', lang))}</h3><ul>{lines}</ul>"
    html += f'<p class="pg-soft">{escape(days)}</p>' if days else ""
    return html, "\n".join([_say("today", lang), *(f"- {plain}" for _, plain in items), *([days] if days else [])])


def _tasks(where: Standing, lang: str) -> Iterable[tuple[str, str]]:
    """What waits in the practice notebook, and the % line that begins it."""
    if where.placement_offered:
        yield _say("placement", lang), "placement"
    if where.open_round:
        yield _say(f"in_{where.open_round.kind.value}", lang), where.open_round.line
    if where.due:
        yield _say("due", lang, count=where.due), "practice"
    for level in where.levels:
        if level.review and level.review.ready and not level.review.passed:
            yield _say("review_ready", lang, title=level.review.title), f"review {level.review.id}"
    if where.question:
        yield _say("question", lang, question=where.question), "practice today"


def _map(where: Standing, names: Mapping[str, str], lang: str) -> tuple[str, str]:
    """Levels and lessons with the state of every exercise."""
    legend = "　".join(f"{mark} {_say(f'state_{state.value}', lang)}" for state, mark in STATES.items())
    html = [f"<h3>{escape(_say('map', lang))}</h3>", f'<p class="pg-soft">{escape(legend)}</p>']
    plain = [_say("map", lang), legend]
    for level in where.levels:
        title = _say("level", lang, number=level.number, name=level.name)
        rows = "".join(_lesson_row(each, names[each.id], where, lang) for each in level.lessons)
        html.append(
            f'<h4>{escape(title)}</h4><div class="pg-scroll"><table class="pg-table pg-map"><tbody>{rows}</tbody></table></div>'
        )
        plain += ["", title, *(_lesson_line(each, lang) for each in level.lessons)]
        for more in _level_lines(level, lang):
            html.append(f'<p class="pg-soft">{escape(more)}</p>')
            plain.append(more)
        html.append(_abilities(level, lang))
        plain += [f"{'☑' if each.shown else '☐'} {each.text}" for each in level.abilities]
    return "".join(html), "\n".join(plain)


def _lesson_row(lesson: LessonStanding, name: str, where: Standing, lang: str) -> str:
    marks = "".join(
        f'<span class="pg-chip pg-{each.state.value}" title="{escape(each.id)} {escape(each.title)}: {escape(_say(f"state_{each.state.value}", lang))}">'
        f"{escape(each.id.partition('-')[2])}{STATES[each.state]}</span>"
        for each in lesson.exercises
    )
    here = f' <b class="pg-here">◀ {escape(_say("here", lang))}</b>' if lesson is where.here else ""
    return (
        f"<tr><td>{_link(name, f'{lesson.id} {lesson.title}')}{here}<br><small>{escape(lesson.question)}</small></td>"
        f"<td>{marks}<br><small>{escape(_count(lesson, lang))}</small></td></tr>"
    )


def _lesson_line(lesson: LessonStanding, lang: str) -> str:
    marks = " ".join(f"{each.id.partition('-')[2]}{STATES[each.state]}" for each in lesson.exercises)
    return f"{lesson.id} {lesson.title}  {_count(lesson, lang)}\n  {marks}"


def _count(lesson: LessonStanding, lang: str) -> str:
    if lesson.complete:
        return _say("lesson_done", lang, count=len(lesson.exercises))
    code = "lesson_begun" if lesson.begun else "lesson_new"
    return _say(code, lang, done=lesson.done, count=len(lesson.exercises), minutes=lesson.minutes)


def _level_lines(level: LevelStanding, lang: str) -> Iterable[str]:
    review = level.review
    if review is not None:
        code = "passed" if review.passed else "again" if review.taken else "ready" if review.ready else "later"
        yield _say(f"gate_{code}", lang, title=review.title)


def _abilities(level: LevelStanding, lang: str) -> str:
    if not level.abilities:
        return ""
    shown = sum(each.shown for each in level.abilities)
    lines = "".join(
        f'<li><span aria-hidden="true">{"☑" if each.shown else "☐"}</span> {escape(each.text)}'
        f"{' <small>' + escape(_say('ability_shown', lang)) + '</small>' if each.shown else ''}</li>"
        for each in level.abilities
    )
    title = _say("abilities", lang, number=level.number, shown=shown, count=len(level.abilities))
    return f'<details><summary>{escape(title)}</summary><ul class="pg-abilities">{lines}</ul></details>'


def _skill_map(where: Standing, names: Mapping[str, str], lang: str) -> tuple[str, str]:
    """The 38 skills, each with its phase."""
    legend = "　".join(f"{mark} {_say(f'phase_{phase.value}', lang)}" for phase, mark in PHASES.items())
    chips = "".join(
        f'<span class="pg-chip pg-{each.phase.value}" title="{escape(each.id)}: {escape(_say(f"phase_{each.phase.value}", lang))}">'
        f"{PHASES[each.phase]} {escape(each.name)}</span>"
        for each in where.skills
    )
    green = sum(each.phase is SkillPhase.GREEN for each in where.skills)
    count = _say("skills_count", lang, green=green, count=len(where.skills))
    html = (
        f'<h3>{escape(_say("skills", lang))}</h3><p class="pg-soft">{escape(count)}　{escape(legend)}</p>'
        f'<div class="pg-skills">{chips}</div>'
    )
    plain = [
        _say("skills", lang),
        f"{count}  {legend}",
        " · ".join(f"{PHASES[each.phase]} {each.name}" for each in where.skills),
    ]
    return (html, "\n".join(plain)) if where.skills else ("", "")


SECTIONS: tuple[Callable[[Standing, Mapping[str, str], str], tuple[str, str]], ...] = (_today, _map, _skill_map)
"""The parts of the page, from top to bottom."""


def _link(name: str, text: str, line: str = "") -> str:
    """A link to a notebook, which runs a % line there where the page can."""
    run = f' data-penguin-run="%{escape(line)}" data-penguin-in="{escape(name)}"' if line else ""
    return f'<a href="{quote(name)}"{run}>{escape(text)}</a>'


def _say(code: str, lang: str, **params: object) -> str:
    return say_in("classroom.home", code, lang, **params)
