"""The verdict on a wrong answer: the counterexample shrunk and shown, the mistake named, the credit worked out."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sqlgrade.diagnose import diagnose
from sqlgrade.diagnose.diagnosis import Diagnosis
from sqlgrade.diagnose.facts.made_from import made_from
from sqlgrade.diagnose.facts.shape import shape_facts
from sqlgrade.diagnose.several import tells_what_was_done
from sqlgrade.dialect.given import is_read, written_out
from sqlgrade.hearing.credit import agreement, award
from sqlgrade.judging.background import background
from sqlgrade.judging.invalid import explained
from sqlgrade.outcomes.submission import Undone
from sqlgrade.query.lint import lint
from sqlgrade.shrink.same_way import on_nothing, shows_rows
from sqlgrade.shrink.shrink import Shrunk, shrink_any
from sqlgrade.tables.result import Database, Result, RunError
from sqlgrade.tables.values import shortened
from sqlgrade.verdict import (
    Counterexample,
    Diff,
    Reason,
    Remark,
    Search,
    SmallTable,
    Status,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlgrade.hearing.hearing import Hearing
    from sqlgrade.hearing.prepared import Prepared
    from sqlgrade.hearing.stages import Stages
    from sqlgrade.outcomes.submission import RunOutcome, Submission
    from sqlgrade.tables.result import Row
    from sqlgrade.verdict import Finding

_MOST_SHOWING = 2
"""Databases to shrink from that show a mistake: no more than shrinking looks at."""
_NO_ROWS: Mapping[str, tuple[Row, ...]] = {}


def refutation(
    ready: Prepared,
    hearing: Hearing,
    text: str,
    practice_diff: Diff | None,
    stages: Stages,
    database: Database | None = None,
    report: Search | None = None,
    *,
    shrinks: bool = True,
    own: str = "",
) -> Verdict:
    """The verdict on an answer that differs on some database, or on the practice data alone.

    `own` is the text without the views that the task gives, where there are any.
    """
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
    unnamed = Diagnosis((), award(ready.pack.exercise.points, None, agreement(ready, hearing.outcomes)))
    diagnosis = stages.explain("diagnose", lambda: diagnose(ready, hearing, text, stages, database), unnamed)
    stages.lap("diagnose")
    submission, starts = stages.explain(
        "proving", lambda: _showing(ready, hearing, starts, diagnosis.undone), (hearing.submission, starts)
    )
    small = Shrunk(*starts[0], 0, minimal=False)
    if shrinks:
        small = stages.explain(
            "shrink",
            lambda: shrink_any(starts, submission, ready.pack.schema, ready.plain, familiar=ready.familiar),
            small,
        )
    stages.lap("shrink")
    others = [each for each in diagnosis.findings[1:] if not each.repeats(diagnosis.findings[0])]
    told_alone = not (diagnosis.undone and others) or stages.explain(
        "told alone", lambda: _shows_alone(ready, submission, small), False
    )
    dependent = all(o.order_dependent for _, o in hearing.wrong)
    return Verdict(
        Status.INVALID if dependent else Status.REFUTED,
        Reason.ORDER_DEPENDENT if dependent else None,
        databases=len(hearing.outcomes) + report.databases,
        search=report,
        diff=stages.explain("facts", lambda: _with_facts(ready, hearing, small, stages, diagnosis), small.outcome.diff),
        counterexample=_shown(ready, small.database, small.outcome, hearing.submission, text, stages),
        practice_diff=practice_diff,
        findings=diagnosis.findings,
        notes=(
            *hearing.notes,
            *(() if told_alone else (Remark("shows_more"),)),
            *stages.explain("lint", lambda: lint(own or text, ready.columns), ()),
        ),
        good=diagnosis.good,
        credit=diagnosis.credit,
    )


def _showing(
    ready: Prepared, hearing: Hearing, starts: list[tuple[Database, RunOutcome]], sql: str
) -> tuple[Submission, list[tuple[Database, RunOutcome]]]:
    """The databases on which undoing the mistake that is told alone gives the expected result; else those on which it shows.

    The submission asks for as much of smaller ones. Where no database does, any that refutes the answer has to serve.
    """
    if not sql:
        return hearing.submission, starts
    for mends in (True, False):
        submission = replace(hearing.submission, undone=Undone(sql, mends))
        showing = (start for start in starts if _shows(ready, submission, *start))
        if found := list(itertools.islice(showing, _MOST_SHOWING)):
            return submission, found
    return hearing.submission, starts


def _shows(ready: Prepared, submission: Submission, database: Database, outcome: RunOutcome) -> bool:
    with ready.runner.loaded(database) as name:
        return submission.shows(name, outcome.reference, outcome.diff)


def _shows_alone(ready: Prepared, submission: Submission, small: Shrunk) -> bool:
    """Whether the data shows nothing beside the mistake that is told: undoing it gives the expected result there."""
    if submission.undone is None or submission.undone.mends:
        return submission.undone is not None
    mending = replace(submission, undone=replace(submission.undone, mends=True))
    return _shows(ready, mending, small.database, small.outcome)


def _with_facts(ready: Prepared, hearing: Hearing, small: Shrunk, stages: Stages, diagnosis: Diagnosis) -> Diff | None:
    """The difference on the shown database, with the facts about it that hold on the whole pack.

    Where no mistake has a name, one row is followed to the rows that it is made from.
    """
    shown, outcome = small.database, small.outcome
    if outcome.diff is None:
        return None
    known = [(ready.pack.databases[place].database, found) for place, found in hearing.outcomes if place >= 0]
    solution = ready.pack.of_variant(hearing.variant)[0].plan.sql
    answer = hearing.submission.statement.sql
    facts = shape_facts(outcome, shown, known, ready.pack.schema, solution, stages, answer)
    if not any(map(_says_what_was_done, diagnosis.findings[:1])) and not hearing.submission.columns:
        followed = partial(made_from, outcome, shown, (answer, solution), ready.pack.schema, ready.runner)
        facts += stages.explain("made from", lambda: tuple(followed()), ())
    return replace(outcome.diff, facts=facts).trimmed()


def _says_what_was_done(found: Finding) -> bool:
    """Whether a finding says more than in which place a mistake is."""
    return bool(found.near_miss) or tells_what_was_done(found)


def _smallest(ready: Prepared, hearing: Hearing, database: Database | None) -> list[tuple[Database, RunOutcome]]:
    """The databases at hand on which the answer is wrong: plainly before by row order or for no rows, small before large."""
    wrong = [(database if place < 0 else ready.pack.databases[place].database, o) for place, o in hearing.wrong]
    known = [(d, o) for d, o in wrong if d is not None]
    return sorted(known, key=_promise)


def _promise(start: tuple[Database, RunOutcome]) -> tuple[bool, bool, bool, int]:
    """Smaller shows more of what is wrong."""
    database, outcome = start
    return outcome.order_dependent, not shows_rows(outcome), on_nothing(outcome), database.total_rows


def _shown(
    ready: Prepared, database: Database, outcome: RunOutcome, submission: Submission, text: str, stages: Stages
) -> Counterexample:
    schema = ready.pack.schema
    queries = (submission.statement.sql, submission.solutions[0].plan.sql)
    fixed = stages.explain("background", lambda: background(database, queries, schema, ready.runner), _NO_ROWS)
    tables = stages.explain("given", lambda: _given_tables(ready, database, queries), {})
    for table in schema.tables:
        rows = fixed.get(table.name, ()) if table.fixed else database.tables.get(table.name, ())
        tables[table.name] = SmallTable(
            tuple(c.name for c in table.columns), tuple(c.type.text for c in table.columns), rows
        )
    learner, expected = outcome.learner, outcome.reference.result
    return Counterexample(
        tables,
        as_table(learner) if isinstance(learner, Result) else None,
        as_table(expected),
        database.total_rows,
        explained(learner, text, ready.pack, stages) if isinstance(learner, RunError) else None,
        tuple(schema.fixed),
    )


def _given_tables(ready: Prepared, database: Database, queries: tuple[str, ...]) -> dict[str, SmallTable]:
    """What the views that the task gives hold there, of those that the queries read by themselves."""
    given = ready.pack.exercise.given
    read = [name for name in given if any(is_read(name, each, given) for each in queries)]
    if not read:
        return {}
    found = {}
    with ready.runner.loaded(database) as place:
        for name in read:
            asked = written_out(f"SELECT * FROM {name}", given)
            held = ready.runner.run(asked.sql, place) if asked is not None else None
            if isinstance(held, Result):
                found[name] = as_table(held)
    return found


def as_table(result: Result) -> SmallTable:
    """A result as a table to show."""
    return SmallTable(result.columns, result.types, tuple(map(shortened, result.rows)))
