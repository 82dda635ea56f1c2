"""The learner's own big data, read-only: answers are held against it besides the small databases."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sqlgrade.compare import Reference, Same, compare, permuted
from sqlgrade.diagnose.facts.evidence import Evidence, FileLookUp, asked_columns, shown_columns
from sqlgrade.diagnose.facts.shape import difference_facts
from sqlgrade.engine.runner import Runner
from sqlgrade.outcomes.solution import solve
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import Result, RunError

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from sqlgrade.hearing.stages import Stages
    from sqlgrade.outcomes.submission import Submission
    from sqlgrade.pack.contents import Pack
    from sqlgrade.verdict import Diff

_MEMORY_MB = 1024
_MOST_ROWS_TO_EXPLAIN = 50_000
_COUNTING_SECONDS = 1.5


class Practice:
    """One practice file, opened once; each solution's result is kept."""

    def __init__(self, file: Path, now: dt.datetime | None, timezone: str) -> None:
        self._runner = Runner(file=file, memory_mb=_MEMORY_MB, now=now, timezone=timezone)
        self._references: dict[tuple[str, str], Reference | None] = {}

    def outcome(
        self, pack: Pack, variant: str, submission: Submission, seconds: float, stages: Stages
    ) -> Diff | RunError | None:
        """The difference on the practice data, an error if a limit was hit, None if there is no difference."""
        reference = self._reference(pack, variant)
        if reference is None:
            return None
        cap = max(10_000, 50 * len(reference.result.rows))
        found = self._runner.run(submission.statement.sql, "main", seconds=seconds, cap=cap)
        if isinstance(found, RunError) and found.kind in kinds.LIMIT_KINDS and found.kind != kinds.TOO_LARGE:
            return found
        if isinstance(found, Result) and submission.columns is not None:
            found = permuted(found, submission.columns)
        difference = compare(found, reference, pack.exercise.rules)
        if isinstance(difference, Same) or self._may_differ(pack, variant, submission):
            return None
        if difference.uncounted:
            difference = self._counted(submission.statement.sql, difference)
        answer = submission.statement.sql
        with_facts = partial(self._with_facts, pack, variant, answer, found, reference, difference, stages)
        return stages.explain("practice facts", with_facts, difference).trimmed()

    def _counted(self, sql: str, difference: Diff) -> Diff:
        """The difference with the number of rows that there are, where counting them ends in time."""
        counting = f"SELECT count(*) FROM ({sql.strip().rstrip(';')}\n)"
        found = self._runner.run(counting, "main", seconds=_COUNTING_SECONDS)
        if isinstance(found, RunError):
            return difference
        rows = found.rows[0][0]
        extra = rows - difference.expected_rows
        return replace(difference, learner_rows=rows, extra_count=extra, uncounted=False)

    def _with_facts(
        self,
        pack: Pack,
        variant: str,
        answer: str,
        found: Result | RunError,
        reference: Reference,
        difference: Diff,
        stages: Stages,
    ) -> Diff:
        """The difference with the facts about it, unless there are too many rows to look at."""
        rows = difference.learner_rows + difference.expected_rows
        if isinstance(found, RunError) or rows > _MOST_ROWS_TO_EXPLAIN:
            return difference
        solution = pack.of_variant(variant)[0].plan.sql
        look_up = FileLookUp(pack.schema, self._runner)
        sources, asked = shown_columns(solution), asked_columns(solution, answer)
        evidence = Evidence(found, reference.result, difference, look_up, sources, reference.limited, asked)
        return replace(difference, facts=difference_facts(evidence, stages=stages))

    @staticmethod
    def _may_differ(pack: Pack, variant: str, submission: Submission) -> bool:
        """True if both queries depend on row order somewhere, so that a difference here proves nothing."""
        unsettled = any(variant not in entry.references for entry in pack.databases)
        return submission.statement.order_sensitive and unsettled

    def _reference(self, pack: Pack, variant: str) -> Reference | None:
        """The solution's result here; None if the file does not hold the exercise's tables."""
        if (pack.key, variant) not in self._references:
            plan = pack.of_variant(variant)[0].plan
            self._runner.seconds = pack.exercise.limits.practice_seconds
            found = solve(plan, self._runner, "main", pack.exercise.rules)
            self._references[pack.key, variant] = None if isinstance(found, RunError) else found
        return self._references[pack.key, variant]
