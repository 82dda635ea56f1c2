"""The connection on which an exercise runs: its limits, its clock, its zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.engine.runner import Runner
from sqlgrade.record import DEFAULT_NOW

if TYPE_CHECKING:
    from sqlgrade.record import Exercise
    from sqlgrade.tables.model import SchemaModel


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
