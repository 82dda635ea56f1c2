"""Home drawn from its record, as HTML and as text: the same content, symbols always with words."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from classroom.learner.page.home.record import Face, HomeRecord, HomeWay, LessonOnMap, LevelOnMap, home_record
from classroom.learner.page.home.standing import standing
from classroom.learner.panel.notices import notice
from classroom.learner.practice.history import History
from classroom.learner.progress import ProgressState
from classroom.learner.progress.opening import UNUSABLE
from classroom.learner.progress.rounds import RoundBook
from classroom.messages import say_in
from classroom.notebook_names import PRACTICE_NAMES, notebook_name
from classroom.session.display import Display, page
from classroom.unwritten import why_unwritten
from coursebook.practice.spacing import SkillPhase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from classroom.learner.progress import ExerciseProgress, ProgressStore
    from classroom.learner.state.desk import Desk
    from coursebook import Course
    from coursebook.practice import Library

HOME = "application/vnd.penguin.home+json"
"""The record beside the page that is drawn from it."""
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
    return home_page(desk.marker.course, desk.drills.library, desk.progress, desk.lang)


def unread_notice(desk: Desk) -> list[Display]:
    """What home can't know: that there is a progress file, which can't be used now, so that home looks like a beginner's."""
    if desk.progress_path is None:
        return []
    try:
        if desk.progress is not None:
            desk.progress.last_place()
            return []
        fault = None
    except UNUSABLE as raised:
        fault = raised
    reason = why_unwritten(desk.lang, desk.progress_path.parent, fault) or _say("progress_unread_why", desk.lang)
    return [notice(_say("progress_unread", desk.lang), reason)]


def home_page(
    course: Course,
    library: Library,
    store: ProgressStore | None,
    lang: str,
) -> Display:
    """The home page now; without a usable progress file as for a beginner."""
    record = home_now(course, library, store, lang)
    shown = page(home_html(record), home_text(record))
    return Display({**shown.data, HOME: record.as_json()})


def home_now(
    course: Course,
    library: Library,
    store: ProgressStore | None,
    lang: str,
) -> HomeRecord:
    """Home's record now."""
    progress, history = read_progress(store)
    where = standing(course, library, progress, history, datetime.now(UTC), lang)
    known = {each.id: notebook_name(each, lang) for each in course.lessons}
    return home_record(where, known, lang)


def read_progress(store: ProgressStore | None) -> tuple[Mapping[str, ExerciseProgress], History]:
    """What the progress file holds; nothing where it can't be used."""
    try:
        if store is not None:
            return store.progress(), History(store.tries(), RoundBook(store).rounds())
    except UNUSABLE:
        pass
    return {}, History((), ())


def home_html(record: HomeRecord) -> str:
    """The page's inside as HTML."""
    return f'<div class="pg-home pg-{record.face.value}">{"".join(part(record)[0] for part in PARTS)}</div>'


def home_text(record: HomeRecord) -> str:
    """The page in characters."""
    return "\n\n".join(filter(None, (part(record)[1] for part in PARTS)))


def _top(record: HomeRecord) -> tuple[str, str]:
    """Title, one big button, short lines."""
    html = f"<h1>{escape(record.title)}</h1><p>{escape(record.lead)}</p>"
    plain = [record.title, record.lead]
    if record.main is not None:
        html += f"<h2>{_link(record.main, record, 'pg-go')}</h2>"
        html += f'<p class="pg-soft">{escape(record.main.note)}</p>' if record.main.note else ""
        plain.append(_words(record.main))
    if record.lines:
        tag = "ol" if record.face is Face.DAY_ONE else "ul"
        html += f"<{tag}>{''.join(f'<li>{escape(each)}</li>' for each in record.lines)}</{tag}>"
        plain += [f"- {each}" for each in record.lines]
    html += "".join(f"<p>{_link(each, record)}</p>" for each in record.aside)
    return html, "\n".join([*plain, *map(_words, record.aside)])


def _today(record: HomeRecord) -> tuple[str, str]:
    """What waits today."""
    if not record.tasks:
        return "", ""
    title = _say("today", record.lang)
    html = "".join(f"<li>{_link(each, record)}</li>" for each in record.tasks)
    return (
        f"<h3>{escape(title)}</h3><ul>{html}</ul>",
        "\n".join([title, *(f"- {_words(each)}" for each in record.tasks)]),
    )


def _so_far(record: HomeRecord) -> tuple[str, str]:
    """How far one has come."""
    if not record.facts:
        return "", ""
    title = _say("so_far", record.lang)
    html = f'<h3>{escape(title)}</h3><p class="pg-facts">{escape("　".join(record.facts))}</p>'
    return html, "\n".join([title, *record.facts])


def _map(record: HomeRecord) -> tuple[str, str]:
    """Levels and lessons with the state of every exercise; on day one folded, and without what is not begun yet."""
    early, title = record.face is Face.DAY_ONE, _say("map", record.lang)
    legend = "　".join(f"{mark} {_say(f'state_{state.value}', record.lang)}" for state, mark in STATES.items())
    inner = "" if early else f'<p class="pg-soft">{escape(legend)}</p>'
    inner += "".join(_level_html(each, record) for each in record.levels)
    plain = [title, *([] if early else [legend])]
    for level in record.levels:
        plain += ["", level.title, *(_lesson_text(each, record) for each in level.lessons)]
        if not early:
            plain += [
                *filter(None, [level.review]),
                *(f"{'☑' if shown else '☐'} {text}" for text, shown in level.abilities),
            ]
    if early:
        return f"<details><summary>{escape(title)}</summary>{inner}</details>", "\n".join(plain)
    return f"<h3>{escape(title)}</h3>{inner}", "\n".join(plain)


def _level_html(level: LevelOnMap, record: HomeRecord) -> str:
    rows = "".join(_lesson_html(each, record) for each in level.lessons)
    html = f'<h4>{escape(level.title)}</h4><div class="pg-scroll" tabindex="0"><table class="pg-table pg-map"><tbody>{rows}</tbody></table></div>'
    if record.face is Face.DAY_ONE:
        return html
    html += f'<p class="pg-soft">{escape(level.review)}</p>' if level.review else ""
    return html + _abilities_html(level, record.lang)


def _lesson_html(lesson: LessonOnMap, record: HomeRecord) -> str:
    lang = record.lang
    marks = "".join(
        f'<span class="pg-chip pg-{each.state}" title="{escape(each.id)} {escape(each.title)}: {escape(_say(f"state_{each.state}", lang))}">'
        f"{escape(each.id.partition('-')[2])}{STATES[ProgressState(each.state)]}</span>"
        for each in lesson.exercises
        if record.face is not Face.DAY_ONE
    )
    here = f' <b class="pg-here">◀ {escape(_say("here", lang))}</b>' if lesson.is_here and marks else ""
    link = _lesson_link(lesson, f"{lesson.id} {lesson.title}")
    count = f"<small>{escape(_count(lesson, lang))}</small>"
    return (
        f"<tr><td>{link}{here}<br><small>{escape(lesson.question)}</small></td>"
        f"<td>{f'{marks}<br>' if marks else ''}{count}</td></tr>"
    )


def _lesson_text(lesson: LessonOnMap, record: HomeRecord) -> str:
    line = f"{lesson.id} {lesson.title}  {_count(lesson, record.lang)}"
    if record.face is Face.DAY_ONE:
        return line
    marks = " ".join(f"{each.id.partition('-')[2]}{STATES[ProgressState(each.state)]}" for each in lesson.exercises)
    return f"{line}\n  {marks}"


def _count(lesson: LessonOnMap, lang: str) -> str:
    count = len(lesson.exercises)
    if lesson.done == count:
        return _say("lesson_done", lang, count=count)
    code = "lesson_begun" if lesson.is_begun else "lesson_new"
    return _say(code, lang, done=lesson.done, count=count, minutes=lesson.minutes)


def _abilities_html(level: LevelOnMap, lang: str) -> str:
    if not level.abilities:
        return ""
    lines = "".join(
        f'<li><span aria-hidden="true">{"☑" if shown else "☐"}</span> {escape(text)}'
        f"{' <small>' + escape(_say('ability_shown', lang)) + '</small>' if shown else ''}</li>"
        for text, shown in level.abilities
    )
    title = escape(level.abilities_title)
    return f'<details><summary>{title}</summary><ul class="pg-abilities">{lines}</ul></details>'


def _skill_map(record: HomeRecord) -> tuple[str, str]:
    """The skills, each with its phase."""
    if not record.skills:
        return "", ""
    lang, title = record.lang, _say("skills", record.lang)
    legend = "　".join(f"{mark} {_say(f'phase_{phase.value}', lang)}" for phase, mark in PHASES.items())
    chips = "".join(
        f'<span class="pg-chip pg-{phase}" title="{escape(_say(f"phase_{phase}", lang))}">'
        f"{PHASES[SkillPhase(phase)]} {escape(name)}</span>"
        for name, phase in record.skills
    )
    html = (
        f'<details><summary>{escape(title)}</summary><p class="pg-soft">{escape(legend)}</p>'
        f'<div class="pg-skills">{chips}</div></details>'
    )
    names = " · ".join(f"{PHASES[SkillPhase(phase)]} {name}" for name, phase in record.skills)
    return html, f"{title}\n{legend}\n{names}"


PARTS: tuple[Callable[[HomeRecord], tuple[str, str]], ...] = (_top, _today, _so_far, _map, _skill_map)
"""The parts of the page, from top to bottom, each as HTML and as text."""


def _link(way: HomeWay, record: HomeRecord, css: str = "") -> str:
    """A link to a lesson, or to the practice notebook, which runs a % line there where the page can."""
    named = f' class="{css}"' if css else ""
    if way.line:
        name = PRACTICE_NAMES[record.lang]
        run = f' data-penguin-run="%{escape(way.line)}" data-penguin-in="{escape(name)}"'
        return f'<a{named} href="{quote(name)}"{run}>{escape(way.label)}</a>'
    lessons = [each for level in record.levels for each in level.lessons]
    lesson = next(each for each in lessons if each.id == way.lesson)
    return _lesson_link(lesson, way.label, named, way.exercise)


def _lesson_link(lesson: LessonOnMap, label: str, named: str = "", exercise: str = "") -> str:
    there = f' data-penguin-exercise="{exercise}"' if exercise else ""
    return f'<a{named} href="{quote(lesson.notebook)}" data-penguin-lesson="{lesson.id}"{there}>{escape(label)}</a>'


def _words(way: HomeWay) -> str:
    return "  ".join(filter(None, [way.label, way.note, f"%{way.line}" if way.line else ""]))


def _say(code: str, lang: str, **params: object) -> str:
    return say_in("classroom.learner.page.home", code, lang, **params)
