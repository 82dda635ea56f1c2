"""One answer from text to verdict, in the process it is called in."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sqlgrade.compare import Reference, find_permutation, meant_permutation
from sqlgrade.diagnose.praise import praise_right
from sqlgrade.dialect.heading import DUCKDB
from sqlgrade.engine.alike import read_alike
from sqlgrade.engine.sandbox import TOO_DEEP, Statement, read_statement
from sqlgrade.hearing.credit import accepted_credit
from sqlgrade.hearing.hearing import Hearing
from sqlgrade.hearing.prepared import Prepared
from sqlgrade.hearing.proving import adequacy_of
from sqlgrade.hearing.search import SearchBudget, search
from sqlgrade.hearing.stages import Stages
from sqlgrade.judging.drafted import PreparedDraft
from sqlgrade.judging.invalid import invalid
from sqlgrade.judging.of_schema import schema_remarks
from sqlgrade.judging.practice_file import Practice
from sqlgrade.judging.refutation import refutation
from sqlgrade.judging.runnable import with_half_credit
from sqlgrade.judging.said import Said, said
from sqlgrade.judging.settings import not_filled
from sqlgrade.judging.versions import versions
from sqlgrade.judging.watched import PreparedNights
from sqlgrade.outcomes.submission import Submission
from sqlgrade.parameters import BadTemplate
from sqlgrade.query.constructs import missing, ruled_out, shown
from sqlgrade.query.lint import lint
from sqlgrade.record import ExerciseFault, RowOrder
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import Result, RunError, cut_message
from sqlgrade.verdict import Diff, Remark, SqlError, Status, Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from sqlgrade.pack.contents import Pack

_Ready = Prepared | PreparedNights | PreparedDraft
"""A pack made ready, by what answers to it are tried on: its databases, its nights, or rows of their own."""
_log = logging.getLogger(__name__)
_MOST_PREPARED = 32
_REFUTED_PRACTICE_SECONDS = 3.0


class Judge:
    """Judges answers in this process; packs and the practice data stay open between answers."""

    def __init__(self, practice: Path | None = None, *, shrinks: bool = True) -> None:
        """Counterexamples are shown as they were found, whatever their size, where it does not shrink them."""
        self._shrinks = shrinks
        self._prepared: OrderedDict[str, _Ready] = OrderedDict()
        self._practice_file = practice
        self._practice: dict[tuple[object, ...], Practice] = {}

    def knows(self, key: str) -> bool:
        """True if the pack of that key is ready."""
        return key in self._prepared

    def prepare(self, pack: Pack) -> _Ready:
        """The pack, loaded; the least recently used one makes room."""
        if pack.key not in self._prepared:
            self._prepared[pack.key] = _made_ready(pack)
        self._prepared.move_to_end(pack.key)
        while len(self._prepared) > _MOST_PREPARED:
            self._prepared.popitem(last=False)[1].close()
        return self._prepared[pack.key]

    def forget(self, key: str | None = None) -> None:
        """Closes the pack of that key, or all packs."""
        for each in [key] if key is not None else list(self._prepared):
            if each in self._prepared:
                self._prepared.pop(each).close()

    def grade_key(
        self, key: str, sql: str, *, deep: bool = False, proving: bool = False, dialect: str = DUCKDB
    ) -> Verdict:
        """The verdict on an answer to the exercise of a prepared pack."""
        self._prepared.move_to_end(key)
        return self.grade(self._prepared[key].pack, sql, deep=deep, proving=proving, dialect=dialect)

    def grade(
        self, pack: Pack, sql: str, *, deep: bool = False, proving: bool = False, dialect: str = DUCKDB
    ) -> Verdict:
        """The verdict on an answer; a fault of the exercise is a verdict too.

        With `proving` an answer is accepted only if the pack's data can tell: for an exercise that nobody has proved before.
        """
        stages = Stages()
        sql = sql.encode(errors="replace").decode()  # half a character is none
        try:
            ready = self.prepare(pack)
            dialect = pack.exercise.dialect if dialect == DUCKDB else dialect
            verdict = self._judge(ready, sql, dialect, stages, deep=deep)
            if proving and verdict.status is Status.ACCEPTED and isinstance(ready, Prepared):
                verdict = _as_proved(verdict, ready.by_setting[0], stages)
            if proving:
                verdict = replace(verdict, schema=schema_remarks(pack.schema, pack.exercise.dialect))
        except RecursionError:
            _log.warning("an answer to %s nests too deeply", pack.exercise.id, exc_info=True)
            verdict = invalid(TOO_DEEP, sql, pack, stages)
        except ExerciseFault as fault:
            verdict = Verdict(Status.AUTHOR_FAULT, error=SqlError("exercise", cut_message(str(fault))))
        except MemoryError as fault:  # it came while judging, not while the query ran
            verdict = Verdict(Status.UNJUDGED, error=SqlError(kinds.MEMORY, str(fault)))
        except Exception as fault:  # noqa: BLE001  (a fault of ours is never the learner's)
            _log.exception("judging an answer to %s failed", pack.exercise.id)
            verdict = Verdict(Status.AUTHOR_FAULT, error=SqlError("internal", cut_message(repr(fault))))
        return replace(verdict, versions=versions(pack), ms=stages.ms, lost=tuple(stages.lost))

    def _judge(self, ready: _Ready, text: str, dialect: str, stages: Stages, *, deep: bool) -> Verdict:
        """The verdict of the first setting of the parameters with which the answer is wrong; without any there is but one."""
        if isinstance(ready, PreparedDraft):
            return ready.verdict(text, stages)
        if isinstance(ready, PreparedNights):
            read = said(text, {}, ready.pack.schema, dialect, ready.pack.exercise.given)
            return read.as_written(_unsaid(read, ready.pack, stages) or ready.verdict(read, stages))
        rooms = ready.by_setting
        try:
            read_as = [
                said(text, each.pack.setting, each.pack.schema, dialect, each.pack.exercise.given) for each in rooms
            ]
        except BadTemplate as bad:
            return not_filled(bad, text, rooms[0].pack.setting)
        heard: list[Hearing] = []
        for room, each in zip(rooms, read_as, strict=True):
            found = _unsaid(each, room.pack, stages) or _heard_once(room, each, stages, heard[:1])
            if isinstance(found, Hearing) and found.wrong:
                found = self._refuted(room, found, each, stages)
            if isinstance(found, Verdict):
                return each.as_written(found)
            heard.append(found)
        return read_as[0].as_written(self._agreeing(rooms[0], heard[0], read_as[0], stages, deep=deep))

    def _refuted(self, ready: Prepared, hearing: Hearing, read: Said, stages: Stages) -> Verdict:
        practice = self._practice_outcome(ready, hearing, _REFUTED_PRACTICE_SECONDS, stages)
        stages.lap("practice")
        difference = practice if isinstance(practice, Diff) else None
        return refutation(ready, hearing, read.sql, difference, stages, shrinks=self._shrinks, own=read.own)

    def _agreeing(self, ready: Prepared, hearing: Hearing, read: Said, stages: Stages, *, deep: bool) -> Verdict:
        """The verdict on an answer that agrees on the whole pack: practice data first, then the search."""
        exercise, text = ready.pack.exercise, read.sql
        practice = self._practice_outcome(ready, hearing, exercise.limits.practice_seconds, stages)
        stages.lap("practice")
        if isinstance(practice, RunError):
            return invalid(practice, text, ready.pack, stages)
        found = search(
            ready,
            hearing.submission,
            hearing.variant,
            SearchBudget.deep() if deep or practice else SearchBudget.inline(),
        )
        stages.lap("search")
        if found.outcome is not None:
            heard = replace(hearing, outcomes=[*hearing.outcomes, (-1, found.outcome)])
            return refutation(
                ready, heard, text, practice, stages, found.database, found.report, shrinks=self._shrinks, own=read.own
            )
        count = len(hearing.outcomes) + found.report.databases
        if practice is not None:
            return refutation(
                ready, hearing, text, practice, stages, report=found.report, shrinks=self._shrinks, own=read.own
            )
        lacking = missing(read.own, exercise.require, read.constructs)
        wanting = [Remark("construct_missing", {"construct": shown(each)}) for each in lacking]
        remarks = _remarks(hearing)
        as_rounded = all(remark.code != "unrounded" for remark in remarks)
        return Verdict(
            Status.ACCEPTED,
            databases=count + (self._practice_file is not None),
            search=found.report,
            good=stages.explain("praise", lambda: praise_right(ready, hearing), ()),
            notes=(*wanting, *remarks, *stages.explain("lint", lambda: lint(read.own, ready.columns), ())),
            credit=accepted_credit(exercise, in_form=not wanting, as_rounded=as_rounded),
        )

    def _practice_outcome(
        self, ready: Prepared, hearing: Hearing, seconds: float, stages: Stages
    ) -> Diff | RunError | None:
        if self._practice_file is None:
            return None
        exercise = ready.pack.exercise
        settings = (exercise.now, exercise.timezone)
        if settings not in self._practice:
            self._practice[settings] = Practice(self._practice_file, exercise.now, exercise.timezone)
        return self._practice[settings].outcome(ready.pack, hearing.variant, hearing.submission, seconds, stages)


def _made_ready(pack: Pack) -> _Ready:
    if pack.exercise.watch is not None:
        return PreparedNights(pack)
    return PreparedDraft(pack) if pack.exercise.draft is not None else Prepared(pack)


def _as_proved(verdict: Verdict, ready: Prepared, stages: Stages) -> Verdict:
    """The verdict that accepts an answer, if the data that it was tried on can tell; else that nothing is proved."""
    proof = adequacy_of(ready)
    stages.lap("proof")
    if proof.lacking is None:
        return replace(verdict, proof=proof)
    return Verdict(Status.NOT_PROVED, databases=verdict.databases, search=verdict.search, proof=proof)


def _unsaid(read: Said, pack: Pack, stages: Stages) -> Verdict | None:
    """The verdict on a text that cannot be read in the dialect that it names; None for any other."""
    return invalid(read.spoken, read.filled.sql, pack, stages) if isinstance(read.spoken, RunError) else None


def _heard_once(ready: Prepared, read: Said, stages: Stages, first: list[Hearing]) -> Hearing | Verdict:
    """How a text fares on the pack, or the verdict on one that does not get as far as to have results.

    How it has fared with the first setting of its parameters, if this is another one, saves some reading and running.
    """
    text = read.sql
    alike = (read_alike(text, heard.submission.statement) for heard in first)
    statement = next(alike, None) or read_statement(text, ready.runner)
    stages.lap("read")
    if isinstance(statement, RunError):
        return invalid(statement, text, ready.pack, stages)
    known: Result | None = None
    for heard in first:
        results = (o.learner for _, o in heard.outcomes if isinstance(o.learner, Result))
        known = next(results, None) if heard.submission.columns is None else None
    if refused := ruled_out(read.own, ready.pack.exercise.forbid, read.constructs):
        return invalid(refused, text, ready.pack, stages)
    hearing = _heard(ready, statement, known)
    stages.lap("run")
    stopped = _stopped(hearing, text, ready, stages)
    if stopped is None:
        return hearing
    halved = partial(with_half_credit, stopped, text, ready, _heard, stages)
    return stages.explain("half credit", halved, stopped)


def _heard(ready: Prepared, statement: Statement, known: Result | None = None) -> Hearing:
    """The submission held against the variant it fits best, its columns permuted if only that is wrong."""
    rules = ready.pack.exercise.rules
    hearings = []
    for variant in ready.pack.variants:
        submission = Submission(statement, ready.pack.of_variant(variant), rules, ready.runner)
        if not ready.settled(variant):
            continue
        hearing = Hearing(variant, submission, ready.outcomes(submission, variant, known))
        if not hearing.wrong:
            return _by_chance(ready, hearing)
        hearings.append(hearing)
        if (reordered := _permuted(ready, hearing)) is not None:
            return reordered
    if not hearings:
        raise ExerciseFault("no variant is settled on any database")
    return _as_meant(ready, min(hearings, key=lambda hearing: len(hearing.wrong)))


def _by_chance(ready: Prepared, hearing: Hearing) -> Hearing:
    """A right answer, as it is wrong if its rows come in another order: where one is asked for and no ORDER BY gives it."""
    submission, rules = hearing.submission, ready.pack.exercise.rules
    if rules.row_order is not RowOrder.AS_SOLUTION or not submission.statement.unsorted:
        return hearing
    if not any(solution.plan.ordered for solution in submission.solutions):
        return hearing
    turned = replace(submission, by_chance=True)
    read = Hearing(hearing.variant, turned, ready.outcomes(turned, hearing.variant))
    return read if read.wrong else hearing


def _as_meant(ready: Prepared, hearing: Hearing) -> Hearing:
    """A wrong answer with its columns in the order in which they are meant, so that only the other mistake is left."""
    pairs = [(o.learner, o.reference) for _, o in hearing.outcomes if isinstance(o.learner, Result)]
    order = meant_permutation(pairs, ready.pack.exercise.rules)
    read = _reordered(ready, hearing, order) if order is not None else hearing
    return read if read.wrong else hearing  # where nothing else is wrong, the columns' own labels say that they are


def _reordered(ready: Prepared, hearing: Hearing, order: tuple[int, ...]) -> Hearing:
    submission = replace(hearing.submission, columns=order)
    read = Hearing(hearing.variant, submission, ready.outcomes(submission, hearing.variant))
    code = "columns_exchanged" if read.wrong else "columns_permuted"
    return replace(read, notes=(Remark(code, {"order": [place + 1 for place in order]}),))


def _permuted(ready: Prepared, hearing: Hearing) -> Hearing | None:
    pairs: list[tuple[Result, Reference]] = []
    for _, outcome in hearing.outcomes:
        if isinstance(outcome.learner, RunError):
            return None
        pairs.append((outcome.learner, outcome.reference))
    order = find_permutation(pairs, ready.pack.exercise.rules)
    if order is None:
        return None
    fitted = _reordered(ready, hearing, order)
    return None if fitted.wrong else fitted


def _stopped(hearing: Hearing, text: str, ready: Prepared, stages: Stages) -> Verdict | None:
    """The verdict on an answer that runs nowhere or hits a limit; None if it gave results."""
    errors = [o.learner for _, o in hearing.outcomes if isinstance(o.learner, RunError)]
    limits = [e for e in errors if e.kind in kinds.LIMIT_KINDS and e.kind != kinds.TOO_LARGE]
    if limits:
        return invalid(limits[0], text, ready.pack, stages)
    if len(errors) == len(hearing.outcomes) or any(e.kind in {kinds.SYNTAX, kinds.BIND} for e in errors):
        return invalid(errors[0], text, ready.pack, stages)
    return None


def _remarks(hearing: Hearing) -> tuple[Remark, ...]:
    """What is worth saying about a right answer, each thing once."""
    found = {repr(note): note for _, outcome in hearing.outcomes for note in outcome.notes}
    return (*hearing.notes, *found.values())
