"""One answer from text to verdict, in the process it is called in: passes 2, 3, 8 to 11 in order."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlgrade import result as kinds
from sqlgrade.compare import Reference, find_permutation
from sqlgrade.constructs import forbidden, missing, shown
from sqlgrade.credit import accepted_credit
from sqlgrade.diagnose.praise import praise_right
from sqlgrade.errors import explain_run_error
from sqlgrade.lint import lint
from sqlgrade.practice import Practice
from sqlgrade.prepared import Prepared
from sqlgrade.record import ExerciseFault
from sqlgrade.refutation import refutation
from sqlgrade.result import Result, RunError
from sqlgrade.runnable import with_half_credit
from sqlgrade.sandbox import Statement, read_statement
from sqlgrade.search import Box, search
from sqlgrade.submission import Outcome, Submission
from sqlgrade.verdict import Diff, Reason, Remark, SqlError, Status, Verdict
from sqlgrade.versions import versions

if TYPE_CHECKING:
    from pathlib import Path

    from sqlgrade.pack import Pack

_log = logging.getLogger(__name__)
_MOST_PREPARED = 32
_REFUTED_PRACTICE_SECONDS = 3.0


@dataclass(frozen=True)
class Hearing:
    """What is known of a submission once it has run on the whole pack."""

    variant: str
    submission: Submission
    outcomes: list[tuple[int, Outcome]]
    notes: tuple[Remark, ...] = ()

    @property
    def wrong(self) -> list[tuple[int, Outcome]]:
        """The databases on which it differs; declared types of empty results count only where rows never tell."""
        differing = [(place, outcome) for place, outcome in self.outcomes if outcome.diff is not None]
        if any(o.diff is None and o.reference.result.rows for _, o in self.outcomes):
            return [(place, outcome) for place, outcome in differing if not outcome.only_declared]
        return differing


class Judge:
    """Judges answers in this process; packs and the practice data stay open between answers."""

    def __init__(self, practice: Path | None = None) -> None:
        self._prepared: OrderedDict[str, Prepared] = OrderedDict()
        self._practice_file = practice
        self._practice: dict[tuple[object, ...], Practice] = {}

    def knows(self, key: str) -> bool:
        """True if the pack of that key is ready."""
        return key in self._prepared

    def prepare(self, pack: Pack) -> Prepared:
        """The pack, loaded; the least recently used one makes room."""
        if pack.key not in self._prepared:
            self._prepared[pack.key] = Prepared(pack)
        self._prepared.move_to_end(pack.key)
        while len(self._prepared) > _MOST_PREPARED:
            self._prepared.popitem(last=False)[1].close()
        return self._prepared[pack.key]

    def forget(self, key: str | None = None) -> None:
        """Closes the pack of that key, or all packs."""
        for each in [key] if key is not None else list(self._prepared):
            if each in self._prepared:
                self._prepared.pop(each).close()

    def grade_key(self, key: str, sql: str, *, deep: bool = False) -> Verdict:
        """The verdict on an answer to the exercise of a prepared pack."""
        self._prepared.move_to_end(key)
        return self.grade(self._prepared[key].pack, sql, deep=deep)

    def grade(self, pack: Pack, sql: str, *, deep: bool = False) -> Verdict:
        """The verdict on an answer; a fault of the exercise is a verdict too."""
        clock = _Clock()
        sql = sql.encode(errors="replace").decode()  # half a character is none
        try:
            verdict = self._judge(self.prepare(pack), sql, clock, deep=deep)
        except ExerciseFault as fault:
            verdict = Verdict(Status.AUTHOR_FAULT, error=SqlError("exercise", str(fault)))
        except MemoryError as fault:  # it came while judging, not while the query ran
            verdict = Verdict(Status.UNJUDGED, error=SqlError(kinds.MEMORY, str(fault)))
        except Exception as fault:  # noqa: BLE001  (a fault of ours is never the learner's)
            _log.exception("judging an answer to %s failed", pack.exercise.id)
            verdict = Verdict(Status.AUTHOR_FAULT, error=SqlError("internal", repr(fault)))
        return replace(verdict, versions=versions(pack), ms=clock.stages)

    def _judge(self, ready: Prepared, text: str, clock: _Clock, *, deep: bool) -> Verdict:
        statement = read_statement(text, ready.runner)
        clock.lap("read")
        if isinstance(statement, RunError):
            return invalid(statement, text, ready)
        if ruled_out := forbidden(text, ready.pack.exercise.forbid):
            name = shown(ruled_out[0])
            return invalid(RunError(kinds.NOT_ALLOWED, name, subtype="forbidden", name=name), text, ready)
        hearing = _heard(ready, statement)
        clock.lap("run")
        stopped = _stopped(hearing, text, ready)
        if stopped is not None:
            return with_half_credit(stopped, text, ready, _heard)
        if not hearing.wrong:
            return self._agreeing(ready, hearing, text, clock, deep=deep)
        practice_diff = self._practice_diff(ready, hearing, _REFUTED_PRACTICE_SECONDS)
        clock.lap("practice")
        return refutation(ready, hearing, text, practice_diff, clock.lap)

    def _agreeing(self, ready: Prepared, hearing: Hearing, text: str, clock: _Clock, *, deep: bool) -> Verdict:
        """The verdict on an answer that agrees on the whole pack: practice data first, then the search."""
        exercise = ready.pack.exercise
        practice = self._practice_outcome(ready, hearing, exercise.limits.practice_seconds)
        clock.lap("practice")
        if isinstance(practice, RunError):
            return invalid(practice, text, ready)
        found = search(ready, hearing.submission, hearing.variant, Box.deep() if deep or practice else Box.inline())
        clock.lap("search")
        if found.outcome is not None:
            heard = replace(hearing, outcomes=[*hearing.outcomes, (-1, found.outcome)])
            return refutation(ready, heard, text, practice, clock.lap, found.database, found.report)
        count = len(hearing.outcomes) + found.report.databases
        if practice is not None:
            return refutation(ready, hearing, text, practice, clock.lap, report=found.report)
        wanting = [Remark("construct_missing", {"construct": shown(each)}) for each in missing(text, exercise.require)]
        return Verdict(
            Status.ACCEPTED,
            databases=count + (self._practice_file is not None),
            search=found.report,
            good=praise_right(ready, hearing),
            notes=(*wanting, *_remarks(hearing), *lint(text, ready.columns)),
            credit=accepted_credit(exercise, in_form=not wanting),
        )

    def _practice_diff(self, ready: Prepared, hearing: Hearing, seconds: float) -> Diff | None:
        found = self._practice_outcome(ready, hearing, seconds)
        return found if isinstance(found, Diff) else None

    def _practice_outcome(self, ready: Prepared, hearing: Hearing, seconds: float) -> Diff | RunError | None:
        if self._practice_file is None:
            return None
        exercise = ready.pack.exercise
        settings = (exercise.now, exercise.timezone)
        if settings not in self._practice:
            self._practice[settings] = Practice(self._practice_file, exercise.now, exercise.timezone)
        return self._practice[settings].outcome(ready.pack, hearing.variant, hearing.submission, seconds)


class _Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self.stages: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """Books the time since the last lap."""
        now = time.perf_counter()
        self.stages[stage] = round(self.stages.get(stage, 0.0) + (now - self._last) * 1000, 2)
        self._last = now


Lap = Callable[[str], None]


def invalid(error: RunError, text: str, ready: Prepared) -> Verdict:
    """The verdict on an answer that gives no result; none on one that the machine did not give its time."""
    if error.kind == kinds.BUSY:
        return Verdict(Status.UNJUDGED, error=SqlError(error.kind, error.message))
    names = {t.name: [c.name for c in t.columns] for t in ready.pack.schema.tables}
    reason = Reason.DOES_NOT_RUN
    if error.kind == kinds.NOT_ALLOWED:
        reason = Reason.NOT_ALLOWED
    elif error.kind in kinds.LIMIT_KINDS:
        reason = Reason.LIMIT
    return Verdict(Status.INVALID, reason, error=explain_run_error(error, text, names))


def _heard(ready: Prepared, statement: Statement) -> Hearing:
    """The submission held against the variant it fits best, its columns permuted if only that is wrong."""
    rules = ready.pack.exercise.rules
    hearings = []
    for variant in ready.pack.variants:
        submission = Submission(statement, ready.pack.of_variant(variant), rules, ready.runner)
        if not ready.settled(variant):
            continue
        hearing = Hearing(variant, submission, ready.outcomes(submission, variant))
        if not hearing.wrong:
            return hearing
        hearings.append(hearing)
        if (reordered := _permuted(ready, hearing)) is not None:
            return reordered
    if not hearings:
        raise ExerciseFault("no variant is settled on any database")
    return min(hearings, key=lambda hearing: len(hearing.wrong))


def _permuted(ready: Prepared, hearing: Hearing) -> Hearing | None:
    pairs: list[tuple[Result, Reference]] = []
    for _, outcome in hearing.outcomes:
        if isinstance(outcome.learner, RunError):
            return None
        pairs.append((outcome.learner, outcome.reference))
    order = find_permutation(pairs, ready.pack.exercise.rules)
    if order is None:
        return None
    submission = replace(hearing.submission, columns=order)
    outcomes = ready.outcomes(submission, hearing.variant)
    note = Remark("columns_permuted", {"order": [place + 1 for place in order]})
    fitted = Hearing(hearing.variant, submission, outcomes, (note,))
    return None if fitted.wrong else fitted


def _stopped(hearing: Hearing, text: str, ready: Prepared) -> Verdict | None:
    """The verdict on an answer that runs nowhere or hits a limit; None if it gave results."""
    errors = [o.learner for _, o in hearing.outcomes if isinstance(o.learner, RunError)]
    limits = [e for e in errors if e.kind in kinds.LIMIT_KINDS and e.kind != kinds.TOO_LARGE]
    if limits:
        return invalid(limits[0], text, ready)
    if len(errors) == len(hearing.outcomes) or any(e.kind in {kinds.SYNTAX, kinds.BIND} for e in errors):
        return invalid(errors[0], text, ready)
    return None


def _remarks(hearing: Hearing) -> tuple[Remark, ...]:
    """What is worth saying about a right answer, each thing once."""
    found = {repr(note): note for _, outcome in hearing.outcomes for note in outcome.notes}
    return (*hearing.notes, *found.values())
