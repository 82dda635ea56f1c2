"""Runs the steps of a query: how many rows there are at each, and the first few of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from classroom.learner.panel.steps.plan import ROW_MARK, Step, StepKind

SHOWN_ROWS = 6

Run = Callable[[str], tuple[Sequence[str], Sequence[str], Sequence[Sequence[object]]]]
"""Runs one SELECT read-only and returns its column names, their types and all of its rows."""


@dataclass(frozen=True)
class StepResult:
    """What is there after a step.

    Attributes:
        rows_before: rows at the step before it in the same block; None at a block's first step.
        row_count: rows now.
        columns, types, rows: the first `SHOWN_ROWS` rows.
        spread: in how many rows the most repeated row of the first table stands after a join, else None.
        added: how many columns at the right end came in with this step (joins).
    """

    step: Step
    rows_before: int | None
    row_count: int
    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    spread: int | None = None
    added: int = 0


def walk_steps(steps: Sequence[Step], run: Run) -> Iterator[StepResult]:
    """Run each step in turn; an error of the database passes through to the caller."""
    before: StepResult | None = None
    for step in steps:
        if before is not None and before.step.block != step.block:
            before = None
        before = _run_step(step, before, run)
        yield before


def _run_step(step: Step, before: StepResult | None, run: Run) -> StepResult:
    _, _, counted = run(f"SELECT COUNT(*) FROM ({step.rows_sql})")
    columns, types, rows = run(f"SELECT * FROM ({step.rows_sql}) LIMIT {SHOWN_ROWS}")
    keep = [index for index, name in enumerate(columns) if not str(name).startswith(ROW_MARK)]
    shown = tuple(str(columns[index]) for index in keep)
    spread = run(step.spread_sql)[2][0][0] if step.spread_sql else None
    return StepResult(
        step,
        before.row_count if before is not None else None,
        int(str(counted[0][0])),
        shown,
        tuple(str(types[index]) for index in keep),
        tuple(tuple(row[index] for index in keep) for row in rows),
        int(str(spread)) if spread is not None else None,
        len(shown) - len(before.columns) if before is not None and step.kind is StepKind.JOIN else 0,
    )
