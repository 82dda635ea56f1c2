"""The frames of windows: how many rows before and after the current one they look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.diagnose.mistakes.record import Family, Mistake, Tier

if TYPE_CHECKING:
    from sqlglot import exp

WINDOW_FRAME = Mistake("window_frame", "E37", Family.WINDOWS, Tier.PART)
FRAME_MISSING = Mistake("frame_missing", "E37", Family.WINDOWS, Tier.PART)
FRAME_EXTRA = Mistake("frame_extra", "E37", Family.WINDOWS, Tier.PART)
FRAME_BEGINS_EARLY = Mistake("frame_begins_early", "E37", Family.WINDOWS, Tier.PART)
FRAME_BEGINS_LATE = Mistake("frame_begins_late", "E37", Family.WINDOWS, Tier.PART)
FRAME_EARLY = Mistake("frame_early", "E37", Family.WINDOWS, Tier.PART)
FRAME_LATE = Mistake("frame_late", "E37", Family.WINDOWS, Tier.PART)
FRAME_ENDS_EARLY = Mistake("frame_ends_early", "E37", Family.WINDOWS, Tier.PART)
FRAME_ENDS_LATE = Mistake("frame_ends_late", "E37", Family.WINDOWS, Tier.PART)
FRAME_BY_VALUE = Mistake("frame_by_value", "E37", Family.WINDOWS, Tier.PART)
FRAME_BY_ROWS = Mistake("frame_by_rows", "E37", Family.WINDOWS, Tier.PART)

_ENDS_OFF = {
    (0, False): FRAME_BEGINS_EARLY,
    (0, True): FRAME_BEGINS_LATE,
    (1, False): FRAME_ENDS_EARLY,
    (1, True): FRAME_ENDS_LATE,
}
"""By the end of a frame that is off, and whether it comes too late."""
_MEASURED = {("RANGE", "ROWS"): FRAME_BY_VALUE, ("ROWS", "RANGE"): FRAME_BY_ROWS}
"""By what a frame is measured in, and what it is to be measured in."""
_FIRST_ROW = "UNBOUNDED PRECEDING"


def other_frame(own: exp.WindowSpec | None, wanted: exp.WindowSpec | None, *, sorts: bool) -> tuple[Mistake, int]:
    """Which end of the frame is off, and by how many rows; a frame that is missing, or not asked for."""
    if own is None:
        return FRAME_MISSING if sorts else WINDOW_FRAME, 0
    if wanted is None and ends(own)[0] != _FIRST_ROW:
        return framed(FRAME_EXTRA, own), 0
    if wanted is not None and (other := _MEASURED.get((_kind(own), _kind(wanted)))) is not None:
        return other, 0
    return _ends_off(own, wanted)


def _ends_off(own: exp.WindowSpec, wanted: exp.WindowSpec | None) -> tuple[Mistake, int]:
    first, last = (_rows_off(*each) for each in zip(ends(own), ends(wanted), strict=True))
    moved = first or last
    if not moved or first is None or last is None or not _in_rows(own, wanted):
        return WINDOW_FRAME, 0
    if not first or not last:
        return _ENDS_OFF[int(not first), moved > 0], abs(moved)
    if wanted is None or first != last:
        return WINDOW_FRAME, 0
    return FRAME_LATE if moved > 0 else FRAME_EARLY, abs(moved)


def _rows_off(own: int | str, wanted: int | str) -> int | None:
    """By how many rows an end of a frame comes too late; None where that is no number."""
    if own == wanted:
        return 0
    return own - wanted if isinstance(own, int) and isinstance(wanted, int) else None


def framed(key: Mistake, frame: exp.WindowSpec) -> Mistake:
    """A name that speaks of ROWS, where the learner wrote ROWS."""
    return key if _in_rows(frame) else WINDOW_FRAME


def _in_rows(*frames: exp.WindowSpec | None) -> bool:
    return all(frame is None or _kind(frame) == "ROWS" for frame in frames)


def _kind(frame: exp.WindowSpec) -> str:
    return str(frame.args.get("kind") or "").upper()


def ends(frame: exp.WindowSpec | None) -> list[int | str]:
    """Where a frame begins and ends, in rows after the current one; as text where that is no number."""
    if frame is None:
        return [_FIRST_ROW, 0]  # what a window with ORDER BY looks at without ROWS
    found: list[int | str] = []
    for name in ("start", "end"):
        end, side = frame.args.get(name) or "CURRENT ROW", str(frame.args.get(f"{name}_side") or "").upper()
        text = end.upper() if isinstance(end, str) else end.name
        steps = 0 if text == "CURRENT ROW" else int(text) if text.isdigit() else None
        found.append(f"{text or end} {side}" if steps is None else -steps if side == "PRECEDING" else steps)
    return found
