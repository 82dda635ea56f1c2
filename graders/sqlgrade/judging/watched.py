"""The verdict on a watching query: its calendar, and the mistake that it behaves like."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sqlgrade.engine.sandbox import read_statement
from sqlgrade.judging.invalid import invalid
from sqlgrade.query.constructs import ruled_out
from sqlgrade.tables.result import RunError
from sqlgrade.verdict import (
    Credit,
    Finding,
    Flaw,
    Level,
    NightMark,
    SqlError,
    Status,
    Verdict,
)
from sqlgrade.watching.marks import marked, observed
from sqlgrade.watching.nights import Nights

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlgrade.hearing.stages import Stages
    from sqlgrade.judging.said import Said
    from sqlgrade.pack.contents import Pack

_WRONG_SHARE = 0.5
"""What a wrong answer stays below, as a part of all points: as for any other."""
_ALIKE = 0.6
"""Least likeness of the nights at fault, at which a mistake is told that does not fail on the very same ones."""


class PreparedNights:
    """A pack of nights made ready in one process."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    @cached_property
    def nights(self) -> Nights:
        """The nights, laid when they are first asked for."""
        return Nights(self.pack.exercise, self.pack.schema)

    def warm(self) -> None:
        """Lays the nights."""
        _ = self.nights

    def close(self) -> None:
        """Ends the engine, if there is one."""
        if "nights" in self.__dict__:
            self.nights.close()

    def verdict(self, read: Said, stages: Stages) -> Verdict:
        """The verdict on a learner's text."""
        exercise, text = self.pack.exercise, read.sql
        statement = read_statement(text, self.nights.runner)
        stages.lap("read")
        if isinstance(statement, RunError):
            return invalid(statement, text, self.pack, stages)
        if refused := ruled_out(text, exercise.forbid, read.constructs):
            return invalid(refused, text, self.pack, stages)
        outcomes = observed(self.nights, statement.sql)
        stages.lap("run")
        last = outcomes[-1]
        if len(outcomes) < len(self.nights.all) or all(isinstance(each, RunError) for each in outcomes):
            return invalid(last, text, self.pack, stages) if isinstance(last, RunError) else Verdict(Status.UNJUDGED)
        known = self.pack.watched
        watch, names = exercise.watch, exercise.rules.column_names
        if known is None or watch is None:
            return Verdict(Status.AUTHOR_FAULT, error=SqlError("exercise", "the pack holds no nights"))
        marks = tuple(
            marked(night, outcome, expected, watch, names)
            for night, outcome, expected in zip(self.nights.all, outcomes, known.expected, strict=True)
        )
        if all(mark.is_right for mark in marks):
            credit = Credit(exercise.points, 1.0)
            return Verdict(Status.ACCEPTED, databases=len(marks), nights=marks, credit=credit)
        findings = _findings(marks, known.near_misses, self.pack)
        share = _share(marks)
        credit = Credit(round(exercise.points * _WRONG_SHARE * share, 4), share)
        return Verdict(Status.REFUTED, databases=len(marks), nights=marks, findings=findings, credit=credit)


def _findings(
    marks: Sequence[NightMark], known: Mapping[str, tuple[NightMark, ...]], pack: Pack
) -> tuple[Finding, ...]:
    """The near miss that fails alike on every night, else the one whose nights at fault are most like the answer's.

    An answer that counts other rows is wrong on nearly all nights, whatever else it does: that makes it like no other.
    """
    authored = {each.name: each for each in pack.exercise.near_misses}
    own = [_seen(mark) for mark in marks]
    counts_other_rows = sum(mark.flaw is Flaw.NUMBER for mark in marks) * 2 > len(marks)
    likeness = {
        name: 2.0 if [_seen(mark) for mark in theirs] == own else 0.0 if counts_other_rows else _alike(marks, theirs)
        for name, theirs in known.items()
    }
    best = max(likeness, key=lambda name: likeness[name], default=None)
    if best is None or likeness[best] < _ALIKE:
        return ()
    mistake, level = authored[best], Level.CERTAIN if likeness[best] > 1 else Level.SHAPE
    return (Finding(level, mistake.code, mistake.clause, near_miss=best),)


def _seen(mark: NightMark) -> tuple[bool, Flaw]:
    return mark.rang, mark.flaw


def _alike(one: Sequence[NightMark], other: Sequence[NightMark]) -> float:
    """Nights on which both fail in the same way, as a part of those on which either fails, from 0 to 1."""
    faults = [{(m.run, m.day, m.outcome, m.flaw) for m in marks if not m.is_right} for marks in (one, other)]
    either = faults[0] | faults[1]
    return len(faults[0] & faults[1]) / len(either) if either else 0.0


def _share(marks: Sequence[NightMark]) -> float:
    """The share of planted nights that rang, times that of other nights that stayed silent, without a flaw in either."""
    rung = [mark.is_right for mark in marks if mark.rings]
    silent = [mark.is_right for mark in marks if not mark.rings]
    parts = [sum(each) / len(each) if each else 1.0 for each in (rung, silent)]
    return parts[0] * parts[1]
