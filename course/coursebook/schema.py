"""The tables that the exercises are about, read when they are first needed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Schema:
    """The course-wide part of what the judge is given."""

    script: Path | None = None
    """A DDL script; None is the marketplace."""
    folder: Path | None = None
    """The folder of the hand-made fillings that all exercises share."""
    now: datetime | None = None
    """The frozen current_date and now()."""
    timezone: str = "UTC"
    """The session's time zone."""
    assume: tuple[str, ...] = ()
    """Queries that return no row in valid data."""
    pools: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    """Realistic values per "table.column"."""

    @cached_property
    def ddl(self) -> str:
        """The tables with their keys and constraints."""
        if self.script:
            return self.script.read_text(encoding="utf-8")
        import marketplace

        return marketplace.ddl()

    @cached_property
    def fillings(self) -> tuple[str, ...]:
        """The shared hand-made fillings, in the order of their names."""
        if not self.folder or not self.folder.is_dir():
            return ()
        return tuple(path.read_text(encoding="utf-8") for path in sorted(self.folder.glob("*.sql")))
