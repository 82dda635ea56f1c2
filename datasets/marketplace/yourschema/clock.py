"""When rows come about: days from the measured quantiles, hours and weekdays from their shares, lags after the parent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from marketplace.yourschema.draws import from_points, keys_for, pick, uniform
from marketplace.yourschema.period import DAY
from marketplace.yourschema.schema import Kind

if TYPE_CHECKING:
    from marketplace.keys import I64
    from marketplace.yourschema.draws import F64
    from marketplace.yourschema.frame import CopyTask, Frame
    from marketplace.yourschema.profile import ColumnProfile


USUAL_HOURS = (4, 2, 1, 1, 1, 1, 2, 4, 6, 7, 8, 8, 10, 8, 7, 7, 7, 8, 10, 12, 13, 13, 11, 8)
"""Shares of the hours where nothing was measured."""


def row_times(world: CopyTask, frame: Frame, born: I64 | None) -> I64 | None:
    """Return the second at which each row came about; None for a table without times. `born`: its parent's second."""
    main = frame.plan.main_time
    if main is None:
        return None
    name = f"{frame.plan.name}.{main}"
    measured = world.profile.column(frame.plan.name, main)
    own = own_times(world, name, frame.rows, measured)
    lag = world.profile.column(frame.plan.name, frame.driver.columns[0]).parent_lag if frame.driver else []
    shape = frame.table.column(main)
    found = own if born is None else _after(world, name, born, own, lag, measured)
    return found // DAY * DAY if shape and shape.kind is Kind.DATE else found


def own_times(world: CopyTask, name: str, rows: int, measured: ColumnProfile) -> I64:
    """Return seconds drawn from a time's own quantiles, weekdays and hours."""
    keys = keys_for(rows)
    chances = uniform(world.dice, f"{name}.day", keys)
    period = world.period
    points = measured.quantiles or [(0.0, period.start / DAY), (1.0, period.end / DAY - 1)]
    days = np.floor(from_points(chances, points)).astype(np.int64)
    if measured.weekdays:
        drawn = pick(
            uniform(world.dice, f"{name}.weekday", keys), [measured.weekdays.get(day, 0) for day in range(1, 8)]
        )
        moved = days - (days + 3) % 7 + drawn
        days = np.clip(moved, int(points[0][1]), int(points[-1][1]))
    return days * DAY + _second_of_day(uniform(world.dice, f"{name}.second", keys), measured)


def _second_of_day(chances: F64, measured: ColumnProfile) -> I64:
    shares = [measured.hours.get(hour, 0.0) for hour in range(24)] if measured.hours else USUAL_HOURS
    hour = pick(chances, shares)
    rest = (chances * 86_400_000).astype(np.int64) * 7919 % 3600
    return hour * 3600 + rest


def _after(
    world: CopyTask, name: str, born: I64, own: I64, lag: list[tuple[float, float]], measured: ColumnProfile
) -> I64:
    keys = keys_for(born.size)
    chances = uniform(world.dice, f"{name}.lag", keys)
    orphan = born == np.iinfo(np.int64).min
    left = np.maximum(world.period.end - born, DAY)
    later = born + (left * chances * chances).astype(np.int64)
    if not lag:
        drawn = np.where(own >= born, own, later) if measured.quantiles else later
        return np.where(orphan, own, _at_usual_hour(world, name, drawn, born, measured))
    drawn = born + from_points(chances, lag).astype(np.int64)
    beyond = (drawn > world.period.end) & (born <= world.period.end)
    drawn = np.where(beyond, later, drawn)
    far = np.abs(drawn - born) >= DAY
    shaped = _at_usual_hour(world, name, drawn, born, measured) if measured.hours else drawn
    return np.where(orphan, own, np.where(far, shaped, drawn))


def _at_usual_hour(world: CopyTask, name: str, drawn: I64, born: I64, measured: ColumnProfile) -> I64:
    """Move a time to a usual hour of its day, unless that would put it before its parent."""
    second = _second_of_day(uniform(world.dice, f"{name}.second", keys_for(drawn.size)), measured)
    moved = drawn // DAY * DAY + second
    return np.where(moved >= born, moved, drawn)


def seconds_of(values: pa.Array | None) -> I64 | None:
    """Return the seconds since 1970 of a column of times; NULL counts as the start of 1970."""
    if values is None or not (pa.types.is_timestamp(values.type) or pa.types.is_date(values.type)):
        return None
    return np.asarray(values.cast(pa.timestamp("us")).cast(pa.int64()).fill_null(0)).astype(np.int64) // 1_000_000
