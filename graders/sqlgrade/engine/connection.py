"""The connection on which an exercise runs: its limits, its clock, its zone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlgrade.engine.runner import Runner

if TYPE_CHECKING:
    from sqlgrade.record import Exercise
    from sqlgrade.tables.model import SchemaModel


DEFAULT_NOW = dt.datetime(2024, 7, 15, 10, 30)  # noqa: DTZ001  (the connection's own zone)


def new_runner(exercise: Exercise, schema: SchemaModel, *, plain: bool = False) -> Runner:
    """A connection for the exercise's small databases, its clock frozen; see Runner for what a plain one is."""
    return Runner(
        schema,
        seconds=exercise.limits.seconds,
        memory_mb=exercise.limits.memory_mb,
        now=exercise.now or DEFAULT_NOW,
        timezone=exercise.timezone,
        plain=plain,
    )
