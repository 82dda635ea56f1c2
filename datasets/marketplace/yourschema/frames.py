"""The skeleton of the copy: how many rows each table has, which row each reference points at, when each row came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from marketplace.yourschema import clock
from marketplace.yourschema.draws import counts, from_points, keys_for, uniform
from marketplace.yourschema.fault import YourSchemaError
from marketplace.yourschema.frame import CopyTask, Frame
from marketplace.yourschema.sizes import sizes
from marketplace.yourschema.table_order import table_order
from marketplace.yourschema.unique_links import spread_duplicates

if TYPE_CHECKING:
    from collections.abc import Mapping as Mapping_

    from marketplace.keys import I64
    from marketplace.yourschema.role_data import RoleRows
    from marketplace.yourschema.schema import Reference

NONE = -1
"""The row number of a reference that is NULL."""


def build_frames(world: CopyTask, given: Mapping_[str, RoleRows] | None = None) -> dict[str, Frame]:
    """Return a frame per table, parents before children; references that close a cycle are filled last.

    `given` holds the rows of tables that play a role.
    """
    given = given or {}
    wanted = sizes(world.schema, world.mapping, world.profile, world.scale)
    frames: dict[str, Frame] = {}
    late: list[tuple[Frame, Reference]] = []
    for name in table_order(world.mapping, world.schema):
        plan, table = world.mapping.table(name), world.schema.table(name)
        if plan is None or table is None:
            continue
        frame = frames[name] = Frame(plan, table, wanted[name])
        ready = [reference for reference in plan.references if reference.table in frames and reference.table != name]
        late += [(frame, reference) for reference in plan.references if reference.table not in frames]
        linker = _Linker(world, frames, frame)
        if name in given:
            linker.adopt(ready, given[name])
        else:
            linker.link(ready)
        for reference in plan.references:
            if reference.table == name and reference.columns not in frame.links:
                frame.links[reference.columns] = _earlier_row(world, frame, reference)
    for frame, reference in late:
        frame.links[reference.columns] = _late_link(world, frame, frames[reference.table], reference)
    return frames


class _Linker:
    """Gives one table its rows and links."""

    def __init__(self, world: CopyTask, frames: dict[str, Frame], frame: Frame) -> None:
        self._world = world
        self._frames = frames
        self._frame = frame
        self._name = frame.plan.name

    def link(self, ready: list[Reference]) -> None:
        """Expand the driver, date the rows, match the other references, then sort the rows by time."""
        repeats = {r.columns: r for r in ready if self._repeats(r, ready)}
        free = [reference for reference in ready if reference.columns not in repeats]
        driver = min(free, key=self._looseness, default=None)
        self._frame.driver = driver
        if driver is not None:
            self._frame.links[driver.columns] = self._expanded(driver)
            self._frame.rows = self._frame.links[driver.columns].size
        self._frame.times = clock.row_times(self._world, self._frame, self._parent_times(driver))
        for reference in free:
            if reference is not driver:
                self._frame.links[reference.columns] = self._matched(reference)
        for reference in repeats.values():
            self._frame.links[reference.columns] = self._repeated(reference)
        self._frame.keep(spread_duplicates(self._world.dice, self._frame, set(repeats)))
        self._after_parents()
        if self._frame.times is not None:
            self._frame.keep(np.argsort(self._frame.times, kind="stable").astype(np.int64))

    def adopt(self, ready: list[Reference], given: RoleRows) -> None:
        """Take the rows of a role: its links by the course's keys, other references dealt out as usual."""
        frame = self._frame
        frame.rows, frame.given, frame.source_keys = given.rows, dict(given.columns), given.keys
        frame.times = clock.seconds_of(frame.given.get(frame.plan.main_time or ""))
        own = [reference for reference in frame.plan.references if reference.table == self._name]
        for reference in [*ready, *own]:
            parent = self._frames[reference.table]
            ids = given.links.get(reference.columns[0])
            if ids is not None and parent.source_keys is not None:
                found = pc.index_in(ids, value_set=parent.source_keys)
                frame.links[reference.columns] = np.asarray(found.fill_null(NONE)).astype(np.int64)
            elif reference not in own:
                frame.links[reference.columns] = self._matched(reference)
        keep = np.ones(frame.rows, bool)
        for reference in [*ready, *own]:
            columns = [frame.table.column(name) for name in reference.columns]
            if reference.columns in frame.links and not any(column and column.nullable for column in columns):
                keep &= frame.links[reference.columns] >= 0
        if own and not keep.all():
            for reference in own:
                frame.links.pop(reference.columns, None)
        frame.keep(np.flatnonzero(keep))
        frame.keep(spread_duplicates(self._world.dice, frame, set(frame.links)))

    def _repeats(self, reference: Reference, ready: list[Reference]) -> bool:
        column = self._frame.plan.column(reference.columns[0])
        if len(reference.columns) != 1 or column is None or column.same_as is None:
            return False
        measured = self._world.profile.column(self._name, column.name).same_share
        if measured is not None and measured < 0.98:
            return False
        via = next((other for other in ready if other.columns == (column.same_as.via,)), None)
        return via is not None and (column.same_as.column,) in self._frames[via.table].links

    def _looseness(self, reference: Reference) -> tuple[float, int]:
        """Rank references: the one whose rows follow soonest after their parent decides."""
        lag = self._world.profile.column(self._name, reference.columns[0]).parent_lag
        if lag:
            return abs(lag[len(lag) // 2][1]), 0
        parent = self._frames[reference.table]
        return 1e12 if parent.plan.event_time else 1e13, -parent.rows

    def _null_share(self, reference: Reference) -> float:
        columns = [self._frame.table.column(name) for name in reference.columns]
        if not any(column and column.nullable for column in columns):
            return 0.0
        plan = self._frame.plan.column(reference.columns[0])
        if plan and plan.null_share is not None:
            return plan.null_share
        measured = self._world.profile.column(self._name, reference.columns[0]).null_share
        return measured if measured is not None else 0.0

    def _tokens(self, reference: Reference, total: int) -> I64:
        """Return parent rows, each as often as it has children."""
        parent = self._frames[reference.table]
        points = self._world.profile.column(self._name, reference.columns[0]).fan_out
        per_parent = counts(self._world.dice, f"{self._name}.{reference.columns[0]}", parent.rows, total, points)
        if self._is_single(reference):
            per_parent = self._at_most_one(reference, total, parent.rows)
        return np.repeat(np.arange(parent.rows, dtype=np.int64), per_parent)

    def _at_most_one(self, reference: Reference, total: int, parents: int) -> I64:
        order = np.argsort(self._world.dice.roll(f"{self._name}.{reference.columns[0]}.one", keys_for(parents)))
        per_parent = np.zeros(parents, np.int64)
        per_parent[order[:total]] = 1
        return per_parent

    def _is_single(self, reference: Reference) -> bool:
        return reference.columns in (self._frame.plan.key, *self._frame.table.unique)

    def _expanded(self, driver: Reference) -> I64:
        if self._frames[driver.table].rows == 0:
            optional = any((column := self._frame.table.column(name)) and column.nullable for name in driver.columns)
            return np.full(self._frame.rows if optional else 0, NONE, np.int64)
        empty = round(self._frame.rows * self._null_share(driver))
        tokens = self._tokens(driver, self._frame.rows - empty)
        return np.concatenate([tokens, np.full(empty, NONE, np.int64)])

    def _matched(self, reference: Reference) -> I64:
        """Deal the parents out to the rows: in order of the time at which each row expects its parent to have come about."""
        rows = self._frame.rows
        name = f"{self._name}.{reference.columns[0]}"
        missing = uniform(self._world.dice, f"{name}.null", keys_for(rows)) < self._null_share(reference)
        takers = np.flatnonzero(~missing)
        tokens = self._tokens(reference, takers.size)
        parent = self._frames[reference.table]
        link = np.full(rows, NONE, np.int64)
        if tokens.size == 0 or takers.size == 0:
            return link
        if self._is_single(reference):
            takers = takers[: tokens.size]
        elif tokens.size != takers.size:
            tokens = tokens[np.arange(takers.size) * tokens.size // takers.size]
        shuffled = np.argsort(self._world.dice.roll(f"{name}.deal", keys_for(takers.size)), kind="stable")
        if parent.times is None or self._frame.times is None or not self._follows(reference):
            link[takers[shuffled]] = tokens
            return link
        expected = self._expected_parent_time(reference, takers)
        order = shuffled[np.argsort(expected[shuffled], kind="stable")]
        link[takers[order]] = tokens[np.argsort(parent.times[tokens], kind="stable")]
        return link

    def _follows(self, reference: Reference) -> bool:
        """Tell whether both ends of a reference say when something happened, so that one comes after the other."""
        return bool(self._frames[reference.table].plan.event_time and self._frame.plan.event_time)

    def _expected_parent_time(self, reference: Reference, takers: I64) -> I64:
        times = self._frame.times[takers] if self._frame.times is not None else np.zeros(takers.size, np.int64)
        chances = uniform(self._world.dice, f"{self._name}.{reference.columns[0]}.lag", takers.astype(np.uint64))
        lag = self._world.profile.column(self._name, reference.columns[0]).parent_lag
        if lag:
            return np.asarray(times - from_points(chances, lag).astype(np.int64))
        known = np.maximum(times - self._world.period.start, 0)
        return np.asarray(times - (known * chances * chances).astype(np.int64))

    def _repeated(self, reference: Reference) -> I64:
        column = self._frame.plan.column(reference.columns[0])
        via = next(
            other
            for other in self._frame.plan.references
            if column and column.same_as and other.columns == (column.same_as.via,)
        )
        own = self._frame.links[via.columns]
        theirs = self._frames[via.table].links[(column.same_as.column,)] if column and column.same_as else own
        return np.where(own >= 0, theirs[own], NONE) if theirs.size else own

    def _parent_times(self, reference: Reference | None) -> I64 | None:
        if reference is None or not self._follows(reference):
            return None
        times = self._frames[reference.table].times
        link = self._frame.links[reference.columns]
        return None if times is None or times.size == 0 else np.where(link >= 0, times[link], np.iinfo(np.int64).min)

    def _after_parents(self) -> None:
        """Let no row come before what it refers to, unless the measured lags say that it may."""
        for reference in self._frame.plan.references:
            link = self._frame.links.get(reference.columns)
            parent = self._frames.get(reference.table)
            if (
                link is None
                or parent is None
                or parent is self._frame
                or not parent.rows
                or not self._follows(reference)
            ):
                continue
            lag = self._world.profile.column(self._name, reference.columns[0]).parent_lag
            if (lag and lag[0][1] < 0) or parent.times is None or self._frame.times is None:
                continue
            born = np.where(link >= 0, parent.times[link], self._frame.times)
            self._frame.times = np.maximum(self._frame.times, born)


def _earlier_row(world: CopyTask, frame: Frame, reference: Reference) -> I64:
    """Point each row at an earlier one of its own table; the first has none, or itself where NULL is not allowed."""
    name = f"{frame.plan.name}.{reference.columns[0]}"
    rows = np.arange(frame.rows, dtype=np.int64)
    link = np.floor(uniform(world.dice, name, keys_for(frame.rows)) * rows).astype(np.int64)
    column = frame.table.column(reference.columns[0])
    if column is None or not column.nullable:
        return np.minimum(link, rows)
    share = world.profile.column(frame.plan.name, reference.columns[0]).null_share
    missing = uniform(world.dice, f"{name}.null", keys_for(frame.rows)) < (0.5 if share is None else share)
    return np.where(missing | (rows == 0), NONE, link)


def _late_link(world: CopyTask, frame: Frame, parent: Frame, reference: Reference) -> I64:
    """Fill a reference that closes a cycle, once all tables have their rows."""
    name = f"{frame.plan.name}.{reference.columns[0]}"
    shuffled = np.argsort(world.dice.roll(f"{name}.deal", keys_for(parent.rows)), kind="stable").astype(np.int64)
    if reference.columns in (frame.plan.key, *frame.table.unique):
        column = frame.table.column(reference.columns[0])
        if parent.rows < frame.rows and not (column and column.nullable):
            raise YourSchemaError(
                "key_space",
                table=frame.plan.name,
                columns=", ".join(reference.columns),
                possible=parent.rows,
                rows=frame.rows,
            )
        return np.concatenate([shuffled, np.full(max(frame.rows - parent.rows, 0), NONE, np.int64)])[: frame.rows]
    points = world.profile.column(frame.plan.name, reference.columns[0]).fan_out
    if parent.rows == 0 or frame.rows == 0:
        return np.full(frame.rows, NONE, np.int64)
    per_parent = counts(world.dice, name, parent.rows, frame.rows, points)
    tokens = np.repeat(shuffled, per_parent) if per_parent.sum() else shuffled
    tokens = tokens[np.arange(frame.rows) * tokens.size // frame.rows]
    deal = np.argsort(world.dice.roll(f"{name}.order", keys_for(frame.rows)), kind="stable")
    return np.asarray(tokens[deal], np.int64)
