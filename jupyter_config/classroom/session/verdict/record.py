"""What is said about one judged answer, as a typed record: the card is drawn from it, and it travels as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

VERDICT = "application/vnd.penguin.verdict+json"
"""The record beside the card, for a page that wants to know how an answer came out without reading the card."""


@dataclass(frozen=True)
class ShownTable:
    """A small table: values are texts as they are read, None is NULL."""

    title: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    """DuckDB's names, by which values are aligned."""
    rows: tuple[tuple[str | None, ...], ...]
    signs: tuple[str, ...] = ()
    """What stands before each row: nothing, + − ≠ ↕ or →; left out, no row is marked."""
    marked: tuple[tuple[int, ...], ...] = ()
    """The numbers of the marked cells of each row."""
    hidden: int = 0
    """Rows that are there and not shown."""


@dataclass(frozen=True)
class Comparison:
    """The answer's result beside the expected one, on the smallest data that tells them apart."""

    title: str
    sides: tuple[ShownTable, ...]
    sentence: str = ""
    """Said where the answer has no result on these data."""
    legend: str = ""


@dataclass(frozen=True)
class Part:
    """Something under "more"."""

    title: str
    sentences: tuple[str, ...] = ()
    markdown: str = ""
    sql: str = ""
    tables: tuple[ShownTable, ...] = ()
    folded: bool = False
    """Whether it is shut even there, and left out of the plain text."""


@dataclass(frozen=True)
class VerdictRecord:
    """One finding, one comparison, what is right, and everything else under "more"."""

    exercise: str
    """L1-07."""
    outcome: str
    """The judgement's outcome in one word."""
    title: str
    points: str
    """Points of the possible ones; empty where nobody wants them."""
    finding: str
    """The one thing to know; nothing else in the record contradicts it."""
    advice: str = ""
    """What to try, where the engine's message says it."""
    marks: tuple[str, ...] = ()
    """The columns of a prediction or decision, right and wrong."""
    praise: str = ""
    """What the author says about a right answer, as Markdown."""
    reply: tuple[str, str] = ("", "")
    """Who asked for what a right answer gives, and what they say."""
    comparison: Comparison | None = None
    chance: str = ""
    """That the practice data happens to agree."""
    right: str = ""
    """What is right about a wrong answer and need not be touched."""
    expected: str = ""
    """The number that the learner expected, beside what came out."""
    more: tuple[Part, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The record as JSON's own types."""
        return asdict(self)
