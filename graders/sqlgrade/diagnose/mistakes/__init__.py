"""The mistakes that people make: a record of each, the rules that name them, and the choice between their names."""

from sqlgrade.diagnose.mistakes import (
    aggregating,
    bounds,
    by_result,
    cases,
    clocks,
    comparing,
    computing,
    conditions,
    counting,
    dividing,
    frames,
    funnels,
    grouping,
    join_keys,
    joining,
    lacking,
    left_to_outputs,
    letting_in,
    moments,
    operands,
    or_blank,
    ordering,
    patterns,
    rounding,
    scaling,
    tables,
    values,
    windows,
)
from sqlgrade.diagnose.mistakes.choosing import chosen
from sqlgrade.diagnose.mistakes.record import KNOWN, Mistake, Occurrence
from sqlgrade.diagnose.mistakes.scene import Scene

FAMILIES = (
    aggregating,
    bounds,
    by_result,
    cases,
    clocks,
    comparing,
    computing,
    conditions,
    counting,
    dividing,
    frames,
    funnels,
    grouping,
    join_keys,
    joining,
    lacking,
    left_to_outputs,
    letting_in,
    moments,
    operands,
    or_blank,
    ordering,
    patterns,
    rounding,
    scaling,
    tables,
    values,
    windows,
)
"""The modules that hold the records and the rules; in which order they are read says nothing."""

__all__ = ["FAMILIES", "KNOWN", "Mistake", "Occurrence", "Scene", "chosen"]
