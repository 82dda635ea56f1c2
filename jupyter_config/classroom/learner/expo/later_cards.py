"""The cards of steps 6 and 7: the measure and the talk."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.exchange.expo.figures import change, level
from classroom.exchange.expo.figures import counted as people
from classroom.exchange.expo.record import percent_of
from classroom.exchange.expo.words import told
from classroom.learner.bi.markup import act, buttons, choice, form, note, table
from classroom.learner.expo.cards import timer
from classroom.learner.expo.markup import field
from classroom.learner.expo.planning import CannotRun, month_name, plan_of, power_of, why_not
from classroom.learner.expo.votes import counted
from classroom.learner.expo.widening import ways_of
from marketplace.masters import AREA_NAMES
from marketplace.secondmonth import GROUPS, METRICS
from marketplace.secondmonth.metrics import fits
from marketplace.secondmonth.plan import MOST_MONTHS

if TYPE_CHECKING:
    from classroom.learner.expo.drawn import Drawn
    from classroom.learner.expo.place import ExpoRoom
    from marketplace.secondmonth import Plan

TALK_SECONDS = 300
_MEASURE = ("cost", "worth", "smallest", "stop", "rule", "declined")
_ROWS = {"rule": 4}
"""The rule says what follows from each result: one line would hide most of it."""


def measure(page: Drawn) -> str:
    """Step 6."""
    lang, card = page.lang, page.expo.measure
    kinds = [("", told("choose", lang)), *((each.id, each.title[lang]) for each in page.room.texts.kinds)]
    groups = [("", told("choose", lang)), *((each, told(f"group.{each}", lang)) for each in GROUPS)]
    metrics = [
        ("", told("choose", lang)),
        *((each, told(f"metric_name.{each}", lang)) for each in _metrics_of(card.group)),
    ]
    chosen = choice("measure.kind", told("field.measure.kind", lang), kinds, card.kind, "expo/save")
    chosen += choice("measure.group", told("field.measure.group", lang), groups, card.group, "expo/save")
    if card.group == "area":
        areas = [("", told("choose", lang)), *((code, name[lang]) for code, name in AREA_NAMES.items())]
        chosen += choice("measure.area", told("field.measure.area", lang), areas, card.area)
    chosen += choice(
        "measure.metric",
        told("field.measure.metric", lang),
        metrics,
        card.metric if card.metric in _metrics_of(card.group) else "",
    )
    chosen += choice("measure.months", told("field.measure.months", lang), _months(lang), card.months or "1")
    kind = next((each for each in page.room.texts.kinds if each.id == card.kind), None)
    return page.card(
        field("measure.name", card.name, lang, rows=1),
        f'<div class="penguin-bi-fields">{chosen}</div>',
        note(escape(kind.note[lang])) if kind else "",
        field("measure.condition", card.condition, lang, rows=1),
        field("measure.percent", card.percent, lang, rows=1),
        *(
            field(f"measure.{name}", page.expo.text(f"measure.{name}"), lang, rows=_ROWS.get(name, 1))
            for name in _MEASURE
        ),
        field("measure.sql", card.sql, lang, rows=5),
        tools=(
            act(
                "expo/form",
                told("measure.form", lang),
                sure=told("measure.form_sure", lang) if card.sql.strip() else "",
            ),
            act("expo/try", told("measure.try", lang)),
        ),
    )


def _metrics_of(group: str) -> list[str]:
    """The metrics that can be told for a group; all of them before one is chosen."""
    return [name for name, each in METRICS.items() if not group or fits(each, group)]


def _months(lang: str) -> list[tuple[str, str]]:
    """For how many months a plan may run."""
    return [(str(each), told(f"months.{each}", lang)) for each in range(1, MOST_MONTHS + 1)]


def tried(room: ExpoRoom) -> str:
    """Whether the measure can be run, and what it can show: told when it is asked for, for it takes a few seconds."""
    lang, card = room.lang, room.store.expo().measure
    plan = plan_of(room, card)
    if isinstance(plan, CannotRun):
        return told("measure.cannot", lang, why=plan.sentence)
    if problem := why_not(room, plan):
        return told("measure.cannot", lang, why=problem)
    worth = percent_of(card.worth)
    if worth is None:
        return told("measure.no_worth", lang)
    found = power_of(room, plan, worth)
    if isinstance(found, CannotRun):
        return told("measure.cannot", lang, why=found.sentence)
    metric = plan.metric
    lines = [
        told("measure.month", lang, month=month_name(found.month, lang)),
        told("measure.units", lang, units=people(found.units, plan.group, lang), base=level(found.base, metric, lang)),
        told(
            "measure.smallest",
            lang,
            smallest=change(found.smallest, metric, lang),
            percent=f"{found.smallest_percent:.0f}",
        ),
    ]
    if plan.months > 1:
        lines.insert(1, told("measure.months", lang, months=plan.months))
    if found.needed:
        facts = {"worth": change(found.worth, metric, lang), "power": f"{100 * found.power:.0f}"}
        lines.append(told("measure.power", lang, needed=people(found.needed, plan.group, lang), **facts))
        lines += [told("measure.strong", lang)] if found.is_enough else _widened(room, plan, worth)
    return "<br>".join(lines)


def _widened(room: ExpoRoom, plan: Plan, worth: float) -> list[str]:
    """That so many people in this time can't show what would be worth the cost, and how far a wider plan would reach."""
    lang, ways = room.lang, ways_of(room, plan, worth)
    lines = [told("measure.weak", lang), told("wider.ways" if ways else "wider.widest", lang)]
    for way in ways:
        steps = told("wider.join", lang).join(told(f"wider.{step}", lang, months=way.plan.months) for step in way.steps)
        facts = {
            "units": people(way.power.units, plan.group, lang),
            "smallest": change(way.power.smallest, plan.metric, lang),
            "percent": f"{way.power.smallest_percent:.0f}",
        }
        lines.append(told("wider.enough" if way.power.is_enough else "wider.short", lang, steps=steps, **facts))
    if not any(way.power.is_enough for way in ways):
        lines += [told("wider.all_short", lang)] if ways else []
        lines.append(told("wider.never", lang))
    return lines


def talk(page: Drawn) -> str:
    """Step 7."""
    lang, expo = page.lang, page.expo
    tools = (
        act("expo/slides", told("talk.slides", lang)),
        act("expo/sheet", told("talk.sheet", lang)),
        timer(TALK_SECONDS, "talk.timer_talk", lang),
        timer(TALK_SECONDS, "talk.timer_questions", lang),
    )
    votes = counted(expo.talk.votes)
    drawn = ""
    if votes:
        rows = [(told(f"vote.{name}", lang), str(count)) for name, count in votes.items()]
        head = (told("vote.head", lang), told("vote.count", lang))
        drawn = f'<div class="pg">{table(head, rows)}</div>' + form(
            buttons(act("expo/table", told("vote.table", lang)), act("expo/votes", told("vote.file", lang)))
        )
    return (
        page.card(
            field("talk.ask", expo.talk.ask, lang), field("talk.votes", expo.talk.votes, lang, rows=4), tools=tools
        )
        + drawn
    )
