"""What is left of an answer once the mistake that is told is undone in the way that its name says: an aggregate may have two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.record import KNOWN
from sqlgrade.diagnose.pieces import finding_of
from sqlgrade.diagnose.several import clause_told
from sqlgrade.query.span import SqlText
from sqlgrade.verdict import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.diagnose.refuted import RefutedAnswer
    from sqlgrade.verdict import Finding


def with_what_is_left(
    case: RefutedAnswer, findings: tuple[Finding, ...], undone: str, repaired: str
) -> tuple[tuple[Finding, ...], str]:
    """The findings, with another mistake of the same aggregates after the first, and the answer with the first alone undone.

    Args:
        case: The answer.
        findings: What is told of it, the first of them first.
        undone: The answer with the first alone undone; empty where that is all that is wrong.
        repaired: The answer with all its mistakes undone.
    """
    changed = list(_undone(case, findings)) if repaired else []
    if not changed:
        return findings, undone
    tree, places = case.learner.copy_all(*(own for own, _ in changed))
    for place, (_, other) in zip(places, changed, strict=True):
        place.replace(other)
    sql = tree.sql("duckdb")
    if case.trial.agrees(sql) or not case.trial.binds(sql):
        return findings, undone
    left = case.without(sql, tree)
    named = left.classifier.name(repaired) if left.text == case.text else None
    told = {each.mistake for each in findings}
    if named is None or named.is_general or named.mistake.key in told:
        return findings, undone
    return (findings[0], finding_of(named, Level.CERTAIN, clause_told(named)), *findings[1:]), undone or sql


def _undone(case: RefutedAnswer, findings: Sequence[Finding]) -> Iterator[tuple[exp.Expr, exp.Expr]]:
    """The aggregates that the first mistake is told of, there and in other places, each with what it is without that."""
    first = findings[0].mistake
    undoing = KNOWN[first].undone if first in KNOWN else None
    sites = [each.site for each in findings if each.mistake == first and each.site is not None]
    text = SqlText(case.text)
    for own in case.learner.find(exp.AggFunc) if undoing is not None and sites else ():
        other = undoing(own) if undoing is not None and text.site(own) in sites else None
        if other is not None and own.parent is not None:
            yield own, other
