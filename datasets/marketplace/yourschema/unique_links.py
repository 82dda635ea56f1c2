"""Keys made of references only (film_actor): no pair of rows may point at the same parents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from marketplace.yourschema.fault import YourSchemaError

if TYPE_CHECKING:
    from marketplace.keys import I64, Dice
    from marketplace.yourschema.frame import Frame

_TRIES = 12
"""Rounds of exchanging; what is still doubled then is dropped."""


def spread_duplicates(dice: Dice, frame: Frame, repeated: set[tuple[str, ...]]) -> I64:
    """Return the rows to keep, after exchanging links between rows until few pairs are doubled; the rest is dropped."""
    keep = np.arange(frame.rows, dtype=np.int64)
    for names in {frame.plan.key, *frame.table.unique}:
        links = [columns for columns in frame.links if set(columns) <= set(names)]
        covered = {name for columns in links for name in columns}
        if len(names) < 2 or covered != set(names):
            continue
        movable = [columns for columns in links if columns not in repeated and columns != _driver(frame)]
        for attempt in range(_TRIES if movable else 0):
            doubled = _doubled(frame, links)
            if doubled.size == 0:
                break
            _exchange(dice, frame, movable[attempt % len(movable)], doubled, attempt)
        keep = np.setdiff1d(keep, _doubled(frame, links))
        if keep.size < frame.rows * 0.5:
            raise YourSchemaError(
                "key_space", table=frame.plan.name, columns=", ".join(names), possible=keep.size, rows=frame.rows
            )
    return keep


def _driver(frame: Frame) -> tuple[str, ...] | None:
    return frame.driver.columns if frame.driver else None


def _doubled(frame: Frame, links: list[tuple[str, ...]]) -> I64:
    """Return the rows whose links an earlier row already has; rows with a NULL never count."""
    table = np.stack([frame.links[columns] for columns in links])
    whole = np.flatnonzero((table >= 0).all(axis=0))
    _, first = np.unique(table[:, whole], axis=1, return_index=True)
    return np.setdiff1d(whole, whole[first])


def _exchange(dice: Dice, frame: Frame, columns: tuple[str, ...], doubled: I64, attempt: int) -> None:
    bits = dice.roll(f"{frame.plan.name}.{columns[0]}.exchange{attempt}", doubled.astype(np.uint64))
    partners, first = np.unique((bits % np.uint64(frame.rows)).astype(np.int64), return_index=True)
    rows = doubled[first]
    apart = ~np.isin(partners, rows)
    rows, partners = rows[apart], partners[apart]
    link = frame.links[columns]
    link[rows], link[partners] = link[partners].copy(), link[rows].copy()
