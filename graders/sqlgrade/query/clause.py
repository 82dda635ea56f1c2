"""The clauses of a query block, in the order in which they are evaluated."""

from __future__ import annotations

from enum import StrEnum

from sqlglot import exp


class Clause(StrEnum):
    """A stage of one query block; the order of the members is the order of evaluation."""

    FROM = "FROM"
    WHERE = "WHERE"
    GROUP_BY = "GROUP BY"
    HAVING = "HAVING"
    SELECT = "SELECT"
    WINDOW = "WINDOW"
    ORDER_BY = "ORDER BY"


STAGES = tuple(Clause)

_ARGUMENTS = {
    "from_": Clause.FROM,
    "joins": Clause.FROM,
    "laterals": Clause.FROM,
    "pivots": Clause.FROM,
    "where": Clause.WHERE,
    "group": Clause.GROUP_BY,
    "having": Clause.HAVING,
    "expressions": Clause.SELECT,
    "distinct": Clause.SELECT,
    "qualify": Clause.WINDOW,
    "windows": Clause.WINDOW,
    "order": Clause.ORDER_BY,
    "limit": Clause.ORDER_BY,
    "offset": Clause.ORDER_BY,
}


def clause_of(node: exp.Expr) -> Clause:
    """Name the clause of the innermost block in which a node stands; a set operation counts as SELECT."""
    inside_window = isinstance(node, exp.Window)
    while node.parent is not None:
        if isinstance(node.parent, exp.Query):
            clause = _ARGUMENTS.get(node.arg_key or "", Clause.SELECT)
            return Clause.WINDOW if inside_window and clause is Clause.SELECT else clause
        node = node.parent
        inside_window = inside_window or isinstance(node, exp.Window)
    return Clause.SELECT


def clauses_around(node: exp.Expr) -> set[Clause]:
    """The clauses in which a node stands, of its own block and of each block around that."""
    found: set[Clause] = set()
    while node.parent is not None:
        if isinstance(node.parent, exp.Select) and node.arg_key in _ARGUMENTS:
            found.add(_ARGUMENTS[node.arg_key])
        node = node.parent
    return found


_HOLDERS = {
    exp.From: Clause.FROM,
    exp.Where: Clause.WHERE,
    exp.Group: Clause.GROUP_BY,
    exp.Having: Clause.HAVING,
    exp.Qualify: Clause.WINDOW,
    exp.Window: Clause.WINDOW,
}


def clauses_in(tree: exp.Expr) -> list[Clause]:
    """List the clauses that some block of a query has, in the order of evaluation."""
    present = {Clause.SELECT}
    for node in tree.find_all(*_HOLDERS, exp.Order, exp.Limit):
        if isinstance(node, exp.Window):
            present.add(Clause.WINDOW)
        elif isinstance(node.parent, exp.Query):  # FILTER (WHERE …) and the ORDER BY of a window are no clauses
            present.add(_HOLDERS.get(type(node)) or clause_of(node))
    return [stage for stage in STAGES if stage in present]
