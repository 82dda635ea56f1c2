"""The measure of step 6: whether a second month can run it, its queries, and how large a difference so many people can show."""

from __future__ import annotations

import calendar
import logging
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from classroom.exchange.expo.figures import counted
from classroom.exchange.expo.record import months_of, percent_of
from classroom.exchange.expo.spoiling import as_known
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
_RETURN = frozenset({"existing", "area"})
"""Groups of whom most come in more than one month."""
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
    """Who would have taken part then; for several months: an estimate."""
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

    @property
    def is_enough(self) -> bool:
        """Whether the difference that would be worth the cost is found in 80 of 100 cases."""
        return self.smallest <= abs(self.worth)

    @property
    def smallest_percent(self) -> float:
        """The smallest difference that is found, in percent of the metric."""
        return 100 * self.smallest / self.base


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
            months_of(card.months),
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
    """What a plan can show if January is as the last month was in which no experiment moved the metric.

    In several months more come of those who were there when the first of them began: how many times as many, the months until then say.
    Newcomers and days are other ones in each month. How the metric stands, the last month says alone.
    """
    found = room.asker.ask([QueryTask(room.texts.queries["baseline"])], 0)[0]
    if found.result is None:
        return CannotRun(found.problem)
    if not found.result.rows:
        return CannotRun(plain("measure.no_month", room.lang))
    first, last = (date.fromisoformat(str(each)) for each in found.result.rows[0])
    longest, returns = _months_before(first, plan.months - 1), plan.months > 1 and plan.group in _RETURN
    periods = [(first, last), *([(longest, last), (longest, _last_of(longest))] if returns else ())]
    rows = []
    for answer in room.asker.ask([_before(room, plan, *period) for period in periods], 0):
        if answer.result is None:
            return CannotRun(answer.problem)
        rows.append(answer.result.rows[0])
    units, base, variance = rows[0]
    if returns:
        units = units * rows[1][0] // max(1, rows[2][0])
    elif not plan.is_of_casts:
        units *= plan.months
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


def _before(room: ExpoRoom, plan: Plan, first: date, last: date) -> QueryTask:
    """The query for how many would have taken part from one business day to another, and how the metric stood among them.

    The condition knows what was known when it began: with what came later, whoever reached the metric would be chosen for it.
    """
    period = {"opened": _begin(first), "closed": _begin(last + timedelta(days=1))}
    sql = room.texts.queries["before_days" if plan.is_of_days else "before"].format(
        shown=f"c.area_code = '{plan.area}'" if plan.area else "true",
        belongs=_BELONGS.get(plan.group, "true").format(**period),
        target=as_known(f"SELECT {plan.key} FROM {plan.table} WHERE (\n{plan.condition or 'true'}\n)", _begins(first)),
        **period,
        **_blanks(plan),
    )
    return QueryTask(sql)


def _months_before(first: date, several: int) -> date:
    """The first day of the month so many before."""
    for _ in range(several):
        first = (first - timedelta(days=1)).replace(day=1)
    return first


def _last_of(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _begin(day: date) -> str:
    """The moment at which a business day begins, as SQL."""
    return f"TIMESTAMP '{_begins(day)}'"


def _begins(day: date) -> datetime:
    """The same, in UTC."""
    return datetime.combine(day, time()) + _BUSINESS_DAY_BEGINS


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
