"""How a plan that is too small can be widened: more months, no condition, equal groups; and how far each of these reaches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from classroom.learner.expo.planning import Power, power_of
from marketplace.secondmonth.plan import MOST_MONTHS

if TYPE_CHECKING:
    from classroom.learner.expo.place import ExpoRoom
    from marketplace.secondmonth import Plan

_HALF = 50


@dataclass(frozen=True)
class WiderPlan:
    """A wider plan."""

    steps: tuple[str, ...]
    """What is widened: months, everybody, halves."""
    plan: Plan
    power: Power


def ways_of(room: ExpoRoom, plan: Plan, worth_percent: float) -> tuple[WiderPlan, ...]:
    """The ways in which a plan can be widened, one step each and last all of them together; none where it is as wide as can be."""
    single = _steps(plan)
    all_of_it = replace(plan, **{name: value for each in single for name, value in each[1].items()})
    wider: list[tuple[tuple[str, ...], Plan]] = [((step,), replace(plan, **change)) for step, change in single]
    if len({step for step, _ in single}) > 1:
        wider.append((tuple(dict.fromkeys(step for step, _ in single)), all_of_it))
    sized = [(steps, each, power_of(room, each, worth_percent)) for steps, each in wider]
    return tuple(WiderPlan(steps, each, power) for steps, each, power in sized if isinstance(power, Power))


def _steps(plan: Plan) -> list[tuple[str, dict[str, Any]]]:
    steps: list[tuple[str, dict[str, Any]]] = []
    if not plan.is_of_casts:
        steps += [("months", {"months": months}) for months in range(plan.months + 1, MOST_MONTHS + 1)]
    if plan.condition:
        steps.append(("everybody", {"condition": ""}))
    if plan.treatment_percent != _HALF:
        steps.append(("halves", {"treatment_percent": _HALF}))
    return steps
