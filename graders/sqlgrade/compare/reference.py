"""The solution's side of a comparison: its rows, their key groups, and the rows a LIMIT left out."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sqlgrade.compare.cells import NULL, CanonicalRow, canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.tables.result import Result, Row

_MOST_NULL_PLACEMENTS = 16


@dataclass(frozen=True)
class Reference:
    """A solution's result on one database, with what is needed to accept its free choices."""

    result: Result
    keys: tuple[Row, ...] | None = None
    """The sort key of each row of unlimited (of result when nothing is limited), None without ORDER BY."""
    unlimited: tuple[Row, ...] | None = None
    """All rows before LIMIT and OFFSET, in order; None if the solution has no LIMIT."""
    offset: int = 0
    steps: tuple[tuple[int, float], ...] = ()
    """(column, half a unit of the last place) for columns that the solution rounds."""
    plain: bool = False
    """True if sort keys and rows before LIMIT could not be had, and the result must do."""

    @cached_property
    def rows(self) -> tuple[CanonicalRow, ...]:
        """The result's rows in canonical form."""
        return tuple(tuple(map(canonical, row)) for row in self.result.rows)

    @cached_property
    def pool(self) -> tuple[CanonicalRow, ...]:
        """The rows before LIMIT and OFFSET in canonical form."""
        return tuple(tuple(map(canonical, row)) for row in self.unlimited or ())

    @property
    def limited(self) -> bool:
        """True if a LIMIT or OFFSET really cuts rows off."""
        return self.unlimited is not None and len(self.unlimited) != len(self.result.rows)

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Numbers of rows (of the unlimited result) that share a sort key, in order."""
        count = len(self.unlimited if self.unlimited is not None else self.result.rows)
        if self.keys is None:
            return (tuple(range(count)),)
        canonical_keys = [tuple(map(canonical, key)) for key in self.keys]
        runs = itertools.groupby(range(count), key=lambda i: canonical_keys[i])
        return tuple(tuple(run) for _, run in runs)

    @cached_property
    def cut_groups(self) -> tuple[tuple[tuple[int, ...], int], ...]:
        """Each key group that the window touches, with how many of its rows the window takes."""
        start, stop = self.offset, self.offset + len(self.result.rows)
        touched, seen = [], 0
        for group in self.groups:
            taken = min(stop, seen + len(group)) - max(start, seen)
            if taken > 0:
                touched.append((group, taken))
            seen += len(group)
        return tuple(touched)

    def orders(self, *, free_nulls: bool) -> Iterator[tuple[tuple[int, ...], ...]]:
        """The allowed sequences of key groups: as the solution has them, then with NULL keys at the other end."""
        yield self.groups
        if not free_nulls or self.keys is None:
            return
        keys = [tuple(map(canonical, self.keys[group[0]])) for group in self.groups]
        nulls = [c for c in range(len(self.keys[0]) if self.keys else 0) if any(key[c] == NULL for key in keys)]
        choices = itertools.product((False, True), repeat=len(nulls))
        for moved in itertools.islice(choices, 1, _MOST_NULL_PLACEMENTS):
            flipped = {c for c, move in zip(nulls, moved, strict=True) if move}
            yield tuple(self.groups[i] for i in _placed(list(range(len(keys))), keys, 0, flipped))


def _placed(order: list[int], keys: Sequence[CanonicalRow], level: int, flipped: set[int]) -> list[int]:
    """The groups re-ordered with the NULLs of the flipped keys at the other end of their run."""
    if not order or level >= len(keys[0]):
        return order
    runs = [list(run) for _, run in itertools.groupby(order, key=lambda i: keys[i][level])]
    if level in flipped:
        null_runs = [run for run in runs if keys[run[0]][level] == NULL]
        others = [run for run in runs if keys[run[0]][level] != NULL]
        runs = others + null_runs if runs[0] in null_runs else null_runs + others
    return [i for run in runs for i in _placed(run, keys, level + 1, flipped)]
