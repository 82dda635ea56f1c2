"""Fills frames with values, table by table: keys, references, repeats, times, then everything drawn; checks last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marketplace.yourschema import clock, rules
from marketplace.yourschema.draw import Draw
from marketplace.yourschema.draws import from_points
from marketplace.yourschema.meanings import KEY, ProfileClass
from marketplace.yourschema.tokens import key_values
from marketplace.yourschema.unique_values import number_within, spread_values
from marketplace.yourschema.values import drawn, free_date, time_array, with_nulls

if TYPE_CHECKING:
    from marketplace.keys import I64
    from marketplace.yourschema.frame import CopyTask, Frame
    from marketplace.yourschema.mapping import ColumnPlan

DAY = 86_400
_USUAL_LAG = {
    "ended_at": ((0.0, 3600.0), (0.5, 2.0 * DAY), (0.9, 6.0 * DAY), (1.0, 14.0 * DAY)),
    "updated_at": ((0.0, 0.0), (0.5, 3.0 * DAY), (1.0, 200.0 * DAY)),
    "deleted_at": ((0.0, DAY), (0.5, 90.0 * DAY), (1.0, 500.0 * DAY)),
    "created_at": ((0.0, 0.0), (0.5, 3600.0), (1.0, 3.0 * DAY)),
    "time": ((0.0, 0.0), (0.5, 3600.0), (1.0, 3.0 * DAY)),
}
"""(Quantile, seconds after the moment before it) where nothing was measured, by meaning."""
_USUAL_NULLS = {"deleted_at": 0.85, "ended_at": 0.2, "created_at": 0.0, "updated_at": 0.0, "secret": 0.0}
"""Share of NULL where nothing was measured, by meaning."""


class Filler:
    """Fills one table after the other and remembers what later tables refer to."""

    def __init__(self, world: CopyTask, frames: dict[str, Frame], locale: str) -> None:
        self._world = world
        self._frames = frames
        self._locale = locale
        self._done: dict[str, dict[str, pa.Array]] = {}

    def fill(self, name: str) -> pa.Table:
        """Return a table's columns, in the schema's order."""
        frame = self._frames[name]
        values = self._done[name] = {}
        self._seconds: dict[str, tuple[I64, np.ndarray]] = {}
        for plan in self._in_order(frame):
            values[plan.name] = self._given(frame, plan) if plan.name in frame.given else self._column(frame, plan)
        rules.keep_rules(frame.table, values, lambda column, attempt: self._redrawn(frame, column, attempt))
        spread_values(frame, values)
        return pa.table({column.name: values[column.name] for column in frame.table.columns})

    def _in_order(self, frame: Frame) -> list[ColumnPlan]:
        """Return the columns, a time after the one it follows."""
        plans, placed = list(frame.plan.columns), []
        names: set[str] = set()
        while plans:
            ready = [plan for plan in plans if plan.after is None or plan.after in names] or plans
            placed += ready
            names |= {plan.name for plan in ready}
            plans = [plan for plan in plans if plan.name not in names]
        return placed

    def _draw(self, frame: Frame, plan: ColumnPlan, attempt: int = 0) -> Draw:
        shape = frame.table.column(plan.name)
        if shape is None:
            raise KeyError(plan.name)
        low, high = rules.bounds(shape, frame.table.rules)
        again = f"#{attempt}" if attempt else ""
        measured = self._world.profile.column(frame.plan.name, plan.name)
        name = f"{frame.plan.name}.{plan.name}{again}"
        return Draw(self._world, plan, shape, measured, name, frame.rows, self._locale, low, high)

    def _column(self, frame: Frame, plan: ColumnPlan) -> pa.Array:
        draw = self._draw(frame, plan)
        reference = next((r for r in frame.plan.references if plan.name in r.columns), None)
        if reference is not None and reference.columns in frame.links:
            target = reference.referred[reference.columns.index(plan.name)]
            return self._taken(reference.table, target, frame.links[reference.columns])
        if plan.meaning == KEY:
            return key_values(self._world.dice, frame.plan.name, draw.shape, frame.rows)
        if (repeat := self._repeat(frame, plan, draw)) is not None:
            return repeat
        if plan.meaning == "sequence" and (not draw.measured.quantiles or _in_a_key(frame, plan.name)):
            return pa.array(number_within(frame))
        if plan.profile is ProfileClass.TIMES:
            return self._time(frame, plan, draw)
        return with_nulls(drawn(draw), self._missing(draw))

    def _given(self, frame: Frame, plan: ColumnPlan) -> pa.Array:
        """Return a role's values; where they are unknown but must not be, values are drawn."""
        values = frame.given[plan.name]
        if plan.profile is ProfileClass.TIMES:
            seconds = clock.seconds_of(values)
            if seconds is not None:
                self._seconds[plan.name] = (seconds, np.asarray(values.is_null()))
        shape = frame.table.column(plan.name)
        if shape is not None and not shape.nullable and values.null_count:
            made = self._column(frame, plan)
            values = pc.coalesce(values.cast(made.type) if values.type != made.type else values, made)
        return values

    def _taken(self, table: str, column: str, link: I64) -> pa.Array:
        """Return the parents' values; a table still to be filled can only be referred to by its surrogate key."""
        values = self._done.get(table, {}).get(column)
        if values is None:
            values = self._frames[table].given.get(column)
        if values is None:
            parent = self._frames[table]
            shape = parent.table.column(column)
            if shape is None:
                raise KeyError(column)
            values = key_values(self._world.dice, table, shape, parent.rows)
        return values.take(pa.array(link, mask=link < 0))

    def _repeat(self, frame: Frame, plan: ColumnPlan, draw: Draw) -> pa.Array | None:
        if plan.same_as is None or (draw.measured.same_share or 1.0) < 0.98:
            return None
        via = next((r for r in frame.plan.references if r.columns == (plan.same_as.via,)), None)
        if via is None or via.columns not in frame.links:
            return None
        values = self._done.get(via.table, {}).get(plan.same_as.column)
        link = frame.links[via.columns]
        return None if values is None else values.take(pa.array(link, mask=link < 0))

    def _missing(self, draw: Draw) -> np.ndarray:
        share = self._null_share(draw)
        return draw.chances(".null") < share if share else np.zeros(draw.rows, bool)

    def _null_share(self, draw: Draw) -> float:
        if not draw.shape.nullable:
            return 0.0
        if draw.plan.null_share is not None:
            return draw.plan.null_share
        if draw.measured.null_share is not None:
            return draw.measured.null_share
        if self._world.profile.rows:
            return 0.0
        usual = _USUAL_NULLS.get(draw.plan.meaning)
        if usual is not None:
            return usual
        return 0.0 if self._world.schema.dialect == "bigquery" else 0.05

    def _time(self, frame: Frame, plan: ColumnPlan, draw: Draw) -> pa.Array:
        if plan.name == frame.plan.main_time and frame.times is not None:
            seconds, missing = frame.times, self._missing(draw)
        elif plan.after and plan.after in self._seconds:
            seconds, missing = self._later(draw, *self._seconds[plan.after])
        else:
            seconds, missing = free_date(draw), self._missing(draw)
        self._seconds[plan.name] = (seconds, missing)
        return time_array(seconds, draw.shape, missing if missing.any() else None)

    def _later(self, draw: Draw, base: I64, base_missing: np.ndarray) -> tuple[I64, np.ndarray]:
        """Return times after another of the row: unknown where that one is, and where they would lie in the future."""
        points = draw.measured.row_lag or [*_USUAL_LAG.get(draw.plan.meaning, _USUAL_LAG["time"])]
        seconds = base + np.maximum(from_points(draw.chances(".lag"), points), 0).astype(np.int64)
        share, known = self._null_share(draw), float(base_missing.mean()) if base_missing.size else 0.0
        rest = max(share - known, 0.0) / (1 - known) if known < 1 else 0.0
        missing = base_missing | (draw.chances(".null") < rest)
        future = seconds > self._world.period.end
        if draw.shape.nullable and draw.plan.meaning != "updated_at" and not draw.measured.row_lag:
            return seconds, missing | future
        seconds = np.where(future, self._world.period.end, seconds)
        seconds = np.maximum(seconds, base)
        return seconds, missing if draw.shape.nullable else np.zeros(draw.rows, bool)

    def _redrawn(self, frame: Frame, column: str, attempt: int) -> pa.Array | None:
        plan = frame.plan.column(column)
        if plan is None or plan.meaning == KEY or plan.references or plan.profile is ProfileClass.TIMES:
            return None
        draw = self._draw(frame, plan, attempt)
        return with_nulls(drawn(draw), self._missing(draw))


def _in_a_key(frame: Frame, column: str) -> bool:
    return any(column in names for names in (frame.plan.key, *frame.table.unique))
