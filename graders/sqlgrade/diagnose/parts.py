"""An answer that no single change makes right: the clauses that a right one has otherwise, or its mistakes one after the other.

A change after which the answer is right on some databases and wrong on no other has undone one mistake of several. What is
left is asked again as an answer of its own; where that is mended too, both changes together make the answer right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlgrade.diagnose.pieces import finding_of
from sqlgrade.diagnose.reading.trees import words_apart
from sqlgrade.diagnose.refuted import box, short_box
from sqlgrade.diagnose.repairs.replacement import Replacement, find_replacement
from sqlgrade.diagnose.repairs.search import changes_in_part, find_changes, undone_slips
from sqlgrade.diagnose.repairs.step import COMMONEST
from sqlgrade.diagnose.several import clause_told, shown_alone, told_apart
from sqlgrade.outcomes.trial import Box
from sqlgrade.verdict import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.diagnose.refuted import RefutedAnswer
    from sqlgrade.diagnose.repairs.maker import Change
    from sqlgrade.verdict import Site

_TRIES, _SECONDS = 240, 1.5
"""Each try runs on few databases; the count is what ends the search, the time only guards against a slow query."""


@dataclass(frozen=True)
class Parts:
    """One mistake of an answer, and all of them if the others were found as well."""

    first: str
    """The answer without the first mistake."""
    left: RefutedAnswer
    """The same as an answer of its own."""
    whole: str
    """The answer without any; empty if what is left has no name."""


def mended_in_parts(case: RefutedAnswer) -> Parts | None:
    """Find a change that mends an answer on some databases, and one that mends what is left; None if nothing does."""
    found = _in_part(case)
    for change in _of_different_names(case, found):
        left = case.without(change.sql, change.edit.tree)
        if whole := _mended(left):
            return Parts(change.sql, left, whole)
    sure = next((change for change in found if _is_sure(case, change.sql)), None)
    return Parts(sure.sql, case.without(sure.sql, sure.edit.tree), "") if sure is not None else None


def _of_different_names(case: RefutedAnswer, changes: Sequence[Change]) -> list[Change]:
    """The changes without those that undo what another one undoes in other words."""
    named: dict[tuple[str, Site | None] | None, Change] = {}
    for change in changes:
        name = case.classifier.name(change.sql)
        named.setdefault(name and (name.mistake.key, name.site), change)
    return list(named.values())


def telling_changes(case: RefutedAnswer) -> list[Change]:
    """Single changes that make an answer right and have a name that tells, where what differs from a right one has none."""
    return [each for each in _in_part(case) if case.trial.agrees(each.sql)]


def _in_part(case: RefutedAnswer) -> list[Change]:
    box = Box(_TRIES, _SECONDS)
    return changes_in_part(case.learner, case.givers, case.clock, case.trial, box, lambda sql: _is_one(case, sql))


def _is_one(case: RefutedAnswer, sql: str) -> bool:
    """Whether a change undoes one mistake that has a name which tells."""
    named = case.classifier.name(sql)
    return named is not None and named.is_the_one


def _is_sure(case: RefutedAnswer, sql: str) -> bool:
    """Whether a change mends a column, or more than one database and leads no further away from right answers than by a word, or leads nearer: none does by chance."""
    own = case.learner.tree.sql("duckdb")
    wrong = case.trial.wrong_on(own)
    if case.trial.right_columns(sql, wrong) > case.trial.right_columns(own, wrong):
        return True
    mended = len(wrong) - len(case.trial.wrong_on(sql))
    right = [each.tree.sql("duckdb") for each in case.givers]
    apart, before = (min(words_apart(each, text) for each in right) for text in (sql, own))
    return apart < before or (mended > 1 and apart <= before + 1)


def _mended(left: RefutedAnswer) -> str:
    """What is left with its mistake undone; empty if no change does that."""
    if left.distilled is not None:
        return left.distilled.sql
    slips = undone_slips(left.learner, left.clock, left.trial, short_box())
    found = slips or find_changes(left.learner, left.givers, left.trial, box(), left.tells)
    return found[0].sql if found else ""


def told_in_parts(case: RefutedAnswer, parts: Parts) -> tuple[tuple[Finding, ...], str]:
    """What is told of an answer mended in parts, and what it is without the first of its mistakes."""
    named = case.classifier.name(parts.first)
    if named is None:
        return (), ""
    first = finding_of(named, Level.CERTAIN, named.mistake.part)
    apart = told_apart(case, first, parts.whole) if parts.whole else None
    return apart if apart is not None else ((first, *_left_over(case, parts)), parts.first)


def _left_over(case: RefutedAnswer, parts: Parts) -> tuple[Finding, ...]:
    """What is told of an answer once its first mistake is undone."""
    named = case.named_left(parts.left, parts.whole) if parts.whole else None
    return (finding_of(named, Level.CERTAIN, clause_told(named)),) if named is not None else ()


def replacement_of(case: RefutedAnswer) -> Replacement | None:
    """The clauses to replace: of an answer built like a right one those in which it differs."""
    if case.distilled is not None:
        return Replacement(case.distilled.clauses, same_style=True, sql=case.distilled.sql)
    return find_replacement(case.learner, case.solutions, case.trial, short_box())


def _by_themselves(rest: Sequence[Finding], case: RefutedAnswer) -> list[Finding]:
    """The clauses to mend beside one that has a name, without those that only go along with it: a condition that moves into ON."""
    if case.distilled is None:
        return list(rest)
    shown = {clause.value for clause in shown_alone(case.distilled, case.trial)}
    return [each for each in rest if each.clause in shown]


def replacing(replacement: Replacement | None, case: RefutedAnswer) -> tuple[Finding, ...]:
    """Name what differs in the first of the clauses that have to change, then the others."""
    if replacement is None:
        return ()
    rest = [Finding(Level.CLAUSE, COMMONEST[clause], clause.value) for clause in replacement.clauses]
    named = case.named_best([replacement.sql]) if replacement.sql else None
    if named is not None:
        clauses = [clause.value for clause in replacement.clauses]
        spoken_of = named.mistake.part if named.mistake.part in clauses else clauses[0]
        first = finding_of(named, Level.CERTAIN, spoken_of)
        others = [each for each in rest if each.clause != first.clause]
        return (first,) if named.is_the_one else (first, *_by_themselves(others, case))
    return tuple(rest) if replacement.same_style else ()
