"""A dashboard of six queries refreshed, its page drawn, and a night gone by, in seconds.

    python bench/dashboard.py [--rounds 9] [--scale std] [--data FILE]

Refreshing is what the button does: six queries on the practice data in the BI room's own process, results written down.
The first refresh starts that process; the median of the others is held against the target. The night's file is made in
the first round of the night, and is there in the others.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from classroom.learner.bi.actions import ACTIONS
from classroom.learner.bi.asking import ProcessAsker
from classroom.learner.bi.pages import page_html
from classroom.learner.bi.place import BiRoom
from classroom.learner.bi.records import Card, Dashboard, Query, Schedule, Visual
from classroom.learner.bi.store import BiStore
from marketplace import Settings, build, scale_factor

if TYPE_CHECKING:
    from collections.abc import Callable

TARGET_SECONDS = 1.0
DAY = "CAST({} + INTERVAL 4 HOUR AS DATE)"
QUERIES = {
    "talks a day": (
        f"SELECT {DAY.format('opened_at_utc')} AS day, count(*) AS talks FROM talks GROUP BY day ORDER BY day",
        "line",
    ),
    "requests by area": (
        "SELECT area_code, count(*) AS requests FROM appointments GROUP BY area_code ORDER BY requests DESC",
        "bar",
    ),
    "sessions by platform": (
        f"SELECT {DAY.format('started_at_utc')} AS day, platform, count(*) AS sessions FROM sessions GROUP BY day, platform ORDER BY day",
        "area",
    ),
    "clicks by place": (
        "SELECT position, avg(CAST(is_clicked AS INTEGER)) AS rate FROM list_impressions GROUP BY position ORDER BY position",
        "bar",
    ),
    "payers": ("SELECT count(DISTINCT guest_id) AS payers FROM payments", "counter"),
    "messages a talk": (
        "SELECT messages, count(*) AS talks FROM (SELECT talk_id, count(*) AS messages FROM messages GROUP BY talk_id) GROUP BY messages ORDER BY messages",
        "scatter",
    ),
}
"""Six that read most of the large tables, with the visualisation of each."""
COLUMNS = {
    "line": {"x": "day", "y": "talks"},
    "area": {"x": "day", "y": "sessions", "color": "platform"},
    "counter": {"y": "payers"},
    "scatter": {"x": "messages", "y": "talks"},
}


def main() -> None:
    options = read_options()
    with tempfile.TemporaryDirectory() as folder:
        data = options.data
        if data is None:
            data = Path(folder) / "marketplace-en.duckdb"
            build(Settings(scale=scale_factor(options.scale), locale="en", out=data))
        store = BiStore(Path(folder) / "bi.sqlite")
        asker = ProcessAsker("en", data)
        try:
            measure(BiRoom(store, asker, "en"), options.rounds)
        finally:
            asker.close()


def measure(room: BiRoom, rounds: int) -> None:
    board = dashboard(room)
    fields = {"board": str(board)}
    told("first refresh", [seconds(lambda: ACTIONS["board/refresh"](room, fields))])
    refreshed = [seconds(lambda: ACTIONS["board/refresh"](room, fields)) for _ in range(rounds)]
    if any(each.problem for each in room.store.runs()):
        raise SystemExit("a query did not run")
    told("refresh", refreshed, TARGET_SECONDS)
    told("page", [seconds(lambda: page_html(room, f"dashboard/{board}")) for _ in range(rounds)])
    told("a night, its data made", [seconds(lambda: ACTIONS["night"](room, {"seen": "0"}))])
    ACTIONS["again"](room, {})
    told("a night, its data there", [seconds(lambda: ACTIONS["night"](room, {"seen": "0"}))])


def dashboard(room: BiRoom) -> int:
    cards = []
    for name, (sql, kind) in QUERIES.items():
        query = room.store.keep_query(Query(0, name, sql, schedule=Schedule.DAILY))
        first, second = ("area_code", "requests") if "area" in name else ("position", "rate")
        options = COLUMNS.get(kind, {"x": first, "y": second})
        cards.append(Card(room.store.keep_visual(Visual(0, query, name, kind, options))))
    return room.store.keep_dashboard(Dashboard(0, "bench", tuple(cards)))


def seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def told(name: str, measured: list[float], target: float | None = None) -> None:
    middle = statistics.median(measured)
    held = "" if target is None else f"  target {target:.2f} s: {'held' if middle <= target else 'MISSED'}"
    print(f"{name:<26} {middle:7.3f} s  ({min(measured):.3f} to {max(measured):.3f}, n = {len(measured)}){held}")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--scale", default="std")
    parser.add_argument("--data", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
