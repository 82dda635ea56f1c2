"""One learner's Expo: what is kept, who runs its queries, on which data, and in which language it speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from classroom.exchange.invitation import membership
from classroom.exchange.moments import utc_now
from classroom.learner.bi.beside import in_a_process

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from classroom.exchange.expo.certificate import LevelShown
    from classroom.exchange.invitation import Membership
    from classroom.folder import Folder
    from classroom.language import Lang
    from classroom.learner.bi.asking import Asker
    from classroom.learner.bi.store import BiStore
    from classroom.learner.expo.store import ExpoStore
    from coursebook.expo import ExpoTexts

MONTH_FILE = "expo-month.duckdb"
"""The second data, in the learner's hidden folder."""


@dataclass(frozen=True)
class ExpoRoom:
    """One learner's."""

    store: ExpoStore
    asker: Asker
    """Runs queries on the practice data."""
    month_asker: Asker
    """Runs queries on the second data."""
    bi: BiStore
    texts: ExpoTexts
    lang: Lang
    folder: Folder
    practice: Path | None
    clock: Callable[[], datetime] = utc_now
    levels: Callable[[], tuple[LevelShown, ...]] = tuple
    """The self-checks of all levels, as far as exercises have shown them."""
    beside: Callable[..., Any] = in_a_process
    """Who does heavy work."""
    past: int = 0
    """Which of the finished Expos this is, from 1; 0 for the one that is written in."""

    @property
    def member(self) -> Membership | None:
        """The class that the learner is in; None for who learns alone."""
        return membership(self.folder.hidden)

    @property
    def month(self) -> Path:
        """The second data."""
        return self.folder.hidden / (f"expo-{self.past}-month.duckdb" if self.past else MONTH_FILE)
