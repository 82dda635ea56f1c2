"""Runs saved queries: by hand, and by themselves while nights go by."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from classroom.bi.alerts import look_at
from classroom.bi.records import Run, Schedule
from classroom.bi.store import now_text
from marketplace.nights import HORIZON, day_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from classroom.bi.asking import Asker
    from classroom.bi.records import Look, Query
    from classroom.bi.store import BiStore
    from classroom.desk.result import ResultTable

CLOCK = "05:30"
"""When schedules run: a business day ends at five in the morning."""
_MONDAY = 1


def morning_after(night: int) -> date:
    """The calendar day on whose morning so many nights have gone by."""
    return day_of(night) + timedelta(days=1)


def run_queries(store: BiStore, asker: Asker, queries: Iterable[Query]) -> tuple[Run, ...]:
    """Run queries by hand, on the data as they are in the room's present, and look at their alerts."""
    night = store.night()
    done = _done(store, asker, tuple(queries), night, by_itself=False)
    for run, result, looks in done:
        store.keep_run(run, result, looks)
    return tuple(run for run, _, _ in done)


def pass_a_night(store: BiStore, asker: Asker, seen: int) -> bool:
    """Let the next night go by: what is due at 05:30 runs, and alerts on it are looked at.

    Args:
        store: Where it is kept, all of a night or nothing.
        asker: Who runs the queries.
        seen: The night that the page shows; where another window has moved on since, nothing is done.

    Returns:
        Whether a night has gone by.
    """
    night = seen + 1
    if night > HORIZON or store.night() != seen:
        return False
    due = tuple(each for each in store.queries() if is_due(each.schedule, night))
    return store.pass_night(night, _done(store, asker, due, night, by_itself=True))


def is_due(schedule: Schedule, night: int) -> bool:
    """Whether a schedule runs on the morning after so many nights."""
    monday = morning_after(night).isoweekday() == _MONDAY
    return schedule is Schedule.DAILY or (schedule is Schedule.WEEKLY and monday)


def _done(
    store: BiStore, asker: Asker, queries: tuple[Query, ...], night: int, *, by_itself: bool
) -> list[tuple[Run, ResultTable | None, tuple[Look, ...]]]:
    asked = asker.ask([each.sql for each in queries], night)
    done = []
    for query, answer in zip(queries, asked, strict=True):
        at, result = now_text(), answer.result
        rows = result.row_count if result else 0
        run = Run(query.id, night, at, by_itself, answer.seconds, rows, answer.problem)
        looks = tuple(look_at(each, result, night, at) for each in store.alerts(query.id)) if result else ()
        done.append((run, result, looks))
    return done
