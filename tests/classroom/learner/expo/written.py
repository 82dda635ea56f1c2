"""An Expo as somebody may write it, place by place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.exchange.expo.record import places
from classroom.session.result import ResultTable

if TYPE_CHECKING:
    from classroom.learner.expo.place import ExpoRoom


def result(columns: str, *rows: tuple[object, ...], types: str = "") -> ResultTable:
    """A result; its columns are named in one text, and texts unless types are given so too."""
    names = tuple(columns.split())
    kinds = tuple(types.split()) or ("VARCHAR",) * len(names)
    return ResultTable(names, kinds, rows, len(rows), counted_all=True, seconds=0.01)


TALKS = "SELECT COUNT(*) AS talks FROM talks"
WRITTEN = {
    **{
        place: f"〔{place}〕"
        for place in places()
        if not place.endswith(".sql") and not place.startswith(("check.", "report."))
    },
    "issue.node": "talked",
    "issue.sql": TALKS,
    "metric.numerator": "talks",
    "metric.denominator": "guests",
    "metric.period": "2025-12-01 から 2025-12-31",
    "metric.exclusions": "is_test",
    "metric.sql": (
        "SELECT COUNT(DISTINCT t.guest_id) AS talked FROM talks AS t JOIN guests AS g ON g.guest_id = t.guest_id "
        "WHERE NOT g.is_test AND t.opened_at_utc >= TIMESTAMP '2025-12-01 00:00:00'"
    ),
    "analysis.sql": "SELECT source, COUNT(*) AS talks FROM talks GROUP BY source ORDER BY source",
    "slide.kind": "bar",
    "slide.x": "source",
    "slide.y": "talks",
    "slide.color": "",
    "measure.kind": "coupon",
    "measure.group": "existing",
    "measure.area": "",
    "measure.condition": "",
    "measure.metric": "talk_14d",
    "measure.percent": "50",
    "measure.months": "",
    "measure.worth": "10",
    "talk.votes": "○, 来月やりたい\n×\n△、人手がない",
}


def write(room: ExpoRoom, texts: dict[str, str], window: str = "w1") -> tuple[str, ...]:
    """Type texts into a window that shows what is there now."""
    return room.store.keep(texts, room.store.revision(), window)
