"""The learner's desk: what a running kernel knows, and what magics may use."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from classroom.folder import find_folder, find_practice
from classroom.kernel.session import Session
from classroom.language import Lang, current_language

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.kernel.marking import Marker
    from classroom.kernel.result import ResultTable
    from classroom.progress import ProgressStore


@dataclass
class Desk:
    """Session, language, the last result, and the marker that judges answers."""

    lang: Lang = field(default_factory=current_language)
    practice: Path | None = None
    last_sql: str = ""
    """The last statement that gave a result, without its %chart line."""
    last_result: ResultTable | None = None

    def __post_init__(self) -> None:
        if self.practice is None:
            self.practice = find_practice(self.lang)

    @cached_property
    def session(self) -> Session:
        """The practice database, opened when it is first needed."""
        return Session(self.practice)

    @cached_property
    def marker(self) -> Marker:
        """Whoever judges answers, made when the first answer is run or at the kernel's leisure."""
        from classroom.kernel.marking import Marker

        return Marker(self.practice, self.lang)

    @cached_property
    def progress(self) -> ProgressStore | None:
        """The progress file of the folder that the kernel works in; None outside of any."""
        from classroom.progress import ProgressStore

        folder = find_folder() or (find_folder(self.practice.parent) if self.practice else None)
        return ProgressStore(folder.progress) if folder else None

    def stop(self) -> None:
        """Stop whatever is running."""
        if "session" in self.__dict__:
            self.session.watch.stop()
        if "marker" in self.__dict__:
            self.marker.stop()

    def close(self) -> None:
        """Let go of the database and of the judge's workers."""
        if "marker" in self.__dict__:
            self.marker.close()
        if "session" in self.__dict__:
            self.session.close()
