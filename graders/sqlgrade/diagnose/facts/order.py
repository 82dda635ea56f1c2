"""Which clause lets the physical order of rows into a result."""

from __future__ import annotations

from sqlglot import exp

from sqlgrade.parse import parsed
from sqlgrade.query.clause import Clause, clause_of
from sqlgrade.query.span import SqlText
from sqlgrade.verdict import Finding, Level

_RANKED = (exp.RowNumber, exp.Ntile, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.NthValue)
_PICKED = (exp.AnyValue, exp.First, exp.Last, exp.ArgMax, exp.ArgMin, exp.GroupConcat, exp.ArrayAgg)


def order_finding(text: str) -> tuple[Finding, ...]:
    """Name the one kind of construct through which row order matters; nothing if there are several."""
    tree = parsed(text)
    if tree is None:
        return (Finding(Level.CERTAIN, "E15"),)
    found = list(tree.find_all(exp.Limit, *_RANKED, *_PICKED))
    clauses = {Clause.ORDER_BY if isinstance(node, exp.Limit) else clause_of(node) for node in found}
    if len(clauses) != 1:
        return (Finding(Level.CERTAIN, "E15"),)
    site = SqlText(text).site(found[0].parent if isinstance(found[0].parent, exp.Window) else found[0])
    code = "E15" if isinstance(found[0], _PICKED) else "E38"
    return (Finding(Level.CERTAIN, code, clauses.pop().value, site),)
