"""The sample dashboard of a room that holds nothing yet: four queries that feed it, thrown away as one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.learner.bi.markup import plain
from classroom.learner.bi.records import Card, Dashboard, Query, Visual
from classroom.learner.bi.running import run_queries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.learner.bi.place import BiRoom

_DAY = "CAST({} + INTERVAL 4 HOUR AS DATE)"
"""The business day of a moment in UTC: it ends at five in the morning in Japan."""


@dataclass(frozen=True)
class SamplePart:
    """One query of the sample, and how it is looked at."""

    name: str
    """Under which code of `sample` its name stands."""
    text: str
    """Its SQL, with the codes of the words of `sample` that stand in it between `[` and `]`."""
    kind: str
    options: Mapping[str, str]

    def sql(self, lang: str) -> str:
        """The query in the words of `ja` or `en`."""
        return re.sub(r"\[(\w+)\]", lambda word: plain(f"sample.{word[1]}", lang), self.text)


PARTS = (
    SamplePart(
        "talks",
        f"""%parameter [period] range last_28_days
SELECT {_DAY.format("opened_at_utc")} AS business_date, count(*) AS talks
FROM talks
WHERE {_DAY.format("opened_at_utc")} BETWEEN '{{{{ [period].start }}}}' AND '{{{{ [period].end }}}}'
GROUP BY business_date
ORDER BY business_date""",
        "line",
        {"x": "business_date", "y": "talks"},
    ),
    SamplePart(
        "requests",
        f"""WITH days AS (
  SELECT {_DAY.format("requested_at_utc")} AS day, count(*) AS requests
  FROM appointments
  GROUP BY day
)
SELECT requests, round((SELECT avg(requests) FROM days AS d WHERE d.day BETWEEN days.day - 28 AND days.day - 1), 1) AS usual
FROM days
ORDER BY day DESC
LIMIT 1""",
        "counter",
        {"y": "requests", "target": "usual"},
    ),
    SamplePart(
        "areas",
        """SELECT area_code, count(*) AS requests
FROM appointments
GROUP BY area_code
ORDER BY requests DESC""",
        "bar",
        {"x": "area_code", "y": "requests"},
    ),
    SamplePart(
        "funnel",
        """SELECT '1 [joined]' AS step, count(*) AS guests FROM guests
UNION ALL SELECT '2 [talked]', count(DISTINCT guest_id) FROM talks
UNION ALL SELECT '3 [asked]', count(DISTINCT guest_id) FROM appointments
UNION ALL SELECT '4 [paid]', count(DISTINCT guest_id) FROM payments JOIN appointments USING (guest_id)
ORDER BY step""",
        "funnel",
        {"x": "step", "y": "guests"},
    ),
)


def is_empty(room: BiRoom) -> bool:
    """Whether the room holds nothing yet."""
    return not room.store.queries() and not room.store.dashboards()


def make_sample(room: BiRoom) -> int:
    """Make the sample with its results, and give the dashboard's id."""
    folder, cards, numbers = plain("sample.folder", room.lang), [], []
    for part in PARTS:
        name = plain(f"sample.{part.name}", room.lang)
        numbers.append(room.store.keep_query(Query(0, name, part.sql(room.lang), folder=folder), room.who))
        cards.append(Card(room.store.keep_visual(Visual(0, numbers[-1], name, part.kind, part.options))))
    board = room.store.keep_dashboard(Dashboard(0, plain("sample.name", room.lang), tuple(cards), folder=folder))
    room.store.mark_sample(board, numbers)
    run_queries(room.store, room.asker, [room.store.query(each) for each in numbers])
    return board


def throw_away(room: BiRoom, board: int) -> None:
    """Take the sample away, with those of its own queries that feed nothing else; raises KeyError if there is none of that id."""
    queries = {query for query, of in room.store.samples().items() if of == board}
    if not queries:
        raise KeyError(board)
    visuals = {each.id: each.query for each in room.store.visuals()}
    others = [each for each in room.store.dashboards() if each.id != board]
    elsewhere = {visuals[card.visual] for each in others for card in each.cards}
    room.store.forget("dashboard", board)
    for query in queries - elsewhere:
        if not room.store.alerts(query):
            room.store.forget("query", query)
