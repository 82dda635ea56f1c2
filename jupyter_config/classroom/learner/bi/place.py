"""The BI room of one learner: what is kept, who runs its queries, and in which language it speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from classroom.learner.bi.markup import told
from classroom.learner.bi.parameters import chosen_for
from classroom.learner.bi.running import morning_after

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from classroom.learner.bi.asking import Stoppable
    from classroom.learner.bi.records import Kept, Query
    from classroom.learner.bi.store import BiStore

MARKETPLACE = ("guests", "talks", "appointments", "payments")
"""The tables that the sample dashboard reads."""


@dataclass(frozen=True)
class BiRoom:
    """One learner's BI room."""

    store: BiStore
    asker: Stoppable
    lang: str
    who: str = ""
    """The learner's name in the class; empty outside of any."""
    tables: Collection[str] = MARKETPLACE
    """The tables of the practice data, in lower case; at least one."""


def latest(room: BiRoom, query: Query, chosen: Mapping[str, str] | None = None) -> Kept | None:
    """The latest result of a query with what is chosen for its parameters, here or with the query."""
    return room.store.kept(query.id, chosen_for(query.sql, query.chosen, chosen or {}))


def day_text(day: date, lang: str) -> str:
    """A day with its day of the week, as people write it; ready for HTML."""
    return told(
        "day", lang, year=day.year, month=day.month, day=day.day, weekday=told(f"weekday.{day.isoweekday()}", lang)
    )


def morning_text(night: int, lang: str) -> str:
    """The morning on which so many nights have gone by, as a day."""
    return day_text(morning_after(night), lang)


def clock_text(at: str) -> str:
    """A moment of the file in the machine's own zone, to the minute."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
