"""What is said about one answer cell, whatever the exercise's kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from coursebook.answer_cell import ChartLine
from coursebook.messages import render
from sqlgrade.verdict import Verdict


class Outcome(StrEnum):
    """Exactly one holds for each judgement."""

    ACCEPTED = "accepted"
    """Right in full."""
    PARTLY = "partly"
    """Some columns, or the query but not the chart."""
    REFUTED = "refuted"
    """Wrong."""
    INVALID = "invalid"
    """The query does not run, is not allowed, or hangs on the order of rows."""
    REFUSED = "refused"
    """Not marked: nothing is written yet, blanks are left, a prediction reads a table."""
    FOR_MENTOR = "for_mentor"
    """A person reads it."""
    AUTHOR_FAULT = "author_fault"
    """The exercise is at fault, never the learner."""
    UNJUDGED = "unjudged"
    """The machine did not manage to judge it; it is judged again."""

    @property
    def is_marked(self) -> bool:
        """Whether the answer was found right, partly right or wrong."""
        return self in (Outcome.ACCEPTED, Outcome.PARTLY, Outcome.REFUTED)

    @property
    def is_open(self) -> bool:
        """Whether nobody can say yet what the answer is worth."""
        return self in (Outcome.FOR_MENTOR, Outcome.AUTHOR_FAULT, Outcome.UNJUDGED)


NO_JUDGE = {"away": "judge_away", "busy": "judge_busy", "stranger": "judge_stranger"}
"""Why a judge that is elsewhere gave no answer -> the code of what is said of it."""


@dataclass(frozen=True)
class Message:
    """A code of coursebook/messages with its parameters."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, lang: str) -> str:
        """The message in one language."""
        return render(f"judge.{self.code}", self.params, lang)


@dataclass(frozen=True)
class ColumnMark:
    """One column of a prediction or decision."""

    name: str
    """The column's name in the solution."""
    given: str
    """What the learner wrote, as text; empty if the column is missing."""
    right: bool
    """Whether it agrees with the solution."""


@dataclass(frozen=True)
class Recognised:
    """An authored near miss that the answer is an instance of."""

    stem: str
    """File name without .sql, and key of the hint."""
    code: str
    """Error code, or empty."""
    clause: str | None
    """The clause at fault."""
    hint: str
    """The authored hint in the judgement's language."""


@dataclass(frozen=True)
class Judgement:
    """Outcome, points and everything there is to say, in one language."""

    exercise_id: str
    """L1-07."""
    kind: str
    """The kind's letter."""
    lang: str
    """Language of the hints and sentences."""
    outcome: Outcome
    """The result in one word."""
    points: float = 0.0
    """Points earned."""
    possible: float = 0.0
    """Points the exercise can give."""
    messages: tuple[Message, ...] = ()
    """What the coursebook itself says; sqlgrade's sentences come from the verdict."""
    recognised: tuple[Recognised, ...] = ()
    """Authored near misses, the likeliest first."""
    marks: tuple[ColumnMark, ...] = ()
    """One per column (P, Q)."""
    chart: ChartLine | None = None
    """The %chart line, if there is one."""
    verdict: Verdict | None = None
    """The judge's verdict on the query (W, F, B, J, C)."""
    sql: str = ""
    """The query that was judged; of one in another dialect, with a line that says so, for it is kept and run elsewhere."""
    offset: int = 0
    """Where that query begins in the text that was given; sites of the verdict count from there."""
    beside: tuple[Message, ...] = ()
    """What else is wrong, outside the query: it is announced after what is wrong with the query."""

    @property
    def near_miss(self) -> str | None:
        """Stem of the likeliest near miss."""
        return self.recognised[0].stem if self.recognised else None

    @property
    def mistake(self) -> str | None:
        """Code of the mistake, the same for a learner's record and a mentor's board: the near miss's, else the judge's."""
        return (self.recognised and self.recognised[0].code) or (self.verdict.mistake if self.verdict else None)

    @property
    def hint(self) -> str:
        """The hint of the likeliest near miss, or nothing."""
        return self.recognised[0].hint if self.recognised else ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The coursebook's messages and the recognised hints as sentences."""
        own = tuple(message.sentence(self.lang) for message in self.messages)
        return own + tuple(each.hint for each in self.recognised if each.hint)
