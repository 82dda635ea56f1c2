"""The log: night by night, latest first, what ran, what failed, what rang, and what really happened."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.bi.markup import condition_html, link, note, told
from classroom.learner.bi.place import day_text, morning_text
from classroom.learner.bi.records import AlertState
from classroom.learner.bi.running import CLOCK
from marketplace.nights import TIMETABLE, day_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.learner.bi.place import BiRoom
    from classroom.learner.bi.records import Look, Run
    from marketplace.happenings import Happening

_MOST_NIGHTS = 60


def log_page(room: BiRoom, _: list[str]) -> str:
    """The nights that have gone by."""
    now = room.store.night()
    if not now:
        return f'<p class="penguin-lead">{told("log.none", room.lang)}</p><p>{told("log.none_how", room.lang)}</p>'
    runs, looks = room.store.runs(), room.store.looks()
    nights = range(now, max(0, now - _MOST_NIGHTS), -1)
    return "".join(_night(room, each, runs, looks) for each in nights)


def _night(room: BiRoom, night: int, runs: tuple[Run, ...], looks: tuple[Look, ...]) -> str:
    lang = room.lang
    queries = {each.id: each for each in room.store.queries()}
    alerts = {each.id: each for each in room.store.alerts()}
    own = [each for each in reversed(runs) if each.night == night and each.by_itself]
    mornings = {each.at for each in own}  # a run by hand on the same morning has its own time
    lines = [_run(each, queries[each.query].name, lang) for each in own]
    lines += [
        _look(each, alerts[each.alert].name, lang)
        for each in reversed(looks)
        if each.alert in alerts and each.at in mornings
    ]
    body = f"<ul>{''.join(f'<li>{each}</li>' for each in lines)}</ul>" if lines else note(told("log.quiet", lang))
    head = told("log.morning", lang, day=morning_text(night, lang), clock=CLOCK)
    truth = "".join(f"<li>{_happening(each, lang)}</li>" for each in happenings_on(night))
    what = f"<ul>{truth}</ul>" if truth else note(told("log.ordinary", lang))
    fold = told("log.truth", lang, day=day_text(day_of(night), lang))
    return (
        f'<article class="penguin-bi-night"><h3>{head}</h3>{body}'
        f"<details><summary>{fold}</summary>{what}</details></article>"
    )


def happenings_on(night: int) -> Iterator[Happening]:
    """What happens on the business day of a night."""
    day = day_of(night)
    return (each for each in TIMETABLE if each.first <= day <= each.last)


def _run(run: Run, name: str, lang: str) -> str:
    way = link(f"query/{run.query}", escape(name))
    if run.problem:
        return f'{way} <b class="penguin-bi-bad">{told("run.failed", lang)}</b> {escape(run.problem)}'
    return f"{way} {told('run.rows', lang, rows=f'{run.rows:,}')}"


def _look(look: Look, name: str, lang: str) -> str:
    way = link(f"alert/{look.alert}", f"{'♪ ' if look.rang else ''}{escape(name)}")
    said = told(f"state.{look.after.value}", lang)
    if look.rang:
        said = told("alert.rang" if look.after is AlertState.TRIGGERED else "alert.over", lang)
        said = f'<b class="penguin-bi-{look.after.value}">{said}</b>'
    asked = f" ({condition_html(look.condition, lang)})" if look.condition else ""
    return f"{way}: {said}{asked}. {told('log.was', lang, value=look.value)}"


def _happening(happening: Happening, lang: str) -> str:
    return told(
        f"happening.{happening.kind}",
        lang,
        area=happening.area,
        platform=happening.platform,
        lost=100 - happening.kept_per_mille // 10,
        late=happening.late_per_mille // 10,
    )
