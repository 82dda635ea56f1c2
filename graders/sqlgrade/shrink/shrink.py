"""A counterexample made as small as it gets while the answer stays wrong on it in the same way.

Rows go first, by delta debugging (Zeller & Hildebrandt 2002, doi:10.1109/32.988498) over rows with all that refers to
them, then by handing the partners of a row to another one (`merge`). Cells are then made plain by `simplify`.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlgrade.engine.checker import violations
from sqlgrade.outcomes.standing import wrong_on_plain_engine
from sqlgrade.shrink.attempts import Attempts, Effort
from sqlgrade.shrink.dress import Familiar, dressed
from sqlgrade.shrink.leaving_out import LeavingOut
from sqlgrade.shrink.merge import merged_databases
from sqlgrade.shrink.same_way import same_way, still_counts
from sqlgrade.shrink.simplify import plainer_databases
from sqlgrade.tables.result import RunError
from sqlgrade.verdict import DiffKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.outcomes.submission import RunOutcome, Submission
    from sqlgrade.tables.model import SchemaModel
    from sqlgrade.tables.result import Database


_NONE: Familiar = {}
_SMALL = 3
_FEW = 5
_MOST_MERGED = 100
"""Merging tries every pair of rows; a database of more rows than this no reader takes in anyway."""
_MOST_STARTS = 12


_SECOND_EFFORT = Effort(tests=50, plainer=20, seconds=1.5)
"""What a further start may cost, the first one having ended with more rows than a reader takes in at a glance.

Further starts seldom end with fewer rows: 6 of 47 did, at three times the tests of the first ones."""


@dataclass(frozen=True)
class Shrunk:
    """The smallest database found, how the answer fares on it, and whether every row of it is needed."""

    database: Database
    outcome: RunOutcome
    tests: int
    minimal: bool
    genuine: bool = True
    """True if an engine as anybody starts it, with every optimizer and constraint, shows the difference as well."""


def shrink(
    database: Database,
    outcome: RunOutcome,
    submission: Submission,
    schema: SchemaModel,
    plain: Runner,
    effort: Effort | None = None,
    familiar: Familiar = _NONE,
) -> Shrunk:
    """Shrink a valid database on which the submission is wrong; familiar values are put where nothing depends on them.

    The result is valid, wrong in the same way (see `same_way`), and, if `minimal`, not so without any one of its rows.
    """
    trial = Attempts(submission, plain, effort or Effort(), by_order=outcome.order_dependent)
    return _easy_to_read(*_fewest(database, outcome, schema, trial), schema, trial, familiar)


def _fewest(
    database: Database, outcome: RunOutcome, schema: SchemaModel, trial: Attempts
) -> tuple[Database, RunOutcome]:
    """The fewest rows found, some of them with the partners of others that have gone."""
    database, outcome = LeavingOut(database, outcome, schema, trial).fewest()
    while _SMALL < database.total_rows <= _MOST_MERGED and not trial.spent:
        merged = _merged(database, outcome, schema, trial)
        if merged is None:
            break
        fewer = LeavingOut(*merged, schema, trial).fewest()
        if not trial.holds(fewer[0]) and trial.holds(database):
            break
        database, outcome = fewer
    return database, outcome


def _easy_to_read(
    database: Database, outcome: RunOutcome, schema: SchemaModel, trial: Attempts, familiar: Familiar
) -> Shrunk:
    """As many rows with values that are easier to read, in an order that shows what is wrong."""
    plainer, outcome = _plainer(database, outcome, schema, trial)
    if trial.holds(plainer) or not trial.holds(database):
        database = plainer
    database, outcome = _dressed(database, outcome, schema, trial, familiar)
    database = _as_it_shows(database, outcome, schema, trial)
    shown = trial.shown(database)
    return Shrunk(database, shown or outcome, trial.tests, not trial.spent, shown is not None)


def shrink_any(
    starts: Sequence[tuple[Database, RunOutcome]],
    submission: Submission,
    schema: SchemaModel,
    plain: Runner,
    effort: Effort | None = None,
    familiar: Familiar = _NONE,
) -> Shrunk:
    """Shrink the first of several such databases, and the next ones as long as the smallest so far is not small.

    Args:
        starts: Databases on which the submission is wrong, the most promising first; at least one.
        submission: The answer and the solutions it is held against.
        schema: What valid databases must keep.
        plain: An engine as anybody starts it; a start that it does not show as wrong serves only if there is no other.
        effort: How much each start may cost.
        familiar: Rows whose values are put where nothing depends on them.
    """
    sure = _is_engine_free(starts[0][1], submission)
    others = starts[1 if sure else 0 : _MOST_STARTS]
    shown = (start for start in others if wrong_on_plain_engine(submission, start[0], plain))
    chosen = starts[0] if sure else next(shown, starts[0])
    best = shrink(*chosen, submission, schema, plain, effort, familiar)
    if best.database.total_rows > _FEW or (sure and not best.genuine):
        for start in itertools.islice(shown, 1):
            trial = Attempts(submission, plain, effort or _SECOND_EFFORT, by_order=start[1].order_dependent)
            fewest = _fewest(*start, schema, trial)
            if best.genuine and fewest[0].total_rows >= best.database.total_rows:
                continue
            other = _easy_to_read(*fewest, schema, trial, familiar)
            best = min(best, other, key=lambda found: (not found.genuine, found.database.total_rows))
    return best


def _is_engine_free(outcome: RunOutcome, submission: Submission) -> bool:
    """True if any engine gives these results: no order of rows can reach them, and nothing failed on the way."""
    sensitive = submission.statement.order_sensitive or any(each.order_sensitive for each in submission.solutions)
    sorting = outcome.reference.keys is not None or submission.statement.sorts
    return not (sensitive or sorting or isinstance(outcome.learner, RunError))


def _as_it_shows(database: Database, outcome: RunOutcome, schema: SchemaModel, trial: Attempts) -> Database:
    """The rows turned round if only that shows the difference, and fewer of them where their order decides."""
    if not trial.holds(database):
        turned = database.shuffled(0)
        return turned if not violations(schema, turned) and trial.holds(turned) else database
    if trial.order_matters or outcome.diff is None or outcome.diff.kind is DiffKind.ORDER_ONLY:
        return LeavingOut(database, outcome, schema, trial).needed()
    return database


def _merged(
    database: Database, outcome: RunOutcome, schema: SchemaModel, trial: Attempts
) -> tuple[Database, RunOutcome] | None:
    """The first database with a row fewer, its partners handed to another row, on which the answer stays wrong."""
    for proposal in merged_databases(database, schema, trial.queries):
        if violations(schema, proposal):
            continue
        found = trial.wrong(proposal)
        if found is not None and same_way(outcome, found):
            return proposal, found
        if trial.spent:
            return None
    return None


def _plainer(
    database: Database, outcome: RunOutcome, schema: SchemaModel, trial: Attempts
) -> tuple[Database, RunOutcome]:
    """The same rows with plainer values, as far as the answer stays wrong in the same way and every row is needed."""
    limit = trial.plain_tests()
    proposals = plainer_databases(database, schema, trial.queries)
    proposal = next(proposals, None)
    while proposal is not None and trial.tests < limit:
        found = _wrong_and_needed(proposal, outcome, schema, trial) if not violations(schema, proposal) else None
        if found is not None:
            database, outcome = proposal, found
        try:
            proposal = proposals.send(found is not None)
        except StopIteration:
            break
    return database, outcome


def _dressed(
    database: Database, outcome: RunOutcome, schema: SchemaModel, trial: Attempts, familiar: Familiar
) -> tuple[Database, RunOutcome]:
    """The same rows with familiar values, if the answer stays wrong in the same way.

    Every row stays needed, as nothing depends on what has changed.
    """
    proposal = dressed(database, schema, trial.queries, familiar) if familiar else database
    if proposal == database or violations(schema, proposal) or not trial.holds(database):
        return database, outcome
    found = trial.shown(proposal)
    return (proposal, found) if found is not None and same_way(outcome, found) else (database, outcome)


def _wrong_and_needed(
    database: Database, outcome: RunOutcome, schema: SchemaModel, trial: Attempts
) -> RunOutcome | None:
    """How the answer is wrong on a database, if it is so in the same way and without any row no longer."""
    with trial.standing(database) as standing:
        found = trial.wrong_without(standing, {})
        if found is None or not same_way(outcome, found):
            return None
        for name, rows in database.tables.items():
            for number in range(len(rows)):
                if schema.foreign_key_violations(database.replace(name, rows[:number] + rows[number + 1 :])):
                    continue
                less = trial.wrong_without(standing, {name: (number,)})
                if trial.spent or (less is not None and still_counts(outcome, less)):
                    return None
    return found
