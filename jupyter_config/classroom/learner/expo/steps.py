"""The eight steps, and what each of them still lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.exchange.expo.record import CHECKS, HYPOTHESES, places, texts_of
from classroom.exchange.expo.seal import MONTH, PLAN, REPORT, RUN, latest
from classroom.exchange.expo.words import label_code, plain
from classroom.learner.bi.drawing import FIELDS, needed_fields
from classroom.learner.expo.metric_card import compare
from classroom.learner.expo.running import passed
from classroom.session.shots import table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from classroom.exchange.expo.record import Expo, Shot
    from classroom.learner.expo.place import ExpoRoom

FEWEST_CHECKS = 3
_MAY_BE_EMPTY = {
    "measure.condition",
    "measure.area",
    "measure.months",
    "talk.votes",
    "report.deviations",
    "report.sql",
    "slide.x",
    "slide.y",
    "slide.color",
}


def lacks(room: ExpoRoom, expo: Expo, step: str) -> tuple[str, ...]:
    """Sentences that say what a step still lacks; none if it is whole."""
    return tuple(_STEPS[step](room, expo))


def _empty(room: ExpoRoom, expo: Expo, *parts: str) -> Iterator[str]:
    """What is still empty among the fields of cards, in the order of the page."""
    texts = texts_of(expo)
    shown = sorted((each for each in places() if _part(each) in parts), key=lambda each: parts.index(_part(each)))
    for place in shown:
        if place not in _MAY_BE_EMPTY and not texts[place].strip():
            label = plain(f"field.{label_code(place)}", room.lang)
            number = place.split(".")[1] if place.split(".")[1].isdigit() else ""
            yield plain("lacks.empty", room.lang, label=f"{label} {number}".strip())


def _part(place: str) -> str:
    """The card that a field stands on."""
    return place.rpartition(".")[0]


def _ran(room: ExpoRoom, expo: Expo, place: str) -> Iterator[str]:
    """Whether a query has given something since it was last changed."""
    shot, label = expo.shot(place), plain(f"field.{label_code(place)}", room.lang)
    if not expo.text(place).strip():
        return
    if shot is None or shot.sql != expo.text(place).strip():
        yield plain("lacks.run", room.lang, label=label)
    elif shot.problem:
        yield plain("lacks.problem", room.lang, label=label)


def _issue(room: ExpoRoom, expo: Expo) -> Iterator[str]:
    yield from _empty(room, expo, "issue")
    yield from _ran(room, expo, "issue.sql")


def _hypotheses(room: ExpoRoom, expo: Expo) -> Iterator[str]:
    yield from _empty(room, expo, *(f"hypothesis.{number}" for number in range(1, HYPOTHESES + 1)), "order")


def _metric(room: ExpoRoom, expo: Expo) -> Iterator[str]:
    yield from _empty(room, expo, "metric")
    yield from _ran(room, expo, "metric.sql")
    result = table_of(expo.shot("metric.sql"))
    if result is None:
        return
    found = compare(expo.metric, result)
    if found.missing:
        yield plain("lacks.not_in_sql", room.lang, names=", ".join(found.missing))
    if found.months_missing:
        yield plain("lacks.month_not_in_sql", room.lang, months=", ".join(found.months_missing))
    if not found.months:
        yield plain("lacks.no_month", room.lang)
    if found.is_double:
        yield plain("lacks.double", room.lang, column=found.by)


def _checks(room: ExpoRoom, expo: Expo) -> Iterator[str]:
    yield from _empty(room, expo, "analysis")
    yield from _ran(room, expo, "analysis.sql")
    written = [number for number in range(1, CHECKS + 1) if expo.checks[number - 1].sql.strip()]
    for number in written:
        yield from (
            f"{plain('check.title', room.lang, number=number)}: {each}"
            for each in _ran(room, expo, f"check.{number}.sql")
        )
        if not expo.checks[number - 1].claim.strip():
            yield plain("lacks.claim", room.lang, number=number)
    good = [each for number in written if (each := fresh_check(expo, number)) and passed(table_of(each))]
    if len(good) < FEWEST_CHECKS:
        yield plain("lacks.checks", room.lang, wanted=FEWEST_CHECKS, found=len(good))
    elif not any(each.noticed for shot in good for each in shot.trials):
        yield plain("lacks.never_fails", room.lang)


def fresh_check(expo: Expo, number: int) -> Shot | None:
    """What a check gave, if that is still of the query that stands there."""
    shot = expo.shot(f"check.{number}.sql")
    return shot if shot and shot.sql == expo.checks[number - 1].sql.strip() else None


def _slide(room: ExpoRoom, expo: Expo) -> Iterator[str]:
    if table_of(expo.shot("analysis.sql")) is None:  # there is nothing to draw, and no field to write in either
        yield plain("lacks.nothing_to_draw", room.lang)
        return
    yield from _empty(room, expo, "slide")
    kind = expo.slide.kind
    wanted = [] if kind not in FIELDS else [each for each in needed_fields(kind) if not expo.text(f"slide.{each}")]
    if wanted:
        yield plain("lacks.columns", room.lang)


def _measure(room: ExpoRoom, expo: Expo) -> Iterator[str]:
    yield from _empty(room, expo, "measure")
    if expo.measure.group == "area" and not expo.measure.area:
        yield plain("lacks.area", room.lang)


def _talk(room: ExpoRoom, expo: Expo) -> Iterator[str]:
    yield from _empty(room, expo, "talk")


def _second(room: ExpoRoom, expo: Expo) -> Iterator[str]:
    for kind in (PLAN, MONTH, RUN):
        if latest(expo, kind) is None:
            yield plain("lacks.run_plan" if kind == RUN else f"lacks.{kind}", room.lang)
            return
    yield from _empty(room, expo, "report")
    if latest(expo, REPORT) is None:
        yield plain("lacks.report", room.lang)


_STEPS: dict[str, Callable[[ExpoRoom, Expo], Iterator[str]]] = {
    "issue": _issue,
    "hypotheses": _hypotheses,
    "metric": _metric,
    "checks": _checks,
    "slide": _slide,
    "measure": _measure,
    "talk": _talk,
    "second": _second,
}
