"""The records of a learner's progress."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ProgressState(StrEnum):
    """How far an exercise has come."""

    UNTOUCHED = "untouched"
    TRIED = "tried"
    HANDED_IN = "handed_in"
    PASSED_WITH_HELP = "passed_with_help"
    PASSED = "passed"

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to do."""
        return self in (ProgressState.PASSED, ProgressState.PASSED_WITH_HELP, ProgressState.HANDED_IN)


@dataclass(frozen=True)
class Try:
    """One run of an answer cell.

    Attributes:
        exercise_id: L1-07, or the id of a drill.
        at: when, with time zone.
        answer: the text handed in, without the cell's first line.
        status: the outcome (accepted, partly, refuted, invalid, refused, for_mentor, author_fault).
        share: points reached, 0 to 1.
        code: the error code named, or None.
        near_miss: name of the authored near miss recognised, or None.
        rung: the highest rung of the feedback ladder open at that moment (0 facts … 4 solution).
    """

    exercise_id: str
    at: datetime
    answer: str
    status: str
    share: float
    code: str | None = None
    near_miss: str | None = None
    rung: int = 0

    @property
    def accepted(self) -> bool:
        """Whether no difference was found."""
        return self.status == "accepted"


@dataclass(frozen=True)
class ExerciseProgress:
    """The tries at one exercise, summed up."""

    exercise_id: str
    state: ProgressState
    tries: int
    share: float
    last_at: datetime
