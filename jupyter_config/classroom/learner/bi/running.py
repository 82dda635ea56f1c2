"""Runs saved queries: by hand, and by themselves while nights go by."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from classroom.learner.bi.alerts import look_at
from classroom.learner.bi.asking import QueryTask
from classroom.learner.bi.parameters import chosen_for, has_parameters
from classroom.learner.bi.records import Ran, Run, Schedule
from classroom.learner.bi.rows import now_text
from marketplace.nights import HORIZON, day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from classroom.learner.bi.asking import Asker
    from classroom.learner.bi.records import Query
    from classroom.learner.bi.store import BiStore

CLOCK = "05:30"
"""When schedules run: a business day ends at five in the morning."""
_MONDAY = 1


class NightUnreachable(Exception):  # noqa: N818  (a value for whoever pressed the button)
    """A night's data can't be had; its text says why."""


def morning_after(night: int) -> date:
    """The calendar day on whose morning so many nights have gone by."""
    return day_of(night) + timedelta(days=1)


def run_queries(
    store: BiStore, asker: Asker, queries: Iterable[Query], chosen: Mapping[str, str] | None = None
) -> tuple[Run, ...]:
    """Run queries by hand, on the data as they are in the room's present, and look at their alerts.

    Args:
        store: Where it is kept.
        asker: Who runs the queries.
        queries: What is run.
        chosen: What is put in for parameters instead of what each query has.
    """
    done = _done(store, asker, tuple(queries), store.night(), chosen or {}, by_itself=False)
    for each in done:
        store.keep_run(each)
    return tuple(each.run for each in done)


def pass_a_night(store: BiStore, asker: Asker, seen: int) -> bool:
    """Let the next night go by: what is due at 05:30 runs, and alerts on it are looked at.

    Args:
        store: Where it is kept, all of a night or nothing.
        asker: Who runs the queries.
        seen: The night that the page shows; where another window has moved on since, nothing is done.

    Returns:
        Whether a night has gone by.

    Raises:
        Unreachable: the night's data can't be had.
    """
    night = seen + 1
    if night > HORIZON or store.night() != seen:
        return False
    if problem := asker.reach(night):
        raise NightUnreachable(problem)
    due = tuple(each for each in store.queries() if is_due(each.schedule, night))
    return store.pass_night(night, _done(store, asker, due, night, {}, by_itself=True))


def is_due(schedule: Schedule, night: int) -> bool:
    """Whether a schedule runs on the morning after so many nights."""
    monday = morning_after(night).isoweekday() == _MONDAY
    return schedule is Schedule.DAILY or (schedule is Schedule.WEEKLY and monday)


def _done(
    store: BiStore, asker: Asker, queries: tuple[Query, ...], night: int, chosen: Mapping[str, str], *, by_itself: bool
) -> list[Ran]:
    questions = [QueryTask(each.sql, chosen_for(each.sql, each.chosen, chosen)) for each in queries]
    done = []
    for query, question, answer in zip(queries, questions, asker.ask(questions, night), strict=True):
        at, result = now_text(), answer.result
        rows = result.row_count if result else 0
        run = Run(query.id, night, at, by_itself, answer.seconds, rows, answer.problem, answer.place)
        alerts = store.alerts(query.id) if result and not has_parameters(query.sql) else ()
        looks = tuple(look_at(each, result, night, at) for each in alerts) if result else ()
        done.append(Ran(run, result, question.chosen, answer.choices, looks))
    return done
