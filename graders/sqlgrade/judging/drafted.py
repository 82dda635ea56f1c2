"""The verdict on rows that are to show a draft wrong: draft and solution are run on exactly these."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from sqlgrade.engine.connection import new_runner
from sqlgrade.engine.sandbox import read_statement
from sqlgrade.engine.written_rows import RowsRefused, WrittenRows, read_rows
from sqlgrade.judging.refutation import as_table
from sqlgrade.outcomes.submission import SHUFFLES, RunOutcome, Submission
from sqlgrade.pack.settling import settle_loaded
from sqlgrade.record import ExerciseFault
from sqlgrade.tables.result import LIMIT_KINDS, Database, Result, RunError
from sqlgrade.verdict import Credit, Finding, Level, Reason, RowsTried, SqlError, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.compare import Reference
    from sqlgrade.engine.runner import Runner
    from sqlgrade.engine.sandbox import Statement
    from sqlgrade.hearing.stages import Stages
    from sqlgrade.pack.contents import Pack
    from sqlgrade.record import Draft

APPROVALS = frozenset({"使える", "使えます", "use it"})
"""What an answer says that approves the draft."""
REFUSALS = frozenset({"使えない", "使えません", "使わない", "do not use it", "don't use it", "not usable"})
"""What an answer says that turns the draft down and shows nothing."""
NO_ROWS = frozenset({"空", "empty"})
"""What an answer says that leaves all tables without a row."""
_QUOTES = " \t\r\n　;；。.'\"「」"


def said_in(text: str) -> str:
    """The one word or two of an answer that holds nothing else, comments left out, in small letters."""
    lines = (line.partition("--")[0].strip(_QUOTES) for line in text.splitlines())
    return " ".join(" ".join(filter(None, lines)).casefold().split())


class PreparedDraft:
    """The pack of a draft made ready in one process."""

    def __init__(self, pack: Pack) -> None:
        """Raises ExerciseFault where the draft cannot be read."""
        self.pack = pack
        if pack.exercise.draft is None:
            raise ExerciseFault("the exercise has no draft")
        self.draft: Draft = pack.exercise.draft

    @cached_property
    def runner(self) -> Runner:
        """The engine on which rows are tried, started when it is first asked for."""
        return new_runner(self.pack.exercise, self.pack.schema)

    @cached_property
    def statement(self) -> Statement:
        """The draft as it is run."""
        read = read_statement(self.draft.sql, self.runner)
        if isinstance(read, RunError):
            raise ExerciseFault(f"the draft cannot be read: {read.message}")
        return read

    @cached_property
    def fewest(self) -> int:
        """Rows of the author's smallest answer; 0 where there is none."""
        counts = (
            read_rows(self.pack.schema, text, self.runner, self.draft.pattern).database.total_rows
            for text in self.draft.shown
            if said_in(text) not in APPROVALS | NO_ROWS
        )
        return min(counts, default=0)

    def warm(self) -> None:
        """Reads the draft."""
        _ = self.statement

    def close(self) -> None:
        """Ends the engine, if there is one."""
        if "runner" in self.__dict__:
            self.runner.close()

    def verdict(self, text: str, stages: Stages) -> Verdict:
        """The verdict on a learner's rows, or on their word that the draft may be used."""
        said = said_in(text)
        if said in APPROVALS:
            return self._right(RowsTried(approved=True)) if self.draft.is_right else self._approved()
        try:
            written = self._written(text, said)
            stages.lap("read")
            return self._on(written, stages)
        except RowsRefused as refused:
            return Verdict(Status.INVALID, Reason.NOT_ALLOWED, rows=RowsTried(refused=refused.remark))

    def _written(self, text: str, said: str) -> WrittenRows:
        schema = self.pack.schema
        if said in REFUSALS:
            raise RowsRefused("rows_refusal")
        if said not in NO_ROWS:
            written = read_rows(schema, text, self.runner, self.draft.pattern)
            if self.draft.asks_result and not written.said:
                raise RowsRefused("rows_result_missing")
            return written
        if not self.draft.may_be_empty:
            raise RowsRefused("rows_empty")
        return WrittenRows(Database({table.name: () for table in schema.varied}, ("written",)))

    def _on(self, written: WrittenRows, stages: Stages) -> Verdict:
        database = written.database
        with self.runner.loaded(database) as name:
            outcomes = self._outcomes(database, name, self.statement)
            stages.lap("run")
            if not outcomes:
                raise RowsRefused("rows_undecided")
            if all(each.genuine for each in outcomes):
                tried = self._tried(database, outcomes[0])
                return self._said_wrong(written, name, tried) or self._right(tried)
            same = next(each for each in outcomes if not each.genuine)
            if isinstance(same.learner, RunError) and same.learner.kind in LIMIT_KINDS:
                return Verdict(Status.UNJUDGED, error=SqlError(same.learner.kind, same.learner.message))
            return self._wrong(self._lacking(name), self._tried(database, same))

    def _said_wrong(self, written: WrittenRows, name: str, tried: RowsTried) -> Verdict | None:
        """The verdict where the rows are right and what should come out of them is not; None where it is, or is not said."""
        if not written.said:
            return None
        statement = read_statement(written.said, self.runner)
        if isinstance(statement, RunError):
            raise RowsRefused("rows_unreadable", detail=statement.message)
        outcomes = self._outcomes(written.database, name, statement)
        if any(each.diff is None for each in outcomes):
            return None
        said = outcomes[0].learner
        alike = tried.draft is not None and isinstance(said, Result) and said.rows == tried.draft.rows
        return self._wrong([], replace(tried, expected=None, said_wrong=True, said_as_draft=alike))

    def _outcomes(self, database: Database, name: str, statement: Statement) -> list[RunOutcome]:
        """How a query fares against each reading of the task that is settled on the rows."""
        exercise, errors = self.pack.exercise, list[RunError]()
        references = settle_loaded(self.pack.solutions, database, name, self.runner, exercise, errors)
        if errors:
            raise ExerciseFault(f"the solution fails on rows that keep all rules: {errors[0].message}")
        return [self._outcome(database, name, statement, *each) for each in references.items()]

    def _outcome(
        self, database: Database, name: str, statement: Statement, variant: str, reference: Reference
    ) -> RunOutcome:
        submission = Submission(statement, self.pack.of_variant(variant), self.pack.exercise.rules, self.runner)
        with contextlib.ExitStack() as held:
            moved = [held.enter_context(self.runner.loaded(database, seed)) for seed in SHUFFLES]
            return submission.outcome_against(reference, name, moved)

    def _tried(self, database: Database, outcome: RunOutcome) -> RowsTried:
        result = outcome.learner
        return RowsTried(
            database.total_rows,
            self.fewest,
            as_table(result) if isinstance(result, Result) else None,
            as_table(outcome.reference.result),
            by_order=outcome.order_dependent,
            stopped=result.message.split("\n", 1)[0] if isinstance(result, RunError) else "",
        )

    def _right(self, tried: RowsTried) -> Verdict:
        points = self.pack.exercise.points
        return Verdict(Status.ACCEPTED, databases=1, rows=tried, credit=Credit(points, 1.0))

    def _approved(self) -> Verdict:
        """The verdict on a word for a draft that is wrong."""
        known = self.pack.exercise.near_misses
        return self._wrong([n.name for n in known if said_in(n.sql) in APPROVALS], RowsTried(approved=True))

    def _wrong(self, names: Sequence[str], tried: RowsTried) -> Verdict:
        known = {each.name: each for each in self.pack.exercise.near_misses}
        found = [known[name] for name in names if name in known][:1]
        findings = tuple(Finding(Level.SHAPE, each.code, each.clause, near_miss=each.name) for each in found)
        return Verdict(Status.REFUTED, databases=1, rows=tried, findings=findings)

    def _lacking(self, name: str) -> list[str]:
        """The near misses that rows may be told, the likeliest first: the first whose need is not met, then those without one."""
        needs = dict(self.draft.needs)
        for near_miss, query in self.draft.needs:
            found = self.runner.run(query, name)
            if isinstance(found, RunError):
                raise ExerciseFault(f"the need of {near_miss} does not run: {found.message}")
            if not found.rows:
                return [near_miss]
        rest = (n for n in self.pack.exercise.near_misses if n.name not in needs)
        return [n.name for n in rest if said_in(n.sql) not in APPROVALS]
