"""Facts about a difference, found by looking at the results and never by guessing a clause."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from sqlgrade.diagnose.facts.cell_facts import cell_facts
from sqlgrade.diagnose.facts.evidence import DatabaseLookUp, Evidence, asked_columns, plain_key, shown_columns
from sqlgrade.diagnose.facts.row_facts import repeated_keys, row_facts
from sqlgrade.hearing.stages import Stages
from sqlgrade.tables.result import Database, Result, RunError
from sqlgrade.verdict import DiffKind, Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlgrade.outcomes.submission import RunOutcome
    from sqlgrade.tables.model import SchemaModel

    Facts: TypeAlias = Callable[[Evidence, Sequence[Evidence]], Iterator[Remark]]

_FEWEST_FOR_A_RATIO = 2
_EXAMPLES = 3


def shape_facts(
    shown: RunOutcome,
    database: Database,
    others: Sequence[tuple[Database, RunOutcome]],
    schema: SchemaModel,
    solution: str,
    stages: Stages | None = None,
    answer: str = "",
) -> tuple[Remark, ...]:
    """Find the facts about the difference on the shown database that hold on all others too.

    Args:
        shown: How the answer fares on the database that is shown.
        database: That database.
        others: The databases of the pack, with how the answer fares on each, right or wrong.
        schema: The schema of them all.
        solution: The solution's text, which tells what base columns the results show.
        stages: Where a kind of facts that cannot be found is noted.
        answer: The learner's query, whose conditions tell which columns matter besides the solution's.
    """
    sources = shown_columns(solution)
    evidence = _evidence(shown, database, schema, sources, asked_columns(solution, answer) if answer else None)
    if evidence is None:
        return ()
    pool = [found for base, outcome in others if (found := _evidence(outcome, base, schema, sources)) is not None]
    constant = _constant([outcome for _, outcome in others])
    return (*constant, *difference_facts(evidence, pool, stages))


def difference_facts(
    evidence: Evidence, pool: Sequence[Evidence] = (), stages: Stages | None = None
) -> tuple[Remark, ...]:
    """Find the facts about one difference; with a pool, what could be chance must hold there too."""
    explain = (stages or Stages()).explain
    found = [explain(f"facts: {each.__name__}", partial(_all_of, each, evidence, pool), ()) for each in FACTS]
    return tuple(remark for remarks in found for remark in remarks)


def _all_of(facts: Facts, evidence: Evidence, pool: Sequence[Evidence]) -> tuple[Remark, ...]:
    return tuple(facts(evidence, pool))


def _evidence(
    outcome: RunOutcome,
    database: Database,
    schema: SchemaModel,
    sources: tuple[str, ...],
    asked: frozenset[str] | None = None,
) -> Evidence | None:
    if outcome.diff is None or isinstance(outcome.learner, RunError):
        return None
    look_up = DatabaseLookUp(schema, database)
    return Evidence(
        outcome.learner, outcome.reference.result, outcome.diff, look_up, sources, outcome.reference.limited, asked
    )


def _width(evidence: Evidence, _pool: Sequence[Evidence]) -> Iterator[Remark]:
    """How many columns there are and, where names tell, which is missing or too many."""
    if evidence.same_width:
        return
    ours, theirs = evidence.learner.columns, evidence.expected.columns
    yield Remark("column_count", {"learner_columns": len(ours), "expected_columns": len(theirs)})
    if not _names_tell(evidence):
        return
    here, there = ({name.casefold() for name in names} for names in (ours, theirs))
    missing = [name for name in theirs if name.casefold() not in here]
    extra = [name for name in ours if name.casefold() not in there]
    if missing and len(missing) == len(theirs) - len(ours):
        yield Remark("column_missing", {"column": ", ".join(missing)})
    if extra and len(extra) == len(ours) - len(theirs):
        yield Remark("column_extra", {"column": ", ".join(extra)})


def _names_tell(evidence: Evidence) -> bool:
    """Whether columns of one name hold one type, unlike `SELECT guest_id registered_at` where a comma is missing."""
    ours, theirs = (
        {name.casefold(): kind for name, kind in zip(result.columns, result.types, strict=True)}
        for result in (evidence.learner, evidence.expected)
    )
    return all(theirs.get(name, kind) == kind for name, kind in ours.items())


def _row_counts(evidence: Evidence, pool: Sequence[Evidence]) -> Iterator[Remark]:
    """No rows at all, rows where none belong, or an exact multiple."""
    ours, theirs = evidence.diff.learner_rows, evidence.diff.expected_rows
    if not ours and theirs:
        yield Remark("no_rows", {"expected_rows": theirs})
    elif ours and not theirs:
        yield Remark("rows_not_expected", {"learner_rows": ours})
    elif _multiple(evidence) > 1 and all(_multiple(e) in {_multiple(evidence), 1} for e in pool):
        told = {"factor": _multiple(evidence), "learner_rows": ours, "expected_rows": theirs}
        yield Remark("rows_times", told)


def _multiple(evidence: Evidence) -> int:
    """How many times as many rows there are; 0 if it is no whole number or too few rows to tell."""
    ours, theirs = evidence.diff.learner_rows, evidence.diff.expected_rows
    if theirs < _FEWEST_FOR_A_RATIO or ours <= theirs:
        return 1 if ours == theirs else 0
    return 0 if ours % theirs else ours // theirs


def _duplicates(evidence: Evidence, _pool: Sequence[Evidence]) -> Iterator[Remark]:
    """The same rows, some of them the wrong number of times."""
    if evidence.diff.kind is not DiffKind.DUPLICATES_ONLY:
        return
    more = evidence.diff.learner_rows - evidence.diff.expected_rows
    yield Remark("duplicates_kept" if more > 0 else "duplicates_removed", {"count": abs(more)})


def _order(evidence: Evidence, _pool: Sequence[Evidence]) -> Iterator[Remark]:
    """Only the order, or only the columns' order, differs."""
    if evidence.diff.kind is DiffKind.ORDER_ONLY:
        yield Remark("order_only")
    if evidence.diff.kind is DiffKind.COLUMNS_PERMUTED:
        yield Remark("columns_permuted")


def _examples(evidence: Evidence, _pool: Sequence[Evidence]) -> Iterator[Remark]:
    """A few of the rows in question."""
    if not evidence.same_width or evidence.diff.kind in {DiffKind.DUPLICATES_ONLY, DiffKind.ORDER_ONLY}:
        return
    if evidence.pairs:
        return
    for name, rows in (("missing", evidence.diff.missing), ("extra", evidence.diff.extra)):
        if rows:
            listed = "; ".join(", ".join(_shown(cell) for cell in row) for row in rows[:_EXAMPLES])
            yield Remark(f"{name}_examples", {"examples": listed})


def _shown(cell: object) -> str:
    if isinstance(cell, str):
        return cell if cell.strip() else f"'{cell}'"
    return "NULL" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)


def _constant(outcomes: Sequence[RunOutcome]) -> tuple[Remark, ...]:
    """The same rows on every database, though the expected ones change: an answer that is printed, not asked."""
    results = [o.learner for o in outcomes if isinstance(o.learner, Result)]
    if len(results) < len(outcomes) or len(outcomes) < _EXAMPLES:
        return ()
    ours = {tuple(map(plain_key, result.rows)) for result in results}
    theirs = {tuple(map(plain_key, outcome.reference.result.rows)) for outcome in outcomes}
    return (Remark("constant_result"),) if len(ours) == 1 and len(theirs) > 1 and results[0].rows else ()


FACTS: tuple[Facts, ...] = (
    _width,
    _duplicates,
    _order,
    row_facts,
    repeated_keys,
    cell_facts,
    _row_counts,
    _examples,
)
"""Kinds of facts, the most telling first."""
