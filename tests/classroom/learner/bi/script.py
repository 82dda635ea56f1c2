"""Results that a test writes itself, and an asker that gives them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from classroom.learner.bi.asking import QueryOutcome, QueryTask
from classroom.learner.export.paper import Paper
from classroom.session.result import ResultTable

if TYPE_CHECKING:
    from collections.abc import Sequence


def result(columns: str, *rows: tuple[object, ...], types: str = "") -> ResultTable:
    """A result; its columns are named in one text, and texts unless types are given so too."""
    names = tuple(columns.split())
    return ResultTable(
        names, tuple(types.split()) or ("VARCHAR",) * len(names), rows, len(rows), counted_all=True, seconds=0.01
    )


@dataclass
class Script:
    """An asker that answers what a test has written down: by query and night, else by query."""

    answers: dict[object, ResultTable | str] = field(default_factory=dict)
    asked: list[QueryTask] = field(default_factory=list)
    last: int = 999
    """The last night that there is."""
    mornings: int = 999
    """On so many nights a query is tried before the time is over."""
    waited: list[float] = field(default_factory=list)
    stopped: int = 0

    def reach(self, night: int) -> str:
        """Whether there is such a night."""
        return "" if night <= self.last else "no such night"

    def ask(self, questions: Sequence[QueryTask], night: int) -> list[QueryOutcome]:
        """What is written down; a text says why there is no result."""
        self.asked += questions
        found = [self.answers.get((each.text, night), self.answers.get(each.text, "none")) for each in questions]
        return [QueryOutcome(None, each) if isinstance(each, str) else QueryOutcome(each) for each in found]

    def over(self, question: QueryTask, nights: Sequence[int], seconds: float) -> list[QueryOutcome]:
        """As many nights as there were seconds to wait, if that is fewer."""
        self.waited.append(seconds)
        return [each for night in nights[: self.mornings] for each in self.ask([question], night)]

    def stop(self) -> None:
        """Written down."""
        self.stopped += 1

    def hand_over(self, question: QueryTask, night: int) -> Paper:
        """The text as it is."""
        return Paper(question.text, (f"night {night}",))
