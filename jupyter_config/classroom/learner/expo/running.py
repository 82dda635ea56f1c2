"""Runs the queries of the cards, and those of the check log on spoilt data too."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from classroom.exchange.expo.record import Shot, Trial
from classroom.exchange.expo.spoiling import trials_of
from classroom.exchange.expo.words import plain
from classroom.learner.bi.asking import QueryTask
from classroom.learner.bi.parameters import has_parameters
from classroom.session.shots import table_of

if TYPE_CHECKING:
    from classroom.learner.expo.place import ExpoRoom
    from classroom.session.result import ResultTable

_KEPT_ROWS = 400


def run_place(room: ExpoRoom, place: str) -> Shot:
    """Run the query of a place on the practice data, keep what it gave, and give that; a check is run on spoilt data as well."""
    sql = room.store.expo().text(place).strip()
    shot = shot_of(room, place, sql)
    if place.startswith("check.") and passed(table_of(shot)) is not None:
        shot = replace(shot, trials=_trials(room, sql))
    room.store.keep_shot(shot)
    return shot


def shot_of(room: ExpoRoom, place: str, sql: str, *, on_month: bool = False) -> Shot:
    """What a query gives, on the practice data or on the second data; a text with parameters is not run."""
    at = room.clock().isoformat(timespec="seconds")
    if not sql:
        return Shot(place, sql, at, problem=plain("run.empty", room.lang))
    if has_parameters(sql):
        return Shot(place, sql, at, problem=plain("run.parameters", room.lang))
    answer = (room.month_asker if on_month else room.asker).ask([QueryTask(sql)], 0)[0]
    if answer.result is None:
        return Shot(place, sql, at, problem=answer.problem)
    return Shot(place, sql, at, asdict(replace(answer.result, rows=answer.result.rows[:_KEPT_ROWS])))


def passed(result: ResultTable | None) -> bool | None:
    """What a check says: yes or no; None where it is no check, which gives one row whose first column is true or false."""
    if result is None or len(result.rows) != 1 or not result.columns:
        return None
    value = result.rows[0][0]
    if isinstance(value, bool) or value in (0, 1):
        return bool(value)
    return None


def _trials(room: ExpoRoom, sql: str) -> tuple[Trial, ...]:
    """What a check says of spoilt data; no, NULL and a query that breaks all mean that somebody would notice."""
    trials = trials_of(sql)
    answers = room.asker.ask([QueryTask(text) for _, _, text in trials], 0) if trials else []
    return tuple(
        Trial(table, fault, noticed=passed(answer.result) is not True)
        for (table, fault, _), answer in zip(trials, answers, strict=True)
    )
