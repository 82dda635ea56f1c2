"""The measure of step 6: whether a second month can run it, its queries, and how large a difference so many people can show."""

from __future__ import annotations

import calendar
import logging
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from classroom.exchange.expo.figures import counted
from classroom.exchange.expo.record import percent_of
from classroom.exchange.expo.target import target_of
from classroom.exchange.expo.words import plain
from classroom.learner.bi.asking import QueryTask
from marketplace import MarketplaceError
from marketplace.secondmonth import Plan, what_is_drawn
from marketplace.secondmonth.power import power_of_means, power_of_proportions, smallest_found, units_for

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.exchange.expo.record import Measure
    from classroom.language import Lang
    from classroom.learner.expo.place import ExpoRoom

_log = logging.getLogger(__name__)

_BELONGS = {
    "existing": "m.registered_at_utc < {opened}",
    "newcomers": "m.registered_at_utc >= {opened} AND m.registered_at_utc < {closed}",
    "area": "m.registered_at_utc < {closed}",
    "casts": "m.joined_at_utc < {opened} AND (m.retired_at_utc IS NULL OR m.retired_at_utc >= {closed})",
}
"""Who would have belonged to each group in the month that a plan is sized by."""
_BUSINESS_DAY_BEGINS = timedelta(hours=-4)
"""Of a business day, from its date's midnight in UTC."""
_FEWEST = 4
_MOST_PERCENT = 99


@dataclass(frozen=True)
class Power:
    """What a plan can show, by a month in which nobody was in an experiment."""

    month: date
    """The first day of that month: the last one that can be watched for 14 days to its end."""
    units: int
    """Who would have taken part then."""
    base: float
    """The metric then."""
    variance: float
    smallest: float
    """The difference that is found in 80 of 100 cases, in the metric's own unit."""
    worth: float
    """The difference that would be worth the cost."""
    power: float
    """The chance of finding that one."""
    needed: int | None
    """Units in each of two equal groups for finding it in 80 of 100 cases."""


@dataclass(frozen=True)
class CannotRun:
    """Why a plan can't be run: a sentence."""

    sentence: str


def plan_of(room: ExpoRoom, card: Measure, effect: str = "none", seed: int = 1) -> Plan | CannotRun:
    """The plan that a card describes, or why there is none; its condition is not tried."""
    for part in ("group", "metric"):
        if not getattr(card, part):
            return CannotRun(plain("lacks.choose", room.lang, label=plain(f"field.measure.{part}", room.lang)))
    if card.group == "area" and not card.area:
        return CannotRun(plain("lacks.area", room.lang))
    percent = percent_of(card.percent)
    if percent is None or not 1 <= percent <= _MOST_PERCENT:
        return CannotRun(plain("lacks.percent", room.lang, label=plain("field.measure.percent", room.lang)))
    try:
        plan = Plan(
            card.group,
            effect,
            card.metric,
            seed,
            int(percent),
            card.area if card.group == "area" else "",
            card.condition.strip(),
        )
    except MarketplaceError as fault:
        return CannotRun(fault.sentence(room.lang))
    return plan


def why_not(room: ExpoRoom, plan: Plan) -> str:
    """Why a second month can't run a plan, found by drawing one without writing it; empty if it can."""
    if room.practice is None:
        return plain("second.not_given", room.lang)
    try:
        problem: str = room.beside(_try_plan, room.practice, plan, room.lang)
    except (BrokenProcessPool, OSError):
        _log.exception("A plan could not be tried")
        return plain("second.not_made", room.lang)
    return problem


def _try_plan(practice: Path, plan: Plan, lang: Lang) -> str:
    try:
        what_is_drawn(practice, plan, target_of(plan.condition, lang))
    except MarketplaceError as fault:
        return fault.sentence(lang)
    return ""


def planned_sql(room: ExpoRoom, plan: Plan) -> str:
    """The analysis of a plan in the course's own form."""
    return room.texts.queries["planned"].format(**_blanks(plan))


def segments_sql(room: ExpoRoom, plan: Plan) -> str:
    """The same by segment, with sums and sums of squares."""
    segment = {"casts": "grade", "days": "is_day_before_off"}.get(plan.group, "acquisition_channel")
    return room.texts.queries["segments"].format(segment=segment, **_blanks(plan))


def power_of(room: ExpoRoom, plan: Plan, worth_percent: float) -> Power | CannotRun:
    """What a plan can show if January is as the last month was in which no experiment moved the metric."""
    found = room.asker.ask([QueryTask(room.texts.queries["baseline"])], 0)[0]
    if found.result is None:
        return CannotRun(found.problem)
    if not found.result.rows:
        return CannotRun(plain("measure.no_month", room.lang))
    first, last = (date.fromisoformat(str(each)) for each in found.result.rows[0])
    period = {"opened": _begin(first), "closed": _begin(last + timedelta(days=1))}
    sql = room.texts.queries["before_days" if plan.is_of_days else "before"].format(
        shown=f"c.area_code = '{plan.area}'" if plan.area else "true",
        belongs=_BELONGS.get(plan.group, "true").format(**period),
        condition=plan.condition or "true",
        **period,
        **_blanks(plan),
    )
    answer = room.asker.ask([QueryTask(sql)], 0)[0]
    if answer.result is None:
        return CannotRun(answer.problem)
    units, base, variance = answer.result.rows[0]
    if units < _FEWEST or not base:
        return CannotRun(
            plain(
                "measure.too_few",
                room.lang,
                units=counted(units, plan.group, room.lang),
                month=month_name(first, room.lang),
            )
        )
    treated = units * plan.treatment_percent / 100
    worth = base * worth_percent / 100
    smallest = smallest_found(variance, units - treated, treated)
    if plan.metric.is_mean:
        power = power_of_means(worth, (variance, variance), units - treated, treated)
    else:
        power = power_of_proportions(base, min(1.0, max(0.0, base + worth)), units - treated, treated)
    return Power(first, int(units), base, variance, smallest, worth, power, units_for(worth, variance))


def _begin(day: date) -> str:
    """The moment at which a business day begins, as SQL."""
    return f"TIMESTAMP '{datetime.combine(day, time()) + _BUSINESS_DAY_BEGINS}'"


def month_name(month: date, lang: Lang) -> str:
    """A month as people write it."""
    return f"{month.year}年{month.month}月" if lang == "ja" else f"{calendar.month_name[month.month]} {month.year}"


def _blanks(plan: Plan) -> dict[str, str]:
    """What a plan puts into the blanks of the course's queries."""
    metric = plan.metric
    return {
        "key": plan.key,
        "members": plan.table,
        "real": "" if plan.is_of_days else " AND NOT m.is_test",
        "events": metric.events_sql(plan.area),
        "moment": metric.counted.moment,
        "window": str(metric.counted.window),
        "value": metric.value_sql,
    }
