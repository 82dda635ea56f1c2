"""The verdict on a wrong answer: the counterexample shrunk and shown, the mistake named, the credit worked out."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sqlgrade.diagnose import diagnose
from sqlgrade.diagnose.findings import Diagnosis
from sqlgrade.diagnose.shape import shape_facts
from sqlgrade.errors import explain_run_error
from sqlgrade.judging.background import background
from sqlgrade.query.lint import lint
from sqlgrade.shrink.shrink import Shrunk, shows_rows, shrink_any
from sqlgrade.tables.result import Database, Result, RunError
from sqlgrade.tables.values import shortened
from sqlgrade.verdict import (
    Counterexample,
    Credit,
    Diff,
    Reason,
    Search,
    Status,
    Table,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlgrade.hearing.hearing import Hearing
    from sqlgrade.hearing.prepared import Prepared
    from sqlgrade.outcomes.submission import Outcome, Submission
    from sqlgrade.tables.result import Row


T = TypeVar("T")
_NO_ROWS: Mapping[str, tuple[Row, ...]] = {}
_log = logging.getLogger(__name__)


def refutation(
    ready: Prepared,
    hearing: Hearing,
    text: str,
    practice_diff: Diff | None,
    lap: Callable[[str], None],
    database: Database | None = None,
    report: Search | None = None,
) -> Verdict:
    """The verdict on an answer that differs on some database, or on the practice data alone."""
    report = report or Search()
    starts = _smallest(ready, hearing, database)
    if not starts:
        return Verdict(
            Status.REFUTED,
            databases=len(hearing.outcomes) + report.databases,
            search=report,
            diff=practice_diff,
            practice_diff=practice_diff,
        )
    small = _kept(
        lambda: shrink_any(starts, hearing.submission, ready.pack.schema, ready.plain, familiar=ready.familiar),
        Shrunk(*starts[0], 0, minimal=False),
    )
    lap("shrink")
    diagnosis = _kept(lambda: diagnose(ready, hearing, text, database), Diagnosis((), Credit(0.0)))
    lap("diagnose")
    dependent = all(o.order_dependent for _, o in hearing.wrong)
    return Verdict(
        Status.INVALID if dependent else Status.REFUTED,
        Reason.ORDER_DEPENDENT if dependent else None,
        databases=len(hearing.outcomes) + report.databases,
        search=report,
        diff=_kept(lambda: _with_facts(ready, hearing, small.database, small.outcome), small.outcome.diff),
        counterexample=_shown(ready, small.database, small.outcome, hearing.submission, text),
        practice_diff=practice_diff,
        findings=diagnosis.findings,
        notes=(*hearing.notes, *lint(text, ready.columns)),
        good=diagnosis.good,
        credit=diagnosis.credit,
    )


def _kept(step: Callable[[], T], otherwise: T) -> T:
    """What a step of explaining gives; an answer stays refuted even if its explanation fails."""
    try:
        return step()
    except Exception:  # noqa: BLE001  (the verdict stands without it)
        _log.exception("explaining a wrong answer failed")
        return otherwise


def _with_facts(ready: Prepared, hearing: Hearing, shown: Database, outcome: Outcome) -> Diff | None:
    """The difference on the shown database, with the facts about it that hold on the whole pack."""
    if outcome.diff is None:
        return None
    known = [(ready.pack.databases[place].database, found) for place, found in hearing.outcomes if place >= 0]
    solution = ready.pack.of_variant(hearing.variant)[0].plan.sql
    facts = shape_facts(outcome, shown, known, ready.pack.schema, solution)
    return replace(outcome.diff, facts=facts).trimmed()


def _smallest(ready: Prepared, hearing: Hearing, database: Database | None) -> list[tuple[Database, Outcome]]:
    """The databases at hand on which the answer is wrong: plainly before by row order, small before large."""
    wrong = [(database if place < 0 else ready.pack.databases[place].database, o) for place, o in hearing.wrong]
    known = [(d, o) for d, o in wrong if d is not None]
    return sorted(known, key=lambda pair: (pair[1].order_dependent, not shows_rows(pair[1]), pair[0].total_rows))


def _shown(ready: Prepared, database: Database, outcome: Outcome, submission: Submission, text: str) -> Counterexample:
    schema = ready.pack.schema
    queries = (submission.statement.sql, submission.solutions[0].plan.sql)
    fixed = _kept(lambda: background(database, queries, schema, ready.runner), _NO_ROWS)
    tables = {}
    for table in schema.tables:
        rows = fixed.get(table.name, ()) if table.fixed else database.tables.get(table.name, ())
        tables[table.name] = Table(
            tuple(c.name for c in table.columns), tuple(c.type.text for c in table.columns), rows
        )
    learner, expected = outcome.learner, outcome.reference.result
    names = {t.name: [c.name for c in t.columns] for t in ready.pack.schema.tables}
    return Counterexample(
        tables,
        as_table(learner) if isinstance(learner, Result) else None,
        as_table(expected),
        database.total_rows,
        explain_run_error(learner, text, names) if isinstance(learner, RunError) else None,
        tuple(schema.fixed),
    )


def as_table(result: Result) -> Table:
    """A result as a table to show."""
    return Table(result.columns, result.types, tuple(map(shortened, result.rows)))
