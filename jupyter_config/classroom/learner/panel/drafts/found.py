"""What the review desk has to say: facts about a draft, each under the check that it belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class DeskCheck(StrEnum):
    """The five checks that lesson 15 teaches, and what shows by reading."""

    EXPECTED = "expected"
    ROWS = "rows"
    REPEATED = "repeated"
    TOTALS = "totals"
    FOLLOWED = "followed"
    READ = "read"


@dataclass(frozen=True)
class Found:
    """One fact."""

    check: DeskCheck
    code: str
    """Of the sentence, `found.<code>`."""
    params: Mapping[str, object] = field(default_factory=dict)
    to_look_at: bool = False
    """Whether it is often a mistake; else it is only to be known."""
    sql: str = ""
    """A query that shows it."""
