"""What is right about an answer, from executed facts only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.clause import STAGES, Clause, clause_of
from sqlgrade.verdict import Remark

if TYPE_CHECKING:
    from sqlgrade.judging import Hearing
    from sqlgrade.mutate.query import Query

_HOLDERS = {
    exp.From: Clause.FROM,
    exp.Where: Clause.WHERE,
    exp.Group: Clause.GROUP_BY,
    exp.Having: Clause.HAVING,
    exp.Qualify: Clause.WINDOW,
    exp.Window: Clause.WINDOW,
}


def praise_wrong(hearing: Hearing, learner: Query | None, repaired: str | None) -> tuple[Remark, ...]:
    """Say which clauses needed no repair, and on how many databases a wrong answer is right all the same."""
    good: list[Remark] = []
    if learner is not None and repaired is not None:
        kept = [clause.value for clause in _clauses(learner) if clause != repaired]
        if kept:
            good.append(Remark("clauses_right", {"clauses": ", ".join(kept)}))
    right = sum(outcome.diff is None for _, outcome in hearing.outcomes)
    telling = sum(bool(outcome.reference.result.rows) for _, outcome in hearing.outcomes if outcome.diff is None)
    if telling:
        good.append(Remark("databases_passed", {"passed": right, "n": len(hearing.outcomes)}))
    return tuple(good)


def _clauses(learner: Query) -> list[Clause]:
    present = {Clause.SELECT}
    for node in learner.find(*_HOLDERS, exp.Order, exp.Limit):
        if isinstance(node, exp.Order | exp.Limit):
            if isinstance(node.parent, exp.Query):
                present.add(clause_of(node))
        else:
            present.add(_HOLDERS[type(node)])
    return [stage for stage in STAGES if stage in present]
