"""Second months from the desk: what is given for a sealed plan, and what was drawn with it."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from typing import TYPE_CHECKING

from classroom.exchange.expo.record import months_of, percent_of
from classroom.exchange.expo.seal import sealed_plan
from classroom.exchange.expo.target import target_of
from classroom.mentor.place.expo_store import ExpoMarksStore, GivenMonth
from classroom.mentor.returning.send import tell_class
from marketplace import MarketplaceError
from marketplace.secondmonth import Drawn, Plan, what_is_drawn
from marketplace.secondmonth.plan import EFFECTS

if TYPE_CHECKING:
    from classroom.exchange.expo.record import Expo
    from classroom.mentor.expo.expos import HandedInExpo
    from classroom.mentor.place.folder import MentorFolder

_log = logging.getLogger(__name__)
BY_LOT = ""
"""In place of an effect: one of them, drawn."""


class CannotGive(Exception):  # noqa: N818  (told to the mentor)
    """No second month can be given: a code below `expo.cannot`, or a sentence of the marketplace."""

    def __init__(self, code: str, sentence: str = "") -> None:
        super().__init__(code)
        self.code, self.sentence = code, sentence


def give_month(folder: MentorFolder, handed_in: HandedInExpo, effect: str) -> GivenMonth:
    """Decide a learner's second month and let the learner have it; given once, it stays as it is.

    Raises:
        CannotGive: there is no sealed plan, or no measure can run by it.
        Unreachable: the shared folder is closed; it is given, and telling the class again sends it.
    """
    plan = handed_in.plan
    if plan is None or sealed_plan(handed_in.expo) is None:
        raise CannotGive("no_plan")
    if handed_in.month is not None:
        return handed_in.month
    chosen = effect or secrets.choice(tuple(EFFECTS))
    month = GivenMonth(
        handed_in.learner, plan.code, chosen, secrets.randbelow(2**31), dt.datetime.now(dt.UTC).isoformat()
    )
    try:
        drawn_by(folder, handed_in.expo, month)
    except MarketplaceError as fault:
        raise CannotGive("no_run", fault.sentence(folder.lang)) from fault
    store = ExpoMarksStore(folder)
    store.give_month(month)
    tell_class(folder)
    return next(each for each in store.months(handed_in.learner) if each.seal == plan.code)


def drawn_by(folder: MentorFolder, expo: Expo, month: GivenMonth) -> Drawn | None:
    """What was drawn for a learner's sealed plan, by the desk's practice data; None where the desk has none.

    Raises:
        MarketplaceError: no measure can run by the plan.
    """
    sealed = sealed_plan(expo)
    if sealed is None:
        return None
    plan = plan_in(sealed, month)
    if folder.practice is None:
        return None
    return what_is_drawn(folder.practice, plan, target_of(plan.condition, folder.lang) if plan.condition else None)


def plan_in(sealed: Expo, month: GivenMonth) -> Plan:
    """The plan on the measure's card; raises MarketplaceError for what is none."""
    card = sealed.measure
    percent = percent_of(card.percent)
    area = card.area if card.group == "area" else ""
    return Plan(
        card.group,
        month.effect,
        card.metric,
        month.seed,
        int(percent) if percent is not None and 0 < percent < 100 else 0,
        area,
        card.condition.strip(),
        months_of(card.months),
    )
